"""The programmes a worker can be registered for."""

from dataclasses import dataclass

from kerjadesa.actions.office import Office


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as a form offers it."""

    code: str
    name: str


def programmes(office: Office) -> list[Programme]:
    """Every programme this register knows, by code."""
    with office.store.reading(office.now()) as unit:
        return [Programme(row.code, row.name) for row in unit.programmes()]
