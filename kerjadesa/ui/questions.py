"""The few questions that stop everything: only where work could be lost."""

from PySide6.QtWidgets import QMessageBox, QWidget

from kerjadesa.words import _

MANY = 50
"""More people than these are not acted on by a slip of the hand."""


def say(text: str) -> None:
    """The last words of a program that cannot start."""
    QMessageBox(QMessageBox.Icon.Warning, "KerjaDesa", text).exec()


def ask(owner: QWidget, question: str, yes: str, no: str, enter_agrees: bool = False) -> bool:
    """Whether the operator chose `yes`; Escape means `no`, and so does Enter unless it agrees."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "KerjaDesa", question, parent=owner)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    kept = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(agreed if enter_agrees else kept)
    box.setEscapeButton(kept)
    box.exec()
    return box.clickedButton() is agreed


def ask_about_changes(owner: QWidget) -> str:
    """`save`, `discard` or `stay`: what becomes of a form with unsaved changes."""
    box = QMessageBox(
        QMessageBox.Icon.NoIcon,
        "KerjaDesa",
        _("Isian ini belum disimpan. Simpan sekarang?"),
        parent=owner,
    )
    save = box.addButton(_("&Simpan"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("&Buang"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("&Kembali mengisi"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton()
    return "save" if chosen is save else "discard" if chosen is discard else "stay"
