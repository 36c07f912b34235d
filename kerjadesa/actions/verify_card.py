"""Judging a card by its QR code, without internet: its signature, then what is known here of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kerjadesa.actions.former import former_keys
from kerjadesa.actions.office import HEARD_DISTRICT, Office
from kerjadesa.cards.reader import read_qr, read_qr_pixels
from kerjadesa.cards.verify import TrustedKey, Verdict, verify
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.device import PUBLIC, chain_of
from kerjadesa.domain.nik import mask
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.exchange.keys import key_id_of, public_key_bytes
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import WorkerRow

OLD_NEWS_DAYS = 30
"""After so many days without a word of the district a lost laptop may be trusted still."""


@dataclass(frozen=True, slots=True, repr=False)
class KnownHere:
    """What this register knows of the card's holder."""

    worker: str
    name: str
    nik_masked: str
    photo: bytes | None
    programme_name: str
    """Empty where only the code of the programme is known."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict, whom it is about if that is known here, and what to look out for beside it."""

    verdict: Verdict
    known: KnownHere | None = None
    cautions: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictNews:
    """How fresh the list of trusted devices and replaced cards is."""

    heard_at: datetime | None
    """When this register last heard of its district; None for never."""
    enrolled: bool
    """Whether there is a district to hear of at all."""

    def days_old(self, now: datetime) -> int | None:
        """Whole days since then; None for never."""
        return None if self.heard_at is None else max((now - self.heard_at).days, 0)


def check_card(
    office: Office | None, text: str, now: datetime, trust_keys: Sequence[TrustedKey] = ()
) -> Checked:
    """The verdict on a QR code's text, by the keys given and those the district vouches for.

    A card with a later issue is `replaced`, whether this register printed that or the district
    says so. What a revoked device has signed counts only for somebody registered here under the
    same name: its thief may write any date into a card, and any number.
    """
    if office is None:
        return Checked(verify(text, trust_keys, now))
    with office.store.reading(now) as unit:
        good, revoked = _keys(office, unit)
        verdict = verify(text, [*trust_keys, *good], now)
        cautions: list[Problem] = []
        if verdict.status == "unknown_key":
            by_revoked = verify(text, [*trust_keys, *good, *revoked], now)
            if by_revoked.status == "forged":
                return Checked(by_revoked)
            if by_revoked.signed:
                row = _registered(unit, by_revoked)
                if row is None or not _is_same_name(row.name, by_revoked):
                    return Checked(verdict, cautions=(Problem("card", "issuer_revoked"),))
                verdict = by_revoked
                cautions.append(Problem("card", "issuer_revoked_known"))
        if not verdict.signed:
            return Checked(verdict)
        row = _registered(unit, verdict)
        later = _later_issue(unit, verdict, row)
        if later:
            verdict = replace(verdict, status="replaced")
            cautions.append(Problem("card", "card_later_issue", {"issue": later}))
        if row is None:
            return Checked(verdict, cautions=tuple(cautions))
        return Checked(verdict, _known(unit, row), (*cautions, *_cautions(row, verdict)))


def district_news(office: Office) -> DistrictNews:
    """How old the keys and the replaced cards are that `check_card` judges by."""
    with office.store.reading(office.now()) as unit:
        if not unit.hub:
            return DistrictNews(None, enrolled=False)
        held = unit.journal.vector()
        chains = [chain_of(unit.hub, scope) for scope in (PUBLIC, office.place.code)]
        last = [(chain, held[chain]) for chain in chains if chain in held]
        # By the hub's own clock: a stick that lay in a drawer brings old news.
        heard = [_moment(unit.journal.run(chain, seq, seq)[0].hlc) for chain, seq in last]
        text = unit.setting(HEARD_DISTRICT)
        if isinstance(text, str):
            heard.append(datetime.fromisoformat(text))
        return DistrictNews(max(heard, default=None), enrolled=True)


def read_qr_image(data: bytes) -> str:
    """The text of the QR code in a picture.

    Raises UserError `image_unreadable`, `image_too_large`, `qr_none_found`.
    """
    text = read_qr(data)
    if text is None:
        raise UserError("qr_none_found")
    return text


def read_qr_frame(grey: bytes, width: int, height: int, stride: int) -> str | None:
    """The text of the QR code a camera sees, None while it sees none."""
    return read_qr_pixels(grey, width, height, stride)


def _moment(hlc: str) -> datetime:
    return datetime.fromtimestamp(Stamp.parse(hlc).milliseconds / 1000, tz=UTC)


def _keys(office: Office, unit: Unit) -> tuple[list[TrustedKey], list[TrustedKey]]:
    """The keys of this register and of the district's list, and apart the revoked ones."""
    listed = {device.signing_key: device.revoked for device in unit.devices()}
    # What this register printed before it was put back from a backup is its own work too.
    own = [office.keys, *former_keys(unit)]
    known = {keys.minisign_public_key: False for keys in own} | listed
    return (
        [_trusted(text) for text, revoked in known.items() if not revoked],
        [_trusted(text) for text, revoked in known.items() if revoked],
    )


def _trusted(minisign_public_key: str) -> TrustedKey:
    return TrustedKey(public_key_bytes(minisign_public_key), key_id_of(minisign_public_key))


def _registered(unit: Unit, verdict: Verdict) -> WorkerRow | None:
    number = verdict.claims.get("id")
    return unit.workers.by_card_number(number) if isinstance(number, str) else None


def _later_issue(unit: Unit, verdict: Verdict, row: WorkerRow | None) -> int:
    """The issue that took this card's place, 0 where none is known."""
    number = str(verdict.claims.get("id", ""))
    latest = max(unit.replaced_issue(number), row.card_issue if row else 0)
    return latest if latest > verdict.issue else 0


def _is_same_name(name: str, verdict: Verdict) -> bool:
    stated = verdict.claims.get("fullName")
    return isinstance(stated, str) and stated.casefold() == name.casefold()


def _cautions(row: WorkerRow, verdict: Verdict) -> list[Problem]:
    found: list[Problem] = []
    if row.ended:
        found.append(Problem("card", "card_enrolment_ended"))
    if row.decision == "refused":
        found.append(Problem("card", "card_worker_refused"))
    if not _is_same_name(row.name, verdict):
        found.append(Problem("card", "card_name_differs"))
    return found


def _known(unit: Unit, row: WorkerRow) -> KnownHere:
    programme = unit.programme(row.programme)
    return KnownHere(
        worker=row.id,
        name=row.name,
        nik_masked=mask(row.nik),
        photo=unit.photo(row.photo),
        programme_name=programme.name if programme else "",
    )
