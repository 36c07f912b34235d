"""The register: what entries become, pages of it, and who may be the same person."""

from datetime import date
from typing import Any

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.card_number import card_number
from kerjadesa.domain.entry import Entry
from kerjadesa.store.projection import project
from kerjadesa.store.store import Store, Unit
from kerjadesa.store.tables import WorkerRow
from kerjadesa.store.twins import waiting
from kerjadesa.store.workers import facts_of, sort_key
from tests.domain.said import HUB, MUARO, Laptop
from tests.store.conftest import NOW, OWN, register

CHAIN = f"{HUB}.{MUARO}"
PUBLIC = f"{HUB}.public"


def take(unit: Unit, *entries: Entry) -> None:
    """Takes in what another device wrote."""
    for entry in entries:
        project(unit, unit.journal.take_in([entry]))


def correct(unit: Unit, subject: str, replaces: list[Entry], **values: Any) -> Entry:
    """Corrects facts on this device."""
    seen = {name: [entry.id for entry in replaces] for name in values}
    entry = unit.journal.append(verbs.CORRECTED, subject, {"set": values, "replaces": seen}, "op")
    project(unit, [entry])
    return entry


def row_of(unit: Unit, subject: str) -> WorkerRow:
    """The row of a worker who has one."""
    row = unit.workers.by_id(subject)
    assert row is not None
    return row


def test_a_registration_becomes_a_row_with_every_fact(store: Store) -> None:
    with store.unit(NOW) as unit:
        entry = register(
            unit, heirs=[{"name": "Buyung", "relation": "suami"}], poverty_date="2026-01-31"
        )
    with store.reading(NOW) as unit:
        row = row_of(unit, "w1")
        assert row.card_number == card_number(MUARO, OWN, entry.seq)
        facts = facts_of(row)
    assert (facts.name, facts.birth_date) == ("Upik Contoh", date(1985, 3, 1))
    assert (facts.heirs[0].name, facts.poverty_date) == ("Buyung", date(2026, 1, 31))


def test_a_correction_shows_at_once_and_is_found_by_search(store: Store) -> None:
    with store.unit(NOW) as unit:
        first = register(unit)
        assert row_of(unit, "w1").name == "Upik Contoh"
        correct(unit, "w1", [first], name="Yusniar Misal")
        assert row_of(unit, "w1").name == "Yusniar Misal"
        assert [row.id for row in unit.search("yusniar")[0]] == ["w1"]
        assert unit.search("upik")[0] == []
        assert unit.workers.count() == 1


def test_a_printed_card_keeps_its_number_whatever_is_corrected(store: Store) -> None:
    with store.unit(NOW) as unit:
        first = register(unit)
        before = row_of(unit, "w1").card_number
        correct(unit, "w1", [first], nagari="13.03.04.2009", name="Upik Baru")
        row = row_of(unit, "w1")
        assert (row.card_number, row.nagari) == (before, "13.03.04.2009")


def test_two_laptops_unseen_changes_wait_for_a_person(store: Store) -> None:
    laptop = Laptop("c" * 20)
    with store.unit(NOW) as unit:
        first = register(unit)
        correct(unit, "w1", [first], name="Upik Satu")
        take(unit, laptop.say(verbs.CORRECTED, {
            "set": {"name": "Upik Dua"}, "replaces": {"name": [first.id]}}, "w1"))  # fmt: skip
        assert unit.workers.undecided_count() == 1
        assert row_of(unit, "w1").conflicts == "name"
        correct(unit, "w1", unit.journal.of_subjects(["w1"])["w1"], name="Upik Satu")
        assert unit.workers.undecided_count() == 0


def test_the_districts_refusal_stands_in_the_row_and_a_laptops_does_not(store: Store) -> None:
    hub, laptop = Laptop(CHAIN), Laptop("c" * 20)
    with store.unit(NOW) as unit:
        register(unit, 1)
        take(unit, laptop.say(verbs.REFUSED, {"reason": "nik_elsewhere"}, "w1"))
        assert row_of(unit, "w1").decision == ""
        take(unit, hub.say(verbs.REFUSED, {"reason": "nik_elsewhere"}, "w1"))
        row = row_of(unit, "w1")
        assert (row.decision, row.decision_reason) == ("refused", "nik_elsewhere")


