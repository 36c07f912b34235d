"""The sentence for every code: what is the matter, and what to do next."""

from collections.abc import Mapping

from kerjadesa.card_sentences import CAUTIONS
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.words import N_, _

# What is wrong with a value; shown beside the field and in the report of an import.
_VALUES: dict[str, str] = {
    "nik_missing": N_("NIK kosong; isi 16 angka dari KTP atau KK."),
    "nik_length": N_("NIK harus 16 angka; hitung dan bandingkan lagi dengan KTP."),
    "nik_region": N_("Enam angka pertama NIK bukan kode wilayah; bandingkan lagi dengan KTP."),
    "nik_date": N_("Tanggal lahir di dalam NIK tidak mungkin; bandingkan lagi dengan KTP."),
    "nik_temporary": N_("NIK sementara (diawali 0); minta NIK tetap di Dinas Kependudukan dahulu."),
    "nik_corrupted": N_(
        "Angka terakhir NIK hilang karena kolomnya berformat angka; ubah kolom NIK menjadi Teks "
        "lalu isi ulang."
    ),
    "name_missing": N_("Nama kosong; isi seperti di KTP."),
    "name_letterless": N_("Nama tidak berisi huruf; isi seperti di KTP."),
    "mother_letterless": N_("Nama ibu tidak berisi huruf; isi seperti di KK."),
    "birth_date_missing": N_("Tanggal lahir kosong; isi seperti di KTP."),
    "birth_date_invalid": N_("Tanggal lahir tidak terbaca; tulis hari-bulan-tahun."),
    "too_young": N_("Belum cukup umur pada hari pendaftaran."),
    "too_old": N_("Sudah melewati batas umur pada hari pendaftaran."),
    "not_alive": N_("Tercatat bukan penduduk hidup yang menetap (mati, pindah atau hilang)."),
    "not_citizen": N_("Tercatat bukan warga negara Indonesia."),
    "duplicate_in_file": N_("NIK ini sudah ada di baris lain berkas yang sama."),
    "birth_date_differs": N_("Tanggal lahir berbeda dari yang tertulis di NIK; periksa KTP."),
    "sex_differs": N_("Jenis kelamin berbeda dari yang tertulis di NIK; periksa KTP."),
    "region_elsewhere": N_("NIK ini pertama terbit di kabupaten lain; biasa bagi pendatang."),
    "job_formal": N_(
        "Pekerjaan ini biasanya masuk jalur penerima upah; pastikan ia memang pekerja rentan."
    ),
    "income_base_low": N_("Di bawah dasar upah terendah; kosongkan agar yang terendah dipakai."),
    "kk_length": N_("Nomor KK bukan 16 angka, jadi tidak disimpan; betulkan atau kosongkan."),
    "phone_unreadable": N_(
        "Nomor telepon tidak terbaca, jadi tidak disimpan; betulkan atau kosongkan."
    ),
    "heir_name_missing": N_("Nama ahli waris {position} kosong; isi namanya, atau hapus barisnya."),
    "heir_nik_length": N_("NIK ahli waris {position} bukan 16 angka; periksa KTP atau KK."),
    "occupation_unknown": N_(
        "Tidak ada di daftar; pilih pekerjaan terdekat dan tulis kata Anda di Kerja sehari-hari."
    ),
    "rupiah_unreadable": N_("Tulis rupiah bulat, misalnya 1.500.000."),
    "sex_missing": N_("Jenis kelamin belum dipilih."),
    "nagari_missing": N_("Nagari belum diisi."),
    "end_date_unreadable": N_("Tanggal ini tidak terbaca; tulis hari-bulan-tahun."),
    "end_date_ahead": N_("Tanggal ini belum tiba; isi hari kejadiannya."),
    "end_date_before_birth": N_("Tanggal ini sebelum tanggal lahirnya; periksa lagi."),
    "programme_same_name": N_(
        "Sudah ada program dengan nama ini; tambahkan tahunnya agar keduanya dapat dibedakan."
    ),
    "programme_overlaps": N_(
        "Masanya bertumpang tindih dengan {programme}; periksa harinya, kecuali keduanya memang "
        "berjalan bersamaan."
    ),
    "value_invalid": N_("Isian ini tidak dikenali; periksa lagi."),
    "value_long": N_("Isian ini terlalu panjang; pendekkan."),
    "already_registered": N_("NIK ini sudah terdaftar; buka pekerja itu untuk memperbaikinya."),
    "ended_here": N_("Pernah terdaftar, kepesertaannya berakhir; buka datanya."),
    "merged_here": N_("Data dengan NIK ini sudah digabung ke data lain orang yang sama."),
    "nik_former": N_(
        "NIK ini dulu milik pekerja yang sudah terdaftar; NIK-nya sudah dibetulkan. Orang lain "
        "didaftarkan lewat formulir."
    ),
    "nik_elsewhere": N_("NIK ini sudah terdaftar di nagari lain; hubungi dinas."),
    "facts_invalid": N_(
        "Data pekerja ini tidak terbaca oleh dinas; perbaiki isiannya lalu kirim lagi."
    ),
    "nagari_mismatch": N_("Pekerja ini dikirim oleh perangkat nagari lain; hubungi dinas."),
    "nik_reason_missing": N_("NIK diganti; pilih dahulu alasannya."),
    "decile_missing": N_("Desil kosong; isi angka 1 sampai 10."),
    "decile_invalid": N_("Desil bukan angka 1 sampai 10; periksa daftarnya."),
    "not_registered": N_("NIK ini belum terdaftar; daftarkan dulu bila ia memang pekerja rentan."),
    "name_differs": N_("Nama berbeda jauh dari nama di register; pastikan orangnya sama."),
    "poverty_undecided": N_(
        "Dua laptop mengisi data kemiskinannya berbeda; putuskan dulu di daftar pekerja."
    ),
    "card_design_unknown": N_("Desain kartu ini tidak ada; pilih desain lain."),
    "card_colour_invalid": N_("Warna ini tidak dikenali; pilih lagi warnanya."),
    "card_fact_needed": N_("Isian ini wajib ada di kartu; tampilkan lagi."),
    "card_heading_long": N_("Judul kartu terlalu panjang untuk tempatnya; pendekkan."),
    "card_address_long": N_("Alamat ini terlalu panjang untuk tempatnya; pendekkan."),
    "card_text_letter": N_("Huruf {letter} tidak ada di fon kartu; tulis dengan huruf Latin."),
    "card_text_pale": N_(
        "Tulisan sukar dibaca pada warna ini (kontras {ratio}, sedikitnya 4,5); pilih warna "
        "yang lebih berbeda dari latarnya."
    ),
    "card_qr_pale": N_(
        "Kode QR tidak akan terbaca pada warna ini; pakai latar putih atau sangat muda."
    ),
    "card_qr_dense": N_(
        "Kotak kode QR terlalu kecil (modul {module} mm, sedikitnya 0,4); pilih desain lain."
    ),
    "calibration_out_of_range": N_(
        "Angka kalibrasi di luar {lowest} sampai {highest}; periksa ukuran kertas di pengaturan "
        "pencetak, lalu ukur lagi."
    ),
}

