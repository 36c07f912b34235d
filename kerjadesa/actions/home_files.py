"""What lies in the home of an installation.

Imports nothing: the window looks for the vault before it draws in the whole database.
"""

VAULT = "vault.json"
DATABASE = "kerjadesa.db"
BACKUPS = "backups"
CARDS_BEING_MADE = "cards-being-made-"
"""How the name of a file of unfinished cards begins, on systems where it has one."""
