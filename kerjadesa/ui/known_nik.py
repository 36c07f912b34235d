"""Says whose a NIK is while it is being typed, before the rest is typed in vain."""

from collections.abc import Callable, Mapping
from typing import Any

from kerjadesa.actions.known_worker import Known, known_worker
from kerjadesa.actions.office import Office
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem
from kerjadesa.ui.labels import FACTS
from kerjadesa.ui.widgets import Banner
from kerjadesa.words import _


class KnownNik:
    """The worker who has the NIK in the form, other than the one on show."""

    def __init__(self, office: Office, banner: Banner, open_known: Callable[[], object]) -> None:
        self._office, self._banner, self._open_known = office, banner, open_known
        self.known: Known | None = None

    def look(self, nik: str, stated: Mapping[str, Any], but: str) -> None:
        """Asks for this NIK, `stated` being what somebody has typed; `but` is the one on show."""
        parsed = nik_rules.parse(nik)
        known = None
        if not isinstance(parsed, Problem):
            known = known_worker(self._office, parsed.text, stated)
        if known is not None and known.id == but:
            known = None
        if known != self.known:
            self._banner.hide()
            if known is not None:
                self._say(known)
        self.known = known

    def _say(self, known: Known) -> None:
        if known.former:
            text = _(
                "NIK ini dulu milik {name} dan sudah dibetulkan. Simpan hanya bila ini orang lain."
            )
        else:
            text = _("NIK ini sudah terdaftar atas nama {name}.")
        said = [text.format(name=known.name)]
        if known.differs:
            facts = ", ".join(_(FACTS[fact]) for fact in known.differs)
            said.append(_("Berbeda dari isian ini: {facts}.").format(facts=facts))
        tone = "caution" if known.former else "bad"
        self._banner.say(" ".join(said), tone, _("Buka data itu (Ctrl+D)"), self._open_known)
