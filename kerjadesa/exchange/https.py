"""The way to the district over the internet: the hub's HTTP interface as a Mailbox."""

import ipaddress
import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Annotated, Literal, Self, TypeVar

import httpx
import stamina
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.batch import MAX_SEALED
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.exchange.mailbox import Delivery
from kerjadesa.exchange.manifest import Number, Sender
from kerjadesa.exchange.signing import sign_request

Shape = TypeVar("Shape", bound=BaseModel)

KNOWN_CODES = frozenset(
    {
        "batch_chain",
        "batch_damaged",
        "batch_foreign",
        "batch_fork",
        "batch_nagari",
        "batch_not_for_us",
        "batch_replay",
        "batch_schema_newer",
        "batch_signature",
        "batch_too_large",
        "device_code_taken",
        "device_elsewhere",
        "device_revoked",
        "device_unknown",
        "enrol_damaged",
        "enrol_not_for_us",
        "invitation_expired",
        "invitation_unknown",
        "invitation_used",
        "signature",
    }
)
"""What a hub may answer by name; there is a sentence for each."""

_MAX_JSON = 256 * 1024
_MOST_LISTS = 100
_ATTEMPTS = 3
_BUSY = 429
_MOST_OFFSET = 50 * 365 * 86_400.0
"""Seconds: an empty clock battery loses decades, beyond that the hub's date is nonsense."""
# A village's uplink carries a batch in minutes on a bad day, but answers within seconds.
_TIMEOUT = httpx.Timeout(30.0, connect=15.0, write=120.0)


# That something was tried again is no news; what came of it in the end is told.
stamina.instrumentation.set_on_retry_hooks(())


class _Busy(Exception):
    """The hub is there and cannot answer now."""


class _Clock(Exception):
    """The hub finds the request's time too far from its own."""


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes


class _Told(BaseModel):
    # A validation error must not carry what came over the network: errors reach logs.
    model_config = ConfigDict(hide_input_in_errors=True)


class _Certified(_Told):
    status: Literal["certified"]


class _Delivered(_Told):
    status: Literal["delivered", "known"]


class _Gap(_Told):
    code: Literal["batch_gap"]
    expected: Number


class _Waiting(_Told):
    sender: Sender
    number: Number


class _Collected(_Told):
    batches: Annotated[list[_Waiting], Field(max_length=200)]


class _Refusal(_Told):
    code: Annotated[str, Field(max_length=40)]


