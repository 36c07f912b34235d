"""The vault: passphrase, recovery key, and what keeps a guesser slow."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kerjadesa.domain.problem import UserError
from kerjadesa.store import files, vault

PASSPHRASE = "empat kata yang rekaan"
NEW = "lima kata lain yang rekaan"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, vault.Unlocked]:
    """A fresh vault."""
    path = tmp_path / "vault.json"
    return path, vault.create(path, PASSPHRASE)


def no_wait(seconds: float) -> None:
    """Fails: nobody should be kept waiting."""
    pytest.fail(f"waited {seconds} s")


def change(path: Path, how: Callable[[dict[str, Any]], None]) -> None:
    """Changes the vault's file."""
    held = json.loads(path.read_text())
    how(held)
    path.write_text(json.dumps(held))


def test_the_passphrase_opens_the_vault(made: tuple[Path, vault.Unlocked]) -> None:
    path, unlocked = made
    assert len(unlocked.key) == 32
    assert vault.unlock(path, PASSPHRASE, no_wait) == unlocked.key


@pytest.mark.parametrize("passphrase", ["", "empat kata yang rekaa", PASSPHRASE.upper()])
def test_another_passphrase_does_not_and_gets_no_hint(
    made: tuple[Path, vault.Unlocked], passphrase: str
) -> None:
    with pytest.raises(UserError) as refused:
        vault.unlock(made[0], passphrase, no_wait)
    assert (refused.value.code, refused.value.facts) == ("passphrase_wrong", {})


@pytest.mark.parametrize(
    "typed",
    [
        lambda key: key,
        lambda key: key.lower(),
        lambda key: key.replace("-", " "),
        lambda key: f"  {key.replace('-', '')}\n",
        lambda key: key.replace("0", "O").replace("1", "l"),
        lambda key: key.replace("0", "o").replace("1", "I"),
    ],
)
def test_the_recovery_key_opens_it_however_it_is_copied_from_paper(
    made: tuple[Path, vault.Unlocked], typed: Callable[[str], str]
) -> None:
    path, unlocked = made
    assert vault.unlock(path, typed(unlocked.recovery), no_wait) == unlocked.key


def test_a_wrong_recovery_key_opens_nothing(made: tuple[Path, vault.Unlocked]) -> None:
    path, unlocked = made
    wrong = ("1" if unlocked.recovery[0] != "1" else "2") + unlocked.recovery[1:]
    with pytest.raises(UserError, match="passphrase_wrong"):
        vault.unlock(path, wrong, no_wait)


def test_accents_may_be_typed_on_any_keyboard(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    key = vault.create(path, "cafe\u0301 di kaki bukit").key
    assert vault.unlock(path, "caf\u00e9 di kaki bukit", no_wait) == key


def test_a_passphrase_of_broken_bytes_is_one_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    key = vault.create(path, "sandi \udcff rusak").key
    assert vault.unlock(path, "sandi \udcff rusak", no_wait) == key
    with pytest.raises(UserError, match="passphrase_wrong"):
        vault.unlock(path, "sandi \udcfe rusak", no_wait)


def test_guessing_gets_slower_and_slower(made: tuple[Path, vault.Unlocked]) -> None:
    path, unlocked = made
    waited: list[float] = []
    for _ in range(9):
        with pytest.raises(UserError, match="passphrase_wrong"):
            vault.unlock(path, "salah sama sekali", waited.append)
    assert waited == [1, 2, 4, 8, 16, 30, 30]
    assert vault.unlock(path, PASSPHRASE, waited.append) == unlocked.key
    assert waited[-1] == 30
    assert vault.unlock(path, PASSPHRASE, no_wait) == unlocked.key


def test_a_spoilt_count_of_tries_locks_nobody_out(made: tuple[Path, vault.Unlocked]) -> None:
    path, unlocked = made
    path.with_name("attempts").write_bytes(b"\xff\xfe")
    assert vault.unlock(path, PASSPHRASE, no_wait) == unlocked.key


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        vault.create(tmp_path / "other.json", "pendek")
    assert refused.value.facts == {"shortest": vault.SHORTEST_PASSPHRASE}
    assert not vault.exists(tmp_path / "other.json")


def test_a_vault_is_never_written_over(made: tuple[Path, vault.Unlocked]) -> None:
    with pytest.raises(UserError, match="already_set_up"):
        vault.create(made[0], PASSPHRASE)
    assert vault.unlock(made[0], PASSPHRASE, no_wait) == made[1].key


def test_no_vault_is_told_from_a_locked_one(tmp_path: Path) -> None:
    assert not vault.exists(tmp_path / "vault.json")
    with pytest.raises(UserError, match="not_set_up"):
        vault.unlock(tmp_path / "vault.json", PASSPHRASE, no_wait)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"format": "another", "version": 1, "wraps": []}',
        b'{"format": "kerjadesa-vault", "version": 1, "wraps": []}',
        b'{"format": "kerjadesa-vault", "version": "x", "wraps": [{"kind": "passphrase"}]}',
        b'{"format": "kerjadesa-vault", "version": 1, "wraps": [{"kind": "passphrase"}]}',
        b'{"format": "kerjadesa-vault", "version": 1, "wraps": 7}',
    ],
)
def test_a_spoilt_vault_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vault.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match="vault_damaged"):
        vault.unlock(path, PASSPHRASE, no_wait)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 10**9),
        ("memory_kib", 0),
        ("memory_kib", -(10**30)),
        ("passes", 10**6),
        ("passes", 0),
        ("lanes", 10**9),
        ("lanes", 0),
        ("salt", "x"),
        ("salt", None),
        ("nonce", "eA=="),
    ],
)
def test_an_impossible_cost_is_damage_and_eats_no_memory(
    made: tuple[Path, vault.Unlocked], name: str, value: Any
) -> None:
    change(made[0], lambda held: held["wraps"][0].update({name: value}))
    with pytest.raises(UserError, match="vault_damaged"):
        vault.unlock(made[0], PASSPHRASE, no_wait)


