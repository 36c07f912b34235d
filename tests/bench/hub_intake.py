"""How many workers a second the hub takes in."""

import time

from kerjadesa.exchange.keys import new_keyring
from kerjadesa.hub import intake
from kerjadesa.hub.database import checked_url, open_engine
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Accepted
from tests.hub.village import NOW, Laptop, worker

WORKERS = 6000
PER_BATCH = 500


def measure(url: str) -> float:
    """Workers a second, from sealed bytes to the committed receipt."""
    engine = open_engine(checked_url(url), bytes(32))
    hub = Hub(new_keyring(), engine)
    laptop = Laptop(hub).enrolled()
    for start in range(0, WORKERS, PER_BATCH):
        laptop.register(*(worker(n) for n in range(start, start + PER_BATCH)))
        laptop.seal()
    began = time.perf_counter()
    for sealed in laptop.batches:
        answer = intake.accept(hub, sealed.data, NOW)
        assert isinstance(answer, Accepted)
        assert answer.status == "delivered"
    seconds = time.perf_counter() - began
    engine.dispose()
    return WORKERS / seconds
