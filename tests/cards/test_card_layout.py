"""A village may change the design; a slip in the file is named, with its box."""

from dataclasses import replace
from pathlib import Path

import pytest

from kerjadesa.cards.credential import issue
from kerjadesa.cards.layout import LayoutError, load_design, read_design
from kerjadesa.cards.symbol import qr
from kerjadesa.cards.text_fit import fit

from .conftest import CLAIMS, KEY, KEY_ID

QR = '[[box]]\nname = "code"\nkind = "qr"\nat = [50, 10, 29, 29]\n'


def box(**changes: str) -> str:
    keys = {"name": '"greeting"', "kind": '"text"', "at": "[4, 4, 30, 5]", "text": '"{name}"'}
    return "[[box]]\n" + "".join(f"{key} = {value}\n" for key, value in (keys | changes).items())


def test_the_standard_design_states_programme_payer_and_validity() -> None:
    printed = " ".join(box.text for box in load_design().boxes)
    for fact in ("programme_name", "payer", "valid_until", "number", "name", "nik_masked"):
        assert f"{{{fact}}}" in printed


def test_even_a_long_name_leaves_modules_of_four_tenths_of_a_millimetre() -> None:
    side = next(box.at[2] for box in load_design().boxes if box.kind == "qr")
    longest = replace(CLAIMS, name="Siti Nurhaliza Ramadhani Putri Mangkuto Syafruddin Sutan Rajo")
    assert len(longest.name) > 60
    symbol = qr(issue(longest, KEY, KEY_ID))
    assert round(side / (symbol.size + 8), 3) >= 0.4


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": '"hologram"'}, "kind"),
        ({"at": "[4, 4, 30]"}, "at"),
        ({"at": "[70, 4, 30, 5]"}, "outside the card"),
        ({"at": "[-1, 4, 30, 5]"}, "at"),
        ({"text": '"{nik}"'}, "unknown facts: nik"),
        ({"text": '"{name"'}, "expected '}'"),
        ({"text": '"{name.__class__}"'}, "unknown facts"),
        ({"colour": '"green"'}, "colour"),
        ({"size": "5", "smallest": "6"}, "smallest"),
        ({"lines": "3"}, "lines"),
        ({"font": '"italic"'}, "font"),
        ({"when": '"rain"'}, "when"),
        ({"colr": '"#000000"'}, "colr"),
    ],
)
def test_a_slip_in_a_design_names_the_file_and_the_box(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(QR + box(**changes), encoding="utf-8")
    with pytest.raises(LayoutError, match=reason) as caught:
        read_design(path)
    assert (caught.value.file, caught.value.box) == ("ours.toml", "greeting")


@pytest.mark.parametrize("content", ["", "[[box", box(), QR + QR, "box = 3", 'box = ["text"]'])
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
    assert fitted("Siti Nuraini Syaf") == (["Siti", "Nuraini Syaf"], pytest.approx(100 / 12))
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
