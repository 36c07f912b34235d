"""Invitations, enrolment, the trust list and revocation."""

from datetime import timedelta

import pytest
from sqlmodel import select

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.device import PUBLIC, DeviceFacts
from kerjadesa.domain.entry import verify_chain
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import enrol_request
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.hub import devices, intake
from kerjadesa.hub.devices import Certified
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Accepted, Refused
from kerjadesa.hub.tables import HubInvitation

from .village import MUARO, NOW, SUNGAI_LANSEK, Laptop, worker


def test_an_invited_device_is_certified_and_everybody_learns_its_keys(either_hub: Hub):
    far = Laptop(either_hub, SUNGAI_LANSEK).enrolled()
    laptop = Laptop(either_hub).enrolled()
    certified = {e.subject: e for e in far.said(verbs.DEVICE_CERTIFIED)}
    assert set(certified) == {far.keys.device, laptop.keys.device}
    entry = certified[laptop.keys.device]
    assert entry.device == either_hub.chain(PUBLIC)
    assert DeviceFacts.model_validate(entry.values()) == laptop.facts


def test_asking_again_gives_the_same_answer_and_no_second_entry(either_hub: Hub):
    laptop = Laptop(either_hub)
    request = laptop.request()
    first = devices.enrol(either_hub, request, NOW)
    assert first == Certified(laptop.keys.device, MUARO)
    assert devices.enrol(either_hub, request, NOW + timedelta(days=200)) == first
    assert len(laptop.said(verbs.DEVICE_CERTIFIED)) == 1


def test_an_invitation_serves_one_device_only(hub: Hub):
    one, other = Laptop(hub), Laptop(hub)
    invitation = devices.invite(hub, MUARO, "", NOW)
    devices.enrol(hub, enrol_request(invitation, one.facts, one.keys), NOW)
    again = enrol_request(invitation, other.facts, other.keys)
    assert devices.enrol(hub, again, NOW) == Refused("invitation_used")
    assert [d.device for d in devices.listed(hub)] == [one.keys.device]


def test_an_invented_code_and_an_old_invitation_are_refused(hub: Hub):
    laptop = Laptop(hub)
    invitation = devices.invite(hub, MUARO, "", NOW)
    request = enrol_request(invitation, laptop.facts, laptop.keys)
    late = NOW + timedelta(days=devices.INVITATION_DAYS, seconds=1)
    assert devices.enrol(hub, request, late) == Refused("invitation_expired")
    object.__setattr__(invitation, "code", "A" * 24)
    invented = enrol_request(invitation, laptop.facts, laptop.keys)
    assert devices.enrol(hub, invented, NOW) == Refused("invitation_unknown")
    assert devices.listed(hub) == []


def test_the_codes_themselves_are_not_kept(hub: Hub):
    code = devices.invite(hub, MUARO, "", NOW).code
    with hub.reading() as session:
        (row,) = session.exec(select(HubInvitation))
    assert code not in repr(row.model_dump())


def test_the_invitation_decides_the_nagari(hub: Hub):
    laptop = Laptop(hub)
    invitation = devices.invite(hub, SUNGAI_LANSEK, "", NOW)
    answer = devices.enrol(hub, enrol_request(invitation, laptop.facts, laptop.keys), NOW)
    assert answer == Certified(laptop.keys.device, SUNGAI_LANSEK)
    entry = Laptop(hub).enrolled().said(verbs.DEVICE_CERTIFIED)[0]
    assert entry.values()["nagari"] == SUNGAI_LANSEK


