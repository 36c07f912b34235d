"""Whoever sits down at the office's computer next writes under her own name."""

from dataclasses import replace

from kerjadesa.actions.office import OPERATOR, Office
from kerjadesa.domain.check import clean
from kerjadesa.domain.problem import UserError

# A batch takes no longer operator.
_LONGEST_NAME = 80


def operator_name(typed: str) -> str:
    """The name as it is journalled. Raises UserError `operator_missing`."""
    name = str(clean("operator", typed))[:_LONGEST_NAME]
    if not name:
        raise UserError("operator_missing")
    return name


def change_operator(office: Office, typed: str) -> Office:
    """The same open office under another operator, who stays when it is opened again.

    What is written already keeps its name. Raises UserError `operator_missing` and whatever
    keeps the database from being written.
    """
    name = operator_name(typed)
    with office.store.unit(office.now()) as unit:
        unit.set(OPERATOR, name)
    return replace(office, operator=name)


def present_operator(office: Office) -> str:
    """Who sits there by now: another window of this register may have changed it."""
    with office.store.reading(office.now()) as unit:
        return str(unit.setting(OPERATOR) or office.operator)
