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
    "Look in:": N_("Cari di:"),
    "File &name:": N_("&Nama berkas:"),
    "Files of type:": N_("Jenis berkas:"),
    "Directory:": N_("Folder:"),
    "Directories": N_("Folder"),
    "&Choose": N_("&Pilih"),
    "Computer": N_("Komputer"),
    "Name": N_("Nama"),
    "Size": N_("Ukuran"),
    "Type": N_("Jenis"),
    "Date Modified": N_("Tanggal diubah"),
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
