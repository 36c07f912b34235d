"""What lies beside the journal of a person goes with the person."""

from kerjadesa.domain import entry as verbs
from kerjadesa.store import drafts, seen_residents
from kerjadesa.store.projection import project
from kerjadesa.store.store import Store
from kerjadesa.store.tables import DraftRow
from tests.domain.said import HUB, MUARO, Laptop
from tests.store.conftest import NOW, register

KK = "1303041207080001"


def test_whom_the_district_erases_is_in_no_remembered_list_and_no_draft(store: Store) -> None:
    hub = Laptop(f"{HUB}.{MUARO}")
    with store.unit(NOW) as unit:
        register(unit, 1)
        register(unit, 2)
        niks = {worker: unit.workers.by_id(worker).nik for worker in ("w1", "w2")}
        seen_residents.remember(
            unit.session,
            "a list",
            [(KK, nik, {"name": "Upik Contoh"}) for nik in niks.values()],
            NOW.date(),
        )
        for worker in niks:
            row = DraftRow(id=f"of-{worker}", worker=worker, facts={}, photo=None,
                           photo_removed=False, kept_at=NOW)  # fmt: skip
            drafts.keep(unit.session, row)

        stranger = Laptop("f" * 20).say(verbs.ERASED, {}, "w1")
        unit.journal.take_in([stranger])
        project(unit, [stranger])
        assert seen_residents.count(unit.session) == 2, "only the district can say so"

        erased = hub.say(verbs.ERASED, {}, "w1")
        unit.journal.take_in([erased])
        project(unit, [erased])
        assert [row.nik for row in seen_residents.of_family(unit.session, KK)] == [niks["w2"]]
        assert [row.worker for row in drafts.newest_first(unit.session)] == ["w2"]
