"""The hub over HTTP. Enrolment is sealed for the hub; everything else is signed by a device.

Every answer but a batch is a small JSON object, every refusal `{"code": ...}`. Nothing that came
in is echoed or logged: it is about people. A surprise leaves its type and lines in the hub's log.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from kerjadesa.exchange.batch import MAX_SEALED
from kerjadesa.exchange.enrolment import MAX_REQUEST
from kerjadesa.exchange.keys import public_key_bytes
from kerjadesa.exchange.signing import RequestRefused, verify_request
from kerjadesa.hub import devices, intake, outgoing
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Refused
from kerjadesa.hub.tables import HubDevice
from kerjadesa.incidents import record

MAX_HAVE = 256 * 1024
"""Bytes of what a device says it holds."""
MOST_OFFERS = 200

_BODY_SECONDS = 120
_STATUS = {
    "batch_too_large": 413,
    "batch_fork": 409,
    "batch_replay": 409,
    "clock": 401,
    "signature": 401,
    "device_unknown": 403,
    "device_revoked": 403,
    "device_elsewhere": 403,
    "device_code_taken": 403,
    "invitation_unknown": 403,
    "invitation_used": 403,
    "invitation_expired": 403,
}
_UNUSABLE = 422

Answer = TypeVar("Answer")


class _Have(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    have: Annotated[dict[str, Annotated[int, Field(ge=0)]], Field(max_length=4096)]


class _Refusal(Exception):
    """Ends a request with one code."""

    def __init__(self, code: str, status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status or _STATUS.get(code, _UNUSABLE)


def create_app(hub: Hub, now: Callable[[], datetime]) -> FastAPI:
    """The hub's HTTP interface.

    Devices sign the host they call, so a proxy in front has to pass the Host header on.
    """
    app = FastAPI(title="KerjaDesa hub", docs_url=None, redoc_url=None, openapi_url=None)

    async def signed(request: Request, most: int) -> tuple[HubDevice, bytes]:
        body = await _read(request, most)
        return await _in_thread(lambda: _signer(hub, request, body, now())), body

    @app.get("/v1/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/v1/enrol")
    async def enrol(request: Request) -> dict[str, str]:
        body = await _read(request, MAX_REQUEST)
        _granted(await _in_thread(lambda: devices.enrol(hub, body, now())))
        return {"status": "certified"}

    @app.post("/v1/batches")
    async def deliver(request: Request) -> JSONResponse:
        _, body = await signed(request, MAX_SEALED)
        taken = _granted(await _in_thread(lambda: intake.accept(hub, body, now())))
        if taken.status == "gap":
            return JSONResponse({"code": "batch_gap", "expected": taken.expected}, 409)
        created = 201 if taken.status == "delivered" else 200
        return JSONResponse({"status": taken.status, "id": taken.id}, created)

    @app.post("/v1/collect")
    async def collect(request: Request) -> JSONResponse:
        device, body = await signed(request, MAX_HAVE)
        try:
            have = _Have.model_validate_json(body).have
        except ValidationError:
            raise _Refusal("request_invalid", 400) from None
        # What it wrote itself it has.
        own = {**have, device.device: 2**53}
        found = await _in_thread(lambda: outgoing.offers(hub, device.nagari, own, now()))
        return JSONResponse({"batches": [asdict(offer) for offer in found[:MOST_OFFERS]]})

    @app.get("/v1/batches/{sender}/{number}")
    async def fetch(request: Request, sender: str, number: int) -> Response:
        device, _ = await signed(request, 0)
        nothing = sender == device.device or not 0 < number < 2**53
        sealed = None
        if not nothing:
            sealed = await _in_thread(
                lambda: outgoing.sealed_for(hub, [device], device.nagari, sender, number)
            )
        if sealed is None:
            raise _Refusal("batch_unknown", 404)
        return Response(sealed, media_type="application/octet-stream")

    @app.exception_handler(_Refusal)
    async def refused(_request: Request, refusal: _Refusal) -> JSONResponse:
        return JSONResponse({"code": refusal.code}, refusal.status)

    # FastAPI's own answers echo what was sent; these say no more than they must.
    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, _error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"code": "request_invalid"}, 400)

    @app.exception_handler(HTTPException)
    async def not_found(_request: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"code": "not_found"}, error.status_code)

    @app.exception_handler(Exception)
    async def surprised(_request: Request, error: Exception) -> JSONResponse:
        record(error)
        return JSONResponse({"code": "hub_trouble"}, 500)

    return app


def _signer(hub: Hub, request: Request, body: bytes, now: datetime) -> HubDevice:
    """The certified device that signed this request; a revoked one gets nothing."""
    known: dict[str, HubDevice] = {}

    def key_of(device: str) -> bytes | None:
        found = devices.find(hub, device)
        if found is None:
            return None
        known[device] = found
        return public_key_bytes(found.signing_key)

    try:
        signer = verify_request(
            request.method, str(request.url), dict(request.headers), body, key_of, now
        )
    except RequestRefused as refusal:
        raise _Refusal(refusal.code) from None
    if known[signer].revoked_at:
        raise _Refusal("device_revoked")
    return known[signer]


def _granted(answer: Answer | Refused) -> Answer:
    if isinstance(answer, Refused):
        raise _Refusal(answer.code)
    return answer


async def _read(request: Request, most: int) -> bytes:
    """The body, given up the moment it grows past `most` bytes."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise _Refusal("batch_too_large")
    except TimeoutError:
        raise _Refusal("request_invalid", 408) from None
    return bytes(body)


def _in_thread(work: Callable[[], Answer]) -> Awaitable[Answer]:
    # Crypto and the database block; the event loop must go on answering others.
    return run_in_threadpool(work)
