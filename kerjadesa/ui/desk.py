"""The unlocked register: the rail at the left and one page beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from kerjadesa.actions.office import Office
from kerjadesa.ui.icons import icon
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID, RAIL_WIDTH, colours
from kerjadesa.ui.widgets import column, label, reachable
from kerjadesa.words import _


class DeskPage(Protocol):
    """What the desk asks of a page."""

    frame: Page

    def entered(self) -> None:
        """Called each time the page comes to the front."""

    def may_leave(self) -> bool:
        """Asked before another page comes to the front."""


@dataclass(frozen=True, slots=True)
class Around:
    """What every page gets: the open register, the lane, and the way to other pages."""

    office: Office
    lane: Lane
    go: Callable[..., None]
    """`go("register", worker=id)`: brings a page to the front, with what it should show."""


class Desk(QWidget):
    """Pages are built when they are first visited: the window is up before they are needed."""

    locked = Signal()
    language_chosen = Signal(str)

    def __init__(self, office: Office, lane: Lane) -> None:
        super().__init__()
        self.office = office
        self._around = Around(office, lane, self.go)
        self._pages: dict[str, DeskPage] = {}
        self._places: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._now = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail())
        layout.addWidget(self._stack, 1)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(lambda: self.go("workers", search=True))

    @property
    def current(self) -> DeskPage:
        """The page in front."""
        return self._pages[self._now]

    def page(self, name: str) -> Any:
        """One page, built if nobody has visited it yet."""
        if name not in self._pages:
            made = self._build(name)
            self._pages[name] = made
            self._places[name] = reachable(cast(QWidget, made))
            self._stack.addWidget(self._places[name])
        return self._pages[name]

    def go(self, name: str, **what: Any) -> None:
        """Brings a page to the front, unless the one in front has unsaved work to keep."""
        if self._now and not (self._now == name and not what) and not self.current.may_leave():
            self._buttons[_UNDER.get(self._now, self._now)].setChecked(True)
            return
        page = self.page(name)
        self._now = name
        self._buttons[_UNDER.get(name, name)].setChecked(True)
        self._stack.setCurrentWidget(self._places[name])
        page.entered()
        if what:
            page.show_what(**what)

    def _build(self, name: str) -> DeskPage:
        # Each page draws in what only it needs, so its import waits until it is wanted.
        from importlib import import_module

        module = import_module(f"kerjadesa.ui.{name}_page")
        made: DeskPage = getattr(module, f"{name.capitalize()}Page")(self._around)
        if name == "settings":
            settings = cast(Any, made)
            settings.language_chosen.connect(self.language_chosen)
            settings.locked.connect(self.locked)
        return made

    def _rail(self) -> QWidget:
        rail = QWidget()
        rail.setObjectName("rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rail.setFixedWidth(RAIL_WIDTH)
        layout = column(gap=2, margin=12)
        layout.addWidget(label("KerjaDesa", role="lead"))
        layout.addWidget(label(self.office.place.title, role="caption", wrap=True))
        layout.addSpacing(2 * GRID)
        for number, (name, words) in enumerate(_entries(), start=1):
            made = QPushButton(words)
            made.setProperty("kind", "rail")
            made.setCheckable(True)
            made.setAccessibleName(words)
            made.setIcon(icon(name, colours.accent))
            made.setIconSize(QSize(20, 20))
            made.setShortcut(QKeySequence(f"Ctrl+{number}"))
            made.setToolTip(f"Ctrl+{number}")
            made.clicked.connect(lambda _checked=False, name=name: self.go(_PAGES[name]))
            self._group.addButton(made)
            self._buttons[_PAGES[name]] = made
            layout.addWidget(made)
        layout.addStretch(1)
        layout.addWidget(label(_("Petugas"), role="caption"))
        layout.addWidget(label(self.office.operator, wrap=True))
        rail.setLayout(layout)
        return rail


_PAGES = {
    "home": "home",
    "people": "workers",
    "register": "register",
    "import": "import",
    "card": "cards",
    "exchange": "exchange",
    "verify": "verify",
    "settings": "settings",
}
"""Icon of a rail entry → page."""

_UNDER = {"worker": "workers"}
"""Pages without an entry of their own → the page whose entry stands for them."""


def _entries() -> list[tuple[str, str]]:
    return [
        ("home", _("Beranda")),
        ("people", _("Pekerja")),
        ("register", _("Daftarkan")),
        ("import", _("Impor")),
        ("card", _("Kartu")),
        ("exchange", _("Kirim && terima")),
        ("verify", _("Periksa kartu")),
        ("settings", _("Pengaturan")),
    ]
