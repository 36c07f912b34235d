"""The hub over HTTP: who gets an answer, and what it says."""

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from kerjadesa.exchange.batch import open_batch
from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.exchange.signing import sign_request
from kerjadesa.hub import api, devices, intake
from kerjadesa.hub.api import create_app
from kerjadesa.hub.home import Hub
from kerjadesa.hub.status import status
from kerjadesa.incidents import HUB_LOG, start_log, stop_log

from .village import MUARO, NOW, SUNGAI_LANSEK, Laptop, worker

BASE = "http://127.0.0.1:8169"


def signed_headers(method: str, path: str, body: bytes, keys: KeyRing, at=NOW) -> dict[str, str]:
    headers = sign_request(method, BASE + path, body, keys, at)
    return {name.lower(): value for name, value in headers.items()}


class Caller:
    """Calls the hub as one device, or unsigned without keys."""

    def __init__(self, hub: Hub, keys: KeyRing | None) -> None:
        self.app = create_app(hub, lambda: NOW)
        self.keys = keys

    def ask(self, method: str, path: str, body: bytes = b"", at=NOW, signed_body=None) -> Any:
        headers = {}
        if self.keys is not None:
            signed = body if signed_body is None else signed_body
            headers = signed_headers(method, path, signed, self.keys, at)
        return self.send(method, path, body, headers)

    def send(self, method: str, path: str, content: Any, headers: Any = None) -> httpx.Response:
        async def answer() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                return await client.request(method, path, content=content, headers=headers)

        return asyncio.run(answer())

    def offers(self, have: dict[str, int] | None = None) -> list[dict[str, Any]]:
        answer = self.ask("POST", "/v1/collect", json.dumps({"have": have or {}}).encode())
        assert answer.status_code == 200
        return answer.json()["batches"]


@pytest.fixture
def laptop(hub: Hub) -> Laptop:
    return Laptop(hub).enrolled()


def test_the_way_from_an_invitation_to_a_receipt(hub: Hub):
    laptop = Laptop(hub)
    caller = Caller(hub, laptop.keys)
    request = laptop.request()
    for _ in range(2):
        answer = caller.ask("POST", "/v1/enrol", request)
        assert (answer.status_code, answer.json()) == (200, {"status": "certified"})
    laptop.register(worker(1))
    sealed = laptop.seal()
    first = caller.ask("POST", "/v1/batches", sealed.data)
    assert (first.status_code, first.json()) == (201, {"status": "delivered", "id": sealed.id})
    again = caller.ask("POST", "/v1/batches", sealed.data)
    assert (again.status_code, again.json()) == (200, {"status": "known", "id": sealed.id})
    offers = caller.offers({})
    assert [offer["sender"] for offer in offers] == [f"{hub.id}.public", f"{hub.id}.{MUARO}"]
    for offer in offers:
        got = caller.ask("GET", f"/v1/batches/{offer['sender']}/{offer['number']}")
        opened = open_batch(got.content, laptop.keys)
        assert opened.manifest.sender == offer["sender"]
    assert caller.offers({offer["sender"]: offer["number"] for offer in offers}) == []


def test_a_gap_says_which_batch_is_expected(hub: Hub, laptop: Laptop):
    laptop.register(worker(1))
    laptop.seal()
    laptop.register(worker(2))
    answer = Caller(hub, laptop.keys).ask("POST", "/v1/batches", laptop.seal().data)
    assert (answer.status_code, answer.json()) == (409, {"code": "batch_gap", "expected": 1})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/batches"),
        ("POST", "/v1/collect"),
        ("GET", "/v1/batches/{sender}/1"),
    ],
)
def test_nobody_unknown_or_revoked_gets_anything(hub: Hub, laptop: Laptop, method: str, path: str):
    laptop.register(worker(1))
    sealed = laptop.seal()
    body = sealed.data if path.endswith("batches") else b'{"have":{}}'
    body = b"" if method == "GET" else body
    path = path.format(sender=f"{hub.id}.public")
    anonymous = Caller(hub, None).ask(method, path, body)
    assert (anonymous.status_code, anonymous.json()) == (401, {"code": "signature"})
    unknown = Caller(hub, new_keyring()).ask(method, path, body)
    assert (unknown.status_code, unknown.json()) == (403, {"code": "device_unknown"})
    devices.revoke(hub, laptop.keys.device, NOW)
    revoked = Caller(hub, laptop.keys).ask(method, path, body)
    assert (revoked.status_code, revoked.json()) == (403, {"code": "device_revoked"})
    assert status(hub).workers == 0


def test_a_signature_covers_the_body_and_the_path(hub: Hub, laptop: Laptop):
    caller = Caller(hub, laptop.keys)
    changed = caller.ask("POST", "/v1/collect", b'{"have":{}}', signed_body=b"{}")
    assert changed.json() == {"code": "signature"}
    headers = signed_headers("POST", "/v1/collect", b"", laptop.keys)
    elsewhere = caller.send("POST", "/v1/batches", b"", headers)
    assert elsewhere.json() == {"code": "signature"}


@pytest.mark.parametrize(
    "change",
    [
        {"signature-input": ""},
        {"signature-input": "kerjadesa=()"},
        {"signature-input": 'kerjadesa=("@method");created=x'},
        {"signature": "kerjadesa=:AAAA:"},
        {"signature": "\xff"},
        {"content-digest": "sha-256=:AAAA:"},
        {"content-digest": "md5=:AAAA:"},
    ],
)
def test_broken_signatures_are_refused_and_no_surprise(
    hub: Hub, laptop: Laptop, change: dict[str, str]
):
    caller = Caller(hub, laptop.keys)
    body = b'{"have":{}}'
    headers = signed_headers("POST", "/v1/collect", body, laptop.keys, NOW)
    raw = {name: value.encode("latin-1") for name, value in {**headers, **change}.items()}
    answer = caller.send("POST", "/v1/collect", body, raw)
    assert (answer.status_code, answer.json()) == (401, {"code": "signature"})


