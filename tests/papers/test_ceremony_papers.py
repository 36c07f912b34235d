"""The ceremony's papers: everybody on them once, nothing cut, figures that add up."""

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image

from kerjadesa.domain.problem import UserError
from kerjadesa.papers.ceremony_facts import Gathering, Official, Outcome, Seat, seat_ranges
from kerjadesa.papers.ceremony_receipts import render_receipts
from kerjadesa.papers.ceremony_record import render_record, render_record_form
from kerjadesa.papers.ceremony_remaining import render_remaining
from kerjadesa.papers.ceremony_roster import render_roster
from kerjadesa.papers.ceremony_signs import render_seat_tents, render_signs
from kerjadesa.papers.paper_style import RenderCancelled

Render = Callable[..., bytes]
MM = 72 / 25.4
JORONG = ["Koto", "Pasar", "Ganting", "Batu Gandang", "Tapian", "Muaro", "Subarang", "Hulu"]
LISTS = [render_roster, render_receipts, render_remaining]
PAGED = [*LISTS, render_record, render_record_form]
ALL = [*PAGED, render_signs, render_seat_tents]

GATHERING = Gathering(
    title="Serah Terima Kartu Tahun 2026",
    programme="1 Nagari 100",
    payer="APB Nagari Muaro",
    held_on=date(2026, 11, 20),
    starts_at="09.00 WIB",
    place="Balai Nagari Muaro",
    kabupaten="Kabupaten Sijunjung",
    kecamatan="Sijunjung",
    nagari_title="Nagari Muaro",
    signed_at="Muaro",
    giver=Official("Contoh Pertama", "Kepala Dinas", "197001011995031001", "Pemerintah Contoh"),
    receiver=Official("Contoh Kedua", "Wali Nagari"),
    keeper=Official("Contoh Penyimpan", "Sekretaris Nagari"),
    witnesses=(Official("Saksi Pertama", "Ketua KAN"), Official("Saksi Kedua", "Camat")),
    legal_basis=("Instruksi Presiden Nomor 8 Tahun 2025;",),
)


