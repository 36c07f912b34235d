"""What every transport owes its users, told once and run over each (see `test_mailboxes.py`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.batch import Opened, Sealed, open_batch, seal, verify_signature
from kerjadesa.exchange.enrolment import Invitation, enrol_request
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.exchange.mailbox import Mailbox

from .sample import envelope, journal, worker
from .test_enrolment import facts_of


@dataclass(frozen=True)
class Road:
    """A way between two laptops of a nagari and their district.

    `settle` lets the district act on what has come in, where it does not do so by itself;
    `arrived` lists the batches it holds, id by (sender, number).
    """

    laptop: KeyRing
    fellow: KeyRing
    mailboxes: Mapping[str, Mailbox]
    invite: Callable[[], Invitation]
    settle: Callable[[], None]
    arrived: Callable[[], Mapping[tuple[str, int], str]]

    def join(self, keys: KeyRing) -> None:
        """Enrols a laptop."""
        request = enrol_request(self.invite(), facts_of(keys), keys)
        self.mailboxes[keys.device].enrol(request, keys.device)
        self.settle()

    def batches(self, keys: KeyRing, count: int = 2) -> list[Sealed]:
        """A laptop's next batches, one worker each, readable for district and fellow."""
        entries = journal(keys.device, [worker(n) for n in range(count)])
        recipients = [self.invite().age_recipient, self.laptop.age_recipient]
        recipients.append(self.fellow.age_recipient)
        sealed: list[Sealed] = []
        for number, entry in enumerate(entries, start=1):
            previous = sealed[-1].id if sealed else ""
            sealed.append(seal(envelope(keys), number, previous, [entry], {}, keys, recipients))
        return sealed

    def deliver(self, keys: KeyRing, batch: Sealed) -> str:
        """Hands one batch in; returns what became of it."""
        manifest = batch.manifest
        mailbox = self.mailboxes[keys.device]
        return mailbox.deliver(batch.data, manifest.sender, manifest.number).status

    def collect(self, keys: KeyRing, have: Mapping[str, int] | None = None) -> list[Opened]:
        """Everything that waits for a laptop, opened with its keys."""
        found = self.mailboxes[keys.device].collect(have or {})
        return [open_batch(data, keys) for data in found]


class MailboxContract:
    """Subclasses give the fixture `road`."""

    def test_what_is_handed_in_arrives_at_the_district(self, road: Road):
        road.join(road.laptop)
        batches = road.batches(road.laptop)
        assert [road.deliver(road.laptop, batch) for batch in batches] == ["delivered"] * 2
        road.settle()
        assert road.arrived() == {
            (road.laptop.device, batch.manifest.number): batch.id for batch in batches
        }

    def test_handing_in_the_same_bytes_again_changes_nothing(self, road: Road):
        road.join(road.laptop)
        (batch,) = road.batches(road.laptop, 1)
        road.deliver(road.laptop, batch)
        assert road.deliver(road.laptop, batch) == "known"
        road.settle()
        assert road.deliver(road.laptop, batch) == "known"
        road.settle()
        assert road.arrived() == {(road.laptop.device, 1): batch.id}

    def test_another_batch_under_a_used_number_never_replaces_the_first(self, road: Road):
        road.join(road.laptop)
        first, second = road.batches(road.laptop, 1) + road.batches(road.laptop, 1)
        road.deliver(road.laptop, first)
        with pytest.raises(UserError) as caught:
            road.deliver(road.laptop, second)
        assert caught.value.code in {"batch_replay", "batch_fork"}
        road.settle()
        assert road.arrived() == {(road.laptop.device, 1): first.id}

    def test_the_receipt_comes_back_signed_by_the_district(self, road: Road):
        road.join(road.laptop)
        (batch,) = road.batches(road.laptop, 1)
        road.deliver(road.laptop, batch)
        road.settle()
        answers = road.collect(road.laptop)
        for answer in answers:
            verify_signature(answer, road.invite().minisign_public_key)
        said = [(entry.verb, entry.subject) for answer in answers for entry in answer.entries]
        assert (verbs.DEVICE_CERTIFIED, road.laptop.device) in said
        assert (verbs.BATCH_RECEIVED, batch.id) in said

    def test_what_one_laptop_registered_reaches_its_fellow_in_order(self, road: Road):
        road.join(road.laptop)
        road.join(road.fellow)
        batches = road.batches(road.laptop, 3)
        for batch in batches:
            road.deliver(road.laptop, batch)
        road.settle()
        heard = [o for o in road.collect(road.fellow) if o.manifest.sender == road.laptop.device]
        assert list(dict.fromkeys(opened.id for opened in heard)) == [b.id for b in batches]
        for opened in heard:
            verify_signature(opened, road.laptop.minisign_public_key)

    def test_a_laptop_gets_only_what_it_lacks_and_never_its_own(self, road: Road):
        road.join(road.laptop)
        for batch in road.batches(road.laptop):
            road.deliver(road.laptop, batch)
        road.settle()
        answers = road.collect(road.laptop)
        senders = [answer.manifest.sender for answer in answers]
        assert road.laptop.device not in senders
        have = {answer.manifest.sender: answer.manifest.number for answer in answers}
        assert road.collect(road.laptop, have) == []

    def test_keys_come_before_what_they_sign(self, road: Road):
        road.join(road.laptop)
        road.join(road.fellow)
        road.deliver(road.laptop, road.batches(road.laptop, 1)[0])
        road.settle()
        assert road.collect(road.fellow)[0].manifest.sender.endswith(".public")