def test_a_device_of_one_nagari_cannot_slip_into_another(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.nagari = SUNGAI_LANSEK
    assert devices.enrol(hub, laptop.request(), NOW) == Refused("device_elsewhere")


def test_a_device_whose_card_numbers_would_be_anothers_is_refused(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(devices, "device_code", lambda _device: "000000")
    Laptop(hub).enrolled()
    Laptop(hub, SUNGAI_LANSEK).enrolled()
    assert devices.enrol(hub, Laptop(hub).request(), NOW) == Refused("device_code_taken")


def test_a_request_for_another_hub_or_cut_short_is_refused(hub: Hub):
    laptop = Laptop(hub)
    request = laptop.request()
    assert devices.enrol(hub, request[:-20], NOW) == Refused("enrol_damaged")
    stranger = Hub(new_keyring(), hub.engine)
    assert devices.enrol(stranger, request, NOW) == Refused("enrol_not_for_us")


def test_a_nagari_that_does_not_exist_is_not_invited(hub: Hub):
    with pytest.raises(UserError, match="nagari_unknown"):
        devices.invite(hub, "13.03.04.9999", "", NOW)
    with pytest.raises(UserError, match="hub_url_invalid"):
        devices.invite(hub, MUARO, "ftp://hub", NOW)


def test_a_revoked_device_is_named_to_all_and_cannot_come_back(either_hub: Hub):
    lost, kept = Laptop(either_hub).enrolled(), Laptop(either_hub).enrolled()
    devices.revoke(either_hub, lost.keys.device, NOW)
    devices.revoke(either_hub, lost.keys.device, NOW)
    (entry,) = kept.said(verbs.DEVICE_REVOKED)
    assert entry.subject == lost.keys.device
    assert devices.enrol(either_hub, lost.request(), NOW) == Refused("device_revoked")
    verify_chain(e for e in kept.heard() if e.device == either_hub.chain(PUBLIC))
    with pytest.raises(UserError, match="device_unknown"):
        devices.revoke(either_hub, "0" * 20, NOW)


def test_laptops_of_a_nagari_read_each_other_and_nobody_elses(either_hub: Hub):
    one, other = Laptop(either_hub).enrolled(), Laptop(either_hub).enrolled()
    far = Laptop(either_hub, SUNGAI_LANSEK).enrolled()
    one.send(worker(1))
    senders = {o.manifest.sender for o in other.collect()}
    assert senders == {either_hub.chain(PUBLIC), either_hub.chain(MUARO), one.keys.device}
    assert {o.manifest.sender for o in far.collect()} == {either_hub.chain(PUBLIC)}
    (brought,) = [o for o in other.collect() if o.manifest.sender == one.keys.device]
    assert (brought.id, brought.entries) == (one.batches[0].id, one.entries)


def test_what_a_lost_laptop_had_sent_still_reaches_its_colleagues(hub: Hub):
    lost, kept = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    lost.send(worker(1))
    devices.revoke(hub, lost.keys.device, NOW)
    assert lost.batches[0].id in {opened.id for opened in kept.collect()}


def test_the_hubs_batches_follow_each_other_and_are_cut_only_when_something_is_new(hub: Hub):
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1))
    first = [o.manifest for o in laptop.collect() if o.manifest.sender == hub.chain(MUARO)]
    assert [m.number for m in first] == [1]
    assert first == [o.manifest for o in laptop.collect() if o.manifest.sender == hub.chain(MUARO)]
    assert first[0].have == {laptop.keys.device: 1}
    laptop.send(worker(2))
    both = [o for o in laptop.collect() if o.manifest.sender == hub.chain(MUARO)]
    assert [o.manifest.number for o in both] == [1, 2]
    assert both[1].manifest.previous == both[0].id


def test_a_restored_register_brings_the_name_it_wrote_under_before(either_hub: Hub):
    former, restored = Laptop(either_hub), Laptop(either_hub)
    invitation = devices.invite(either_hub, MUARO, "", NOW)
    asked = enrol_request(invitation, restored.facts, restored.keys, [(former.facts, former.keys)])
    assert devices.enrol(either_hub, asked, NOW) == Certified(restored.keys.device, MUARO)
    assert devices.enrol(either_hub, asked, NOW) == Certified(restored.keys.device, MUARO)
    known = {device.device for device in devices.listed(either_hub)}
    assert known == {former.keys.device, restored.keys.device}
    assert len(restored.said(verbs.DEVICE_CERTIFIED)) == 2


def test_nobody_brings_a_name_whose_key_they_do_not_hold(hub: Hub):
    other, thief = Laptop(hub), Laptop(hub)
    invitation = devices.invite(hub, MUARO, "", NOW)
    forged = enrol_request(invitation, thief.facts, thief.keys, [(other.facts, thief.keys)])
    assert devices.enrol(hub, forged, NOW) == Refused("enrol_damaged")
    assert devices.listed(hub) == []


