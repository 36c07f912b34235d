"""The page of a ceremony as its tests use it: six guests, their cards and a scanner."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from kerjadesa.actions.hand_over import Guest, guests
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from tests.office_kit import worker
from tests.ui.verify_states import card_of, printed, row_of

if TYPE_CHECKING:
    from tests.ui.conftest import Operator

JORONG = ("Koto", "Tapian")


class Table:
    """The page with a planned ceremony of six, all cards but the last one printed; a scanner."""

    def __init__(self, operator: "Operator") -> None:
        self.operator = operator
        office = operator.window.office
        assert office is not None
        self.office: Office = office
        self.page = operator.go("ceremony")
        for serial in range(1, 7):
            made = register(office, worker(serial, jorong=JORONG[serial % 2]))
            assert isinstance(made, Registered)
        self.page.show_list()
        operator.wait(self.page.plan_new)
        self.page.plan.place.setText("Balai Nagari Muaro")
        operator.wait(self.page.plan.save)
        for guest in guests(office, self.page._open.id)[:-1]:
            printed(office, row_of(office, guest.card_number))
        self.people = guests(office, self.page._open.id)
        self.page.begin()

    @property
    def view(self) -> Any:
        return self.page.day

    @property
    def said(self) -> str:
        """The word in the band."""
        return self.view.stage.person.word.text()

    @property
    def text(self) -> str:
        return self.view.stage.person.text.text()

    def code(self, guest: Guest, **changes: Any) -> str:
        """What the scanner reads off this guest's card."""
        row = row_of(self.office, guest.card_number)
        return card_of(row, self.office.keys, self.office.now().astimezone(UTC), **changes)

    def scan(self, text: str) -> None:
        """A scanner types the code and Enter into whatever has the focus."""
        self.operator.type(text)
        self.press(Qt.Key.Key_Return)

    def press(self, key: Qt.Key) -> None:
        self.operator.press(key)

    def now(self, guest: Guest) -> Guest:
        """How the register has it."""
        found = {one.worker: one for one in guests(self.office, self.page._open.id)}
        return found[guest.worker]
