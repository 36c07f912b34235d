"""Batches: whole, small, and refused at every layer when tampered with."""

import json
import tarfile
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import write
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.batch import (
    MAX_SEALED,
    fit,
    open_batch,
    photo_named,
    rewrap,
    seal,
    verify_signature,
)
from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.exchange.manifest import follows, is_reader
from kerjadesa.exchange.refusal import BatchRefused
from tests.domain.said import erased

from . import sample
from .sample import MUARO, envelope, forged, inside, journal, photo, sealed, worker


def refusal(data: bytes, keys: KeyRing) -> str:
    """The code with which a batch is refused."""
    with pytest.raises(BatchRefused) as caught:
        open_batch(data, keys)
    return caught.value.code


def test_what_was_registered_arrives_entry_by_entry(laptop, district):
    sha, jpeg = photo(1)
    entries = journal(laptop.device, [worker(1, photo=sha), worker(2)])
    batch = seal(envelope(laptop), 1, "", entries, {sha: jpeg}, laptop, [district.age_recipient])
    opened = open_batch(batch.data, district)
    verify_signature(opened, laptop.minisign_public_key)
    assert opened.entries == entries
    assert opened.photos == {sha: jpeg}
    assert (opened.id, opened.manifest) == (batch.id, batch.manifest)
    assert is_reader(opened.manifest, district.device, "district")
    assert is_reader(opened.manifest, "f" * 20, MUARO)
    assert not is_reader(opened.manifest, "f" * 20, "13.03.04.2002")


def test_an_erased_person_travels_without_a_word_and_the_chain_still_verifies(laptop, district):
    entries = journal(laptop.device, [worker(1), worker(2), worker(3)])
    entries[1] = erased(entries[1])
    batch = seal(envelope(laptop), 1, "", entries, {}, laptop, [district.age_recipient])
    assert worker(2)["nik"].encode() not in inside(batch, district)["entries.ndjson"]
    assert open_batch(batch.data, district).entries == entries


def test_a_batch_without_entries_carries_what_the_sender_holds(laptop, district):
    head = envelope(laptop, have={f"{district.device}.public": 4})
    batch = seal(head, 1, "", [], {}, laptop, [district.age_recipient])
    opened = open_batch(batch.data, district)
    assert opened.entries == []
    assert opened.manifest.have == {f"{district.device}.public": 4}


def test_the_same_content_gives_the_same_batch_whoever_reads_it(laptop, district, stranger):
    entries = journal(laptop.device, [worker(1)])
    one = seal(envelope(laptop), 1, "", entries, {}, laptop, [district.age_recipient])
    two = seal(envelope(laptop), 1, "", entries, {}, laptop, [stranger.age_recipient])
    assert one.id == two.id
    assert inside(one, district) == inside(two, stranger)


def test_the_sender_can_open_its_own_batch_again(laptop, district):
    batch = sealed(laptop, district)
    assert open_batch(batch.data, laptop).id == batch.id


def test_a_batch_sealed_anew_for_a_fellow_is_the_same_batch(laptop, district, stranger):
    batch = sealed(laptop, district)
    again = rewrap(batch.data, district, [stranger.age_recipient])
    opened = open_batch(again, stranger)
    verify_signature(opened, laptop.minisign_public_key)
    assert opened.id == batch.id
    assert refusal(again, district) == "batch_not_for_us"


def test_a_full_batch_still_fits_when_sealed_for_forty_readers(laptop, district):
    entries = journal(laptop.device, [worker(n) for n in range(2200)])
    full = next(
        fit(envelope(laptop), 1, "", entries, lambda _: None, laptop, [district.age_recipient])
    )
    assert len(full.data) > 0.9 * MAX_SEALED
    readers = [new_keyring() for _ in range(40)]
    again = rewrap(full.data, district, [reader.age_recipient for reader in readers])
    assert open_batch(again, readers[-1]).id == full.id


def test_a_worker_without_photo_costs_less_than_two_hundred_bytes(laptop, district):
    entries = journal(laptop.device, [worker(n) for n in range(500)])
    batches = list(
        fit(envelope(laptop), 1, "", entries, lambda _: None, laptop, [district.age_recipient])
    )
    each = sum(len(batch.data) for batch in batches) / len(entries)
    print(f"{each:.0f} bytes a worker without photo")
    assert each <= 200