def test_a_request_whose_signature_does_not_say_when_is_refused(hub: Hub, laptop: Laptop):
    caller = Caller(hub, laptop.keys)
    headers = signed_headers("POST", "/v1/collect", b"{}", laptop.keys, NOW)
    parts = headers["signature-input"].split(";")
    headers["signature-input"] = ";".join(p for p in parts if not p.startswith("created"))
    answer = caller.send("POST", "/v1/collect", b"{}", headers)
    assert (answer.status_code, answer.json()) == (401, {"code": "signature"})


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_laptop_with_a_wrong_clock_is_told_so(hub: Hub, laptop: Laptop, seconds: int):
    at = NOW + timedelta(seconds=seconds)
    answer = Caller(hub, laptop.keys).ask("POST", "/v1/collect", b'{"have":{}}', at=at)
    assert (answer.status_code, answer.json()) == (401, {"code": "clock"})


def test_what_is_not_a_devices_to_read_does_not_exist_for_it(hub: Hub, laptop: Laptop):
    far = Laptop(hub, SUNGAI_LANSEK).enrolled()
    laptop.send(worker(1))
    laptop.collect()
    caller = Caller(hub, far.keys)
    own = f"{laptop.keys.device}/1"
    for name in (own, f"{hub.id}.{MUARO}/1", f"{hub.id}.public/99", "nonsense/0", own + "0" * 30):
        answer = caller.ask("GET", f"/v1/batches/{name}")
        assert (answer.status_code, answer.json()) == (404, {"code": "batch_unknown"})
    assert Caller(hub, laptop.keys).ask("GET", f"/v1/batches/{own}").status_code == 404


def test_a_body_too_large_is_given_up_while_it_is_read(hub: Hub, laptop: Laptop):
    read = 0

    async def endless():
        nonlocal read
        while read < 1000:
            read += 1
            yield bytes(64 * 1024)

    caller = Caller(hub, laptop.keys)
    answer = caller.send("POST", "/v1/batches", endless())
    assert (answer.status_code, answer.json()) == (413, {"code": "batch_too_large"})
    assert read < 10
    assert caller.ask("POST", "/v1/enrol", bytes(17 * 1024)).status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"have":[]}', b'{"have":{"a":-1}}', b'{"have":{"a":"x"}}', b"[" * 9999]
)
def test_a_senseless_list_of_what_is_held_is_refused_without_an_echo(
    hub: Hub, laptop: Laptop, body: bytes
):
    answer = Caller(hub, laptop.keys).ask("POST", "/v1/collect", body)
    assert (answer.status_code, answer.json()) == (400, {"code": "request_invalid"})


def test_strangers_learn_nothing_of_the_hub(hub: Hub):
    caller = Caller(hub, None)
    assert caller.ask("GET", "/v1/health").json() == {"status": "ok"}
    for path in ("/", "/docs", "/openapi.json", "/v1/devices", "/v1/batches/x/y"):
        answer = caller.ask("GET", path)
        assert (answer.status_code >= 400, list(answer.json())) == (True, ["code"])
    assert caller.ask("POST", "/v1/enrol", b"rubbish").json() == {"code": "enrol_damaged"}


def test_an_answer_offers_at_most_two_hundred_batches(
    hub: Hub, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(api, "MOST_OFFERS", 2)
    colleague = Laptop(hub).enrolled()
    for serial in range(2):
        laptop.send(worker(serial))
    caller, have = Caller(hub, colleague.keys), {}
    seen = []
    while offers := caller.offers(have):
        assert len(offers) <= 2
        seen += [(offer["sender"], offer["number"]) for offer in offers]
        have |= {offer["sender"]: offer["number"] for offer in offers}
    assert seen == [
        (hub.chain("public"), 1),
        (hub.chain(MUARO), 1),
        (laptop.keys.device, 1),
        (laptop.keys.device, 2),
    ]


def test_no_name_and_no_nik_reaches_a_log_or_an_answer_when_something_breaks(
    hub: Hub, laptop: Laptop, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with hub.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE hub_worker")
    secret = worker(1)
    laptop.register(secret)
    sealed = laptop.seal()
    answer = Caller(hub, laptop.keys).ask("POST", "/v1/batches", sealed.data)
    assert (answer.status_code, answer.json()) == (500, {"code": "hub_trouble"})
    with pytest.raises(Exception, match="hub_worker") as trouble:
        intake.accept(hub, sealed.data, NOW)
    for text in (caplog.text, str(trouble.value), repr(trouble.value)):
        assert secret["nik"] not in text
        assert secret["name"] not in text


def test_what_broke_at_the_hub_can_be_found_out_afterwards_and_not_whom_it_was_about(
    hub: Hub, laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    secret = worker(1)

    def surprised(*_: object) -> None:
        raise LookupError(f"{secret['nik']} {secret['name']}")

    monkeypatch.setattr(intake, "accept", surprised)
    laptop.register(secret)
    handler = start_log(tmp_path, HUB_LOG)
    try:
        answer = Caller(hub, laptop.keys).ask("POST", "/v1/batches", laptop.seal().data)
    finally:
        stop_log(handler)
    assert answer.json() == {"code": "hub_trouble"}
    text = (tmp_path / HUB_LOG).read_text(encoding="utf-8")
    assert "LookupError" in text
    assert "in surprised" in text
    assert secret["nik"] not in text
    assert secret["name"] not in text
