"""Another passphrase or another recovery key for the register of this computer."""

from pathlib import Path

from kerjadesa.actions.home_files import VAULT
from kerjadesa.store import vault


def change_passphrase(home: Path, former: str, passphrase: str) -> None:
    """From now on this passphrase opens the register; the recovery key stays.

    `former` may be the recovery key. Raises UserError `passphrase_wrong`, `passphrase_short`,
    `vault_damaged`, `disk_full`, `file_not_written`; the former passphrase stands then.
    """
    vault.change_passphrase(home / VAULT, former, passphrase)


def renew_recovery(home: Path, passphrase: str) -> str:
    """A new recovery key, shown once and kept nowhere; the former opens this register no more.

    Raises UserError `passphrase_wrong`, `vault_damaged`, `disk_full`, `file_not_written`.
    """
    return vault.renew_recovery(home / VAULT, passphrase)
