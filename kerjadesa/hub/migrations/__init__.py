"""The numbered migrations of the hub's database, for SQLite and PostgreSQL alike."""

from kerjadesa.hub.migrations import m0001_initial, m0002_brought_by
from kerjadesa.store.migrations import Step

STEPS: tuple[Step, ...] = (m0001_initial.up, m0002_brought_by.up)
"""A step is frozen once released: no live models in it."""
