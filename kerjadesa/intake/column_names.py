"""What the columns of lists are called out there, in exports, prints and lists typed by hand."""

from functools import cache

from kerjadesa.intake.residents import header_key, known_headers

DECILE = "desil"
LEVEL = "kk_level"
"""What somebody is to the head of the family."""

# Civil registry prints, programme lists and what officers type by hand.
_MORE_WORDS = {
    "nik": ("no nik", "nomor nik", "nik ktp", "nomor induk kependudukan", "no ktp", "nomor ktp"),
    "nama": ("nama lengkap", "nama lgkp", "nama penduduk", "nama pekerja", "nama peserta",
             "nama anggota", "nama penerima", "nama kpm"),
    "no_kk": ("nomor kk", "kk", "no kartu keluarga", "nomor kartu keluarga", "nkk"),
    "tanggallahir": ("tgl lahir", "tgl lhr", "tanggal lhr", "tgllahir"),
    "tempatlahir": ("tmpt lhr", "tmp lahir", "tempat lhr"),
    "sex": ("jk", "l/p", "jenis klmin", "jns kelamin", "kelamin", "gender"),
    "nama_ibu": ("ibu kandung", "nama ibu kandung", "nama lgkp ibu"),
    "status_kawin": ("stat kwn", "status perkawinan", "status pernikahan", "kawin"),
    "pekerjaan_id": ("jenis pkrjn", "jenis pekerjaan", "pekerjaan ktp"),
    "alamat": ("alamat lengkap", "alamat rumah", "alamat ktp"),
    "dusun": ("nama jorong", "dusun/jorong", "jorong/dusun"),
    "rt": ("no rt", "nomor rt"),
    "rw": ("no rw", "nomor rw"),
    "warganegara_id": ("kewarganegaraan", "warga negara"),
    "status_dasar": ("status penduduk", "status hidup"),
    LEVEL: ("shdk", "hub keluarga", "hubungan keluarga", "stat hbkel", "hubungan dalam keluarga",
               "status hubungan keluarga", "status hubungan dalam keluarga"),
    DECILE: ("desil", "desil nasional", "desil kesejahteraan", "decile", "desil dtsen",
             "desil p3ke", "peringkat desil", "kelompok desil"),
}  # fmt: skip


@cache
def _names() -> dict[str, str]:
    names = known_headers()
    for column, words in _MORE_WORDS.items():
        for word in words:
            names.setdefault(header_key(word), column)
    return names


def column_named(header: str) -> str | None:
    """The column a header names, None where it is none we have heard of."""
    return _names().get(header_key(header))
