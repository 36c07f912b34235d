"""The two kinds of trouble a person can do something about."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that cannot stand as it is: the field turns red, the row is listed.

    `code` is stable and language-free; the sentence for it lives in `kerjadesa.sentences`.
    `facts` fill the sentence and never hold a NIK, a name or a phone number.
    """

    field: str
    code: str
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


class UserError(Exception):
    """Trouble outside the facts (a stick gone, a wrong passphrase): one sentence and a next step.

    `facts` fill the sentence and never hold a NIK, a name or a phone number: errors reach logs.
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