def people(count: int, groups: int = 1, name: str = "Upik Contoh") -> list[Outcome]:
    """Invited people in `groups` jorong of equal size, the NIK's last digits telling who is who."""
    each = -(-count // groups)
    return [
        Outcome(
            Seat(
                number=i + 1,
                seat=f"{chr(65 + i // each)}-{i % each + 1}",
                name=name,
                nik_masked=f"130304••••••{i + 1:04}",
                jorong=JORONG[i // each],
                card_number=f"1303042001-K7Q2MX-{i + 1:04}-H",
            )
        )
        for i in range(count)
    ]


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(p.get_textpage().get_text_bounded().split()) for p in document]
    finally:
        document.close()


def seen(pdf: bytes) -> Counter[str]:
    """How often each person's NIK is on paper."""
    return Counter(re.findall(r"130304••••••(\d{4})", " ".join(pages_of(pdf))))


def everybody(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(outcome.seat.nik_masked[-4:] for outcome in outcomes)


@pytest.mark.parametrize("render", LISTS)
def test_each_of_224_people_is_on_the_list_once(render: Render) -> None:
    outcomes = people(224, 8)
    assert seen(render(GATHERING, outcomes)) == everybody(outcomes)


def test_each_of_1333_people_is_on_the_roster_once_and_progress_counts_them() -> None:
    outcomes, heard = people(1333, 8), list[int]()
    assert seen(render_roster(GATHERING, outcomes, heard.append)) == everybody(outcomes)
    assert heard == list(range(1, 1334))


@pytest.mark.parametrize("render", PAGED)
def test_every_page_says_which_of_how_many_it_is(render: Render) -> None:
    pages = pages_of(render(GATHERING, people(100, 4)))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert re.findall(r"Halaman (\d+) dari (\d+)", page) == [(str(number), str(len(pages)))]


@pytest.mark.parametrize("render", LISTS)
def test_every_page_with_people_repeats_the_headings(render: Render) -> None:
    for page in pages_of(render(GATHERING, people(100, 4))):
        assert "130304" not in page or "Nomor kartu" in page


@pytest.mark.parametrize(
    ("render", "ends"),
    [
        (render_roster, "Jumlah:"),
        (render_receipts, "Petugas yang menyerahkan,"),
        (render_remaining, "Yang menyimpan,"),
    ],
)
def test_signatures_never_stand_alone_on_a_page(render: Render, ends: str) -> None:
    for count in range(1, 31):
        last = pages_of(render(GATHERING, people(count)))[-1]
        assert ends in last
        assert f"130304••••••{count:04}" in last


@pytest.mark.parametrize("render", [*LISTS, render_seat_tents])
@pytest.mark.parametrize(
    "name",
    [
        "<b>Ma'rifatul</b> & <img src='x'/> Co {programme} &amp; %s",
        "Siti Nur'aini Ramadhani binti Haji Muhammad Yusuf Sutan Maraj",
        "W" * 60,
    ],
)
def test_a_long_or_strange_name_is_printed_letter_by_letter(render: Render, name: str) -> None:
    outcomes = people(5, name=name)
    # Where a word wraps within itself the reader of the page finds a blank.
    printed = re.sub(r"[\s\ufffe]", "", " ".join(pages_of(render(GATHERING, outcomes))))
    times = 10 if render is render_seat_tents else 5
    assert printed.count(re.sub(r"\s", "", name)) == times


def test_what_turns_text_around_does_not_reach_the_paper() -> None:
    text = " ".join(pages_of(render_roster(GATHERING, people(1, name="Siti\u202e Aisyah\x00\n"))))
    assert "Siti Aisyah" in text


@pytest.mark.parametrize("render", PAGED)
def test_the_longest_words_that_can_be_stored_still_make_a_paper(render: Render) -> None:
    official = Official("W" * 100, "W" * 160, "1" * 18, "W" * 160)
    gathering = replace(
        GATHERING,
        title="W" * 160,
        place="W" * 160,
        payer="W" * 80,
        giver=official,
        receiver=official,
        keeper=official,
        witnesses=(official,) * 6,
    )
    longest = [
        replace(one, state="proxy" if render is render_receipts else "absent", reason="W" * 100,
                proxy_name="W" * 100, proxy_relation="W" * 40)
        for one in people(12, name="W" * 100)
    ]  # fmt: skip
    assert pages_of(render(gathering, longest))


def test_the_roster_tells_after_the_day_what_became_of_each_card() -> None:
    first, second, third, fourth = people(4)
    text = " ".join(
        pages_of(
            render_roster(
                GATHERING,
                [
                    replace(first, state="handed", at=datetime(2026, 11, 20, 9, 41)),
                    replace(second, state="proxy", proxy_name="Buyuang", proxy_relation="anak"),
                    replace(third, state="absent", reason="sakit"),
                    fourth,
                ],
            )
        )
    )
    assert "Diserahkan pukul 09.41" in text
    assert "Diserahkan melalui Buyuang (anak)" in text
    assert "Tidak hadir: sakit" in text
    assert text.count("Diserahkan") == 2


def test_each_jorong_signs_on_sheets_of_its_own() -> None:
    pages = pages_of(render_receipts(GATHERING, people(6, 3)))
    assert len(pages) == 3
    for page in pages:
        assert len({jorong for jorong in JORONG[:3] if f"Jorong {jorong} –" in page}) == 1
    assert "Jorong Pasar – 2 orang, kursi B-1 – B-2" in pages[1]
    assert sum("Mengetahui," in page for page in pages) == 3


def test_there_is_room_to_sign_and_to_name_a_proxy() -> None:
    document = pypdfium2.PdfDocument(render_receipts(GATHERING, people(8)))
    try:
        page = document[0].get_textpage()
        search, lines = page.search("Dikuasakan kepada: ....."), []
        while found := search.get_next():
            lines.append(page.get_charbox(found[0])[1])
    finally:
        document.close()
    assert len(lines) == 8
    assert min(a - b for a, b in pairwise(lines)) >= 16.9 * MM


def test_a_proxy_who_is_known_stands_on_the_receipt() -> None:
    known = replace(people(1)[0], state="proxy", proxy_name="Buyuang", proxy_relation="anak")
    text = pages_of(render_receipts(GATHERING, [known]))[0]
    assert "Dikuasakan kepada: Buyuang Hubungan: anak" in text


def after_the_day() -> list[Outcome]:
    """Two jorong of ten: 7 + 6 handed, 1 + 2 by proxy, 2 + 1 absent, 0 + 1 unrecorded."""
    states = ["handed"] * 7 + ["proxy"] + ["absent"] * 2 + ["handed"] * 6 + ["proxy"] * 2
    states += ["absent", "waiting"]
    reasons = iter(["sakit", "merantau", "sakit"])
    return [
        replace(one, state=state, reason=next(reasons) if state == "absent" else "")
        for one, state in zip(people(20, 2), states, strict=True)
    ]


def test_the_berita_acara_says_the_day_in_words_and_figures_that_add_up() -> None:
    text = " ".join(pages_of(render_record(GATHERING, after_the_day())))
    for part in (
        "Pada hari ini, Jumat, tanggal dua puluh bulan November tahun dua ribu dua puluh enam "
        "(20-11-2026), bertempat di Balai Nagari Muaro, Kecamatan Sijunjung, Kabupaten Sijunjung",
        "atas nama Pemerintah Contoh, selanjutnya disebut PIHAK KESATU",
        "atas nama jabatan tersebut, selanjutnya disebut PIHAK KEDUA",
        "Instruksi Presiden Nomor 8 Tahun 2025",
        "sebanyak 20 (dua puluh) lembar",
        "Jorong Koto 10 7 1 2 2",
        "Jorong Pasar 10 6 2 1 2",
        "Jumlah 20 13 3 3 4",
        "belum diserahkan sebanyak 4 (empat) lembar disimpan oleh Contoh Penyimpan (Sekretaris",
        "Alasan ketidakhadiran: sakit 2 orang; merantau 1 orang.",
        "Di antara sisa itu, 1 (satu) lembar tidak tercatat alasannya.",
        "NIP 19700101 199503 1 001",
        "a. Daftar hadir penerima kartu b. Tanda terima kartu c. Daftar sisa kartu",
    ):
        assert part in text


def test_a_berita_acara_without_remaining_cards_says_so_and_attaches_no_list_of_them() -> None:
    text = " ".join(
        pages_of(render_record(GATHERING, [replace(p, state="handed") for p in people(3)]))
    )
    assert "Seluruh kartu telah diserahkan; tidak ada sisa kartu." in text
    assert "Daftar sisa kartu" not in text


def test_before_the_day_the_berita_acara_has_the_plan_and_dots_for_the_figures() -> None:
    text = " ".join(pages_of(render_record_form(GATHERING, after_the_day())))
    assert re.search(r"Jorong Koto 10( \.{5,}){4} ", text)
    assert re.search(r"Jumlah 20( \.{5,}){4} ", text)
    assert re.search(r"Nomor: \.{20,}", text)
    assert "sakit" not in text
    assert "(empat)" not in text


def test_parties_and_witnesses_sign_on_one_page_below_the_closing_words() -> None:
    for groups in range(1, 9):
        last = pages_of(render_record(GATHERING, people(8, groups)))[-1]
        for part in ("Demikian berita acara", "yang menyerahkan,", "Saksi 1,", "Saksi Kedua"):
            assert part in last


def test_the_list_of_remaining_cards_has_those_alone_and_who_keeps_them() -> None:
    pdf = render_remaining(GATHERING, after_the_day())
    text = " ".join(pages_of(pdf))
    assert sorted(seen(pdf)) == ["0009", "0010", "0019", "0020"]
    assert "Sisa kartu sebanyak 4 (empat) lembar" in text
    assert "merantau" in text
    assert "Contoh Penyimpan" in text


def test_with_no_card_left_the_paper_says_so_instead_of_an_empty_table() -> None:
    text = " ".join(
        pages_of(render_remaining(GATHERING, [replace(p, state="handed") for p in people(3)]))
    )
    assert "tidak ada sisa kartu" in text
    assert "Alasan belum diserahkan" not in text


def test_a_sign_for_each_jorong_says_how_many_sit_where() -> None:
    pages = pages_of(render_signs(GATHERING, people(56, 2)))
    assert len(pages) == 2
    assert "Jorong Pasar Nagari Muaro 28 orang · kursi B-1 – B-28" in pages[1]


def test_who_came_without_a_seat_does_not_spoil_the_range_of_seats() -> None:
    first, second = people(2)
    text = pages_of(render_roster(GATHERING, [first, replace(second, seat=unseated(second.seat))]))
    assert "Jorong Koto – 2 orang, kursi A-1 " in text[0]
    alone = pages_of(render_signs(GATHERING, [replace(first, seat=unseated(first.seat))]))
    assert "1 orang Balai" in alone[0]


def unseated(seat: Seat) -> Seat:
    return replace(seat, seat="–")


def test_the_same_jorong_name_in_two_nagari_gives_two_signs() -> None:
    first, second = people(2)
    both = [
        replace(first, seat=replace(first.seat, nagari="Nagari Aie Angek")),
        replace(second, seat=replace(second.seat, nagari="Nagari Muaro")),
    ]
    pages = pages_of(render_signs(replace(GATHERING, nagari_title=""), both))
    assert ["Nagari Aie Angek" in page for page in pages] == [True, False]


def test_seat_tents_show_seat_and_name_on_both_sides() -> None:
    pages = pages_of(render_seat_tents(GATHERING, people(9)))
    assert len(pages) == 3
    assert pages[0].count("Upik Contoh") == 8
    assert len(re.findall(r"A-9\b", pages[2])) == 2


@pytest.mark.parametrize(
    ("seats", "short"),
    [
        (["A-1", "A-2", "A-3"], "A-1 – A-3"),
        (["A-9", "A-10", "B-1"], "A-9 – A-10, B-1"),
        (["A-1", "A-3"], "A-1, A-3"),
        (["Depan", "Depan"], "Depan, Depan"),
        ([""], ""),
    ],
)
def test_seats_are_named_in_short(seats: list[str], short: str) -> None:
    assert seat_ranges(seats) == short


@pytest.mark.parametrize("render", ALL)
def test_stopping_leaves_no_paper(render: Render) -> None:
    asked = iter([False] * 5)
    with pytest.raises(RenderCancelled):
        render(GATHERING, people(40, 2), None, lambda: next(asked, True))


@pytest.mark.parametrize("render", ALL)
def test_the_same_ceremony_gives_the_same_bytes_with_all_type_embedded(render: Render) -> None:
    pdf = render(GATHERING, people(6, 2))
    assert render(GATHERING, people(6, 2)) == pdf
    assert b"Helvetica" not in pdf
    assert b"NotoSans" in pdf


@pytest.mark.parametrize("render", ALL)
def test_a_paper_for_nobody_is_a_mistake_of_the_caller(render: Render) -> None:
    with pytest.raises(ValueError, match="nobody"):
        render(GATHERING, [])


def test_a_logo_stands_in_the_letterhead_and_no_picture_is_refused() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (900, 1200), (0, 90, 40, 120)).save(made, "PNG")
    document = pypdfium2.PdfDocument(
        render_roster(replace(GATHERING, logo=made.getvalue()), people(1))
    )
    try:
        kinds = [item.type for item in document[0].get_objects()]
    finally:
        document.close()
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1
    with pytest.raises(UserError, match="image_unreadable"):
        render_roster(replace(GATHERING, logo=b"%PDF-1.7 no picture"), people(1))
