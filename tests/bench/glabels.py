"""The peer of card printing: gLabels, the label program of Linux desktops, without a window."""

import csv
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from kerjadesa.cards.pdf import Card

# A4 with ten cards, a name and the QR code of libqrencode; its batch program prints no photo that
# differs from card to card out of a database.
_TEMPLATE = """<?xml version="1.0"?>
<Glabels-document xmlns="http://glabels.org/xmlns/3.0/">
  <Template brand="KerjaDesa" part="A4-10" size="A4" description="Cards">
    <Label-rectangle id="0" width="242.65pt" height="153.01pt" round="0pt"
      x_waste="0pt" y_waste="0pt">
      <Layout nx="2" ny="5" x0="55pt" y0="38.4pt" dx="242.65pt" dy="153.01pt"/>
    </Label-rectangle>
  </Template>
  <Objects id="0" rotate="False">
    <Object-text x="12pt" y="8pt" w="220pt" h="14pt" justify="left" valign="top" {turn}>
      <Span font_family="Sans" font_size="10" font_weight="Bold" font_italic="False"
        color="0x000000ff" line_spacing="1"><Field name="name"/></Span>
    </Object-text>
    <Object-barcode x="150pt" y="40pt" w="82pt" h="82pt" backend="libqrencode" style="IEC18004"
      text="False" checksum="True" color="0x000000ff" field="code" format="0" {turn}/>
  </Objects>
  <Merge type="Text/Comma/Line1Keys" src="{source}"/>
</Glabels-document>
"""
_UPRIGHT = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0" shadow="False"'


def cards_a_second(cards: Sequence[Card], folder: Path) -> float | None:
    """Cards a second, None where gLabels is not installed or prints nothing."""
    if not shutil.which("glabels-3-batch"):
        return None
    rows, template, pdf = folder / "cards.csv", folder / "cards.glabels", folder / "cards.pdf"
    with rows.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "code"])
        writer.writerows([card.name, card.credential] for card in cards)
    template.write_text(_TEMPLATE.format(turn=_UPRIGHT, source=rows), encoding="utf-8")
    began = time.perf_counter()
    subprocess.run(
        ["glabels-3-batch", "-o", str(pdf), str(template)], check=True, capture_output=True
    )
    seconds = time.perf_counter() - began
    # A page without labels is some 900 bytes: a rate for that would be a lie.
    return len(cards) / seconds if pdf.stat().st_size > 100 * len(cards) else None
