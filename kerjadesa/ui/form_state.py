"""What a form held when it was opened, and so what somebody has typed since."""

from collections.abc import Iterable
from typing import Any

from kerjadesa.ui.worker_form import WorkerForm

PHOTO = "_photo"


class FormState:
    """Facts by name, and under `PHOTO` what has become of the photo."""

    def __init__(self, form: WorkerForm) -> None:
        self._form = form
        self.before: dict[str, Any] = {}

    def now(self) -> dict[str, Any]:
        """Everything as it stands."""
        photo = self._form.photo
        return {**self._form.draft(), PHOTO: (photo.fresh, photo.removed)}

    @property
    def typed(self) -> frozenset[str]:
        """What stands otherwise than when it was opened."""
        now = self.now()
        return frozenset(name for name in now if now[name] != self.before[name])

    @property
    def changed(self) -> bool:
        """Whether something would be lost by leaving."""
        return self.now() != self.before

    def begin(self) -> None:
        """Takes everything as it stands for what was opened."""
        self.before = self.now()

    def accept(self, names: Iterable[str]) -> None:
        """Takes these so: nobody is asked whether to keep what was filled in for them."""
        now = self.now()
        self.before |= {name: now[name] for name in names}
