"""Files the hub's operator carries away: the age identity for the safe, an invitation's QR code."""

import io
import os
from datetime import datetime
from pathlib import Path

import qrcode

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.hub.intake import iso
from kerjadesa.store.files import write_file, writing_trouble


def write_identity(path: Path, keys: KeyRing, now: datetime) -> None:
    """Writes the hub's age identity as `age-keygen` would; with it `age -d -i` opens every batch.

    Never over another file: raises UserError `hub_already_there`, `disk_full`, `file_not_written`.
    """
    lines = (
        f"# KerjaDesa hub {keys.device}: opens every batch sent to the district",
        f"# created: {iso(now)}",
        f"# public key: {keys.age_recipient}",
        keys.age_identity,
    )
    with writing_trouble():
        try:
            # Not by rename, which would replace a file that is there.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise UserError("hub_already_there") from None
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write("\n".join(lines) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            # Half a key in the safe would be found out on the day it is needed.
            path.unlink(missing_ok=True)
            raise


def write_qr(path: Path, text: str) -> None:
    """Writes the invitation as a PNG; raises UserError `disk_full`, `file_not_written`."""
    image = io.BytesIO()
    qrcode.make(text).save(image)
    write_file(path, image.getvalue())