def test_an_erased_person_leaves_the_list_and_the_search(store: Store) -> None:
    hub = Laptop(f"{HUB}.13.03.04.2001")
    with store.unit(NOW) as unit:
        unit.set("hub", HUB)
        register(unit, 1)
        register(unit, 2, name="Buyung Misal")
        take(unit, hub.say(verbs.ERASED, {}, "w1"))
        assert [row.id for row in unit.page(9).rows] == ["w2"]
        assert unit.search("upik")[0] == []
        register(unit, 3, name="Siti Umpama")
        assert [row.id for row in unit.search("siti")[0]] == ["w3"]
        assert [row.id for row in unit.search("buyung")[0]] == ["w2"]


def test_of_an_erased_person_no_former_nik_is_kept_either(store: Store) -> None:
    hub = Laptop(f"{HUB}.13.03.04.2001")
    with store.unit(NOW) as unit:
        unit.set("hub", HUB)
        made = register(unit, 1)
        before, after = "1303044103850001", "1303044103850009"
        correct(unit, "w1", [made], nik=after)
        assert unit.workers.known_niks([before, after]) == {before: "former", after: "enrolled"}
        take(unit, hub.say(verbs.ERASED, {}, "w1"))
        assert unit.workers.known_niks([before, after]) == {}


@pytest.mark.parametrize(
    "values",
    [
        {"set": {"name": 5}},
        {"set": {"name": ""}},
        {"set": {"nagari": "kampung"}},
        {"set": {"birth_date": "kapan saja"}},
        {"set": "apa saja"},
    ],
)
def test_a_colleagues_nonsense_hides_nobody(store: Store, values: dict[str, Any]) -> None:
    laptop = Laptop("c" * 20)
    with store.unit(NOW) as unit:
        register(unit)
        take(unit, laptop.say(verbs.CORRECTED, values, "w1"))
        assert row_of(unit, "w1").name == "Upik Contoh"


@pytest.mark.parametrize(
    "changes",
    [{"name": 5}, {"nagari": "kampung"}, {"nagari": "ñ"}, {"birth_date": "?"}, {"sex": "X"}],
)
def test_a_registration_that_makes_no_sense_holds_up_nobody_else(
    store: Store, changes: dict[str, Any]
) -> None:
    laptop = Laptop("c" * 20)
    with store.unit(NOW) as unit:
        take(unit, laptop.register("c1", **changes), laptop.register("c2"))
        assert [row.id for row in unit.page(9).rows] == ["c2"]
        assert unit.journal.vector() == {"c" * 20: 2}


def test_pages_show_every_worker_once_whatever_their_names(store: Store) -> None:
    names = ["Siti", "siti", "Émi", "Zul", "Siti", "Ani", "ani", "Budi", "Ñuñu", "Siti"]
    with store.unit(NOW) as unit:
        for serial, name in enumerate(names, 1):
            register(unit, serial, name=name)
    with store.reading(NOW) as unit:
        seen = unit.page(3).rows
        while page := unit.page(3, (seen[-1].name_key, seen[-1].number)).rows:
            seen += page
    assert len(seen) == len({row.id for row in seen}) == len(names)
    assert [row.name for row in seen][:3] == ["Ani", "ani", "Budi"]
    assert [sort_key(row.name) for row in seen] == sorted(map(sort_key, names))


def test_accents_and_case_sort_aside() -> None:
    assert sort_key("Émi") == sort_key("EMI") == "emi"
    assert sort_key("José Ñandu") == "jose nandu"


def test_the_print_order_is_by_jorong_then_name(store: Store) -> None:
    with store.unit(NOW) as unit:
        for serial, (jorong, name) in enumerate(
            [("Tapian", "Budi"), ("Ganting", "Zul"), ("Tapian", "Ani")], 1
        ):
            register(unit, serial, jorong=jorong, name=name)
        assert [row.id for row in unit.workers.in_print_order()] == ["w2", "w3", "w1"]