# Trouble around the register; one sentence and the next step.
_TROUBLES: dict[str, str] = {
    "not_set_up": N_("Belum disiapkan di sini; jalankan penyiapan nagari dahulu."),
    "already_set_up": N_("Sudah disiapkan di folder ini; pilih folder lain untuk nagari lain."),
    "nagari_unknown": N_("Kode nagari {nagari} tidak ada di daftar wilayah; periksa kodenya."),
    "operator_missing": N_("Nama petugas kosong; isi nama Anda."),
    "passphrase_short": N_("Frasa sandi terlalu pendek; pakai sedikitnya {shortest} huruf."),
    "passphrase_differs": N_("Kedua frasa sandi tidak sama; ketik lagi."),
    "passphrase_needed": N_("Frasa sandi diperlukan; isi {variable} atau jalankan di terminal."),
    "passphrase_wrong": N_("Frasa sandi tidak cocok; periksa Caps Lock lalu coba lagi."),
    "vault_damaged": N_("Berkas kunci rusak; kembalikan vault.json dari cadangan."),
    "database_missing": N_(
        "Berkas register hilang dari foldernya; kembalikan dari cadangan sebelum melanjutkan."
    ),
    "database_newer": N_(
        "Register ini dibuat versi KerjaDesa yang lebih baru; perbarui program ini dahulu."
    ),
    "database_unreadable": N_(
        "Berkas register tidak dapat dibuka dengan kunci ini; kembalikan dari cadangan."
    ),
    "database_busy": N_(
        "Program lain sedang menulis ke register ini; tunggu sebentar lalu ulangi."
    ),
    "register_writing": N_(
        "Daftar lain sedang ditulis ke register ini; tunggu sampai selesai lalu ulangi."
    ),
    "database_readonly": N_(
        "Folder register tidak boleh ditulisi; periksa izin folder atau pindahkan ke diska lain."
    ),
    "database_unencrypted": N_("Enkripsi tidak tersedia di komputer ini; pasang ulang KerjaDesa."),
    "disk_full": N_("Diska penuh, tidak ada yang ditulis; kosongkan tempat lalu ulangi."),
    "backup_damaged": N_(
        "Berkas cadangan ini rusak atau bukan cadangan KerjaDesa; pilih cadangan yang lain."
    ),
    "backup_newer": N_(
        "Cadangan ini dibuat versi KerjaDesa yang lebih baru; perbarui program ini dahulu."
    ),
    "backup_nowhere": N_("Belum ada folder cadangan; sebutkan folder atau diska lepasnya."),
    "backup_too_large": N_("Register ini terlalu besar untuk satu berkas cadangan; hubungi dinas."),
    "backup_unfaithful": N_(
        "Cadangan yang ditulis tidak sama dengan aslinya, jadi dihapus; pakai diska lain, lalu "
        "periksa data di Pengaturan."
    ),
    "home_in_use": N_(
        "Register di komputer ini sedang terbuka di jendela lain; tutup jendela itu dahulu, lalu "
        "ulangi."
    ),
    "home_being_replaced": N_(
        "Register ini sedang disiapkan atau dipulihkan di jendela lain; tunggu sampai selesai, "
        "lalu buka lagi."
    ),
    "restore_over": N_(
        "Di komputer ini sudah ada register; pulihkan hanya bila register itu memang diganti."
    ),
    "file_missing": N_("Berkas tidak ditemukan atau tidak boleh dibaca; pilih berkasnya lagi."),
    "file_not_written": N_("Berkas tidak dapat ditulis di sana; pilih folder lain."),
    "house_damaged": N_("Ada yang rusak di register; buat salinan folder ini dan hubungi dinas."),
    "worker_unknown": N_("Pekerja ini tidak ada lagi di register; muat ulang daftarnya."),
    "undo_superseded": N_(
        "Perubahan itu sudah disusul yang lain, jadi tidak diurungkan; betulkan datanya saja."
    ),
    "merge_kept_ended": N_(
        "Catatan yang dipertahankan sudah digabung ke catatan lain; pertahankan yang satunya."
    ),
    "undo_nik_taken": N_(
        "NIK yang lama kini dipakai pekerja lain, jadi tidak diurungkan; bandingkan keduanya."
    ),
    "programme_invalid": N_(
        "Isian program tidak dapat dipakai; periksa nama, pembayar, hari mulai dan hari akhirnya."
    ),
    "programme_ended": N_(
        "Masa program ini sudah berakhir, jadi tidak dapat menjadi program utama; betulkan hari "
        "akhirnya atau buat program baru."
    ),
    "programme_unknown": N_("Program itu tidak dikenal register ini; pilih yang lain."),
    "export_nobody": N_("Tidak ada pekerja untuk diekspor; longgarkan saringannya."),
    "cards_all_printed": N_(
        "Kartu {count} orang ini sudah tercatat dicetak; pilih alasan cetak ulang bila perlu lagi."
    ),
    "sheet_missing": N_("Tidak ada kartu pada nomor atau lembar itu; periksa angkanya."),
    "card_letter_missing": N_(
        "Kartu ke-{position} memuat huruf {letter} yang tidak ada di fon kartu; perbaiki "
        "tulisannya di data pekerja itu, lalu buat lagi."
    ),
    "card_issue_last": N_(
        "Kartu ke-{position} sudah sampai terbitan terakhir ({last}). Cetak kartu orang itu "
        "sendiri dengan pilihan Terbitan yang sama, lalu tarik kartu lamanya: kartu itu tetap "
        "terbaca asli."
    ),
    "card_qr_dense_at": N_(
        "Kode QR kartu ke-{position} terlalu rapat untuk dibaca; pilih desain Hemat tinta yang "
        "kotaknya lebih besar, atau singkat namanya sesuai KTP."
    ),
    "card_design_unusable": N_(
        "Berkas desain {file} keliru (kotak {box}, isian {field}); pilih desain lain atau pasang "
        "ulang program ini."
    ),
    "paper_unknown": N_("Kertas atau nampan ini tidak dikenal; pilih dari daftar."),
    "logo_too_large": N_("Berkas logo terlalu besar (paling besar 2 MB, 4.000 piksel)."),
    "cards_none": N_("Tidak ada pekerja yang cocok; kosongkan kata pencarian atau daftarkan dulu."),
    "programme_over": N_(
        "Masa program {programme} sudah berakhir; buat program baru di Pengaturan dan pindahkan "
        "pekerjanya, atau betulkan hari akhirnya."
    ),
    "cards_unreadable_qr": N_(
        "{count} kode QR tidak terbaca ulang (mulai halaman {page}), jadi PDF tidak dikeluarkan; "
        "coba lagi."
    ),
    "ceremony_unknown": N_("Acara itu tidak ada di laptop ini; terima dulu data laptop lain."),
    "ceremony_empty": N_("Belum ada yang diundang; pilih program dan jorongnya."),
    "ceremony_full": N_("Satu acara memuat paling banyak {most} orang; buat acara kedua."),
    "ceremony_nobody_here": N_(
        "Tidak seorang pun dari acara ini dikenal di laptop ini; terima dulu data laptop lain."
    ),
    "seat_unknown": N_("Tidak ada kursi {seat} pada acara ini; periksa nomornya."),
    "card_not_here": N_(
        "Pemilik kartu ini belum dikenal di laptop ini; terima dulu data laptop lain."
    ),
    "card_forged": N_("Kartu ini palsu; simpan dan laporkan ke dinas."),
    "card_issuer_unknown": N_(
        "Penerbit kartu ini tidak dikenal di laptop ini; terima kabar dinas, lalu pindai lagi."
    ),
    "card_replaced": N_("Kartu ini sudah diganti; serahkan kartu yang baru."),
    "card_unreadable": N_("Ini bukan kartu program; pindai kode QR pada kartunya."),
    "card_already_handed": N_("Kartu ini sudah diserahkan; pindai kartu berikutnya."),
    "guest_unknown": N_("Tidak ada yang cocok; periksa ejaannya, atau pindai kartunya."),
    "image_unreadable": N_("Gambar ini tidak terbaca; pakai JPEG atau PNG lain."),
    "image_heic": N_(
        "Foto HEIC atau AVIF dari telepon tidak terbaca di sini; simpan sebagai JPEG atau PNG, "
        "atau pilih format JPEG di pengaturan kameranya."
    ),
    "image_too_large": N_("Gambar ini terlalu besar; perkecil dahulu."),
    "image_too_small": N_("Gambar ini terlalu kecil untuk kartu; pakai foto yang lebih besar."),
    "too_many_pictures": N_(
        "Terlalu banyak foto di folder ini (lebih dari {most}); bagi foldernya."
    ),
    "qr_none_found": N_("Tidak ada kode QR di gambar ini; foto lebih dekat dan lebih terang."),
    "workbook_unreadable": N_(
        "Berkas ini bukan buku kerja yang dapat dibaca; buka di Excel atau LibreOffice, "
        "simpan sebagai .xlsx, lalu impor lagi."
    ),
    "workbook_too_large": N_(
        "Buku kerja ini terlalu besar (paling banyak {megabytes} MB, {rows} baris, "
        "{columns} kolom); salin daftarnya saja ke buku kerja baru, lalu impor lagi."
    ),
    "workbook_bomb": N_(
        "Isi berkas ini membengkak secara tidak wajar, jadi tidak dibuka; minta berkas "
        "baru dari pembuatnya."
    ),
    "workbook_password": N_(
        "Buku kerja ini terkunci kata sandi; simpan salinan tanpa kata sandi, lalu impor "
        "salinan itu."
    ),
    "workbook_empty": N_("Buku kerja ini kosong; pilih berkas yang berisi daftar penduduk."),
    "workbook_column_missing": N_(
        "Kolom {column} tidak ada; judul yang paling mirip adalah {nearest}. Ganti judul "
        "itu menjadi {column}, lalu impor lagi."
    ),
    "workbook_header_missing": N_(
        "Baris judul kolom tidak ditemukan; beri baris judul dengan sedikitnya nik, nama "
        "dan tanggallahir, lalu impor lagi."
    ),
    "file_unreadable": N_(
        "Berkas ini tidak dapat dibaca; tutup di program lain atau pasang kembali diska "
        "lepas, lalu coba lagi."
    ),
    "not_enrolled": N_("Perangkat ini belum diundang dinas; minta undangan lalu masukkan."),
    "invitation_invalid": N_("Ini bukan undangan yang utuh; salin lagi seluruhnya."),
    "invitation_other_nagari": N_(
        "Undangan ini untuk nagari {nagari}; minta undangan bagi nagari ini."
    ),
    "invitation_used": N_("Undangan ini sudah dipakai perangkat lain; minta yang baru."),
    "invitation_unknown": N_("Dinas tidak mengenal undangan ini; minta yang baru."),
    "invitation_expired": N_("Undangan ini sudah kedaluwarsa; minta yang baru."),
    "enrolled_elsewhere": N_("Perangkat ini sudah terdaftar di dinas lain; hubungi dinas itu."),
    "device_code_taken": N_("Kode perangkat ini bertabrakan; siapkan ulang di folder baru."),
    "device_unknown": N_(
        "Perangkat pengirim belum diakui dinas; terima lagi sesudah dinas menjawab."
    ),
    "device_revoked": N_("Perangkat ini sudah dicabut dinas; hubungi dinas."),
    "hub_no_address": N_(
        "Undangan ini tanpa alamat jaringan; kirim lewat folder atau diska lepas."
    ),
    "hub_unreachable": N_(
        "Pusat dinas tidak terjangkau; data tetap aman di sini, coba lagi nanti atau kirim lewat "
        "diska lepas."
    ),
    "hub_nonsense": N_(
        "Jawaban pusat dinas tidak dapat dipahami dan tidak dipakai; coba lagi, lalu hubungi dinas."
    ),
    "hub_insecure": N_("Alamat pusat dinas tidak aman (bukan https); minta undangan yang benar."),
    "hub_refused": N_("Pusat dinas menolak permintaan ini; hubungi dinas."),
    "hub_busy": N_("Pusat dinas sedang sibuk; data tetap aman di sini, coba lagi sebentar."),
    "hub_already_there": N_("Berkas itu sudah ada dan tidak ditimpa; pilih nama lain."),
    "clock": N_("Jam komputer ini terlalu jauh dari jam dinas; betulkan tanggal dan jamnya."),
    "usb_missing": N_("Folder atau diska lepas tidak ada; pasang lalu pilih lagi."),
    "usb_full": N_("Diska lepas penuh; kosongkan tempat lalu ulangi, yang sudah tertulis aman."),
    "usb_readonly": N_("Diska lepas tidak boleh ditulisi; buka kuncinya atau pakai yang lain."),
    "usb_failed": N_("Diska lepas gagal dibaca atau ditulis; cabut, pasang lagi, lalu ulangi."),
    "usb_strange": N_(
        "Isi folder kerjadesa di diska lepas tidak wajar; pakai diska lain yang bersih."
    ),
    "hub_certificate": N_(
        "Sertifikat pusat dinas tidak diterima; periksa tanggal dan jam komputer ini, lalu "
        "hubungi dinas."
    ),
    "clock_wrong": N_(
        "Jam komputer ini terlalu jauh dari jam pusat dinas; betulkan tanggal dan jamnya lalu "
        "ulangi."
    ),
    "signature": N_("Pusat dinas tidak dapat memeriksa tanda tangan perangkat ini; hubungi dinas."),
    "device_elsewhere": N_("Perangkat ini sudah terdaftar untuk nagari lain; hubungi dinas."),
    "batch_chain": N_("Ada catatan sebelum kiriman ini yang belum sampai; kirim ulang semuanya."),
    "batch_foreign": N_("Kiriman ini berisi catatan perangkat lain dan ditolak; hubungi dinas."),
    "batch_nagari": N_("Kiriman ini menyebut nagari lain dan ditolak; hubungi dinas."),
    "batch_entry_too_large": N_(
        "Catatan nomor {entry} dengan fotonya terlalu besar untuk dikirim; ganti fotonya dengan "
        "yang lebih kecil."
    ),
    "hub_database_url": N_(
        "Alamat basis data tidak dikenal; pakai sqlite:///BERKAS atau postgresql://…."
    ),
    "hub_database_unreachable": N_(
        "Basis data pusat tidak terjangkau; periksa servernya lalu ulangi."
    ),
    "hub_database_other": N_(
        "Basis data ini milik pusat lain; pilih yang benar atau kembalikan kuncinya dari cadangan."
    ),
    "hub_keys_damaged": N_("Berkas kunci pusat rusak; kembalikan keys.sealed dari cadangan."),
    "hub_address_taken": N_(
        "Alamat {host}:{port} tidak dapat dipakai; hentikan program lain di sana atau pilih "
        "--port lain."
    ),
    "hub_certificate_unusable": N_(
        "Sertifikat atau kunci pribadinya tidak terbaca; periksa kedua berkas PEM."
    ),
    "hub_url_invalid": N_("Alamat pusat untuk undangan tidak sah; tulis alamat https."),
    "hub_not_set_up": N_(
        "Tidak ada pusat dinas di folder ini; periksa --home, atau mulai dengan hub serve."
    ),
    "hub_files_refused": N_("{count} berkas tidak diterima; sebabnya tertulis per berkas di atas."),
    "batch_unknown": N_("Kiriman itu tidak ada untuk perangkat ini; ulangi penerimaan."),
    "request_invalid": N_("Permintaan tidak dipahami pusat; perbarui program ini."),
    "batch_not_for_us": N_("Berkas kiriman ini bukan untuk perangkat ini; dilewati."),
    "batch_signature": N_("Tanda tangan berkas kiriman tidak sah; minta pengirim mengirim ulang."),
    "batch_damaged": N_("Berkas kiriman rusak di jalan; minta pengirim mengirim ulang."),
    "batch_too_large": N_("Berkas kiriman terlalu besar dan tidak dibuka; hubungi pengirimnya."),
    "batch_schema_newer": N_("Berkas kiriman dari versi yang lebih baru; perbarui program ini."),
    "batch_gap": N_("Ada berkas kiriman sebelumnya yang belum sampai; kirim ulang semuanya."),
    "batch_replay": N_(
        "Komputer lain sudah mengirim atas nama perangkat ini; terima jawaban dinas, lalu jadikan "
        "komputer ini perangkat baru di Pengaturan."
    ),
    "former_revoked": N_(
        "Perangkat lama sudah dicabut dinas, jadi yang belum terkirim darinya tertahan; minta "
        "dinas mengakuinya lagi sampai semuanya terkirim."
    ),
    "batch_fork": N_(
        "Jurnal bercabang, mungkin registernya disalin atau dipulihkan di komputer lain; lihat "
        "Cadangan di Pengaturan, atau hubungi dinas."
    ),
    "demo_folder_used": N_("Folder hasil sudah berisi; pilih folder kosong dengan --out."),
    "demo_hub_failed": N_("Pusat dinas peragaan tidak mau jalan; lihat hub.log di folder hasil."),
    "demo_incomplete": N_("Peragaan tidak lengkap: ada angka yang berbeda di tabel di atas."),
    "enrol_damaged": N_("Permohonan perangkat rusak; kirim lagi dari laptopnya."),
    "enrol_not_for_us": N_("Permohonan ini untuk dinas lain; periksa undangannya."),
}


def sentence(thing: Problem | UserError) -> str:
    """One sentence with the next step, in the language in use."""
    return code_sentence(thing.code, thing.facts)


def code_sentence(code: str, facts: Mapping[str, str | int] | None = None) -> str:
    """The sentence for a code; a code without one is named, so that it can be reported."""
    text = _VALUES.get(code) or _TROUBLES.get(code) or CAUTIONS.get(code)
    if text is None:
        return _("Terjadi masalah ({code}); ulangi, lalu hubungi dinas.").format(code=code)
    return _(text).format_map(_Facts(facts or {}))


def known_codes() -> set[str]:
    """Every code there is a sentence for."""
    return {*_VALUES, *_TROUBLES, *CAUTIONS}


class _Facts(dict[str, str | int]):
    """A fact that nobody gave shows as an ellipsis; an error about an error helps nobody."""

    def __missing__(self, name: str) -> str:
        return "…"