def test_a_long_run_with_photos_becomes_few_batches_in_order(laptop, district):
    photos = dict(photo(n) for n in range(20))
    bodies = [worker(n) if n % 3 else worker(n, photo=list(photos)[n // 3]) for n in range(60)]
    entries = journal(laptop.device, bodies)
    batches = list(
        fit(envelope(laptop), 7, "ab" * 32, entries, photos.get, laptop, [district.age_recipient])
    )
    opened = [open_batch(batch.data, district) for batch in batches]
    assert [entry for part in opened for entry in part.entries] == entries
    assert {name for part in opened for name in part.photos} == set(photos)
    assert all(
        set(part.photos) == {n for n in map(photo_named, part.entries) if n} for part in opened
    )
    assert [part.manifest.number for part in opened] == list(range(7, 7 + len(opened)))
    assert [part.manifest.previous for part in opened] == ["ab" * 32, *[p.id for p in opened[:-1]]]
    assert all(len(batch.data) <= MAX_SEALED for batch in batches)
    # 20 photos of 20 kB: six fit into a batch, seven do not.
    assert len(batches) == 4


def test_the_new_photo_of_a_correction_travels_with_it(laptop, district):
    sha, jpeg = photo(1)
    first = journal(laptop.device, [worker(1)])[0]
    correction = write(
        device=laptop.device,
        seq=2,
        hlc=first.hlc,
        operator="Operator Contoh",
        verb=verbs.CORRECTED,
        subject=first.subject,
        values={"set": {"photo": sha}, "replaces": {}},
        salt=bytes(16),
        prev=first.hash,
    )
    (batch,) = fit(
        envelope(laptop),
        1,
        "",
        [first, correction],
        {sha: jpeg}.get,
        laptop,
        [district.age_recipient],
    )
    assert open_batch(batch.data, district).photos == {sha: jpeg}


def test_one_entry_too_large_for_any_batch_is_told_not_dropped(laptop, district):
    sha, jpeg = photo(1, size=200_000)
    entries = journal(laptop.device, [worker(1, photo=sha)])
    with pytest.raises(UserError) as caught:
        list(
            fit(envelope(laptop), 1, "", entries, {sha: jpeg}.get, laptop, [district.age_recipient])
        )
    assert (caught.value.code, caught.value.facts) == ("batch_entry_too_large", {"entry": 1})


def test_a_batch_for_others_stays_closed(laptop, district, stranger):
    assert refusal(sealed(laptop, district).data, stranger) == "batch_not_for_us"


def test_a_batch_cut_short_or_flipped_is_damaged(laptop, district):
    data = sealed(laptop, district).data
    assert refusal(data[:-1], district) == "batch_damaged"
    assert refusal(data[:200], district) == "batch_damaged"
    assert refusal(b"", district) == "batch_damaged"
    assert refusal(data + b"x", district) == "batch_damaged"
    assert refusal(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], district) == "batch_damaged"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_are_refused_and_never_surprise(junk):
    keys = _KEYS
    assert refusal(junk, keys) == "batch_damaged"
    assert refusal(sample.age(junk, keys), keys) == "batch_damaged"
    assert refusal(sample.wrapped(junk, keys), keys) == "batch_damaged"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_byte_in_any_file_is_noticed(data):
    files = dict(_FILES)
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = files[name][:at] + bytes([files[name][at] ^ flip]) + files[name][at + 1 :]
    members = []
    for member_name, content in {**files, name: changed}.items():
        member = tarfile.TarInfo(member_name)
        member.size = len(changed if member_name == name else content)
        members.append((member, changed if member_name == name else content))
    try:
        opened = open_batch(sample.wrapped(sample.tar_of(members), _KEYS), _KEYS)
        verify_signature(opened, _LAPTOP.minisign_public_key)
    except BatchRefused:
        return
    # minisign's untrusted comment is what it says, and Base64 has a few idle bits.
    assert name == "manifest.json.minisig"
    assert opened.manifest_bytes == files["manifest.json"]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(max_codepoint=127)),
        st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.none() | st.booleans(),
    )
)
def test_any_body_the_journal_can_hold_survives_the_journey(body):
    entries = journal(_LAPTOP.device, [body])
    batch = seal(envelope(_LAPTOP), 1, "", entries, {}, _LAPTOP, [_KEYS.age_recipient])
    assert open_batch(batch.data, _KEYS).entries == entries


_KEYS, _LAPTOP = new_keyring(), new_keyring()
_FILES = inside(sealed(_LAPTOP, _KEYS), _KEYS)


def test_another_device_cannot_sign_in_the_senders_name(laptop, district, stranger):
    files = inside(sealed(laptop, district), district)
    opened = open_batch(forged(files, district, signer=stranger), district)
    for key in (laptop.minisign_public_key, stranger.minisign_public_key, "no key"):
        with pytest.raises(BatchRefused, match="batch_signature"):
            verify_signature(opened, key)


def test_a_signature_over_another_manifest_is_refused(laptop, district):
    files = inside(sealed(laptop, district), district)
    opened = open_batch(forged(files, district, number=2), district)
    with pytest.raises(BatchRefused, match="batch_signature"):
        verify_signature(opened, laptop.minisign_public_key)
    files["manifest.json.minisig"] = b"nothing\nof\nthe\nkind"
    opened = open_batch(forged(files, district), district)
    with pytest.raises(BatchRefused, match="batch_signature"):
        verify_signature(opened, laptop.minisign_public_key)