class HubClient:
    """The hub over HTTPS; as a context manager it closes its connections.

    Every call raises UserError: `hub_unreachable`, `hub_busy`, `hub_certificate`, `hub_nonsense`,
    `clock_wrong`, or a code of `KNOWN_CODES` where the hub refuses.
    """

    def __init__(self, url: str, keys: KeyRing, now: Callable[[], datetime]) -> None:
        """Raises UserError("hub_insecure") for plain http beyond this machine; `now` is aware."""
        self._url = _checked(url)
        self._keys = keys
        self._now = now
        self._correction = timedelta()
        self._client = httpx.Client(timeout=_TIMEOUT, headers={"accept-encoding": "identity"})
        self.clock_offset = 0.0
        """Seconds the hub's clock stands ahead of this one, as its last answer told."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections to the hub."""
        self._client.close()

    def enrol(self, request: bytes, device: str) -> None:
        """Hands in the enrolment request; returns when the hub has certified the device."""
        _read(_Certified, self._ask("POST", "/v1/enrol", request))

    def deliver(self, sealed: bytes, sender: str, number: int) -> Delivery:
        """Hands in one batch; the hub knows a repeat by its id."""
        answer = self._ask("POST", "/v1/batches", sealed)
        if answer.status == httpx.codes.CONFLICT and _code(answer) == "batch_gap":
            return Delivery("gap", _shaped(_Gap, answer).expected)
        return Delivery(_read(_Delivered, answer).status)

    def collect(self, have: Mapping[str, int]) -> Iterator[bytes]:
        """The batches the hub holds for this device, in the hub's order."""
        held = dict(have)
        for _ in range(_MOST_LISTS):
            body = json.dumps({"have": held}).encode()
            waiting = _read(_Collected, self._ask("POST", "/v1/collect", body)).batches
            if not waiting:
                return
            for batch in waiting:
                # A hub that never comes forward would keep the laptop asking for ever.
                if batch.number <= held.get(batch.sender, 0):
                    raise UserError("hub_nonsense")
                answer = self._ask("GET", f"/v1/batches/{batch.sender}/{batch.number}", b"")
                _refuse_unless_ok(answer)
                yield answer.body
                held[batch.sender] = batch.number

    def _ask(self, method: str, path: str, body: bytes) -> _Answer:
        most = MAX_SEALED if method == "GET" else _MAX_JSON
        try:
            try:
                return self._retried(method, path, body, most)
            except _Clock:
                # The laptop's clock may be days wrong; it says so, and still gets its work done.
                self._correction = timedelta(seconds=self.clock_offset)
                return self._retried(method, path, body, most)
        except _Clock as error:
            raise UserError("clock_wrong") from error
        except _Busy as error:
            raise UserError("hub_busy") from error
        except httpx.HTTPError as error:
            certificate = _caused_by(error, ssl.SSLCertVerificationError)
            raise UserError("hub_certificate" if certificate else "hub_unreachable") from error

    def _retried(self, method: str, path: str, body: bytes, most: int) -> _Answer:
        for attempt in stamina.retry_context(
            on=(httpx.TransportError, _Busy), attempts=_ATTEMPTS, wait_initial=0.5, wait_max=3.0
        ):
            with attempt:
                answer = self._once(method, path, body, most)
        return answer

    def _once(self, method: str, path: str, body: bytes, most: int) -> _Answer:
        url = self._url + path
        signed = sign_request(method, url, body, self._keys, self._now() + self._correction)
        with self._client.stream(method, url, content=body, headers=signed) as response:
            self._hear_clock(response.headers.get("date", ""))
            if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or (
                response.status_code == _BUSY
            ):
                raise _Busy
            if response.headers.get("content-encoding", "identity") != "identity":
                raise UserError("hub_nonsense")
            content = bytearray()
            for piece in response.iter_raw():
                content += piece
                if len(content) > most:
                    raise UserError("hub_nonsense")
        answer = _Answer(response.status_code, bytes(content))
        if answer.status == httpx.codes.UNAUTHORIZED and _code(answer) == "clock":
            raise _Clock
        return answer

    def _hear_clock(self, date: str) -> None:
        try:
            offset = (parsedate_to_datetime(date) - self._now()).total_seconds()
        except (ValueError, TypeError):
            return  # no date, or one without a zone: nothing is learned from it
        if abs(offset) < _MOST_OFFSET:
            self.clock_offset = offset


def _checked(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UserError("hub_insecure") from error
    local = parsed.scheme == "http" and _is_loopback(parsed.host)
    if not parsed.host or parsed.userinfo or not (parsed.scheme == "https" or local):
        raise UserError("hub_insecure")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(shape: type[Shape], answer: _Answer) -> Shape:
    _refuse_unless_ok(answer)
    return _shaped(shape, answer)


def _refuse_unless_ok(answer: _Answer) -> None:
    if answer.status in (httpx.codes.OK, httpx.codes.CREATED):
        return
    code = _code(answer)
    raise UserError(code if code in KNOWN_CODES else "hub_nonsense")


def _shaped(shape: type[Shape], answer: _Answer) -> Shape:
    try:
        return shape.model_validate_json(answer.body)
    except ValidationError as error:
        raise UserError("hub_nonsense") from error


def _code(answer: _Answer) -> str:
    try:
        return _Refusal.model_validate_json(answer.body).code
    except ValidationError:
        return ""


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error is not None
