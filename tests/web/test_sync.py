"""What a device sends is kept once, by the room's ordinary act, and answered for what it is."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from device import NOW, Device, text
from kith.base import clock
from kith.maps.readings import drawing, my_maps
from kith.moments import readings as moments
from kith.moments.nouns import Moment
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.journal import Erasure
from kith.records.models import LedgerLine, Record
from kith.records.only_me import WORDS, OwnKeys
from kith.records.sealing import keyring
from kith.web import sync
from kith.web.models import Arrival
from kith.web.whose import tag as whose_tag
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TEA = {"words": "Tea with T. canary-71c2"}


@pytest.fixture
def who() -> Viewer:
    return viewer("A.")


@pytest.fixture
def device(who: Viewer) -> Device:
    client = Client(enforce_csrf_checks=True)
    signed_in(client, who)
    return Device(client)


def words(who: Viewer) -> list[str]:
    return [entry.noun.words for entry in moments.moments(who)]


# One entry


def test_an_entry_becomes_a_record_of_its_author_with_a_ledger_line(
    device: Device, who: Viewer
) -> None:
    entry = device.keep("moment.note", TEA)
    assert device.send() == [200]
    record = Record.objects.get(id=entry.id)
    assert (record.author, record.space) == (who.person, who.notebook)
    assert record.made_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert words(who) == [TEA["words"]]
    assert LedgerLine.objects.order_by("-number")[0].act == "moment.note"


def test_the_same_again_is_answered_the_same_and_kept_once(device: Device, who: Viewer) -> None:
    device.keep("moment.note", TEA)
    assert [device.send() for _ in range(3)] == [[200]] * 3
    assert (len(words(who)), LedgerLine.objects.count()) == (1, 1)


def test_what_is_only_ones_own_and_shut_waits_on_the_device(device: Device, who: Viewer) -> None:
    theirs = OwnKeys(keyring(), who.me)
    own = theirs.begin(WORDS, bytes(32))
    theirs.choose("map", own)
    device.keep("moment.note", TEA)
    assert device.send() == [423]
    assert words(who) == []
    theirs.give_back("map", own)
    assert device.send() == [200]
    assert words(who) == [TEA["words"]]


def test_other_bytes_under_the_same_id_are_a_clash_and_change_nothing(
    device: Device, who: Viewer
) -> None:
    first = device.keep("moment.note", TEA)
    device.send()
    second = device.keep("moment.note", {"words": "Something else."}, id=first.id)
    assert device.send(second) == [409]
    assert words(who) == [TEA["words"]]
    assert device.send(first) == [200]


def test_what_was_noted_on_a_page_meanwhile_clashes_only_if_it_says_something_else(
    device: Device, who: Viewer
) -> None:
    entry = device.keep("moment.note", {"words": "Tea."})
    form = {"id": entry.id, "words": "Tea.", "happened": "yes", "when": "now"}
    page = Client()
    signed_in(page, who)
    assert page.post("/notes/write/", form).status_code == 302
    assert device.send() == [200]
    assert device.send(device.keep("moment.note", {"words": "Coffee."}, id=entry.id)) == [409]


def test_what_was_erased_stays_erased(device: Device, who: Viewer) -> None:
    entry = device.keep("moment.note", TEA)
    device.send()
    erasure.erase(Erasure(act="moment.erase", actor=who.me, records=(entry.id,)))
    assert device.send() == [410]
    assert words(who) == []


# Nothing is taken for what it is not


def test_bytes_that_were_torn_are_never_stored(device: Device) -> None:
    entry = device.keep("moment.note", TEA)
    short = entry.sealed[:-1]
    for other in (
        {"sealed": text(short)},
        {"length": len(short)},
        {"digest": text(bytes(32))},
        {"sealed": text(bytes([entry.sealed[0]]) + bytes(len(short)))},
    ):
        told = device.put(entry.item(**other)).json()["items"][0]
        assert (told["status"], told["why"]) == (400, "bytes-torn")
    assert not Record.objects.exists()


def test_a_body_that_is_not_whole_is_refused_as_a_whole(device: Device) -> None:
    entry = device.keep("moment.note", TEA)
    answer = device.put(entry.item(), **{"Content-Digest": f"sha-256=:{text(bytes(32))}:"})
    assert (answer.status_code, answer.json()) == (400, {"why": "bytes-torn"})
    for items in ([], [{}], [entry.item()] * 26, [entry.item(seq=0)]):
        assert device.put(*items).status_code == 400
    assert not Record.objects.exists()


def test_one_that_cannot_be_taken_does_not_hold_up_the_others(device: Device, who: Viewer) -> None:
    device.keep("moment.note", {"words": "One."})
    device.keep("moment.note", {"words": " "})
    device.keep("moment.remove", {"thing": str(uuid4())})
    device.keep("no.such-act", {})
    device.keep("moment.note", {"words": "Two."}, v=2)
    device.keep("moment.note", {"words": "Three."})
    assert device.send() == [200, 422, 422, 422, 422, 200]
    assert sorted(words(who)) == ["One.", "Three."]


def test_what_breaks_is_to_be_sent_again_and_says_nothing_of_its_content(
    device: Device, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> UUID:
        raise RuntimeError("canary-71c2")

    entry = device.keep("moment.note", TEA)
    monkeypatch.setitem(sync._handlers, "moment.note", broken)
    answer = device.put(entry.item())
    assert answer.json()["items"][0]["status"] == 503
    assert b"canary" not in answer.content
    monkeypatch.undo()
    assert device.send() == [200]


def test_nothing_is_kept_of_an_entry_whose_arrival_cannot_be_noted(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError

    device.keep("moment.note", TEA)
    monkeypatch.setattr(Arrival, "save", full)
    assert device.send() == [503]
    assert not Record.objects.exists()


def test_an_answer_repeats_nothing_that_was_written(device: Device) -> None:
    entry = device.keep("moment.note", {**TEA, "kinds": ["canary-71c2"]})
    answer = device.put(entry.item())
    assert answer.json()["items"][0]["status"] == 422
    assert b"canary" not in answer.content


# Whose it is


def test_another_person_on_the_device_cannot_send_it(device: Device) -> None:
    entry = device.keep("moment.note", TEA)
    signed_in(device.client, viewer("B."))
    device.learn()
    assert device.send(entry) == [422]
    assert not Record.objects.exists()


def test_another_persons_id_is_a_clash_even_with_the_same_bytes(device: Device) -> None:
    entry = device.keep("moment.note", TEA)
    device.send()
    signed_in(device.client, viewer("B."))
    device.learn()
    assert device.send(entry) == [409]


def test_an_entry_says_itself_whose_it_is(device: Device) -> None:
    entry = device.keep("moment.note", TEA, who="someone else")
    assert device.put(entry.item()).json()["items"][0]["why"] == "entry-not-yours"


def test_nobody_is_asked_to_sign_in_by_a_page(client: Client) -> None:
    for answer in (client.get("/keep/"), client.put("/keep/"), client.get(f"/keep/{uuid4()}/")):
        assert (answer.status_code, answer.json()) == (401, {"why": "signed-out"})


def test_another_site_cannot_send(device: Device) -> None:
    entry = device.keep("moment.note", TEA)
    assert device.put(entry.item(), **{"X-CSRFToken": "guess"}).status_code == 403
    assert not Record.objects.exists()


def test_the_tag_of_a_person_is_theirs_alone_and_stays(device: Device, who: Viewer) -> None:
    tag = device.learn()["who"]
    assert tag == device.learn()["who"] != whose_tag(viewer("B."))
    assert str(who.person) not in tag
    assert who.me.hex not in tag


# The manifest


def test_the_manifest_goes_up_to_the_first_gap(device: Device) -> None:
    entries = [device.keep("moment.note", {"words": str(n)}) for n in range(5)]
    assert device.manifest() == (0, b"")
    device.send(entries[0], entries[1], entries[3])
    assert device.manifest() == (2, device.rolled(2))
    device.send()
    assert device.manifest() == (5, device.rolled(5))


def test_the_manifest_of_a_device_is_its_persons_alone(device: Device) -> None:
    device.keep("moment.note", TEA)
    device.send()
    signed_in(device.client, viewer("B."))
    assert device.manifest() == (0, b"")


def test_a_device_may_count_anew(device: Device) -> None:
    """After the server came back from an old copy: all that is left goes out again, from 1."""
    entries = [device.keep("moment.note", {"words": str(n)}) for n in range(3)]
    device.send()
    again = Device(device.client, told=device.told, entries=entries[1:])
    for seq, entry in enumerate(again.entries, 1):
        entry.seq = seq
    assert again.send() == [200, 200]
    assert again.manifest() == (2, again.rolled(2))
    assert Record.objects.count() == 3


@laws(max_examples=20)
@given(order=st.permutations(range(6)), again=st.lists(st.integers(0, 5), max_size=6))
def test_any_order_and_number_of_deliveries_reads_the_same(
    order: list[int], again: list[int]
) -> None:
    who, client = viewer(), Client()
    signed_in(client, who)
    device = Device(client)
    for n in range(6):
        device.keep("moment.note", {"words": str(n)}, made_at=f"2026-03-01T08:00:0{n}.000Z")
    for n in [*order, *again]:
        assert device.send(device.entries[n]) == [200]
    assert words(who) == [str(n) for n in range(6)]
    assert device.manifest() == (6, device.rolled(6))


# Times from a device


@pytest.mark.parametrize(
    "made_at",
    ["2036-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00+14:00", NOW],
)
def test_a_clock_that_is_wrong_puts_nothing_ahead(
    device: Device, who: Viewer, made_at: str
) -> None:
    device.keep("moment.note", TEA, made_at=made_at)
    assert device.send() == [200]
    assert words(who) == [TEA["words"]]
    record = Record.objects.get()
    assert record.seen_on <= record.arrived
    assert abs(record.arrived - clock.now()) < timedelta(minutes=5)


def test_earlier_that_day_is_counted_from_when_it_was_noted(device: Device, who: Viewer) -> None:
    device.keep("moment.note", {**TEA, "when": "earlier"})
    device.send()
    assert moments.moments(who)[0].seen_on == datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("made_at", ["2026-03-01T08:00:00", "yesterday", None])
def test_a_time_that_is_none_is_not_guessed(device: Device, made_at: Any) -> None:
    device.keep("moment.note", TEA, made_at=made_at)
    assert device.send() == [422]


# The acts of rooms


def test_a_moment_is_said_anew_taken_away_and_brought_back(device: Device, who: Viewer) -> None:
    first = device.keep("moment.note", TEA)
    told = {"thing": str(first.id), "seen": str(first.id)}
    device.keep("moment.correct", {**told, "words": "Tea at eight."})
    assert device.send() == [200, 200]
    assert words(who) == ["Tea at eight."]
    device.keep("moment.remove", told)
    device.send()
    assert words(who) == []
    device.keep("moment.restore", told)
    assert device.send() == [200] * 4
    assert words(who) == ["Tea at eight."]


def test_two_corrections_of_one_version_stand_side_by_side(device: Device, who: Viewer) -> None:
    first = device.keep("moment.note", TEA)
    told = {"thing": str(first.id), "seen": str(first.id)}
    device.keep("moment.correct", {**told, "words": "From the phone."})
    device.keep("moment.correct", {**told, "words": "From the desk."})
    assert device.send() == [200] * 3
    entry = moments.moment(who, first.id)
    both = {entry.noun.words, *(other.noun.words for other in entry.rivals)}
    assert both == {"From the phone.", "From the desk."}


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_taking_away_is_stronger_than_saying_anew(
    device: Device, who: Viewer, order: tuple[int, int]
) -> None:
    first = device.keep("moment.note", TEA)
    told = {"thing": str(first.id), "seen": str(first.id)}
    device.keep("moment.correct", {**told, "words": "Said anew."})
    device.keep("moment.remove", told)
    assert device.send(first, *(device.entries[n] for n in order)) == [200] * 3
    assert words(who) == []
    assert len(moments.removed(who, Moment)) == 1


def test_a_map_is_begun_and_drawn_on(device: Device, who: Viewer) -> None:
    begun = device.keep("map.begin", {"with_me": "me"})
    stroke = uuid4()
    gesture = {
        "map": str(begun.id),
        "do": "stroke.add",
        "kind": "stroke",
        "thing": str(stroke),
        "undoes": None,
        "away": False,
        "body": {"points": [[0.1, 0.2, 0.5], [0.3, 0.4, 0.5]], "pen": "ink"},
    }
    device.keep("map.draw", gesture, id=stroke)
    device.keep("map.draw", {**gesture, "body": {"points": []}})
    assert device.send() == [200, 200, 422]
    drawn = drawing(who, my_maps(who)[0].thing)
    assert [entry.thing for entry in drawn.strokes] == [stroke]
    assert [entry.noun.label for entry in drawn.figures] == ["me"]


def test_every_act_refuses_a_body_that_makes_no_sense(device: Device) -> None:
    for act in sync._handlers:
        if act != "map.begin":
            bare = device.keep(act, {})
            odd = device.keep(act, {"thing": "x", "words": ["a", "b"], "map": 7, "kinds": {"a": 1}})
            assert set(device.send(bare, odd)) == {422}, act


def test_the_register_knows_the_acts_of_every_room() -> None:
    rooms = {act.partition(".")[0] for act in sync._handlers}
    drawing = {"map", "layer", "talk", "photo", "face", "perspective"}
    assert rooms == {"moment", "contribution"} | drawing


def test_a_commit_waits_for_the_disk_on_either_database() -> None:
    asks = {"postgresql": "show synchronous_commit", "sqlite": "pragma synchronous"}
    with connection.cursor() as cursor:
        cursor.execute(asks[connection.vendor])
        assert cursor.fetchone()[0] in ("on", 2)
