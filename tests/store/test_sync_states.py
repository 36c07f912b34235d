"""Waiting, sent, received, refused: asked of journal, batches and receipts."""

from datetime import timedelta

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.store.projection import project
from kerjadesa.store.store import Store, Unit
from kerjadesa.store.sync_states import SyncCounts
from kerjadesa.store.tables import BatchRow
from tests.domain.said import HUB, MUARO, Laptop
from tests.store.conftest import NOW, OWN, register

COLLEAGUE = "c" * 20


def seal(unit: Unit, number: int, first: int, last: int, sender: str = OWN) -> None:
    """Remembers a sealed batch."""
    unit.batches.keep(
        BatchRow(
            sender=sender,
            number=number,
            id=f"{sender}-{number}",
            first=first,
            last=last,
            sealed=b"sealed" if sender == OWN else None,
            created_at=NOW,
        )
    )


def take(unit: Unit, *entries: Entry) -> None:
    """Takes in what another device wrote."""
    for entry in entries:
        project(unit, unit.journal.take_in([entry]))


def receipt(unit: Unit, hub: Laptop, number: int, last: int, sender: str = OWN) -> None:
    """The hub's signed word arrives."""
    values = {"device": sender, "number": number, "last": last}
    take(unit, hub.say(verbs.BATCH_RECEIVED, values, f"{sender}-{number}"))


def states(unit: Unit) -> dict[str, str]:
    """The state of every worker, and that the counts agree with it."""
    found = dict(unit.batches.states(unit.page(99).rows))
    said = list(found.values())
    assert unit.batches.counts() == SyncCounts(
        *(said.count(state) for state in ("waiting", "sent", "received", "refused"))
    )
    return found


@pytest.fixture
def hub() -> Laptop:
    """The hub's chain for the nagari."""
    return Laptop(f"{HUB}.{MUARO}")


def test_a_registration_goes_from_waiting_over_sent_to_received(store: Store, hub: Laptop) -> None:
    with store.unit(NOW) as unit:
        register(unit, 1)
        assert states(unit) == {"w1": "waiting"}
        seal(unit, 1, 1, 1)
        assert states(unit) == {"w1": "waiting"}, "sealed is not sent: the stick may be gone"
        unit.batches.delivered(1, NOW)
        assert states(unit) == {"w1": "sent"}
        receipt(unit, hub, 1, 1)
        assert states(unit) == {"w1": "received"}


def test_each_worker_has_a_state_of_its_own(store: Store, hub: Laptop) -> None:
    with store.unit(NOW) as unit:
        for serial in (1, 2, 3):
            register(unit, serial)
            seal(unit, serial, serial, serial)
        unit.batches.delivered(1, NOW)
        unit.batches.delivered(2, NOW)
        receipt(unit, hub, 1, 1)
        assert states(unit) == {"w1": "received", "w2": "sent", "w3": "waiting"}


def test_a_correction_after_the_receipt_waits_again(store: Store, hub: Laptop) -> None:
    with store.unit(NOW) as unit:
        first = register(unit, 1)
        seal(unit, 1, 1, 1)
        unit.batches.delivered(1, NOW)
        receipt(unit, hub, 1, 1)
        values = {"set": {"name": "Upik Baru"}, "replaces": {"name": [first.id]}}
        project(unit, [unit.journal.append(verbs.CORRECTED, "w1", values, "op")])
        assert states(unit) == {"w1": "waiting"}


def test_what_the_district_refuses_is_refused_wherever_it_stands(store: Store, hub: Laptop) -> None:
    with store.unit(NOW) as unit:
        register(unit, 1)
        register(unit, 2)
        take(unit, hub.say(verbs.REFUSED, {"reason": "nik_elsewhere"}, "w1"))
        assert states(unit) == {"w1": "refused", "w2": "waiting"}


def test_a_receipt_without_a_note_of_the_posting_still_means_received(
    store: Store, hub: Laptop
) -> None:
    # The plug was pulled after the hub had taken the batch and before that was written down.
    with store.unit(NOW) as unit:
        register(unit, 1)
        seal(unit, 1, 1, 1)
        receipt(unit, hub, 1, 1)
        assert states(unit) == {"w1": "received"}
        assert unit.batches.without_receipt() == []


