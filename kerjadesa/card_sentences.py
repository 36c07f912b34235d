"""What is said of a card that was checked: its verdict, and what to look out for beside it."""

from kerjadesa.words import N_, _

CAUTIONS: dict[str, str] = {
    "issuer_revoked": N_("Perangkat penerbitnya sudah dicabut; tanyakan dinas."),
    "issuer_revoked_known": N_(
        "Perangkat penerbitnya sudah dicabut; kartunya diterima karena pekerjanya terdaftar di "
        "sini dengan nama yang sama."
    ),
    "card_later_issue": N_("Yang berlaku terbitan ke-{issue}; tarik kartu lama ini."),
    "card_enrolment_ended": N_("Kepesertaannya sudah berakhir; lihat datanya di daftar pekerja."),
    "card_worker_refused": N_("Dinas menolak data pekerja ini; lihat alasannya di daftar pekerja."),
    "card_name_differs": N_(
        "Nama di register kini lain dari yang tertulis di kartu; bandingkan dengan KTP."
    ),
}

# What a card turned out to be: one word for a glance, and what it means.
_VERDICTS: dict[str, tuple[str, str]] = {
    "genuine": (
        N_("Asli"),
        N_("Diterbitkan oleh perangkat yang dipercaya; isinya tidak diubah."),
    ),
    "replaced": (
        N_("Asli – diganti"),
        N_("Kartu ini pernah sah, tetapi sudah diganti; yang berlaku terbitan yang lebih baru."),
    ),
    "expired": (
        N_("Asli – kedaluwarsa"),
        N_("Kartunya asli, tetapi masa berlakunya sudah lewat."),
    ),
    "not_yet_valid": (
        N_("Asli – belum berlaku"),
        N_("Kartunya asli, tetapi masanya belum mulai; periksa jam komputer ini."),
    ),
    "unknown_key": (
        N_("Tidak dikenal penerbitnya"),
        N_("Penerbitnya tidak ada di daftar; terima dulu kabar terbaru dari dinas."),
    ),
    "unsigned": (
        N_("Bukan kartu program"),
        N_("Kode ini tanpa tanda tangan, jadi siapa pun dapat membuatnya."),
    ),
    "forged": (
        N_("Palsu"),
        N_("Isinya tidak cocok dengan tanda tangan penerbitnya; tahan kartunya, lapor ke dinas."),
    ),
    "encrypted": (
        N_("Bukan kartu program"),
        N_("Isinya tersandi; hanya penerima tertentu yang dapat membukanya."),
    ),
    "unreadable": (
        N_("Bukan kartu program"),
        N_("Kode ini bukan kode QR kartu, atau rusak; pindai sekali lagi bila kartunya kusut."),
    ),
}


def verdict_words(status: str) -> tuple[str, str]:
    """What a card turned out to be: a word for a glance, and a sentence on what it means."""
    word, meaning = _VERDICTS[status]
    return _(word), _(meaning)
