"""Codes that never collide, and what comes after a programme."""

from datetime import date

from kerjadesa.domain.programme import (
    LONGEST_CODE,
    LONGEST_NAME,
    ProgrammeFacts,
    code_of,
    following,
    free_code,
)


def ended(name: str, last: date) -> ProgrammeFacts:
    return ProgrammeFacts(
        code=code_of(name),
        name=name,
        payer="APB Nagari",
        valid_from=date(last.year, 1, 1),
        valid_until=last,
    )


def test_two_programmes_never_share_a_code_and_equal_ones_meet_on_two_laptops() -> None:
    known = {"PR2026"}
    assert free_code("Pekerja Rentan 2027", known) == "PR2027"
    assert free_code("Petani Rentan 2026", known) == "PR2026-2"
    assert free_code("Pelaut Rentan 2026", {*known, "PR2026-2"}) == "PR2026-3"


def test_a_numbered_code_is_no_longer_than_a_card_has_room_for() -> None:
    name = " ".join("Sangat" for _word in range(LONGEST_CODE + 9))
    codes: set[str] = set()
    for _time in range(12):
        codes.add(free_code(name, codes))
    assert len(codes) == 12
    assert max(map(len, codes)) == LONGEST_CODE


def test_next_year_is_offered_under_its_own_year_and_goes_on_the_day_after() -> None:
    facts = following(ended("Pekerja Rentan 2026", date(2026, 12, 31)), date(2026, 12, 10))
    assert (facts.name, facts.code, facts.payer) == ("Pekerja Rentan 2027", "PR2027", "APB Nagari")
    assert (facts.valid_from, facts.valid_until) == (date(2027, 1, 1), date(2027, 12, 31))


def test_a_name_without_a_year_gets_one_and_keeps_to_its_length() -> None:
    before = ended(("Pekerja " * LONGEST_NAME)[:LONGEST_NAME].strip(), date(2026, 12, 31))
    facts = following(before, date(2027, 1, 10))
    assert facts.name.endswith(" 2027")
    assert len(facts.name) <= LONGEST_NAME


def test_after_a_gap_of_years_or_a_wrong_clock_today_is_offered() -> None:
    today = date(2027, 3, 5)
    for last in (date(2024, 12, 31), date(2141, 12, 31), date(2199, 12, 31)):
        facts = following(ended("Pekerja Rentan", last), today)
        assert (facts.valid_from, facts.valid_until) == (today, date(2027, 12, 31))
