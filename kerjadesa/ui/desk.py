"""The unlocked register: the rail at the left and one page beside it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Protocol, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget
from shiboken6 import isValid

from kerjadesa.actions.office import Office
from kerjadesa.ui.icons import icon
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID, RAIL_FOLDED, RAIL_WIDTH, ROOMY, colours
from kerjadesa.ui.widgets import column, label, reachable, set_property, show_keys
from kerjadesa.words import N_, _


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


_AHEAD = ("workers", "register")
_AT_REST = 1500


class Desk(QWidget):
    """Pages are built when they are first visited: the window is up before they are needed.

    The two that everybody visits are built while the operator still looks at Beranda.
    """

    locked = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    operator_changed = Signal(object)
    keys_wanted = Signal()
    arrived = Signal(str)
    """Which page has come to the front."""

    def __init__(self, office: Office, lane: Lane) -> None:
        super().__init__()
        self.office = office
        self._around = Around(office, lane, self.go)
        self._pages: dict[str, DeskPage] = {}
        self._places: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._entries: list[QPushButton] = []
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._now = ""
        self._coming: tuple[str, dict[str, Any]] = ("", {})
        self._rest = QTimer(self, singleShot=True, interval=_AT_REST)
        self._rest.timeout.connect(self._build_ahead)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._rail_part = self._rail()
        self._fold(False)
        layout.addWidget(self._rail_part)
        layout.addWidget(self._stack, 1)
        ways: list[tuple[str, str, dict[str, object]]] = [
            *((f"Ctrl+{number}", entry.page, {}) for number, entry in enumerate(RAIL, start=1)),
            ("Ctrl+F", "workers", {"search": True}),
            ("Ctrl+N", "register", {"worker": ""}),
            ("Ctrl+I", "import", {}),
        ]
        for keys, page, what in ways:
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.go, page, **what))

    @property
    def name(self) -> str:
        """Which page is in front."""
        return self._now

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
        """Brings a page to the front, unless the one in front has unsaved work to keep.

        A page that was never visited may take a moment to come.
        """
        self._coming = (name, what)
        # Where the lane has long work to do the page would wait for it: better a short halt.
        if self._now and _module_of(name) not in sys.modules and not self._around.lane.busy:
            self._draw_in(name, what)
        else:
            self._bring(name, what)

    def _bring(self, name: str, what: dict[str, Any]) -> None:
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
        self._rest.start() if name == "home" else self._rest.stop()
        self.arrived.emit(name)

    def tell_seeking(self, percent: int | None) -> None:
        """Lets Beranda say how far the search for pairs is; None at its end."""
        if "home" in self._pages:
            self.page("home").tell_seeking(percent)

    def _draw_in(self, name: str, what: dict[str, Any]) -> None:
        """Draws in aside what only this page needs: it takes up to a second on an old disk."""

        def wanted() -> bool:
            # Whoever has gone elsewhere meanwhile stays there, and so does who has locked.
            return isValid(self) and self._coming == (name, what)

        def build(_outcome: object) -> None:
            # What failed in the lane is tried again here, where the window says so.
            if wanted():
                self.page(name)
                # In a turn of its own, so that neither of the two is felt.
                QTimer.singleShot(0, lambda: self._bring(name, what) if wanted() else None)

        self._buttons[_UNDER.get(name, name)].setChecked(True)
        self._around.lane.submit(
            lambda _ticket: import_module(_module_of(name)), done=build, failed=build, quiet=True
        )

    def _build_ahead(self) -> None:
        missing = [name for name in _AHEAD if name not in self._pages]
        # A desk that was left is hidden before it goes, and its register may be closed.
        if missing and self.isVisible() and not self._around.lane.busy:
            self.page(missing[0])
            self._rest.start()

    def _build(self, name: str) -> DeskPage:
        module = import_module(_module_of(name))
        class_name = "".join(word.capitalize() for word in name.split("_"))
        made: DeskPage = getattr(module, f"{class_name}Page")(self._around)
        if name == "ceremony":
            cast(Any, made).filling.connect(self._rail_part.setHidden)
        if name == "settings":
            settings = cast(Any, made)
            settings.language_chosen.connect(self.language_chosen)
            settings.theme_chosen.connect(self.theme_chosen)
            settings.operator_changed.connect(self.operator_changed)
            settings.locked.connect(self.locked)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Folds the rail to its icons where letters are enlarged, so that the page keeps room."""
        super().resizeEvent(event)
        self._fold(self.width() < ROOMY)

    def _rail(self) -> QWidget:
        rail = QWidget()
        rail.setObjectName("rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wordy = [
            label("KerjaDesa", role="lead"),
            label(self.office.place.title, role="caption", wrap=True),
        ]
        layout = column(*self._wordy, gap=2, margin=6)
        layout.addSpacing(GRID)
        for number, entry in enumerate(RAIL, start=1):
            made = show_keys(self._entry(_(entry.words), entry.picture), f"Ctrl+{number}")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, page=entry.page: self.go(page))
            self._group.addButton(made)
            self._buttons[entry.page] = made
            layout.addWidget(made)
        layout.addStretch(1)
        keys = self._entry(_("Pintasan (F1)"), "keys")
        keys.clicked.connect(lambda _checked=False: self.keys_wanted.emit())
        layout.addWidget(keys)
        operator = [
            label(_("Petugas"), role="caption"),
            label(self.office.operator, wrap=True),
        ]
        for words in operator:
            layout.addWidget(words)
        self._wordy += operator
        for words in self._wordy:
            words.setContentsMargins(6, 0, 6, 0)
        rail.setLayout(layout)
        return rail

    def _entry(self, words: str, picture: str) -> QPushButton:
        made = QPushButton(words)
        made.setProperty("kind", "rail")
        made.setAccessibleName(words)
        made.setIcon(icon(picture, colours.accent))
        made.setIconSize(QSize(20, 20))
        made.setToolTip(words)
        self._entries.append(made)
        return made

    def _fold(self, folded: bool) -> None:
        if self._rail_part.maximumWidth() == (RAIL_FOLDED if folded else RAIL_WIDTH):
            return
        self._rail_part.setFixedWidth(RAIL_FOLDED if folded else RAIL_WIDTH)
        for words in self._wordy:
            words.setVisible(not folded)
        for made in self._entries:
            made.setText("" if folded else made.accessibleName())
            set_property(made, "folded", folded)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail: the page it opens, its icon and its words."""

    page: str
    picture: str
    words: str


RAIL = (
    Entry("home", "home", N_("Beranda")),
    Entry("workers", "people", N_("Pekerja")),
    Entry("cards", "card", N_("Kartu")),
    Entry("ceremony", "ceremony", N_("Serah terima")),
    Entry("exchange", "exchange", N_("Kirim")),
    Entry("verify", "verify", N_("Periksa kartu")),
    Entry("settings", "settings", N_("Pengaturan")),
)
"""From top to bottom; Ctrl+1 is the first. `kerjadesa/ui/PAGE_page.py` holds the page."""


def _module_of(page: str) -> str:
    return f"kerjadesa.ui.{page}_page"


_UNDER = {
    "design": "cards",
    "printer": "cards",
    "worker": "workers",
    "register": "workers",
    "import": "workers",
    "same_person": "workers",
}
"""Pages without an entry of their own → the page whose entry stands for them."""
