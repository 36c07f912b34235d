"""Drives the window through a ceremony, for photographs and to look for faults."""

from collections.abc import Callable, Iterator

from kerjadesa.actions.ceremonies import ceremonies
from kerjadesa.actions.hand_over import guests
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.ui.window import Window
from tests.ui.verify_states import card_of, issue_with_key_id, row_of


def hand_over(window: Window, rest: Callable[[], object]) -> Iterator[str]:
    """A ceremony from the plan to the day: waiting, handed, handed before, absent, forged, left."""
    assert window.desk is not None and window.office is not None
    desk, office = window.desk, window.office
    desk.go("ceremony")
    yield "ceremony-empty"
    page = desk.page("ceremony")
    page.plan_new()
    rest()
    page.plan.place.setText("Balai Nagari Muaro")
    yield "ceremony-plan"
    page.plan.save()
    rest()
    yield "ceremony"
    page.begin()
    day = page.day
    yield "day-waiting"
    everybody = guests(office, ceremonies(office)[0].id)
    first = next(guest for guest in everybody if guest.photo)
    row = row_of(office, first.card_number)
    day.look_up(card_of(row, office.keys, office.now()))
    yield "day-scanned"
    day.serve()
    yield "day-handed"
    other = next(guest for guest in everybody if guest.worker != first.worker)
    day.look_up(other.seat)
    day.look_up(first.seat)
    yield "day-handed-before"
    day.look_up(other.seat)
    day.ask_absent()
    yield "day-absent"
    day.stage.absent.words.returnPressed.emit()
    yield "day-absent-written"
    day.ask_proxy()
    yield "day-proxy"
    day._resume()
    day.look_up(issue_with_key_id(row, new_keyring(), office.keys.key_id, office.now()))
    yield "day-forged"
    day.show_remaining()
    yield "day-remaining"
    day.leave()
    rest()
    yield "ceremony-after"
    page.show_list()
    yield "ceremony-list"
