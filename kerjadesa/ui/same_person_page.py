"""Same person? Pairs of records at the left, the two of one pair side by side at the right."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedLayout, QWidget

from kerjadesa.actions.conflicts import photo_said
from kerjadesa.actions.likely_twins import Comparison, Pair, compare, names_of, waiting_pairs
from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.same_person import merge, tell_apart, undo_decision
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.pair_panel import PairPanel
from kerjadesa.ui.same_person_words import how_alike
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, panel, row, scrolled
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_NONE, _PAIR = range(2)
_LIST_WIDTH = 260


class SamePersonPage(QWidget):
    """One pair after the other; nothing is decided by itself, and everything can be undone."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._worker, self._pairs = "", list[Pair]()
        self._both: Comparison | None = None
        self._kept = ""
        self.frame = Page(
            self,
            _("Orang yang sama?"),
            _("Bandingkan keduanya. Tidak ada yang dihapus; setiap keputusan dapat diurungkan."),
            button(_("&Daftar pekerja"), lambda: around.go("workers")),
        )
        self.pairs = QListWidget()
        self.pairs.setMinimumWidth(_LIST_WIDTH // 2)
        self.pairs.setMaximumWidth(_LIST_WIDTH)
        self.pairs.setAccessibleName(_("Pasangan yang mirip"))
        self.pairs.currentRowChanged.connect(self._show)
        self.pairs.itemActivated.connect(lambda _item: self._into())
        self._count = label(role="quiet", wrap=True)
        self.says = label(wrap=True)
        self.panel = PairPanel(partial(photo_said, self._office), self._past_end)
        self.same_button = button(
            _("Orang yang &sama, gabungkan"), self._merge, "primary", "people", "Ctrl+G"
        )
        self.different_button = button(
            _("Orang &berbeda"), self._tell_apart, "", "person", "Ctrl+B"
        )
        self.skip_button = button(_("&Lewati"), self._skip, key="Ctrl+L")
        self.switch_button = button(_("Pertahankan yang s&atunya"), self._switch)
        head = row(self.says, self.switch_button)
        head.setStretch(0, 1)
        right = panel(
            head,
            scrolled(self.panel),
            row(self.same_button, self.different_button, self.skip_button, None),
            gap=12,
        )
        sides = row(column(self._count, self.pairs), right, gap=2 * GRID)
        sides.setStretch(1, 1)
        pair = QWidget()
        pair.setLayout(sides)
        sides.setContentsMargins(0, 0, 0, 0)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(
            empty_state(
                "ok",
                _("Tidak ada yang perlu dibandingkan."),
                _("Pekerja dengan NIK yang sama, atau nama dan tanggal lahir yang mirip, muncul "
                  "di sini."),
                button(_("&Daftar pekerja"), lambda: around.go("workers")),
            )
        )  # fmt: skip
        self._views.addWidget(pair)
        self.frame.add(held, 1)

    def entered(self) -> None:
        """Shows what waits by now."""
        self.frame.banner.hide()
        self._worker = ""
        self._load()
        self._into()

    def may_leave(self) -> bool:
        """Choices that were not confirmed are quickly made again."""
        return True

    def show_what(self, worker: str, other: str = "") -> None:
        """Shows the pairs of one worker, or the pair with this other one."""
        self._worker = worker
        self._load()
        for place, pair in enumerate(self._pairs):
            if other in {pair.first, pair.second}:
                self.pairs.setCurrentRow(place)
        self._into()

    def _load(self, place: int = 0) -> None:
        self._pairs = waiting_pairs(self._office, self._worker)
        if self._worker and not self._pairs:
            self._worker, self._pairs = "", waiting_pairs(self._office)
        names = names_of(
            self._office, [worker for pair in self._pairs for worker in (pair.first, pair.second)]
        )
        self.pairs.blockSignals(True)
        self.pairs.clear()
        for pair in self._pairs:
            one, other = names[pair.first], names[pair.second]
            item = QListWidgetItem(f"{one}\n{other}")
            spoken = _("{one} dan {other}, kemiripan {score}").format(
                one=one, other=other, score=pair.score
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(spoken)
            self.pairs.addItem(item)
        self.pairs.blockSignals(False)
        self._count.setText(
            _("{count} pasang menunggu keputusan.").format(count=number(len(self._pairs)))
        )
        self._views.setCurrentIndex(_PAIR if self._pairs else _NONE)
        if self._pairs:
            self.pairs.setCurrentRow(-1)
            self.pairs.setCurrentRow(min(place, len(self._pairs) - 1))
        else:
            self._both = None

    def _show(self, place: int) -> None:
        if not 0 <= place < len(self._pairs):
            return
        pair = self._pairs[place]
        self._both = compare(self._office, pair.first, pair.second)
        self._keep(self._both.kept)

    def _keep(self, worker: str) -> None:
        assert self._both is not None  # noqa: S101 -- the pair on show
        self._kept = worker
        names = {known.code: known.name for known in programmes(self._office)}
        self.says.setText(how_alike(self._both))
        self.panel.show_pair(self._both, worker, names)

    def _into(self) -> None:
        """The cursor goes where the first decision is."""
        if not self._pairs:
            return
        choices = self.panel.choices
        (choices[0] if choices else self.same_button).setFocus(Qt.FocusReason.TabFocusReason)

    def _past_end(self) -> None:
        self.same_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _switch(self) -> None:
        if self._both is not None:
            both = self._both
            self._keep(both.right.id if self._kept == both.left.id else both.left.id)
            self._into()

    def _skip(self) -> None:
        """On to the next pair; this one waits where it is."""
        if self._pairs:
            self.pairs.setCurrentRow((self.pairs.currentRow() + 1) % len(self._pairs))
            self._into()

    def _merge(self) -> None:
        both = self._both
        if both is None:
            return
        other = both.right.id if self._kept == both.left.id else both.left.id
        kept, taken = self._kept, self.panel.taken(both, self._kept)

        def decide() -> str:
            made = merge(self._office, kept, other, taken)
            return " ".join(sentence(one) for one in made) if isinstance(made, list) else ""

        self._decide(decide, _("Digabung: satu orang, satu kartu."))

    def _tell_apart(self) -> None:
        if self._both is not None:
            one, other = self._both.left.id, self._both.right.id

            def decide() -> str:
                tell_apart(self._office, one, other)
                return ""

            self._decide(decide, _("Dicatat sebagai dua orang yang berbeda."))

    def _decide(self, decide: Callable[[], str], said: str) -> None:
        """Writes a decision; `decide` answers with a sentence why it cannot be."""
        assert self._both is not None  # noqa: S101 -- a decision is about a pair on show
        one, other = self._both.left.id, self._both.right.id
        try:
            problem = decide()
        except UserError as error:
            problem = sentence(error)
        if problem:
            self.frame.banner.say(problem, "bad")
            return
        self._load(self.pairs.currentRow())
        self.frame.banner.say(said, "good", _("Urungkan"), lambda: self._undo(one, other))
        self._into()

    def _undo(self, one: str, other: str) -> None:
        try:
            undo_decision(self._office, one, other)
        except UserError as error:
            self.frame.banner.say(sentence(error), "bad")
            return
        self._load()
        self.show_what(one, other)
        self.frame.banner.say(_("Keputusan diurungkan; keduanya kembali seperti semula."), "good")
