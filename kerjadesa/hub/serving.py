"""Runs the hub's HTTP interface until it is told to stop."""

import logging
import signal
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import uvicorn

from kerjadesa.domain.problem import UserError
from kerjadesa.hub.api import create_app
from kerjadesa.hub.home import Hub, remember

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8169
DEFAULT_URL = f"http://{DEFAULT_HOST}:{DEFAULT_PORT}"
URL_SETTING = "url"

_MOST_CONNECTIONS = 256
_KEEP_ALIVE_SECONDS = 15
_LAST_SECONDS = 20
"""Requests under way get so long to finish once the hub is told to stop."""
_STOPPING = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Address:
    """Where the hub listens. Port 0 takes a free one; `certificate` and `private_key` are PEM."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str = ""
    certificate: Path | None = None
    private_key: Path | None = None


def serve(hub: Hub, address: Address, ready: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT; `ready(url)` is called once requests are answered.

    The base URL is remembered for invitations. Raises UserError `hub_address_taken`,
    `hub_certificate_unusable`.
    """
    with _listening(address) as listener:
        scheme = "https" if address.certificate else "http"
        host, port = address.host, listener.getsockname()[1]
        # "Every address" is no address a device could call.
        host = DEFAULT_HOST if host in {"0.0.0.0", "::", ""} else host  # noqa: S104
        url = address.public_url.rstrip("/") or f"{scheme}://{_bracketed(host)}:{port}"
        remember(hub, URL_SETTING, url)
        config = uvicorn.Config(
            create_app(hub, lambda: datetime.now(UTC)),
            ssl_certfile=address.certificate,
            ssl_keyfile=address.private_key,
            # Addresses of villages and times of their visits are nobody's business.
            access_log=False,
            log_config=None,
            log_level=logging.WARNING,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=_LAST_SECONDS,
            server_header=False,
            # Believing X-Forwarded-* would let anybody choose the address a signature is for.
            proxy_headers=False,
        )
        _load(config)
        server = _Server(config, lambda: ready(url))

        def stop(_number: int, _frame: FrameType | None) -> None:
            server.should_exit = True

        # uvicorn obeys these signals and then raises them again, which would end the command by
        # a signal where it has ended well.
        before = {number: signal.signal(number, stop) for number in _STOPPING}
        try:
            server.run(sockets=[listener])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Server(uvicorn.Server):
    """uvicorn's server, which tells nobody when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listening(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family, backlog=128)
    except OSError:
        raise UserError("hub_address_taken", host=address.host, port=address.port) from None


def _load(config: uvicorn.Config) -> None:
    try:
        config.load()
    except (ssl.SSLError, OSError):
        raise UserError("hub_certificate_unusable") from None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
