"""The laptop's side of the hub: what it does when the hub is away, strange, or another time."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.batch import MAX_SEALED
from kerjadesa.exchange.https import KNOWN_CODES, HubClient
from kerjadesa.exchange.keys import public_key_bytes
from kerjadesa.exchange.mailbox import Delivery
from kerjadesa.exchange.signing import RequestRefused, verify_request

Answer = tuple[int, dict[str, str], bytes]


def now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


class Hub:
    """A hub that answers whatever the test says, and remembers what it was asked."""

    def __init__(self, answer: Callable[["Hub", BaseHTTPRequestHandler, bytes], Answer]) -> None:
        self.asked: list[str] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                hub.asked.append(f"{self.command} {self.path}")
                status, headers, content = answer(hub, self, body)
                self.send_response(status)
                for name, value in {"content-length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(content)
                except OSError:
                    hub.asked.append("hung up")

            do_GET = do_POST = _any  # noqa: N815 -- the names http.server calls

            def log_message(self, *_: object) -> None:
                """Nothing to tell."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@contextmanager
def hub_answering(answer, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, Hub]]:
    """A hub on loopback; `answer` is an Answer or a function making one."""
    hub = Hub(answer if callable(answer) else lambda *_: answer)
    if tls:
        hub.server.socket = tls.wrap_socket(hub.server.socket, server_side=True)
    thread = threading.Thread(target=hub.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    scheme = "https" if tls else "http"
    try:
        yield f"{scheme}://127.0.0.1:{hub.server.server_address[1]}", hub
    finally:
        hub.server.shutdown()
        thread.join()
        hub.server.server_close()


def told(values: object, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    return status, {"content-type": "application/json", **headers}, json.dumps(values).encode()


def trouble(answer, keys, call: str = "deliver") -> tuple[str, Hub]:
    """The code a laptop gets from a hub answering like this."""
    with hub_answering(answer) as (url, hub), HubClient(url, keys, now) as client:
        with pytest.raises(UserError) as caught:
            match call:
                case "deliver":
                    client.deliver(b"sealed", keys.device, 1)
                case "enrol":
                    client.enrol(b"request", keys.device)
                case "collect":
                    list(client.collect({}))
        return caught.value.code, hub


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>Selamat datang di WiFi gratis</html>"),
        (200, {}, b""),
        (200, {}, b"\xff\xfe"),
        (200, {}, b"[" * 100_000),
        (302, {"location": "https://elsewhere.example/"}, b""),
        (200, {"content-encoding": "gzip"}, b"\x1f\x8b\x08"),
        (200, {}, b"x" * 300_000),
        (404, {}, b"<html>"),
        told([]),
        told({"status": "hello"}),
        told({"batches": "many"}),
        told({"batches": [{"sender": "../../etc", "number": 1, "size": 5}]}),
        told({"batches": [{"sender": "a" * 20, "number": 0, "size": 5}]}),
        told({"batches": [{"sender": "a" * 20, "number": 1, "size": 5}] * 300}),
        told({"code": "made_up_by_the_hub"}, 403),
        told({"code": "batch_gap"}, 409),
        told({"code": "batch_gap", "expected": "x"}, 409),
        told({"code": ["batch_fork"]}, 422),
    ],
    ids=lambda answer: f"{answer[0]} {answer[2][:50]!r}",
)
@pytest.mark.parametrize("call", ["deliver", "enrol", "collect"])
def test_a_hub_that_answers_nonsense_is_told_so(laptop, answer, call):
    assert trouble(answer, laptop, call)[0] == "hub_nonsense"


@pytest.mark.parametrize("code", sorted(KNOWN_CODES))
def test_the_hubs_own_refusals_reach_the_operator(laptop, code):
    assert trouble(told({"code": code}, 403), laptop)[0] == code


def test_a_hub_in_trouble_is_asked_again_and_then_left_alone(laptop):
    code, hub = trouble(told({"code": "hub_trouble"}, 500), laptop)
    assert code == "hub_busy"
    assert len(hub.asked) == 3


def test_one_hiccup_costs_the_operator_nothing(laptop):
    def answer(hub: Hub, *_: object) -> Answer:
        return told({}, 503) if len(hub.asked) < 3 else told({"status": "delivered"}, 201)

    with hub_answering(answer) as (url, hub), HubClient(url, laptop, now) as client:
        assert client.deliver(b"sealed", laptop.device, 1) == Delivery("delivered")
        assert len(hub.asked) == 3


def test_a_hub_that_is_away_is_unreachable(laptop):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        HubClient(f"http://127.0.0.1:{port}", laptop, now) as client,
        pytest.raises(UserError, match="hub_unreachable"),
    ):
        client.deliver(b"sealed", laptop.device, 1)


