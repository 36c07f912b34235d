"""A person without design skills changes a card and cannot spoil it."""

import io
import json
import zlib

import pytest
from PIL import Image

from kerjadesa.cards.changes import (
    LARGEST_LOGO,
    SMALLEST_MODULE,
    TYPICAL_CREDENTIAL,
    UNCHANGED,
    Changes,
    changed_design,
    changes_from_json,
    module_of,
    normalised_logo,
)
from kerjadesa.cards.contrast import contrast
from kerjadesa.cards.layout import Design, design_names
from kerjadesa.domain.problem import Problem, UserError


def logo(size: tuple[int, int] = (300, 200), kind: str = "PNG") -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste((200, 30, 30, 255), (0, 0, size[0] // 2, size[1]))
    buffer = io.BytesIO()
    image.convert("RGBA" if kind == "PNG" else "RGB").save(buffer, kind)
    return buffer.getvalue()


def refused(changes: Changes, longest: int = TYPICAL_CREDENTIAL) -> set[tuple[str, str]]:
    outcome = changed_design(changes, longest)
    assert isinstance(outcome, list)
    assert all(isinstance(problem, Problem) for problem in outcome)
    return {(problem.field, problem.code) for problem in outcome}


@pytest.mark.parametrize("name", design_names())
@pytest.mark.parametrize("picture", [None, logo()])
def test_every_design_is_fine_as_it_comes(name: str, picture: bytes | None) -> None:
    design = changed_design(Changes(name, logo=picture))
    assert isinstance(design, Design)
    assert module_of(design, TYPICAL_CREDENTIAL) >= SMALLEST_MODULE


@pytest.mark.parametrize("name", design_names())
def test_every_fact_that_may_be_hidden_can_be(name: str) -> None:
    plain = changed_design(Changes(name))
    assert isinstance(plain, Design)
    bare = changed_design(Changes(name, hidden=plain.hideable))
    assert isinstance(bare, Design)
    assert bare.hidden == set(plain.hideable)


def test_changes_reach_the_design() -> None:
    design = changed_design(
        Changes(
            heading="Kartu Penerima Program Nagari",
            colours={"primary": "#5B1220"},
            address="Kantor Wali Nagari Muaro",
            logo=logo(),
        )
    )
    assert isinstance(design, Design)
    assert design.heading == "Kartu Penerima Program Nagari"
    assert design.colour("primary") == "#5B1220"
    assert design.logo


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        (Changes("hologram"), "design", "card_design_unknown"),
        (Changes("../lanskap"), "design", "card_design_unknown"),
        (Changes(colours={"sky": "#000000"}), "colour:sky", "card_colour_invalid"),
        (Changes(colours={"ink": "black"}), "colour:ink", "card_colour_invalid"),
        (Changes(hidden=("name",)), "hidden", "card_fact_needed"),
        (Changes(hidden=("valid_until",)), "hidden", "card_fact_needed"),
        (Changes(heading="K" * 61), "heading", "card_heading_long"),
        (Changes(heading="WWWWW " * 9), "heading", "card_heading_long"),
        (Changes(heading="بطاقة"), "heading", "card_text_letter"),
        (Changes(address="Jalan " * 40), "address", "card_address_long"),
        (Changes(colours={"ink": "#AAAAAA"}), "colour:ink", "card_text_pale"),
        (Changes(colours={"primary": "#EEEE88"}), "colour:on_primary", "card_text_pale"),
        (Changes(colours={"ground": "#000000"}), "qr", "card_qr_pale"),
        (Changes(colours={"ground": "#808080"}), "qr", "card_qr_pale"),
        (Changes(colours={"ground": "#CC9999"}), "qr", "card_qr_pale"),
    ],
)
def test_what_would_spoil_the_card_is_refused_by_field(
    changes: Changes, field: str, code: str
) -> None:
    assert (field, code) in refused(changes)


def test_a_credential_too_long_for_the_box_is_refused_before_a_phone_cannot_read_it() -> None:
    assert ("qr", "card_qr_dense") in refused(UNCHANGED, longest=900)
    assert ("qr", "card_qr_dense") in refused(UNCHANGED, longest=99_999)


def test_changes_survive_being_kept_and_strangers_do_not_break_them() -> None:
    changes = Changes("potret", "Kartu", {"ink": "#101010"}, ("payer",), "Kantor", None)
    kept = json.loads(json.dumps(changes.to_json()))
    assert changes_from_json(kept) == changes
    with_logo = Changes(logo=normalised_logo(logo()))
    back = changes_from_json(json.loads(json.dumps(with_logo.to_json())))
    assert isinstance(changed_design(back), Design)
    assert Image.open(io.BytesIO(back.logo)).size == (300, 200)
    for strange in (None, 3, [], {"logo": "?", "colours": 3, "hidden": "x", "design": 7}):
        assert changes_from_json(strange) == UNCHANGED


def test_a_logo_keeps_what_is_clear_and_becomes_small() -> None:
    made = normalised_logo(logo((3000, 1500)))
    image = Image.open(io.BytesIO(made))
    assert image.mode == "RGBA"
    assert max(image.size) <= 320
    assert image.getpixel((image.width - 2, 5))[3] == 0
    assert len(normalised_logo(logo(kind="JPEG"))) < 60_000


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 pixels square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    head = (30_000).to_bytes(4, "big") * 2 + bytes([8, 6, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7", "image_unreadable"),
        (b"", "image_unreadable"),
        (b"x" * (LARGEST_LOGO + 1), "logo_too_large"),
        (logo((4001, 10)), "image_too_large"),
        (bomb(), "image_too_large"),
    ],
)
def test_a_file_that_is_no_logo_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        normalised_logo(data)
    assert caught.value.code == code


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
