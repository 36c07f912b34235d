"""Every shortcut of the window: the F1 sheet shows this table, tests hold pages and docs to it."""

from dataclasses import dataclass

from kerjadesa.words import N_


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`keys` as Qt spells them, the pages where they work (none: everywhere), and what they do."""

    keys: str
    pages: tuple[str, ...]
    does: str


SHORTCUTS = (
    Shortcut("F1", (), N_("Lembar pintasan ini")),
    Shortcut("Ctrl+F", (), N_("Cari pekerja")),
    Shortcut("Ctrl+N", (), N_("Daftarkan pekerja")),
    Shortcut("Ctrl+I", (), N_("Impor daftar")),
    Shortcut("Ctrl+E", ("worker",), N_("Betulkan data pekerja ini")),
    Shortcut(
        "Ctrl+S",
        ("register",),
        N_("Simpan; formulir berikutnya tetap berisi jorong, RT, RW, dan program"),
    ),
    Shortcut("Ctrl+K", ("register",), N_("Sesudah menyimpan: satu orang lagi dari KK yang sama")),
    Shortcut("Alt+1 … Alt+9", ("register",), N_("Ambil orang ke-1 … ke-9 dari KK yang sama")),
    Shortcut("Ctrl+D", ("register",), N_("Buka pekerja yang NIK-nya baru diketik atau dipindai")),
    Shortcut("Ctrl+V", ("register",), N_("Di bagian foto: tempel gambar yang disalin")),
    Shortcut("Ctrl+G", ("same_person",), N_("Orang yang sama: gabungkan")),
    Shortcut("Ctrl+B", ("same_person",), N_("Orang berbeda")),
    Shortcut("Ctrl+L", ("same_person",), N_("Lewati: pasangan berikutnya")),
    Shortcut("Ctrl+O", ("import",), N_("Pilih berkas")),
    Shortcut("Ctrl+S", ("import",), N_("Tulis baris yang dicentang")),
    Shortcut("Ctrl+P", ("cards",), N_("Cetak")),
    Shortcut("Ctrl+S", ("cards",), N_("Simpan PDF")),
    Shortcut("Ctrl+Z", ("design",), N_("Urungkan perubahan rancangan")),
    Shortcut("Ctrl+S", ("printer",), N_("Simpan lembar uji")),
    Shortcut("Ctrl+S", ("ceremony",), N_("Simpan rencana acara")),
    Shortcut("Ctrl+O", ("ceremony",), N_("Simpan semua kertas sebelum acara")),
    Shortcut("F6", ("ceremony",), N_("Hari acara: kartu diambil wakil")),
    Shortcut("F7", ("ceremony",), N_("Hari acara: pemiliknya tidak hadir")),
    Shortcut("F8", ("ceremony",), N_("Hari acara: siapa yang tersisa di jorong ini")),
    Shortcut("F5", ("ceremony",), N_("Hari acara: yang terakhir dicatat")),
    Shortcut("Ctrl+Z", ("ceremony",), N_("Hari acara: batalkan yang tampil, atau yang terakhir")),
    Shortcut("F9", ("ceremony",), N_("Hari acara: bunyi nyala atau mati")),
    Shortcut("F11", ("ceremony",), N_("Hari acara: layar penuh")),
    Shortcut("Ctrl+O", ("verify",), N_("Pilih gambar kartu")),
    Shortcut("Ctrl+K", ("verify",), N_("Nyalakan atau matikan kamera")),
    Shortcut("Ctrl+L", ("settings",), N_("Kunci sekarang")),
)
"""Those that the pages themselves listen to."""

TYPED = (
    Shortcut("Tab, Shift+Tab", (), N_("Bagian berikutnya, bagian sebelumnya")),
    Shortcut("Alt", (), N_("Dengan huruf bergaris bawah: ke isian atau tombol itu")),
    Shortcut("Esc", (), N_("Tutup kotak atau daftar yang terbuka")),
    Shortcut("Enter", ("workers",), N_("Buka pekerja yang dipilih")),
    Shortcut("Ctrl+A, Shift, Ctrl", ("workers",), N_("Tandai beberapa pekerja sekaligus")),
    Shortcut("Enter", ("register",), N_("Isian berikutnya")),
    Shortcut("Left, Right", ("same_person",), N_("Pilih isi di kiri atau di kanan")),
    Shortcut("Enter", ("same_person",), N_("Isian berikutnya")),
    Shortcut("Space", ("import",), N_("Centang atau lepas baris")),
    Shortcut("F2", ("import",), N_("Betulkan isi sel")),
    Shortcut("Space", ("cards",), N_("Centang lembar atau kartu yang rusak")),
    Shortcut(
        "Enter",
        ("ceremony",),
        N_("Hari acara: tampilkan yang dipindai; sekali lagi menyerahkan kartunya"),
    ),
    Shortcut("Enter", ("verify",), N_("Periksa kode yang diketik atau dipindai")),
    Shortcut("Ctrl+V", ("verify",), N_("Tempel isi kode, atau gambar kartu yang disalin")),
    Shortcut("Enter", ("settings",), N_("Betulkan program yang dipilih")),
    Shortcut("Ctrl+S", ("settings",), N_("Di kotak program: simpan")),
)
"""Those that fields, lists and buttons understand when the focus is on them."""

PLACES = {
    "": N_("Di mana saja"),
    "workers": N_("Daftar pekerja"),
    "worker": N_("Halaman seorang pekerja"),
    "register": N_("Formulir pekerja"),
    "same_person": N_("Orang yang sama?"),
    "import": N_("Impor daftar"),
    "cards": N_("Kartu"),
    "design": N_("Rancangan kartu"),
    "printer": N_("Kalibrasi printer"),
    "ceremony": N_("Serah terima"),
    "verify": N_("Periksa kartu"),
    "settings": N_("Pengaturan"),
}
"""What the sheet calls the pages, in its order."""


def shortcuts_of(page: str) -> list[Shortcut]:
    """Those of one page; of "" those that work everywhere."""
    wanted = (page,) if page else ()
    return [
        one for one in (*SHORTCUTS, *TYPED) if one.pages == wanted or (page and page in one.pages)
    ]