def test_a_vault_of_a_newer_program_is_told_plainly(made: tuple[Path, vault.Unlocked]) -> None:
    change(made[0], lambda held: held.update(version=vault.VERSION + 1))
    with pytest.raises(UserError, match="database_newer"):
        vault.unlock(made[0], PASSPHRASE, no_wait)


def test_neither_key_can_be_read_from_the_file_or_a_log(
    made: tuple[Path, vault.Unlocked],
) -> None:
    path, unlocked = made
    written = path.read_text()
    assert unlocked.recovery not in written and unlocked.key.hex() not in written
    assert unlocked.recovery not in repr(unlocked) and unlocked.key.hex() not in repr(unlocked)
    assert path.stat().st_mode & 0o077 == 0


def test_a_new_passphrase_takes_the_place_of_the_old_one_and_the_printed_key_stays(
    made: tuple[Path, vault.Unlocked],
) -> None:
    path, unlocked = made
    vault.change_passphrase(path, PASSPHRASE, NEW)
    assert vault.unlock(path, NEW, no_wait) == unlocked.key
    assert vault.unlock(path, unlocked.recovery, no_wait) == unlocked.key
    with pytest.raises(UserError, match="passphrase_wrong"):
        vault.unlock(path, PASSPHRASE)
    assert path.stat().st_mode & 0o077 == 0


def test_who_forgot_the_passphrase_chooses_another_by_the_printed_key(
    made: tuple[Path, vault.Unlocked],
) -> None:
    path, unlocked = made
    vault.change_passphrase(path, unlocked.recovery.lower(), NEW)
    assert vault.unlock(path, NEW, no_wait) == unlocked.key


def test_a_new_recovery_key_ends_the_one_that_was_lost(
    made: tuple[Path, vault.Unlocked],
) -> None:
    path, unlocked = made
    recovery = vault.renew_recovery(path, PASSPHRASE)
    assert recovery not in path.read_text()
    assert vault.unlock(path, recovery, no_wait) == unlocked.key
    assert vault.unlock(path, PASSPHRASE, no_wait) == unlocked.key
    with pytest.raises(UserError, match="passphrase_wrong"):
        vault.unlock(path, unlocked.recovery)


@pytest.mark.parametrize(
    ("former", "passphrase", "code"),
    [("salah sama sekali", NEW, "passphrase_wrong"), (PASSPHRASE, "pendek", "passphrase_short")],
)
def test_a_refused_change_leaves_the_vault_as_it_was(
    made: tuple[Path, vault.Unlocked], former: str, passphrase: str, code: str
) -> None:
    before = made[0].read_bytes()
    with pytest.raises(UserError, match=code):
        vault.change_passphrase(made[0], former, passphrase)
    assert made[0].read_bytes() == before


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    "change_it",
    [
        lambda path: vault.change_passphrase(path, PASSPHRASE, NEW),
        lambda path: vault.renew_recovery(path, PASSPHRASE),
    ],
)
def test_a_power_cut_half_way_leaves_the_old_passphrase_and_the_old_key(
    made: tuple[Path, vault.Unlocked],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    change_it: Callable[[Path], object],
) -> None:
    path, unlocked = made

    class PowerCutError(BaseException):
        """Nothing after it runs."""

    def cut(*_: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as failing:
        if step == "fsync":
            failing.setattr(files.os, "fsync", cut)
        else:
            failing.setattr(files, "replace_file", cut)
        # Not even the tidying up.
        failing.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(PowerCutError):
            change_it(path)
    assert len(list(path.parent.glob(".vault.json*"))) == 1, "the cut fell into the writing"
    assert vault.unlock(path, PASSPHRASE, no_wait) == unlocked.key
    assert vault.unlock(path, unlocked.recovery, no_wait) == unlocked.key
    vault.change_passphrase(path, PASSPHRASE, NEW)
    assert vault.unlock(path, NEW, no_wait) == unlocked.key


def test_the_real_cost_of_a_guess_is_the_recommended_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    path = tmp_path / "vault.json"
    vault.create(path, PASSPHRASE)
    for wrap in json.loads(path.read_text())["wraps"]:
        # RFC 9106, second recommended option.
        assert (wrap["memory_kib"], wrap["passes"], wrap["lanes"]) == (65536, 3, 4)