def test_the_same_nik_under_two_ids_is_a_question_for_a_person(store: Store) -> None:
    laptop = Laptop("c" * 20)
    with store.unit(NOW) as unit:
        register(unit, 1)
        register(unit, 2, name="Buyung Rekaan")
        take(unit, laptop.register("c1", nik="1303044103850001"))
        assert [(pair.first, pair.second) for pair in waiting(unit.session)] == [("w1", "c1")]
        first = unit.workers.by_nik("1303044103850001")
        assert first is not None and first.id == "w1"


def test_an_import_asks_once_for_a_thousand_niks(store: Store) -> None:
    with store.unit(NOW) as unit:
        for serial in (1, 700):
            register(unit, serial)
        wanted = [f"130304410385{serial:04d}" for serial in range(1, 1500)]
        assert unit.workers.known_niks(wanted).keys() == {wanted[0], wanted[699]}
        assert unit.workers.known_niks([]) == {}


def test_refolding_a_worker_changes_nothing(store: Store) -> None:
    with store.unit(NOW) as unit:
        first = register(unit)
        correct(unit, "w1", [first], name="Upik Baru")
        before = row_of(unit, "w1").model_dump()
        unit.refold(["w1"])
        unit.refold(["w1", "nobody"])
        assert row_of(unit, "w1").model_dump() == before


def test_a_programme_and_the_trust_list_come_out_of_entries(store: Store) -> None:
    hub, nagari_chain, laptop = Laptop(PUBLIC), Laptop(CHAIN), Laptop("c" * 20)
    facts = {
        "device": "d" * 20,
        "nagari": MUARO,
        "signing_key": "key",
        "age_recipient": "age1x",
    }
    programme = {
        "code": "PR2026",
        "name": "Pekerja Rentan 2026",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
    }
    with store.unit(NOW) as unit:
        take(unit, laptop.say(verbs.PROGRAMME_DECLARED, programme, "PR2026"))
        assert [row.code for row in unit.programmes()] == ["PR2026"]
        take(unit, laptop.say(verbs.DEVICE_CERTIFIED, facts, "d" * 20))
        take(unit, nagari_chain.say(verbs.DEVICE_CERTIFIED, facts, "d" * 20))
        assert unit.devices() == []
        take(unit, hub.say(verbs.DEVICE_CERTIFIED, facts, "e" * 20))
        assert unit.devices() == []
        take(unit, hub.say(verbs.DEVICE_CERTIFIED, facts, "d" * 20))
        assert [(row.device, row.revoked) for row in unit.devices()] == [("d" * 20, False)]
        take(unit, hub.say(verbs.DEVICE_REVOKED, facts, "d" * 20))
        assert [row.revoked for row in unit.devices()] == [True]


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (verbs.PROGRAMME_DECLARED, {"code": 7}),
        (verbs.BATCH_RECEIVED, {}),
        (verbs.BATCH_RECEIVED, {"device": OWN, "number": "x", "last": 1}),
        (verbs.DEVICE_CERTIFIED, {"device": "short"}),
        ("rates.published", {"jkk": 1}),
    ],
)
def test_an_entry_of_the_hub_that_makes_no_sense_holds_up_nothing(
    store: Store, verb: str, values: dict[str, Any]
) -> None:
    hub = Laptop(PUBLIC)
    with store.unit(NOW) as unit:
        take(unit, hub.say(verb, values, "x"))
        assert unit.journal.vector() == {PUBLIC: 1}
        assert unit.programmes() == [] and unit.devices() == []
        assert unit.batches.last_receipt() is None


def test_every_jorong_somebody_lives_in_is_offered_once(store: Store) -> None:
    with store.unit(NOW) as unit:
        assert unit.workers.jorong() == []
        for serial, jorong in enumerate(("Tapian", "Pasar", "", "Tapian"), start=1):
            register(unit, serial, jorong=jorong)
        assert unit.workers.jorong() == ["Pasar", "Tapian"]
