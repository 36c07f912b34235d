"""A script lists the programmes, declares next year's and chooses the usual one."""

from tests.cli.conftest import Command

DAYS = ("--valid-from", "2999-01-01", "--valid-until", "2999-12-31")
AHEAD = ("--valid-from", "2190-01-01", "--valid-until", "2190-12-31")


def usual(village: Command) -> list[str]:
    return [row["code"] for row in village("programme", "list", "--json").json if row["usual"]]


def test_next_years_programme_is_declared_and_chosen_without_a_window(village: Command) -> None:
    (before,) = usual(village)
    made = village("programme", "new", "Petani Rentan 2190", "--payer", "APB Nagari", *AHEAD)
    assert (made.code, made.err) == (0, "")
    assert made.out.split("  ")[:4] == ["PR2190", "2190-01-01", "2190-12-31", "Petani Rentan 2190"]
    assert usual(village) == [before]
    assert village("programme", "usual", "PR2190").code == 0
    assert usual(village) == ["PR2190"]
    (line,) = [
        one for one in village("programme", "list").out.splitlines() if "(program utama)" in one
    ]
    assert line.startswith("PR2190")


def test_a_programme_without_days_runs_to_the_end_of_the_year_and_may_be_usual_at_once(
    village: Command,
) -> None:
    made = village("programme", "new", "Nelayan Rentan", "--usual")
    assert made.code == 0
    _code, first, last, *_more = made.out.split("  ")
    assert last == f"{first[:4]}-12-31"
    assert "bertumpang tindih" in made.err, "it is said, and nothing is refused"
    assert usual(village) == ["NR"]


def test_a_programme_that_makes_no_sense_ends_with_one_and_a_word_that_is_no_day_with_two(
    village: Command,
) -> None:
    before = village("programme", "list", "--json").json
    assert village("programme", "new", "Kelak", *DAYS).code == 1
    assert village("programme", "new", "", *AHEAD).code == 1
    assert village("programme", "new", "Kelak", "--valid-from", "besok").code == 2
    ran = village("programme", "usual", "TIDAKADA")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert village("programme", "list", "--json").json == before
