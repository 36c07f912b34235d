"""Invented people for demonstrations and measurements: plausible, numbered apart, of nobody."""

import io
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from kerjadesa.actions.attach_photo import HEIGHT, WIDTH
from kerjadesa.reference import read_toml, resource_path

_SKINS = ("#c99a73", "#b8845c", "#a87550", "#d6ab86")
_SHIRTS = ("#35566b", "#6b3f35", "#41613f", "#5b4a6e", "#7a6430", "#2f5f60")
_WALLS = ("#b9c7cf", "#cfc6b9", "#c2cfb9", "#cdbfcb")


def people(region: str, count: int, today: date, seed: int) -> Iterator[dict[str, Any]]:
    """Drafts of `count` eligible workers first registered in `region` (`13.03.04`).

    The same seed invents the same people; serials count up, so no NIK comes twice in a region as
    long as different seeds are a thousand apart or more.
    """
    words: Mapping[str, Any] = read_toml("demo.toml")
    names = words["names"]
    chance = random.Random(f"{region}-{seed}")  # noqa: S311 -- inventing, not guarding
    for index in range(count):
        woman = chance.random() < 0.45
        born = today - timedelta(days=chance.randrange(19 * 366, 64 * 365))
        serial = (seed + index) % 9999 + 1
        day = born.day + 40 * woman
        first = chance.choice(names["women" if woman else "men"])
        work = chance.choice(words["work"])
        mother = f"{chance.choice(names['women'])} {chance.choice(names['families'])}"
        household = chance.randrange(1, 9999)
        yield {
            "nik": f"{region.replace('.', '')}{day:02d}{born:%m%y}{serial:04d}",
            "kk": f"{region.replace('.', '')}{chance.randrange(1, 28):02d}0715{household:04d}",
            "name": f"{first} {chance.choice(names['families'])}",
            "sex": "F" if woman else "M",
            "birth_place": chance.choice(names["birth_places"]),
            "birth_date": born,
            "mother_name": mother,
            "marital_status": "2",
            "jorong": chance.choice(names["jorong"]),
            "rt": f"{chance.randrange(1, 9):03d}",
            "rw": f"{chance.randrange(1, 5):03d}",
            "phone": f"0800000{chance.randrange(0, 99999):05d}",
            "occupation": str(work["code"]),
            "occupation_text": work["text"],
            "heirs": [{"name": mother, "relation": "Ibu kandung", "nik": "", "phone": ""}],
            "consent_date": today,
            "consent_manner": "spoken",
        }


def portrait(seed: int) -> bytes:
    """A drawn face in place of a photo, labelled as a drawing: JPEG, 354 × 472, a few KB."""
    chance = random.Random(seed)  # noqa: S311 -- inventing, not guarding
    image = Image.new("RGB", (WIDTH, HEIGHT), chance.choice(_WALLS))
    draw = ImageDraw.Draw(image)
    skin, shirt = chance.choice(_SKINS), chance.choice(_SHIRTS)
    scarf = chance.random() < 0.4
    draw.ellipse((20, 330, WIDTH - 20, 640), fill=shirt)
    draw.rectangle((142, 270, 212, 360), fill=skin)
    if scarf:
        draw.ellipse((77, 70, 277, 350), fill=chance.choice(_SHIRTS))
    else:
        draw.ellipse((92, 75, 262, 240), fill="#2b2420")
    draw.ellipse((103, 95, 251, 300), fill=skin)
    for x in (148, 206):
        draw.ellipse((x - 9, 185, x + 9, 198), fill="#2b2420")
    smile = chance.randrange(8, 24)
    draw.arc((147, 225 - smile, 207, 245 + smile // 2), 20, 160, fill="#7a3b2e", width=5)
    draw.rectangle((0, HEIGHT - 46, WIDTH, HEIGHT), fill="#ffffff")
    font = ImageFont.truetype(str(resource_path("fonts", "NotoSans-Bold.ttf")), 26)
    draw.text((WIDTH / 2, HEIGHT - 23), "GAMBAR CONTOH", fill="#7a1f1f", font=font, anchor="mm")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80, optimize=True)
    return buffer.getvalue()
