"""The inner archive: bombs and tricks are refused before they unfold."""

import tarfile

import pytest
import zstandard

from kerjadesa.exchange.archive import MAX_UNPACKED, TooLarge, pack, unpack
from kerjadesa.exchange.batch import MAX_SEALED, open_batch
from kerjadesa.exchange.refusal import BatchRefused

from . import sample


def member(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = ""):
    """One tar header."""
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, link
    return info


def zstd(tar: bytes, **options) -> bytes:
    """The tar in one frame."""
    return zstandard.ZstdCompressor(**options).compress(tar)


def test_what_is_packed_comes_out_again_and_the_bytes_repeat():
    files = {"manifest.json": b"{}", "entries.ndjson": b"", "photos/x.jpg": b"x" * 1025}
    assert unpack(pack(files)) == files
    assert pack(files) == pack(files)


def test_an_archive_of_the_tar_command_is_read_too():
    tar = sample.tar_of([(member("a", 3), b"abc"), (member("b", 512), b"b" * 512)])
    assert unpack(zstd(tar)) == {"a": b"abc", "b": b"b" * 512}


def test_a_bomb_is_refused_before_it_unfolds(district):
    # A gigabyte of zeros in 33 kB; stated truthfully it is refused by its own word.
    compressor = zstandard.ZstdCompressor(level=3).compressobj(size=1 << 30)
    block = bytes(1 << 20)
    bomb = b"".join(compressor.compress(block) for _ in range(1 << 10)) + compressor.flush()
    assert len(bomb) < MAX_SEALED
    with pytest.raises(TooLarge):
        unpack(bomb)
    with pytest.raises(BatchRefused) as caught:
        open_batch(sample.age(bomb, district), district)
    assert caught.value.code == "batch_too_large"


def test_a_frame_that_understates_its_size_unfolds_no_further():
    honest = zstd(bytes(5_000_000))
    stated = honest.index((5_000_000).to_bytes(4, "little"))
    lying = honest[:stated] + (1024).to_bytes(4, "little") + honest[stated + 4 :]
    assert zstandard.get_frame_parameters(lying).content_size == 1024
    with pytest.raises(ValueError, match="frame"):
        unpack(lying)


def test_a_frame_without_a_size_is_refused():
    with pytest.raises(ValueError, match="size"):
        unpack(zstd(b"x" * 1024, write_content_size=False))


def test_more_bytes_than_a_batch_sends_are_refused_unread(district):
    with pytest.raises(BatchRefused) as caught:
        open_batch(bytes(MAX_SEALED + 1), district)
    assert caught.value.code == "batch_too_large"


def test_nothing_may_follow_the_archive():
    good = pack({"a": b"abc"})
    skippable = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"more"
    for data in (good + b"x", good + good, good + skippable, skippable + good):
        with pytest.raises(ValueError, match=r"frame|tar"):
            unpack(data)
    tar = sample.tar_of([(member("a"), b"")])
    with pytest.raises(ValueError, match="follows"):
        unpack(zstd(tar + b"hidden"))


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        tarfile.CHRTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_SPARSE,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
    ],
)
def test_links_folders_devices_and_extensions_are_refused(kind):
    tar = member("entries.ndjson", 0, kind, "/etc/passwd").tobuf(tarfile.USTAR_FORMAT)
    with pytest.raises(ValueError, match="plain"):
        unpack(zstd(tar + bytes(1024)))


def test_the_same_name_twice_is_refused():
    tar = sample.tar_of([(member("a", 1), b"1"), (member("a", 1), b"2")])
    with pytest.raises(ValueError, match="twice"):
        unpack(zstd(tar))


def test_a_member_that_claims_more_than_there_is_is_refused():
    for size in (2048, 1 << 40):
        tar = member("a", size).tobuf(tarfile.GNU_FORMAT) + bytes(1024)
        with pytest.raises(ValueError, match="past the end"):
            unpack(zstd(tar))


def test_a_flood_of_empty_members_is_refused():
    tar = b"".join(member(f"f{n}").tobuf(tarfile.USTAR_FORMAT) for n in range(1100))
    with pytest.raises(TooLarge):
        unpack(zstd(tar + bytes(1024)))


def test_the_largest_batch_allowed_is_read():
    files = {"a": bytes(MAX_UNPACKED)}
    assert unpack(pack(files)) == files
    with pytest.raises(TooLarge):
        unpack(pack({"a": bytes(MAX_UNPACKED + (2 << 20))}))


def test_a_tar_cut_anywhere_is_refused_or_whole():
    files = {"a": b"abc", "b": b"x" * 700}
    tar = sample.tar_of([(member(name, len(data)), data) for name, data in files.items()])
    for cut in range(0, len(tar), 100):
        try:
            assert unpack(zstd(tar[:cut])) == files
        except ValueError:
            assert cut < 3 * 1024
