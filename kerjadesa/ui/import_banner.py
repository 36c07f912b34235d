"""The sentence above the rows of a list: what it says of their counts never lags behind them."""

from functools import partial

from kerjadesa.ui.import_words import count_words, sheet_words
from kerjadesa.ui.labels import number
from kerjadesa.ui.preview_view import PreviewView
from kerjadesa.ui.widgets import Banner
from kerjadesa.words import _


class CountsBanner:
    """Says how the rows stand, and leads to those that were written and want a look."""

    def __init__(self, banner: Banner, rows: PreviewView) -> None:
        self._banner, self._rows = banner, rows
        self._told: str | None = None
        """What the banner says of these counts, as long as it says that."""
        self._counts: dict[str, int] = {}
        rows.model.touched.connect(self._recount)

    def tell(self, said: str, tone: str = "plain") -> None:
        """Says something that holds until a count differs, and which sheets it is said of."""
        preview = self._rows.model.preview
        if preview is not None and (sheets := sheet_words(preview.table)):
            said = f"{said} {sheets}"
            # People who are left out are no good news, whatever became of the others.
            tone = "caution" if preview.table.unread else tone
        self._told, self._counts = said, self._rows.counts()
        count = self._counts["check"]
        link = _("Lihat yang perlu diperiksa ({count})").format(count=number(count))
        show = partial(self._rows.show_group, "check")
        self._banner.say(said, tone, link if count else "", show)

    def _recount(self) -> None:
        # Nothing that went wrong is talked over, nor a banner opened that somebody closed.
        if self._banner.text == self._told and self._counts != self._rows.counts():
            self.tell(count_words(self._rows.counts()))
