"""The notice that a worker signs."""

import pypdfium2

from kerjadesa.papers.consent_notice import Notice, render_notice


def text_of(pdf: bytes) -> tuple[int, str]:
    """Pages and words of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        return len(pages), " ".join(" ".join(pages).split())
    finally:
        document.close()


def test_a_worker_reads_on_one_page_what_for_who_sees_it_and_the_rights() -> None:
    pages, text = text_of(
        render_notice(Notice("Nagari Muaro", "1 Nagari 100", "Upik Contoh", "130304••••••0001"))
    )
    assert pages == 1
    for part in ("Nomor 27 Tahun 2022", "Untuk apa", "Data apa", "Siapa yang melihat", "Hak Anda"):
        assert part in text
    assert "kantor Nagari Muaro" in text
    assert "program 1 Nagari 100" in text
    assert "Upik Contoh" in text
    assert "cap jempol" in text


def test_long_and_strange_names_stay_words_and_stay_on_the_page() -> None:
    name = "<b>Upik & {office} " + "W" * 80
    pages, text = text_of(render_notice(Notice("Nagari " + "Muaro " * 20, "P" * 80, name)))
    assert pages == 1
    assert "<b>Upik & {office}" in text