def _span(**changes):
    return [{**json.loads(_FILES["manifest.json"])["ranges"][0], **changes}]


@pytest.mark.parametrize(
    "lie",
    [
        {"counts": {"entries": 4, "photos": 0}},
        {"counts": {"entries": 3, "photos": 1}},
        {"files": {"entries.ndjson": "0" * 64}},
        {"files": {}},
        {"unpacked": 10**6},
        {"readers": []},
        {"readers": ["everybody"]},
        {"number": 0},
        {"number": "1"},
        {"number": True},
        {"sender": "../../etc"},
        {"sender": f"{'0' * 20}.13.03.04.2001\n"},
        {"previous": "xyz"},
        {"ranges": []},
        {"ranges": _span(last=4)},
        {"ranges": _span(last=2)},
        {"ranges": _span(first=2, last=4)},
        {"ranges": _span(prev="11" * 32)},
        {"ranges": _span(hash="11" * 32)},
        {"ranges": _span(device="0" * 20)},
        {"ranges": _span() * 2},
        {"surprise": 1},
        {"format": "something-else"},
        {"schema": 0},
        {"schema": "1"},
        {"created": "yesterday"},
        {"have": {"nobody": 1}},
    ],
    ids=map(str, count()),
)
def test_a_manifest_that_does_not_fit_is_refused(lie):
    data = forged(_FILES, _KEYS, signer=_LAPTOP, **lie)
    assert refusal(data, _KEYS) == "batch_damaged"


def test_a_batch_of_a_newer_program_says_so():
    data = forged(_FILES, _KEYS, signer=_LAPTOP, schema=2, novelty={"much": "more"})
    assert refusal(data, _KEYS) == "batch_schema_newer"


def test_more_inside_than_stated_is_too_large():
    data = forged(_FILES, _KEYS, signer=_LAPTOP, unpacked=10)
    assert refusal(data, _KEYS) == "batch_too_large"


@pytest.mark.parametrize("name", ["manifest.json.minisig", "entries.ndjson"])
def test_a_batch_that_lacks_a_file_is_refused(name):
    files = {key: data for key, data in _FILES.items() if key != name}
    assert refusal(forged(files, _KEYS), _KEYS) == "batch_damaged"


@pytest.mark.parametrize(
    "name", ["readme.txt", "../../outside.txt", f"photos/{'0' * 64}.jpg", "photos/hello.jpg"]
)
def test_a_file_under_another_name_than_its_own_sum_is_refused(name):
    files = {**_FILES, name: b"hello"}
    told = {"counts": {"entries": 3, "photos": 1}}
    assert refusal(forged(files, _KEYS, signer=_LAPTOP, **told), _KEYS) == "batch_damaged"


_LINE = json.loads(_FILES["entries.ndjson"].splitlines()[0])


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"null",
        b"{}",
        b"not json",
        b"[" * 5000,
        *(
            json.dumps({**_LINE, **lie}).encode()
            for lie in (
                {"hlc": "yesterday"},
                {"operator": "x" * 201},
                {"operator": "two\nlines"},
                {"verb": 7},
                {"salt": "00"},
                {"salt": None},
                {"salt": "zz" * 16},
                {"body": []},
                {"body": {"income_base": 1.5}},
                {"body": {"income_base": float("nan")}},
                {"body": {"name": "\ud800"}},
                {"more": 1},
            )
        ),
    ],
    # The values hold keys made anew each time, and tests run in several processes.
    ids=map(str, count()),
)
def test_a_line_that_is_no_entry_is_refused(line):
    lines = [line, *_FILES["entries.ndjson"].splitlines()[1:]]
    files = {**_FILES, "entries.ndjson": b"\n".join(lines) + b"\n"}
    assert refusal(forged(files, _KEYS, signer=_LAPTOP), _KEYS) == "batch_damaged"


def test_what_follows_what_in_a_senders_chain(laptop, district):
    first = sealed(laptop, district)
    second = sealed(laptop, district, number=2, previous=first.id)
    other = sealed(laptop, district, number=1)
    held = {1: first.id}.get

    assert follows(first.manifest, first.id, 0, {}.get) == "next"
    assert follows(second.manifest, second.id, 0, {}.get) == "gap"
    assert follows(second.manifest, second.id, 1, held) == "next"
    assert follows(first.manifest, first.id, 1, held) == "known"
    assert follows(other.manifest, other.id, 1, held) == "replay"
    assert follows(second.manifest, second.id, 1, {1: other.id}.get) == "replay"
