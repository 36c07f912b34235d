"""The notice under UU PDP 27/2022, for a worker to sign before being registered."""

from kerjadesa.actions.office import PROGRAMME, Office
from kerjadesa.domain.nik import mask
from kerjadesa.papers.consent_notice import Notice, render_notice


def notice_pdf(office: Office, name: str, nik: str, programme: str) -> bytes:
    """The notice as a PDF of one page; what is empty is left to be written by hand.

    `programme` is a code; the office's own programme where it is empty.
    """
    with office.store.reading(office.now()) as unit:
        row = unit.programme(programme or str(unit.setting(PROGRAMME) or ""))
    place, around = office.place, office.place.kabupaten
    return render_notice(
        Notice(
            office=f"{place.title}, Kecamatan {place.kecamatan.name}, "
            f"{around.level.capitalize()} {around.name}",
            programme=row.name if row else "",
            name=name,
            nik_masked=mask(nik) if nik else "",
        )
    )
