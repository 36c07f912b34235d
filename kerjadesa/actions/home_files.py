"""What lies in the home of an installation.

Imports nothing: the window looks for the vault before it draws in the whole database.
"""

VAULT = "vault.json"
DATABASE = "kerjadesa.db"
BACKUPS = "backups"