def test_a_line_that_breaks_in_the_middle_is_unreachable(laptop):
    broken = (200, {"content-length": "500"}, b'{"status"')
    assert trouble(broken, laptop)[0] == "hub_unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "http://hub.example",
        "http://10.0.0.5:8169",
        "http://127.0.0.1.example",
        "ftp://hub.example",
        "hub.example",
        "",
        "https://",
        "https://user:word@hub.example",
        "http://[::2]",
    ],
)
def test_only_https_leaves_this_computer(laptop, url):
    with pytest.raises(UserError, match="hub_insecure"):
        HubClient(url, laptop, now)


@pytest.mark.parametrize(
    "url", ["https://hub.example/", "http://localhost:1", "http://127.0.0.2", "http://[::1]:1"]
)
def test_https_and_this_computer_itself_are_fine(laptop, url):
    HubClient(url, laptop, now).close()


def test_a_laptop_days_off_says_so_and_still_gets_its_work_done(laptop):
    key_of = {laptop.device: public_key_bytes(laptop.minisign_public_key)}.get

    def answer(_hub: Hub, asked: BaseHTTPRequestHandler, body: bytes) -> Answer:
        url = f"http://{asked.headers['host']}{asked.path}"
        try:
            verify_request(asked.command, url, dict(asked.headers), body, key_of, now())
        except RequestRefused as refused:
            return told({"code": refused.code}, 401)
        return told({"status": "delivered"}, 201)

    behind = timedelta(days=-3)
    with (
        hub_answering(answer) as (url, hub),
        HubClient(url, laptop, lambda: now() + behind) as client,
    ):
        assert client.deliver(b"sealed", laptop.device, 1) == Delivery("delivered")
        assert client.deliver(b"sealed", laptop.device, 2) == Delivery("delivered")
        assert abs(client.clock_offset - 3 * 86_400) < 5
        # The first call learned the hub's time; the second was right at once.
        assert len(hub.asked) == 3


def test_a_hub_that_is_never_content_with_the_clock_is_asked_only_twice(laptop):
    code, hub = trouble(told({"code": "clock"}, 401), laptop)
    assert (code, len(hub.asked)) == ("clock_wrong", 2)


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 GMT", "soon", ""])
def test_a_date_beyond_reason_is_not_believed(laptop, date):
    def answer(_hub: Hub, asked: BaseHTTPRequestHandler, _body: bytes) -> Answer:
        asked.date_time_string = lambda *_: date
        return told({"code": "clock"}, 401)

    assert trouble(answer, laptop)[0] == "clock_wrong"


def test_a_batch_that_never_ends_is_cut_off(laptop):
    def answer(_hub: Hub, asked: BaseHTTPRequestHandler, _body: bytes) -> Answer:
        if asked.path == "/v1/collect":
            return told({"batches": [{"sender": "a" * 20, "number": 1, "size": 9}]})
        return 200, {}, bytes(MAX_SEALED + 1)

    assert trouble(answer, laptop, "collect")[0] == "hub_nonsense"


def test_a_hub_that_offers_the_same_batch_for_ever_is_left(laptop):
    def answer(_hub: Hub, asked: BaseHTTPRequestHandler, _body: bytes) -> Answer:
        if asked.path == "/v1/collect":
            return told({"batches": [{"sender": "a" * 20, "number": 1, "size": 9}]})
        return 200, {}, b"sealed"

    code, hub = trouble(answer, laptop, "collect")
    assert code == "hub_nonsense"
    assert len(hub.asked) == 3


def test_more_than_one_list_of_batches_is_collected_to_the_end(laptop):
    def answer(_hub: Hub, asked: BaseHTTPRequestHandler, body: bytes) -> Answer:
        if asked.path != "/v1/collect":
            return 200, {}, asked.path.rsplit("/", 1)[1].encode()
        start = json.loads(body)["have"].get("a" * 20, 0)
        numbers = range(start + 1, min(start + 2, 5) + 1)
        return told({"batches": [{"sender": "a" * 20, "number": n, "size": 1} for n in numbers]})

    with hub_answering(answer) as (url, _), HubClient(url, laptop, now) as client:
        assert list(client.collect({})) == [b"1", b"2", b"3", b"4", b"5"]


def test_a_certificate_nobody_vouches_for_is_told_apart_from_no_network(laptop, tmp_path):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(self_signed(tmp_path))
    with (
        hub_answering(told({"status": "delivered"}), tls) as (url, hub),
        HubClient(url, laptop, now) as client,
        pytest.raises(UserError, match="hub_certificate"),
    ):
        client.deliver(b"sealed", laptop.device, 1)
    assert hub.asked == []


def self_signed(folder: Path) -> Path:
    """A certificate for loopback, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "hub.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
