"""Batches in, receipts and decisions out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import func, select

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry, verify_chain
from kerjadesa.domain.fold import fold
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.hub import devices, intake
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Accepted, Refused
from kerjadesa.hub.status import status
from kerjadesa.hub.tables import HubAlarm, HubEntry, HubWorker

from .village import MUARO, NOW, PEMATANG_PANJANG, SUNGAI_LANSEK, Laptop, worker


def _entries_held(hub: Hub) -> int:
    with hub.reading() as session:
        return session.exec(select(func.count()).select_from(HubEntry)).one()


def test_a_batch_is_answered_with_a_signed_receipt_for_exactly_these_entries(either_hub: Hub):
    laptop = Laptop(either_hub).enrolled()
    accepted = laptop.send(worker(1), worker(2))
    sealed = laptop.batches[0]
    assert accepted == Accepted(sealed.id, "delivered")
    (receipt,) = laptop.said(verbs.BATCH_RECEIVED)
    assert receipt.subject == sealed.id
    assert receipt.device == f"{either_hub.id}.{MUARO}"
    assert receipt.values() == {
        "device": laptop.keys.device,
        "number": 1,
        "first": 1,
        "last": 2,
        "hash": laptop.entries[-1].hash.hex(),
    }
    assert laptop.said(verbs.REFUSED) == []


def test_a_batch_handed_in_again_changes_nothing_and_has_the_same_receipt(either_hub: Hub):
    laptop = Laptop(either_hub).enrolled()
    laptop.send(worker(1))
    before = _entries_held(either_hub), laptop.said(verbs.BATCH_RECEIVED)
    again = intake.accept(either_hub, laptop.batches[0].data, NOW)
    assert again == Accepted(laptop.batches[0].id, "known")
    assert (_entries_held(either_hub), laptop.said(verbs.BATCH_RECEIVED)) == before


def test_the_same_batch_posted_at_once_by_two_is_stored_once(either_hub: Hub):
    laptop = Laptop(either_hub).enrolled()
    laptop.register(*(worker(n) for n in range(50)))
    data = laptop.seal().data
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: intake.accept(either_hub, data, NOW), range(4)))
    statuses = sorted(answer.status for answer in answers if isinstance(answer, Accepted))
    assert statuses == ["delivered", "known", "known", "known"]
    assert status(either_hub).workers == 50
    assert len(laptop.said(verbs.BATCH_RECEIVED)) == 1


def test_laptops_of_one_nagari_posting_at_once_leave_one_unbroken_chain(either_hub: Hub):
    laptops = [Laptop(either_hub).enrolled() for _ in range(4)]
    for start, laptop in enumerate(laptops):
        laptop.register(worker(start))
        laptop.seal()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda l: intake.accept(either_hub, l.batches[0].data, NOW), laptops))  # noqa: E741
    chain = [e for e in laptops[0].heard() if e.device == either_hub.chain(MUARO)]
    assert {entry.subject for entry in chain} == {laptop.batches[0].id for laptop in laptops}
    verify_chain(chain)


def test_a_missing_batch_is_asked_for_by_number(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.register(worker(1))
    first = laptop.seal()
    laptop.register(worker(2))
    second = laptop.seal()
    assert intake.accept(hub, second.data, NOW) == Accepted(second.id, "gap", 1)
    assert status(hub).workers == 0
    assert intake.accept(hub, first.data, NOW) == Accepted(first.id, "delivered")
    assert intake.accept(hub, second.data, NOW) == Accepted(second.id, "delivered")
    assert status(hub).workers == 2


def test_a_batch_that_overlaps_what_is_held_brings_only_what_is_new(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1), worker(2))
    laptop.register(worker(3))
    overlapping = laptop.seal(laptop.entries)
    assert intake.accept(hub, overlapping.data, NOW) == Accepted(overlapping.id, "delivered")
    assert status(hub).workers == 3


def test_entries_that_leave_some_out_are_refused(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1))
    laptop.register(worker(2), worker(3))
    skipping = laptop.seal(laptop.entries[2:])
    assert intake.accept(hub, skipping.data, NOW) == Refused("batch_damaged")
    assert status(hub).workers == 1


def test_a_copied_journal_that_went_another_way_raises_an_alarm(either_hub: Hub):
    laptop = Laptop(either_hub).enrolled()
    copy = Laptop(either_hub, keys=laptop.keys)
    laptop.send(worker(1), worker(2))
    assert copy.send(worker(3), worker(4), worker(5)) == Refused("batch_fork")
    assert status(either_hub).alarms == 1
    assert status(either_hub).workers == 2
    with either_hub.reading() as session:
        (alarm,) = session.exec(select(HubAlarm))
    assert (alarm.device, alarm.kind, alarm.seq) == (laptop.keys.device, "fork", 1)


def test_a_fork_hidden_behind_the_next_number_raises_an_alarm_too(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1))
    copy = Laptop(hub, keys=laptop.keys)
    copy.register(worker(2), worker(3))
    hidden = copy.seal(copy.entries[1:], number=2, previous=laptop.batches[0].id)
    assert intake.accept(hub, hidden.data, NOW) == Refused("batch_fork")
    assert status(hub).alarms == 1


def test_another_batch_under_a_number_held_raises_an_alarm(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1))
    resealed = laptop.seal(laptop.entries, number=1, previous="", have={laptop.keys.device: 0})
    assert intake.accept(hub, resealed.data, NOW) == Refused("batch_replay")
    assert status(hub).alarms == 1


def test_an_unknown_or_revoked_device_gets_nothing_in(either_hub: Hub):
    stranger = Laptop(either_hub)
    assert stranger.send(worker(1)) == Refused("device_unknown")
    laptop = Laptop(either_hub).enrolled()
    laptop.send(worker(2))
    devices.revoke(either_hub, laptop.keys.device, NOW)
    assert laptop.send(worker(3)) == Refused("device_revoked")
    assert status(either_hub).workers == 1


def test_a_device_cannot_sign_for_another(hub: Hub):
    laptop, other = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    impostor = Laptop(hub, keys=other.keys)
    impostor.register(worker(1))
    impostor.keys = laptop.keys  # signs with its own key, and writes the other's entries
    forged = impostor.seal()
    assert intake.accept(hub, forged.data, NOW) == Refused("batch_damaged")


def test_a_batch_meant_for_others_is_not_taken(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.register(worker(1))
    unread = laptop.seal(readers=[MUARO])
    assert intake.accept(hub, unread.data, NOW) == Refused("batch_not_for_us")


def test_a_batch_from_another_nagari_than_the_devices_is_refused(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.register(worker(1))
    assert intake.accept(hub, laptop.seal(nagari=PEMATANG_PANJANG).data, NOW) == Refused(
        "batch_nagari"
    )


@pytest.mark.parametrize("data", [b"", b"age-encryption.org/v1\n", bytes(200_000)])
def test_rubbish_is_refused(hub: Hub, data: bytes):
    answer = intake.accept(hub, data, NOW)
    assert isinstance(answer, Refused)
    assert answer.code in {"batch_damaged", "batch_too_large"}


def test_a_name_that_no_database_can_hold_refuses_one_worker_and_not_the_batch(either_hub: Hub):
    laptop = Laptop(either_hub).enrolled()
    laptop.send(worker(2, name="Upik\0"), worker(3))
    (refusal,) = laptop.said(verbs.REFUSED)
    assert refusal.values() == {"reason": "facts_invalid"}
    assert status(either_hub).workers == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"nik": "1303044103850000"}, "nik_corrupted"),
        ({"nik": "1303043303850001"}, "nik_date"),
        ({"nik": "0303044103850001"}, "nik_temporary"),
        ({"nik": "13030441038500"}, "facts_invalid"),
        ({"nik": "130304.410385001"}, "nik_length"),
        ({"birth_date": "kemarin"}, "facts_invalid"),
        ({"nagari": PEMATANG_PANJANG}, "nagari_mismatch"),
    ],
)
def test_a_worker_who_cannot_be_right_is_refused_with_the_reason(
    hub: Hub, changes: dict, reason: str
):
    laptop = Laptop(hub).enrolled()
    laptop.register(worker(1), worker(2, **changes))
    assert intake.accept(hub, laptop.seal().data, NOW) == Accepted(
        laptop.batches[0].id, "delivered"
    )
    (refusal,) = laptop.said(verbs.REFUSED)
    assert refusal.subject == laptop.entries[1].subject
    assert refusal.values() == {"reason": reason}


def test_a_refusal_is_heard_no_later_than_the_receipt(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1, nagari=PEMATANG_PANJANG))
    assert [e.verb for e in laptop.heard() if e.device.endswith(MUARO)] == [
        verbs.REFUSED,
        verbs.BATCH_RECEIVED,
    ]


def test_a_nik_registered_in_another_nagari_is_refused_there(either_hub: Hub):
    first, second = Laptop(either_hub).enrolled(), Laptop(either_hub, SUNGAI_LANSEK).enrolled()
    first.send(worker(1))
    second.send(worker(1, SUNGAI_LANSEK), worker(2, SUNGAI_LANSEK))
    (refusal,) = second.said(verbs.REFUSED)
    assert refusal.subject == second.entries[0].subject
    assert refusal.values() == {"reason": "nik_elsewhere"}
    assert first.said(verbs.REFUSED) == []


def test_a_nik_twice_in_one_nagari_is_a_question_and_no_refusal(either_hub: Hub):
    one, other = Laptop(either_hub).enrolled(), Laptop(either_hub).enrolled()
    one.send(worker(1))
    other.send(worker(1, name="U. Contoh"))
    assert one.said(verbs.REFUSED) == []
    assert status(either_hub).same_person == 1
    kept, gone = one.entries[0].subject, other.entries[0].subject
    said = one.write(verbs.LINKED, kept, {"other": gone, "verdict": "same", "kept": kept})
    body = {"other": kept, "verdict": "same", "kept": kept, "decision": said.id}
    one.write(verbs.LINKED, gone, body)
    intake.accept(either_hub, one.seal().data, NOW)
    assert (status(either_hub).same_person, status(either_hub).workers) == (0, 1)


def test_a_merge_counts_at_the_district_only_into_a_record_that_is_there(hub: Hub):
    one, other = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    (gone,) = one.register(worker(1))
    (kept,) = other.register(worker(2))
    said = one.write(verbs.LINKED, gone, {"other": kept, "verdict": "same", "kept": kept})
    body = {"other": gone, "verdict": "same", "kept": kept, "decision": said.id}
    one.write(verbs.LINKED, kept, body)
    intake.accept(hub, one.seal().data, NOW)
    assert status(hub).workers == 1, "the record that stays may never come"
    intake.accept(hub, other.seal().data, NOW)
    assert status(hub).workers == 1, "one person, with two records"


def test_a_corrected_nik_lifts_the_refusal(either_hub: Hub):
    first, second = Laptop(either_hub).enrolled(), Laptop(either_hub, SUNGAI_LANSEK).enrolled()
    first.send(worker(1))
    second.send(worker(1, SUNGAI_LANSEK))
    subject, registered = second.entries[0].subject, second.entries[0].id
    correction = {"set": {"nik": worker(7)["nik"]}, "replaces": {"nik": [registered]}}
    second.write(verbs.CORRECTED, subject, correction)
    intake.accept(either_hub, second.seal().data, NOW)
    told = [e for e in second.heard() if e.subject == subject]
    assert [entry.verb for entry in told] == [verbs.REFUSED, verbs.ACCEPTED]
    state = fold([*second.entries, *told], either_hub.id)
    assert state is not None
    assert state.value("decision")[0] == "accepted"
    assert state.conflicts == ()


def test_a_correction_by_a_colleague_that_comes_first_waits_for_the_registration(hub: Hub):
    one, other = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    (subject,) = one.register(worker(1))
    changed = {"set": {"name": "Upik Benar"}, "replaces": {"name": [one.entries[0].id]}}
    other.write(verbs.CORRECTED, subject, changed)
    intake.accept(hub, other.seal().data, NOW)
    assert status(hub).workers == 0
    intake.accept(hub, one.seal().data, NOW)
    with hub.reading() as session:
        (row,) = session.exec(select(HubWorker))
    assert row.name == "Upik Benar"


def test_another_nagari_cannot_change_a_worker_of_this_one(hub: Hub):
    one, foreign = Laptop(hub).enrolled(), Laptop(hub, SUNGAI_LANSEK).enrolled()
    (subject,) = one.register(worker(1))
    intake.accept(hub, one.seal().data, NOW)
    foreign.write(verbs.CORRECTED, subject, {"set": {"name": "Orang Lain"}, "replaces": {}})
    foreign.write(verbs.REFUSED, subject, {"reason": "iri"})
    intake.accept(hub, foreign.seal().data, NOW)
    one.write(verbs.CORRECTED, subject, {"set": {"phone": "08"}, "replaces": {}})
    intake.accept(hub, one.seal().data, NOW)
    with hub.reading() as session:
        (row,) = session.exec(select(HubWorker))
    assert (row.name, row.refused, row.scope) == (worker(1)["name"], "", MUARO)


def test_workers_are_counted_by_kecamatan_until_they_end(either_hub: Hub):
    here, there = Laptop(either_hub).enrolled(), Laptop(either_hub, SUNGAI_LANSEK).enrolled()
    here.send(worker(1), worker(2))
    there.send(worker(3, SUNGAI_LANSEK))
    ended: Entry = here.entries[0]
    here.write(verbs.ENDED, ended.subject, {"reason": "moved", "replaces": {}})
    intake.accept(either_hub, here.seal().data, NOW)
    counts = status(either_hub)
    assert counts.kecamatan == {"13.03.04": 1, "13.03.06": 1}
    assert (counts.workers, counts.batches, counts.devices) == (2, 3, 2)


def test_an_empty_batch_carries_only_what_a_laptop_holds(hub: Hub):
    laptop = Laptop(hub).enrolled()
    empty = laptop.seal([], have={hub.chain(MUARO): 1})
    assert intake.accept(hub, empty.data, NOW) == Accepted(empty.id, "delivered")
    (receipt,) = laptop.said(verbs.BATCH_RECEIVED)
    assert receipt.values()["last"] == 0


def test_a_stolen_key_ring_name_is_no_help(hub: Hub):
    laptop = Laptop(hub).enrolled()
    thief = Laptop(hub, keys=new_keyring())
    thief.register(worker(1))
    object.__setattr__(thief.keys, "device", laptop.keys.device)
    assert intake.accept(hub, thief.seal().data, NOW) == Refused("batch_signature")
