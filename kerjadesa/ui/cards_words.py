"""What is said of finished cards."""

from kerjadesa.actions.list_workers import listed
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import Cards, PrintOptions
from kerjadesa.cards.layout import load_design
from kerjadesa.ui.labels import number
from kerjadesa.words import _


def without_photo(office: Office, cards: Cards, options: PrintOptions) -> int:
    """How many of these cards lack a photo that a printed face has a place for."""
    design = load_design(options.changes.design)
    front = design.front if options.sides != "back" else ()
    back = design.back if options.sides != "front" else ()
    if "photo" in options.changes.hidden or not any(b.kind == "photo" for b in (*front, *back)):
        return 0
    return sum(not one.photo for one in listed(office, cards.workers))


def ready_words(cards: Cards, bare: int) -> str:
    """How many cards there are, and what to know before printing; `bare` have no photo."""
    said = (
        _(
            "{count} kartu siap pada {sheets} lembar; {read} kode QR dibaca ulang, semuanya benar."
        ).format(
            count=number(cards.count), sheets=number(cards.sheets), read=number(cards.proofread)
        )
        if cards.proofread
        else _("{count} kartu siap pada {sheets} lembar; sisi ini tanpa kode QR.").format(
            count=number(cards.count), sheets=number(cards.sheets)
        )
    )
    parts = [said]
    if bare:
        parts.append(_("{count} di antaranya tanpa foto.").format(count=number(bare)))
    if cards.already_printed:
        parts.append(
            _("{count} orang dilewati karena sudah punya kartu.").format(
                count=number(cards.already_printed)
            )
        )
    return " ".join(parts)
