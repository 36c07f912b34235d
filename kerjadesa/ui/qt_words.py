"""The few words of Qt's own menus and boxes; Qt brings no Indonesian translation."""

from PySide6.QtCore import QTranslator

from kerjadesa.words import N_, _

_WORDS = {
    "&Undo": N_("&Urungkan"),
    "&Redo": N_("&Ulangi"),
    "Cu&t": N_("Po&tong"),
    "&Copy": N_("&Salin"),
    "&Paste": N_("Tem&pel"),
    "Delete": N_("Hapus"),
    "Select All": N_("Pilih semua"),
    "OK": N_("Baik"),
    "&OK": N_("&Baik"),
    "Cancel": N_("Batal"),
    "&Cancel": N_("&Batal"),
    "&Yes": N_("&Ya"),
    "&No": N_("&Tidak"),
    "&Save": N_("&Simpan"),
    "&Open": N_("&Buka"),
    "Close": N_("Tutup"),
    # The file dialog where the desktop has none of its own.
    "&Look in:": N_("&Cari di:"),
    "File &name:": N_("&Nama berkas:"),
    "Files of &type:": N_("&Jenis berkas:"),
    "Directory:": N_("Folder:"),
    "Directories": N_("Folder"),
    "&Choose": N_("&Pilih"),
    "Computer": N_("Komputer"),
    "Name": N_("Nama"),
    "Size": N_("Ukuran"),
    "Type": N_("Jenis"),
    "Date Modified": N_("Tanggal diubah"),
    "Folder": N_("Folder"),
    "Drive": N_("Diska"),
    "Files": N_("Berkas"),
    "Sidebar": N_("Tempat"),
    "List of places and bookmarks": N_("Tempat yang sering dibuka"),
    "Remove": N_("Keluarkan"),
    "Back": N_("Mundur"),
    "Go back": N_("Kembali ke folder sebelumnya"),
    "Forward": N_("Maju"),
    "Go forward": N_("Maju ke folder berikutnya"),
    "Parent Directory": N_("Folder di atasnya"),
    "Go to the parent directory": N_("Naik ke folder di atasnya"),
    "&New Folder": N_("&Folder baru"),
    "New Folder": N_("Folder baru"),
    "Create New Folder": N_("Folder baru"),
    "Create a New Folder": N_("Membuat folder baru"),
    "List View": N_("Daftar"),
    "Change to list view mode": N_("Tampilkan nama saja"),
    "Detail View": N_("Rincian"),
    "Change to detail view mode": N_("Tampilkan dengan ukuran dan tanggal"),
    # With the name of a column after it.
    "Show ": N_("Tampilkan "),
    "Show &hidden files": N_("&Tampilkan berkas tersembunyi"),
    "&Rename": N_("&Ganti nama"),
    "&Delete": N_("&Hapus"),
    "All files (*)": N_("Semua berkas (*)"),
    "All Files (*)": N_("Semua berkas (*)"),
    "%1 already exists.\nDo you want to replace it?": N_("%1 sudah ada.\nGanti berkas itu?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": N_(
        "%1\nBerkas itu tidak ada. Periksa namanya."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": N_(
        "%1\nFolder itu tidak ada. Periksa namanya."
    ),
    "'%1' is write protected.\nDo you want to delete it anyway?": N_(
        "'%1' dilindungi.\nHapus juga?"
    ),
    "Are you sure you want to delete '%1'?": N_("Hapus '%1'?"),
    "Could not delete directory.": N_("Folder itu tidak dapat dihapus."),
    # The print dialog where the desktop has none of its own.
    "Print": N_("Cetak"),
    "&Print": N_("&Cetak"),
    "Printer": N_("Printer"),
    "&Name:": N_("&Nama:"),
    "P&roperties": N_("&Sifat"),
    "&Options >>": N_("&Pilihan >>"),
    "&Options <<": N_("&Pilihan <<"),
    "Location:": N_("Tempat:"),
    "Type:": N_("Jenis:"),
    "Output &file:": N_("Ber&kas:"),
    "Print to File (PDF)": N_("Cetak ke berkas (PDF)"),
}


class QtWords(QTranslator):
    """Answers for the texts that Qt itself shows."""

    def translate(
        self,
        context: str,
        text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        return _(_WORDS[text]) if text in _WORDS else None