def test_a_revoked_device_never_comes_back_behind_a_restored_one(hub: Hub):
    lost, restored = Laptop(hub).enrolled(), Laptop(hub)
    devices.revoke(hub, lost.keys.device, NOW)
    invitation = devices.invite(hub, MUARO, "", NOW)
    asked = enrol_request(invitation, restored.facts, restored.keys, [(lost.facts, lost.keys)])
    assert devices.enrol(hub, asked, NOW) == Certified(restored.keys.device, MUARO)
    found = devices.find(hub, lost.keys.device)
    assert found is not None
    assert found.revoked_at


def test_the_district_lets_a_revoked_device_hand_over_what_it_had_left(either_hub: Hub):
    lost, kept = Laptop(either_hub).enrolled(), Laptop(either_hub).enrolled()
    devices.revoke(either_hub, lost.keys.device, NOW)
    assert lost.send(worker(1)) == Refused("device_revoked")
    devices.reinstate(either_hub, lost.keys.device, NOW)
    devices.reinstate(either_hub, lost.keys.device, NOW)
    assert isinstance(intake.accept(either_hub, lost.batches[-1].data, NOW), Accepted)
    certified = [e.subject for e in kept.said(verbs.DEVICE_CERTIFIED)]
    assert certified.count(lost.keys.device) == 2
    with pytest.raises(UserError, match="device_unknown"):
        devices.reinstate(either_hub, "0" * 20, NOW)


def restored(hub: Hub) -> tuple[Laptop, Laptop]:
    """A former device the district never knew, and the restored register that brought it along."""
    former, fresh = Laptop(hub), Laptop(hub)
    invitation = devices.invite(hub, MUARO, "", NOW)
    asked = enrol_request(invitation, fresh.facts, fresh.keys, [(former.facts, former.keys)])
    assert devices.enrol(hub, asked, NOW) == Certified(fresh.keys.device, MUARO)
    return former, fresh


def test_who_stole_a_restored_laptop_does_not_go_on_in_its_former_name(either_hub: Hub):
    kept, (former, stolen) = Laptop(either_hub).enrolled(), restored(either_hub)
    assert devices.revoke(either_hub, stolen.keys.device, NOW) == [former.keys.device]
    assert former.send(worker(1)) == Refused("device_revoked")
    assert {e.subject for e in kept.said(verbs.DEVICE_REVOKED)} == {
        former.keys.device,
        stolen.keys.device,
    }
    assert isinstance(kept.send(worker(2)), Accepted)
    assert devices.revoke(either_hub, stolen.keys.device, NOW) == []


def test_a_lost_laptop_is_revoked_without_the_register_that_was_restored_from_it(hub: Hub):
    lost, alive = restored(hub)
    assert devices.revoke(hub, lost.keys.device, NOW) == []
    assert isinstance(alive.send(worker(1)), Accepted)


def test_the_district_lets_in_each_name_by_itself(hub: Hub):
    former, fresh = restored(hub)
    devices.revoke(hub, fresh.keys.device, NOW)
    assert devices.reinstate(hub, fresh.keys.device, NOW) == [former.keys.device]
    assert isinstance(fresh.send(worker(1)), Accepted)
    assert former.send(worker(2)) == Refused("device_revoked")
    assert devices.reinstate(hub, former.keys.device, NOW) == []
    assert devices.reinstate(hub, fresh.keys.device, NOW) == []
    assert isinstance(intake.accept(hub, former.batches[-1].data, NOW), Accepted)


def test_a_laptop_the_district_knew_before_is_not_revoked_with_the_one_restored_from_it(hub: Hub):
    working, fresh = Laptop(hub).enrolled(), Laptop(hub)
    invitation = devices.invite(hub, MUARO, "", NOW)
    asked = enrol_request(invitation, fresh.facts, fresh.keys, [(working.facts, working.keys)])
    devices.enrol(hub, asked, NOW)
    assert devices.revoke(hub, fresh.keys.device, NOW) == []
    assert isinstance(working.send(worker(1)), Accepted)