def test_a_colleagues_worker_is_received_only_once_the_district_says_so(
    store: Store, hub: Laptop
) -> None:
    colleague = Laptop(COLLEAGUE)
    with store.unit(NOW) as unit:
        take(unit, colleague.register("c1"))
        seal(unit, 1, 1, 1, COLLEAGUE)
        assert states(unit) == {"c1": "sent"}
        receipt(unit, hub, 1, 1, COLLEAGUE)
        assert states(unit) == {"c1": "received"}


def test_a_worker_whom_two_laptops_touched_is_received_when_both_words_are(
    store: Store, hub: Laptop
) -> None:
    colleague = Laptop(COLLEAGUE)
    with store.unit(NOW) as unit:
        register(unit, 1)
        take(unit, colleague.say(verbs.CARD_PRINTED, {"number": "x"}, "w1"))
        seal(unit, 1, 1, 1, COLLEAGUE)
        seal(unit, 1, 1, 1)
        unit.batches.delivered(1, NOW)
        assert states(unit) == {"w1": "sent"}
        receipt(unit, hub, 1, 1)
        assert states(unit) == {"w1": "sent"}
        receipt(unit, hub, 1, 1, COLLEAGUE)
        assert states(unit) == {"w1": "received"}


def test_a_laptop_cannot_write_itself_a_receipt(store: Store) -> None:
    colleague = Laptop(COLLEAGUE)
    with store.unit(NOW) as unit:
        register(unit, 1)
        seal(unit, 1, 1, 1)
        unit.batches.delivered(1, NOW)
        receipt(unit, colleague, 1, 1)
        assert states(unit) == {"w1": "sent"}
        assert unit.batches.last_receipt() is None


def test_a_declared_programme_is_no_worker_to_count(store: Store) -> None:
    with store.unit(NOW) as unit:
        unit.journal.append(verbs.PROGRAMME_DECLARED, "PR2026", {"code": "PR2026"}, "op")
        assert unit.batches.counts() == SyncCounts(0, 0, 0, 0)
        register(unit, 1)
        assert unit.batches.counts() == SyncCounts(1, 0, 0, 0)


def test_the_state_of_a_long_list_is_asked_in_parts(store: Store) -> None:
    with store.unit(NOW) as unit:
        entries = unit.journal.append_many(
            (
                (verbs.REGISTERED, f"w{n}", {
                    "nik": f"130304410385{n:04d}", "name": f"Upik {n}", "sex": "F",
                    "birth_date": "1985-03-01", "nagari": MUARO})
                for n in range(1, 1202)
            ),
            "op",
        )  # fmt: skip
        unit.project_new(entries)
        seal(unit, 1, 1, 1000)
        unit.batches.delivered(1, NOW)
        found = unit.batches.states(unit.page(2000).rows)
        assert (len(found), list(found.values()).count("sent")) == (1201, 1000)
        assert unit.batches.counts() == SyncCounts(201, 1000, 0, 0)


def test_what_has_to_be_sent_is_every_batch_without_a_receipt(store: Store, hub: Laptop) -> None:
    with store.unit(NOW) as unit:
        for number in (1, 2, 3):
            register(unit, number)
            seal(unit, number, number, number)
        seal(unit, 1, 1, 4, COLLEAGUE)
        unit.batches.delivered(2, NOW)
        unit.batches.delivered(2, NOW + timedelta(days=1))
        receipt(unit, hub, 1, 1)
        receipt(unit, hub, 1, 1)
        assert unit.batches.without_receipt() == [2, 3]
        assert unit.batches.own_numbers() == [1, 2, 3]
        assert unit.batches.have() == {COLLEAGUE: 1}
        assert unit.batches.sealed_upto() == 3
        last, second = unit.batches.last(OWN), unit.batches.get(OWN, 2)
        assert last is not None and last.number == 3
        assert second is not None and second.delivered_at == NOW
        newest = unit.batches.last_receipt()
        assert newest is not None and newest.number == 1


def test_a_page_of_states_is_asked_of_its_workers_and_not_of_the_whole_chain(
    store: Store,
) -> None:
    with store.unit(NOW) as unit:
        register(unit, 1)
        seen: list[str] = []
        connection = unit.session.connection().connection.driver_connection
        assert connection is not None
        connection.set_trace_callback(seen.append)
        states(unit)
        connection.set_trace_callback(None)
        of_entries = [statement for statement in seen if "FROM entry" in statement]
        assert len(of_entries) >= 3
        for statement in of_entries:
            plan = unit.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
            how = " | ".join(str(row[3]) for row in plan)
            if " IN (" in statement:
                assert "entry_by_subject (subject=?)" in how, how
            assert "SCAN entry" not in how, how
