"""The peer of card printing: gLabels, the label program of Linux desktops, without a window."""

import csv
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from kerjadesa.cards.layout import Box, Design
from kerjadesa.cards.pdf import Card, card_facts

# A4 with ten cards; the same grounds, rules, texts, photo and code as ours.
_TEMPLATE = """<?xml version="1.0"?>
<Glabels-document xmlns="http://glabels.org/xmlns/3.0/">
  <Template brand="KerjaDesa" part="A4-10" size="A4" description="Cards">
    <Label-rectangle id="0" width="242.65pt" height="153.01pt" round="0pt"
      x_waste="0pt" y_waste="0pt">
      <Layout nx="2" ny="5" x0="55pt" y0="38.4pt" dx="242.65pt" dy="153.01pt"/>
    </Label-rectangle>
  </Template>
  <Objects id="0" rotate="False">
{objects}
  </Objects>
  <Merge type="Text/Comma/Line1Keys" src={source}/>
</Glabels-document>
"""
_UPRIGHT = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0" shadow="False"'
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


def cards_a_second(
    cards: Sequence[Card], photos: Sequence[bytes] | None, design: Design, folder: Path
) -> float | None:
    """Cards a second, None where gLabels is not installed or prints nothing."""
    if not shutil.which("glabels-3-batch"):
        return None
    pictures = [folder / f"{number}.jpg" for number in range(len(cards))]
    for picture, photo in zip(pictures, photos or (), strict=False):
        picture.write_bytes(photo)
    rows, template, pdf = folder / "cards.csv", folder / "cards.glabels", folder / "cards.pdf"
    known = card_facts(cards[0], design)
    boxes = [box for box in design.front if box.when is None or known.get(box.when)]
    texts = [box for box in boxes if box.kind == "text"]
    with rows.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "photo", *(f"text{n}" for n in range(len(texts)))])
        for card, picture in zip(cards, pictures, strict=True):
            facts = card_facts(card, design)
            said = (box.text.format_map(facts) for box in texts)
            writer.writerow([card.credential, picture, *said])
    drawn = [box for box in boxes if photos or box.kind != "photo"]
    objects = [made for box in drawn if (made := _object(box, texts, design))]
    template.write_text(
        _TEMPLATE.format(objects="\n".join(objects), source=quoteattr(str(rows))), encoding="utf-8"
    )
    began = time.perf_counter()
    subprocess.run(
        ["glabels-3-batch", "-o", str(pdf), str(template)], check=True, capture_output=True
    )
    seconds = time.perf_counter() - began
    # A page without labels is some 900 bytes: a rate for that would be a lie.
    return len(cards) / seconds if pdf.stat().st_size > 100 * len(cards) else None


def _object(box: Box, texts: Sequence[Box], design: Design) -> str:
    left, top, width, height = (f"{part * 72 / 25.4:.2f}pt" for part in box.at)
    place = f'x="{left}" y="{top}" w="{width}" h="{height}" {_UPRIGHT}'
    colour = "0x" + design.palette.get(box.colour or "", box.colour or "#000000")[1:] + "ff"
    if box.kind == "text":
        weight = "Bold" if box.font == "bold" else "Regular"
        return (
            f'<Object-text {place} justify="{_ALIGN[box.align]}" valign="center">'
            f'<Span font_family="Noto Sans" font_size="{box.size}" font_weight="{weight}" '
            f'font_italic="False" color="{colour}"><Field name="text{texts.index(box)}"/></Span>'
            "</Object-text>"
        )
    if box.kind == "rect":
        return f'<Object-box {place} line_width="0pt" line_color="{colour}" fill_color="{colour}"/>'
    if box.kind == "photo":
        return f'<Object-image {place} field="photo"/>'
    if box.kind == "qr":
        return (
            f'<Object-barcode {place} backend="libqrencode" style="IEC18004" text="False" '
            'checksum="True" color="0x000000ff" field="code" format="0"/>'
        )
    return ""
