"""What a clerk without internet learns of a card: replaced, revoked, ended; how old the news is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.former import keys_to_text
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import register
from kerjadesa.actions.send import send_to_hub
from kerjadesa.actions.verify_card import (
    OLD_NEWS_DAYS,
    Checked,
    check_card,
    district_news,
)
from kerjadesa.cards.verify import TrustedKey
from kerjadesa.exchange import https
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.hub import devices
from kerjadesa.hub.api import create_app
from kerjadesa.store.store import FORMER
from tests.actions.test_restore import Wire
from tests.office_kit import Clock, District, opened, worker
from tests.ui.verify_states import (
    card_of,
    every_verdict,
    in_touch,
    join,
    printed,
    registered,
    row_of,
)

FAR = "13.03.06.2001"


@dataclass
class Country:
    """A laptop that prints cards, one 40 km away, and their district."""

    here: Office
    far: Office
    district: District
    stick: Path
    clock: Clock

    def meet(self) -> None:
        """News goes up from here and down to the other."""
        in_touch([self.here, self.far], self.district, self.stick)
        in_touch([self.far], self.district, self.stick)


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    clock, district = Clock(), District(tmp_path / "district")
    with (
        opened(tmp_path / "here", clock) as here,
        opened(tmp_path / "far", clock, nagari=FAR) as far,
    ):
        made = Country(here, far, district, tmp_path / "stick", clock)
        for office in (here, far):
            join(office, district, made.stick)
        made.meet()
        yield made


def codes(checked: Checked) -> list[str]:
    return [caution.code for caution in checked.cautions]


def test_a_card_printed_again_makes_the_earlier_one_replaced_here_at_once(
    country: Country,
) -> None:
    row = registered(country.here, 1)
    first = card_of(row, country.here.keys, country.clock())
    printed(country.here, row)
    assert check_card(country.here, first, country.clock()).verdict.status == "genuine"
    printed(country.here, row, 2)
    second = card_of(row, country.here.keys, country.clock(), issue=2)
    checked = check_card(country.here, first, country.clock())
    assert (checked.verdict.status, codes(checked)) == ("replaced", ["card_later_issue"])
    assert checked.cautions[0].facts == {"issue": 2}
    assert check_card(country.here, second, country.clock()).verdict.status == "genuine"


def test_a_clerk_far_away_learns_from_the_districts_stick_that_a_card_was_replaced(
    country: Country,
) -> None:
    row = registered(country.here, 1)
    first, second = (
        card_of(row, country.here.keys, country.clock(), issue=number) for number in (1, 2)
    )
    printed(country.here, row)
    country.meet()
    assert check_card(country.far, first, country.clock()) == Checked(
        check_card(country.far, first, country.clock()).verdict
    ), "nobody there knows the worker"
    printed(country.here, row, 2)
    country.meet()
    checked = check_card(country.far, first, country.clock())
    assert (checked.verdict.status, checked.known) == ("replaced", None)
    assert check_card(country.far, second, country.clock()).verdict.status == "genuine"
    # Replaced beats out of date: the owner has a newer card to ask for.
    late = country.clock() + timedelta(days=400)
    assert check_card(country.far, first, late).verdict.status == "replaced"


def test_whoever_is_registered_here_is_shown_with_photo_and_a_masked_nik(
    country: Country,
) -> None:
    from kerjadesa.actions.invent import portrait

    row = registered(country.here, 1, portrait(1))
    checked = check_card(
        country.here, card_of(row, country.here.keys, country.clock()), country.clock()
    )
    assert checked.known is not None and checked.known.photo is not None
    assert checked.known.nik_masked != row.nik
    assert row.nik not in repr(checked) and row.name not in repr(checked.known)


def test_a_card_outlives_an_enrolment_but_not_without_a_word(country: Country) -> None:
    row = registered(country.here, 1)
    card = card_of(row, country.here.keys, country.clock())
    end_enrolment(country.here, row.id, "moved", country.here.today)
    assert isinstance(correct(country.here, row.id, {"name": "Upik Betul Contoh"}), Corrected)
    checked = check_card(country.here, card, country.clock())
    assert checked.verdict.status == "genuine"
    assert set(codes(checked)) == {"card_enrolment_ended", "card_name_differs"}


def test_a_revoked_laptop_s_cards_count_only_for_people_the_register_knows(
    country: Country,
) -> None:
    honest = registered(country.here, 1)
    card = card_of(honest, country.here.keys, country.clock())
    with opened(country.stick.parent / "colleague", country.clock) as colleague:
        join(colleague, country.district, country.stick)
        in_touch([country.here, colleague], country.district, country.stick)
        in_touch([colleague], country.district, country.stick)
        devices.revoke(country.district.hub, country.here.keys.device, country.clock())
        in_touch([colleague, country.far], country.district, country.stick)

        known = check_card(colleague, card, country.clock())
        assert (known.verdict.status, codes(known)) == ("genuine", ["issuer_revoked_known"])
        # A thief who has the laptop takes a real number and writes his own name.
        stolen = card_of(honest, country.here.keys, country.clock(), name="Pencuri Contoh")
        false = check_card(colleague, stolen, country.clock())
        assert (false.verdict.status, codes(false)) == ("unknown_key", ["issuer_revoked"])
        assert false.known is None
        # Or he registers somebody and antedates the card: that registration reached nobody.
        made_up = registered(country.here, 9)
        antedated = card_of(
            made_up, country.here.keys, country.clock() - timedelta(days=30), valid_from=None
        )
        assert check_card(colleague, antedated, country.clock()).verdict.status == "unknown_key"
    # Where the worker is not registered nobody can tell a thief's card from an honest one.
    away = check_card(country.far, card, country.clock())
    assert (away.verdict.status, codes(away)) == ("unknown_key", ["issuer_revoked"])
    with_borrowed_id = every_verdict(country.far)["forged"]
    assert check_card(country.far, with_borrowed_id, country.clock()).verdict.status == "forged"


def test_another_issuers_p256_card_is_genuine_once_its_key_is_trusted(country: Country) -> None:
    import claim169

    private = ec.derive_private_key(4242, ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    text = claim169.encode_with_ecdsa_p256(
        claim169.Claim169Input(id="KOTA-7", full_name="Mak Uniang Contoh"),
        claim169.CwtMetaInput(issuer="kota.example", expires_at=1798761600),
        (4242).to_bytes(32),
    )
    assert check_card(country.here, text, country.clock()).verdict.status == "unknown_key"
    trusted = check_card(country.here, text, country.clock(), [TrustedKey(point)])
    assert (trusted.verdict.status, trusted.known) == ("genuine", None)


def test_the_page_knows_how_old_its_news_is(tmp_path: Path) -> None:
    clock, district = Clock(), District(tmp_path / "district")
    with opened(tmp_path / "home", clock) as office:
        assert not district_news(office).enrolled
        join(office, district, tmp_path / "stick")
        assert district_news(office).days_old(clock()) == 0
        clock.at += timedelta(days=OLD_NEWS_DAYS + 1, hours=1)
        assert district_news(office).days_old(clock()) == OLD_NEWS_DAYS + 1


def test_a_send_the_district_has_nothing_to_say_to_is_news_of_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, district, url = Clock(), District(tmp_path / "district"), "http://127.0.0.1"
    app, client = create_app(district.hub, clock), httpx.Client
    monkeypatch.setattr(https.httpx, "Client", lambda **how: client(transport=Wire(app), **how))
    with opened(tmp_path / "home", clock) as office:
        enrol(office, devices.invite(district.hub, office.place.code, url, clock()).to_text())
        send_to_hub(office)
        clock.at += timedelta(days=OLD_NEWS_DAYS + 1, hours=1)
        assert district_news(office).days_old(clock()) == OLD_NEWS_DAYS + 1
        send_to_hub(office)
        assert district_news(office).days_old(clock()) == 0


def test_every_verdict_is_told_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        for status, text in every_verdict(office).items():
            assert check_card(office, text, office.now()).verdict.status == status


def test_a_register_that_was_never_here_judges_by_the_key_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        made = register(office, worker(1))
        row = row_of(office, made.card_number)
        printed(office, row, 3)
        old = card_of(row, office.keys, office.now())
        key = TrustedKey(office.keys.ed25519.public_key().public_bytes_raw())
        assert check_card(office, old, office.now()).verdict.status == "replaced"
        assert check_card(None, old, office.now(), [key]).verdict.status == "genuine"
        assert check_card(None, old, office.now()).verdict.status == "unknown_key"


def test_cards_from_before_a_restore_stay_genuine(tmp_path: Path) -> None:
    before = new_keyring()
    with opened(tmp_path / "home") as office:
        card = card_of(registered(office, 1), before, office.now())
        assert check_card(office, card, office.now()).verdict.status == "unknown_key"
        with office.store.unit(office.now()) as unit:
            unit.set(FORMER, {before.device: keys_to_text(before)})
        assert check_card(office, card, office.now()).verdict.status == "genuine"
