"""A village may change the design; a slip in the file is named, with its box."""

from dataclasses import replace
from pathlib import Path

import pytest

from kerjadesa.cards.credential import issue
from kerjadesa.cards.layout import LayoutError, design_names, load_design, read_design
from kerjadesa.cards.symbol import qr
from kerjadesa.cards.text_fit import fit

from .conftest import CLAIMS, KEY, KEY_ID

HEAD = '[design]\ntitle = "Kita"\norientation = "landscape"\nheading = "Kartu"\n'
QR = '[[front]]\nname = "code"\nkind = "qr"\nat = [50, 10, 29, 29]\n'
BACK = '[[back]]\nname = "note"\nkind = "text"\nat = [4, 4, 70, 5]\ntext = "{payer}"\n'


def box(**changes: str) -> str:
    keys = {"name": '"greeting"', "kind": '"text"', "at": "[4, 4, 30, 5]", "text": '"{name}"'}
    return "[[front]]\n" + "".join(f"{key} = {value}\n" for key, value in (keys | changes).items())


@pytest.mark.parametrize("name", design_names())
def test_every_design_states_programme_payer_and_validity(name: str) -> None:
    printed = " ".join(box.text for box in (*load_design(name).front, *load_design(name).back))
    for fact in ("programme_name", "payer", "valid_until", "number", "name", "nik_masked"):
        assert f"{{{fact}}}" in printed


@pytest.mark.parametrize("name", design_names())
def test_even_a_long_name_leaves_modules_of_four_tenths_of_a_millimetre(name: str) -> None:
    side = load_design(name).qr[1].at[2]
    longest = replace(CLAIMS, name="Siti Nurhaliza Ramadhani Putri Mangkuto Syafruddin Sutan Rajo")
    assert len(longest.name) > 60
    symbol = qr(issue(longest, KEY, KEY_ID))
    assert round(side / (symbol.size + 8), 3) >= 0.4


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"kind": '"hologram"'}, "kind", "'text', 'photo'"),
        ({"at": "[4, 4, 30]"}, "at", "Field required"),
        ({"at": "[70, 44, 30, 5]"}, "at", "outside the card"),
        ({"at": "[-1, 4, 30, 5]"}, "at", "greater than or equal to 0"),
        ({"at": "[40, 20, 12, 5]"}, "at", "over the QR code"),
        ({"text": '""'}, "text", "without text"),
        ({"text": '"{nik}"'}, "text", "unknown facts: nik"),
        ({"text": '"{name"'}, "text", "expected '}'"),
        ({"text": '"{name.__class__}"'}, "text", "unknown facts"),
        ({"colour": '"green"'}, "colour", "not in the palette"),
        ({"size": "5", "smallest": "6"}, "smallest", "larger than size"),
        ({"lines": "9"}, "lines", "1, 2, 3 or 4"),
        ({"font": '"italic"'}, "font", "unknown font italic"),
        ({"when": '"rain"'}, "when", "'photo' or 'logo'"),
        ({"colr": '"#000000"'}, "colr", "not permitted"),
    ],
)
def test_a_slip_in_a_design_names_the_file_and_the_box(
    tmp_path: Path, changes: dict[str, str], field: str, reason: str
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(HEAD + QR + BACK + box(**changes), encoding="utf-8")
    with pytest.raises(LayoutError, match=reason) as caught:
        read_design(path)
    assert (caught.value.file, caught.value.box) == ("ours.toml", "greeting")
    assert caught.value.field == field


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[[front",
        HEAD,
        HEAD + box() + BACK,
        HEAD + QR + QR + BACK,
        HEAD + "front = 3",
        HEAD + 'front = ["text"]',
        HEAD + QR,
        QR + BACK,
        HEAD + "rain = true\n" + QR + BACK,
        HEAD + '[design.palette]\nink = "black"\n' + QR + BACK,
        HEAD + '[design.fonts]\nregular = "Missing.ttf"\n' + QR + BACK,
        HEAD + '[design.fonts]\nregular = "../../x.ttf"\n' + QR + BACK,
        HEAD + 'hideable = ["name"]\n' + QR + BACK,
        HEAD + QR + 'when = "photo"\n' + BACK,
    ],
)
def test_a_file_that_is_no_design_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"ours\.toml"):
        read_design(path)


def fitted(text: str) -> tuple[list[str], float]:
    # A letter is as wide as its size, so that widths can be counted.
    return fit(text, width=100, height=30, size=10, smallest=8, lines=2, leading=1.2, measure=len)


def test_a_name_keeps_its_size_then_shrinks_then_wraps_and_is_never_cut() -> None:
    assert fitted("Y") == (["Y"], 10)
    assert fitted("Siti Nuraini") == (["Siti Nuraini"], pytest.approx(100 / 12))
    assert fitted("Siti Nuraini Syaf") == (["Siti Nuraini", "Syaf"], pytest.approx(100 / 12))
    lines, size = fitted("Siti Nuraini binti Syafruddin Sutan Mangkuto")
    assert " ".join(lines) == "Siti Nuraini binti Syafruddin Sutan Mangkuto"
    assert max(map(len, lines)) * size <= 100
    lines, size = fitted("N" * 50)
    assert (lines, size) == (["N" * 50], 2)


def test_two_lines_stay_within_the_height_of_their_box() -> None:
    lines, size = fit(
        "Siti Nuraini Syaf",
        width=50,
        height=12,
        size=10,
        smallest=1,
        lines=2,
        leading=1.2,
        measure=len,
    )
    assert len(lines) * size * 1.2 <= 12.001
