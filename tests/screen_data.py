"""Lists with invented people, such as villages get them."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kerjadesa.actions.invent import people


def workbook(path: Path, today: date) -> None:
    """A resident export with invented people and the faults such exports have."""
    names = ("no_kk", "nama", "nik", "sex", "tempatlahir", "tanggallahir", "dusun", "rt", "rw",
             "pekerjaan_id", "status_kawin", "status_dasar", "warganegara_id")  # fmt: skip
    facts = ("kk", "name", "nik", "sex", "birth_place", "birth_date", "jorong", "rt", "rw",
             "occupation", "marital_status")  # fmt: skip
    faults: dict[int, Callable[[dict[str, str]], object]] = {
        4: lambda row: row.update(nik=""),
        9: lambda row: row.update(nik="130304410385"),
        15: lambda row: row.update(tanggallahir=""),
        21: lambda row: row.update(tanggallahir="07-03-1931"),
        22: lambda row: row.update(tanggallahir="1986-02-14"),
        30: lambda row: row.update(status_dasar="2"),
        37: lambda row: row.update(nama=""),
        41: lambda row: row.update(pekerjaan_id="5"),
        52: lambda row: row.update(no_kk="130304"),
        60: lambda row: row.update(nik=f"0{row['nik'][1:]}"),
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for position, person in enumerate(people("13.03.04", 120, today, 4000)):
            row = {name: str(person[fact]) for name, fact in zip(names, facts, strict=False)}
            row |= {"sex": "2" if person["sex"] == "F" else "1", "status_dasar": "1",
                    "warganegara_id": "1"}  # fmt: skip
            faults.get(position, lambda _row: None)(row)
            writer.writerow(row)


def poverty_list(folder: Path, book: Path) -> Path:
    """A list of deciles of some people in the resident export, and of two nobody knows."""
    with book.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))[45:75]
    path = folder / "P3KE Muaro.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("No", "NIK", "Nama KRT", "Desil Kesejahteraan"))
        for number, row in enumerate(known, start=1):
            writer.writerow((number, row["nik"], row["nama"].upper(), number % 12))
        writer.writerow((31, "1303044107700801", "ORANG LAIN CONTOH", 2))
        writer.writerow((32, "1303041207700802", "TETANGGA REKAAN", 1))
    return path
