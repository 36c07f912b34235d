"""The numbered migrations of the hub's database, for SQLite and PostgreSQL alike."""

from kerjadesa.hub.migrations import m0001_initial
from kerjadesa.store.migrations import Step

STEPS: tuple[Step, ...] = (m0001_initial.up,)
"""A step is frozen once released: no live models in it."""
