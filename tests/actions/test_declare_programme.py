"""A programme, or a ceremony's plan, that another laptop's clock has frozen can be corrected."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kerjadesa.actions.ceremonies import ceremony, invitable, plan_ceremony, seat
from kerjadesa.actions.declare_programme import correct_programme, declared
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.ceremony import CeremonyFacts
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import ProgrammeFacts
from tests.office_kit import START, Clock, opened, worker
from tests.two_laptops import colleague, swap

YEARS_AHEAD = datetime(2141, 3, 1, tzinfo=UTC)


def the_programme(office: Office) -> ProgrammeFacts:
    (facts,) = declared(office)
    return facts


def test_a_programme_declared_in_2141_is_mended_by_one_correction_on_every_laptop(
    tmp_path: Path,
) -> None:
    clock = Clock(YEARS_AHEAD)
    with opened(tmp_path / "ahead", clock) as office:
        code = the_programme(office).code
    clock.at = START
    with opened(tmp_path / "ahead", clock) as office, colleague(office, tmp_path) as third:
        assert the_programme(third).code == code, "both set up the same programme"
        swap(tmp_path / "stick", office, third)
        assert the_programme(third).valid_from.year == 2141
        days = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
        correct_programme(third, code, **days)
        swap(tmp_path / "stick", office, third)
        for one in (office, third):
            assert the_programme(one).valid_until == date(2026, 12, 31)
        # And the laptop that stood ahead may correct in its turn.
        correct_programme(office, code, payer="APB Nagari")
        swap(tmp_path / "stick", office, third)
        assert the_programme(third) == the_programme(office)
        assert the_programme(third).payer == "APB Nagari"


def test_a_plan_made_in_2141_gives_way_to_the_next_one(tmp_path: Path) -> None:
    ahead = Clock()
    with opened(tmp_path / "ahead", ahead) as office, colleague(office, tmp_path) as other:
        assert isinstance(register(office, worker(1)), Registered)
        groups = seat(office, None, [place.jorong for place in invitable(office)])
        facts = CeremonyFacts(title="Salah", held_on=date(2026, 12, 1), groups=groups)
        now, ahead.at = ahead.at, YEARS_AHEAD
        held = plan_ceremony(office, facts)
        ahead.at = now
        swap(tmp_path / "stick", office, other)
        right = ceremony(other, held).facts.model_copy(update={"title": "Benar"})
        plan_ceremony(other, right, held)
        swap(tmp_path / "stick", office, other)
        assert ceremony(office, held).facts == ceremony(other, held).facts == right


def test_a_programme_that_nobody_could_use_is_not_written(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as office:
        before = the_programme(office)
        with pytest.raises(UserError, match="programme_unknown"):
            correct_programme(office, "TIDAKADA", name="Lain")
        for name, last in (("", None), ("x" * 81, None), (None, date(2000, 1, 1))):
            with pytest.raises(UserError, match="programme_invalid"):
                correct_programme(office, before.code, name=name, valid_until=last)
        correct_programme(office, before.code, name=before.name)
        with office.store.reading(office.now()) as unit:
            assert unit.journal.next_seq() == 2, "nothing was written"
