"""A card that was printed again is called replaced everywhere, and only by its own nagari."""

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.card_number import card_number
from kerjadesa.domain.device import PUBLIC
from kerjadesa.hub import chains, intake
from kerjadesa.hub.home import Hub
from tests.hub.village import MUARO, NOW, SUNGAI_LANSEK, Laptop, worker


def told(hub: Hub) -> list[tuple[str, int]]:
    """What the public chain says of replaced cards."""
    with hub.reading() as session:
        said = chains.run_after(session, hub.chain(PUBLIC), 0)
    assert all(entry.subject == entry.values()["number"] for entry in said
               if entry.verb == verbs.CARD_REPLACED)  # fmt: skip
    return [
        (entry.values()["number"], entry.values()["issue"])
        for entry in said
        if entry.verb == verbs.CARD_REPLACED
    ]


def number_of(laptop: Laptop, seq: int = 1) -> str:
    return card_number(laptop.nagari, laptop.keys.device, seq)


def test_a_second_card_is_told_to_everybody_once(either_hub: Hub):
    laptop = Laptop(either_hub).enrolled()
    (subject,) = laptop.register(worker(1))
    laptop.write(verbs.CARD_PRINTED, subject, {"number": number_of(laptop), "issue": 1})
    intake.accept(either_hub, laptop.seal().data, NOW)
    assert told(either_hub) == []
    laptop.write(
        verbs.CARD_PRINTED, subject, {"number": number_of(laptop), "issue": 2, "reason": "lost"}
    )
    intake.accept(either_hub, laptop.seal().data, NOW)
    assert told(either_hub) == [(number_of(laptop), 2)]
    laptop.write(verbs.CORRECTED, subject, {"set": {"phone": "08"}, "replaces": {}})
    intake.accept(either_hub, laptop.seal().data, NOW)
    assert told(either_hub) == [(number_of(laptop), 2)]
    laptop.write(verbs.CARD_PRINTED, subject, {"number": number_of(laptop), "issue": 3})
    intake.accept(either_hub, laptop.seal().data, NOW)
    assert told(either_hub) == [(number_of(laptop), 2), (number_of(laptop), 3)]


def test_a_reprint_that_arrives_before_the_registration_is_told_once_it_is_there(hub: Hub):
    one, other = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    (subject,) = one.register(worker(1))
    other.write(verbs.CARD_PRINTED, subject, {"number": number_of(one), "issue": 2})
    intake.accept(hub, other.seal().data, NOW)
    assert told(hub) == []
    intake.accept(hub, one.seal().data, NOW)
    assert told(hub) == [(number_of(one), 2)]


def test_no_laptop_can_have_another_nagari_s_card_called_replaced(hub: Hub):
    victim, rogue = Laptop(hub, MUARO).enrolled(), Laptop(hub, SUNGAI_LANSEK).enrolled()
    (subject,) = victim.register(worker(1))
    intake.accept(hub, victim.seal().data, NOW)
    (own,) = rogue.register(worker(2, SUNGAI_LANSEK))
    rogue.write(verbs.CARD_PRINTED, own, {"number": number_of(victim), "issue": 2})
    rogue.write(verbs.CARD_PRINTED, subject, {"number": number_of(victim), "issue": 2})
    intake.accept(hub, rogue.seal().data, NOW)
    assert told(hub) == [(number_of(rogue), 2)], "only its own worker's card, by its real number"


def test_nonsense_about_issues_holds_nothing_up(hub: Hub):
    laptop = Laptop(hub).enrolled()
    (subject,) = laptop.register(worker(1))
    for issue in (10**6, -1, "2", None, [2]):
        laptop.write(verbs.CARD_PRINTED, subject, {"number": number_of(laptop), "issue": issue})
    intake.accept(hub, laptop.seal().data, NOW)
    assert told(hub) == []
    assert laptop.said(verbs.BATCH_RECEIVED)
