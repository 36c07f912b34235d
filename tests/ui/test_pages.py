"""What an operator does on each page."""

from pathlib import Path

from PySide6.QtCore import Qt

from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.register import Registered, register
from tests.office_kit import District, worker
from tests.ui.conftest import Operator

CONTROL = Qt.KeyboardModifier.ControlModifier


def _fill(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    for serial in range(1, 4):
        made = register(office, worker(serial, name=f"Upik Contoh {serial}"))
        assert isinstance(made, Registered)
    assert isinstance(register(office, worker(9, name="Buyung Rekaan")), Registered)


def test_a_worker_is_registered_by_keyboard_and_the_neighbour_keeps_the_jorong(
    operator: Operator,
) -> None:
    form = operator.go("register").form
    for text in ("1303044103850001", "", "Upik Contoh"):
        operator.type(text)
        operator.press(Qt.Key.Key_Tab)
    assert form.fields["birth_date"].read() == "01-03-1985", "the NIK fills the birth date"
    assert form.fields["sex"].read() == "F", "the NIK fills the sex"
    while operator.focus is not form.fields["jorong"].control:
        operator.press(Qt.Key.Key_Tab)
    operator.type("Tapian")
    operator.press(Qt.Key.Key_S, CONTROL)
    office = operator.window.office
    assert office is not None
    assert [listed.name for listed in page(office)] == ["Upik Contoh"]
    assert "Tersimpan" in operator.desk.current.frame.banner.text
    assert form.fields["name"].read() == ""
    assert form.fields["jorong"].read() == "Tapian"
    assert operator.focus is form.fields["nik"].control


def test_tab_goes_from_the_address_into_an_heir_that_was_added_later(operator: Operator) -> None:
    form = operator.go("register").form
    form.heirs.add_button.click()
    assert operator.focus.accessibleName() == "Nama ahli waris 1"
    form.fields["phone"].control.setFocus()
    operator.press(Qt.Key.Key_Tab)
    assert operator.focus.accessibleName() == "Nama ahli waris 1"


def test_an_impossible_nik_is_said_beside_its_field_and_nothing_is_written(
    operator: Operator,
) -> None:
    register_page = operator.go("register")
    operator.type("130304410385")
    operator.press(Qt.Key.Key_Tab)
    note = register_page.form.fields["nik"].note
    assert note.isVisible()
    assert "16 angka" in note.text
    assert register_page.form.fields["name"].note.text == "", "an empty field is not scolded yet"
    operator.press(Qt.Key.Key_S, CONTROL)
    assert "Nama kosong" in register_page.form.fields["name"].note.text
    assert "Belum tersimpan" in register_page.frame.banner.text
    assert operator.window.office is not None
    assert page(operator.window.office) == []


def test_a_warning_is_shown_and_does_not_keep_the_worker_out(operator: Operator) -> None:
    register_page = operator.go("register")
    for fact, text in worker(1, birth_date="02-03-1985").items():
        if fact in register_page.form.fields:
            register_page.form.fields[fact].write(int(text) if fact == "occupation" else text)
    register_page._left("birth_date")
    assert "berbeda" in register_page.form.fields["birth_date"].note.text
    assert register_page.save()


def test_a_correction_writes_only_what_was_changed(operator: Operator) -> None:
    _fill(operator)
    office = operator.window.office
    assert office is not None
    first = page(office)[0]
    register_page = operator.go("register", worker=first.id)
    assert not register_page.changed
    register_page.form.fields["mother_name"].write("Ibu Rekaan")
    assert register_page.save()
    facts = get(office, first.id)
    assert facts is not None
    assert facts.mother_name == "Ibu Rekaan"
    assert facts.name == first.name
    assert operator.desk.current is operator.desk.page("workers")


def test_search_narrows_the_list_while_typing(operator: Operator) -> None:
    _fill(operator)
    workers = operator.go("home") and operator.go("workers", search=True)
    assert workers.model.rowCount() == 4
    operator.type("buy")
    assert [workers.model.index(0, 0).data()] == ["Buyung Rekaan"]
    assert workers.model.rowCount() == 1
    workers.table.selectRow(0)
    assert workers.standing.text() == "Belum dikirim ke dinas."
    assert "•" in workers.model.index(0, 1).data(), "a NIK is masked on screen"
    operator.press(Qt.Key.Key_Return)
    operator.press(Qt.Key.Key_Return)
    assert operator.desk.current.frame.heading.text() == "Buyung Rekaan"
    operator.press(Qt.Key.Key_Return)
    assert operator.desk.page("register").form.fields["name"].read() == "Buyung Rekaan"


def test_ten_thousand_rows_arrive_page_by_page(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    for serial in range(1, 206):
        assert isinstance(register(office, worker(serial)), Registered)
    model = operator.go("workers").model
    assert model.rowCount() == 60, "a keystroke waits for no more than a screen or two"
    model.fetchMore(model.index(-1, -1))
    assert model.rowCount() == 205
    assert not model.canFetchMore(model.index(-1, -1))


def test_a_file_that_is_no_workbook_is_one_sentence(operator: Operator, tmp_path: Path) -> None:
    fake = tmp_path / "penduduk.xlsx"
    fake.write_bytes(b"%PDF-1.7 bukan buku kerja")
    imports = operator.go("import")
    operator.wait(lambda: imports.load(fake))
    assert imports.frame.banner.text
    assert "nomor" not in imports.frame.banner.text.split(";")[0]
    assert imports.choose.isEnabled()


def test_cards_are_previewed_saved_and_confirmed(operator: Operator, tmp_path: Path) -> None:
    _fill(operator)
    cards = operator.go("cards")
    cards.choice.words.setText("upik")
    operator.wait(cards.make)
    assert "3 kartu siap" in cards.frame.banner.text
    assert cards._preview.document_shown.pageCount() == 1
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    assert (tmp_path / "kartu.pdf").read_bytes().startswith(b"%PDF")
    operator.wait(cards.judge.good_button.click)
    assert operator.window.office is not None
    assert sorted(listed.printed for listed in page(operator.window.office)) == [0, 1, 1, 1]


def test_a_stick_carries_the_data_out_and_the_receipt_back(
    operator: Operator, tmp_path: Path
) -> None:
    _fill(operator)
    exchange = operator.go("exchange")
    assert not exchange.send_stick.isEnabled(), "nothing can be sent before an invitation"
    district, stick = District(tmp_path / "district"), tmp_path / "stick"
    stick.mkdir()
    exchange.invitation.setPlainText(district.invite())
    operator.wait(exchange.enrol)
    operator.wait(lambda: exchange.send_to(stick))
    assert "dikirim" in exchange.frame.banner.text
    operator.go("workers")
    assert operator.desk.page("workers").model.index(0, 5).data() == "Di perjalanan"
    district.collect(stick)
    operator.go("exchange")
    operator.wait(lambda: exchange.receive_at(stick))
    assert "tanda terima" in exchange.frame.banner.text
    operator.go("home")
    assert operator.desk.page("home")._figures["received"].text() == "4"


def test_a_stick_that_is_gone_is_one_sentence(operator: Operator, tmp_path: Path) -> None:
    exchange = operator.go("exchange")
    exchange.invitation.setPlainText(District(tmp_path / "district").invite())
    operator.wait(exchange.enrol)
    operator.wait(lambda: exchange.send_to(tmp_path / "dicabut"))
    assert "pasang" in exchange.frame.banner.text
    assert exchange.send_stick.isEnabled()


def test_a_scanned_card_is_judged_in_one_word(operator: Operator) -> None:
    verify = operator.go("verify")
    operator.type("BUKAN KODE KARTU")
    operator.press(Qt.Key.Key_Return)
    assert verify.result.verdict.text() == "Bukan kartu program"
    assert operator.focus is verify.code, "the cursor waits for the next card"


def test_a_check_of_the_register_says_what_it_found(operator: Operator) -> None:
    _fill(operator)
    settings = operator.go("settings")
    operator.wait(settings.check)
    assert settings.frame.banner.text == "Semua data utuh."
