"""That something was erased is told to whoever erased it; to others its id is taken, no more.

One asks for an id in every way there is: from a device and by a page; an id of something that is
there, noted on a page or on a device, and of something that was erased, alone or with its author.
"""

import re
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from device import Device
from inquiry.village import meeting, said
from kith.base import clock
from kith.base.problems import Clash, Gone
from kith.inquiry.actions import take_back
from kith.moments.actions import note, remove
from kith.moments.nouns import Moment
from kith.people import leaving
from kith.people.actions import invite, join
from kith.permissions.viewer import Viewer
from kith.records import erased, erasure, journal
from kith.records.erased import NO_RECORD, UNTOLD
from kith.records.models import Erased, Record
from kith.records.sealing import keyring
from kith.web.models import Arrival
from world import again, signed_in, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TEA = {"words": "Tea with T."}


def client_of(who: Viewer) -> Client:
    client = Client(enforce_csrf_checks=True)
    signed_in(client, who)
    return client


class One:
    """Somebody with a device and a page."""

    def __init__(self) -> None:
        self.who = viewer()
        self.device = Device(client_of(self.who))
        self.client = Client()
        signed_in(self.client, self.who)
        self.ask(uuid4())  # whatever is made at the first asking

    def ask(self, id: UUID) -> tuple[object, ...]:
        """What the device is answered for an entry under this id, by how many queries."""
        entry = self.device.keep("moment.note", TEA, id=id)
        with CaptureQueriesContext(connection) as asked:
            told = self.device.put(entry.item()).json()["items"][0]
        return told["status"], told["why"], len(told), kinds_of(asked)

    def ask_page(self, id: UUID) -> tuple[object, ...]:
        """What a form that makes something under this id is answered."""
        form = {"id": id, "words": "Tea.", "happened": "yes", "when": "now"}
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.post("/notes/write/", form)
        return answer.status_code, answer.content.replace(str(id).encode(), b""), len(asked)


def kinds_of(asked: CaptureQueriesContext) -> list[list[str]]:
    """The queries one by one, by what they do and to which tables."""
    return [re.findall(r"^\w+|(?:kith|web)_\w+", one["sql"]) for one in asked.captured_queries]


def on_a_page(one: One) -> UUID:
    return note(one.who, Moment(words="tea"), seen_on=clock.now()).id


def on_a_device(one: One) -> UUID:
    entry = one.device.keep("moment.note", TEA)
    assert one.device.send(entry) == [200]
    return entry.id


def forgotten(one: One, made: Callable[[One], UUID] = on_a_page) -> UUID:
    id = made(one)
    remove(one.who, Moment, id)
    leaving.forget(one.who, id)
    return id


def gone_with_its_author(made: Callable[[One], UUID]) -> UUID:
    one = One()
    id = made(one)
    leaving.erase_me(one.who)
    return id


def of_others() -> Iterator[tuple[str, UUID]]:
    """Every way in which an id can be another's."""
    for made in (on_a_page, on_a_device):
        one = One()
        yield f"there, {made.__name__}", made(one)
        yield f"forgotten, {made.__name__}", forgotten(one, made)
        yield f"gone, {made.__name__}", gone_with_its_author(made)
    old = uuid4()
    Erased.objects.create(id=old, at=clock.now())
    yield "erased before there were marks", old


def answers(ask: Callable[[UUID], tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    return {way: ask(id) for way, id in of_others()}


def test_a_device_is_told_the_same_of_every_id_of_another() -> None:
    told = answers(One().ask)
    assert all(answer[:2] == (409, "id-taken") for answer in told.values()), told
    assert len(set(map(str, told.values()))) == 1, told


def test_a_page_says_the_same_of_every_id_of_another() -> None:
    told = answers(One().ask_page)
    assert all(answer[0] == 409 for answer in told.values())
    assert len(set(told.values())) == 1, told


@pytest.mark.parametrize("made", [on_a_page, on_a_device])
def test_whoever_erased_it_is_told_that_it_is_gone(made: Callable[[One], UUID]) -> None:
    one = One()
    id = forgotten(one, made)
    assert one.ask(id)[:2] == (410, "erased")
    assert one.ask_page(id)[0] == 410
    assert not Record.objects.filter(id=id).exists()


def test_nobody_is_told_of_what_went_with_its_author_nor_of_what_was_erased_before_marks() -> None:
    one, old = One(), uuid4()
    id = on_a_page(one)
    leaving.erase_me(one.who)
    Erased.objects.create(id=old, at=clock.now())
    assert marks_of(id, old) == [UNTOLD, UNTOLD]
    assert marks_of(one.who.me) == [NO_RECORD]


def test_an_id_of_a_person_or_circle_that_is_gone_is_like_any_id_that_is_free() -> None:
    """Who once was in a circle knows its id, and must not learn so that its last person went."""
    keeper, circle = ward()
    asks, other = One(), One()
    join(other.who, invite(keeper, circle, "guest", 5))
    leaving.erase_me(again(keeper))
    leaving.erase_me(again(other.who))
    assert Erased.objects.filter(id=circle).exists()
    assert asks.ask(circle) == asks.ask(uuid4())


# What the marks tell


def marks_of(*ids: UUID) -> list[bytes | None]:
    marks = (Erased.objects.get(id=id).mark for id in ids)
    return [mark if mark is UNTOLD else bytes(mark) for mark in marks]


def test_marks_of_one_person_are_not_alike_and_go_with_their_key() -> None:
    one = One()
    first, second = forgotten(one), forgotten(one)
    marks = marks_of(first, second)
    assert len({*marks, UNTOLD}) == 3
    assert [erased.mark_of(one.who.me, id) for id in (first, second)] == marks
    leaving.erase_me(again(one.who))
    with pytest.raises(Gone):
        keyring().key(one.who.me, "erased")
    assert [erased.mark_of(one.who.me, id) for id in (first, second)] != marks  # a key made anew


def test_erasing_again_makes_no_key_for_someone_who_is_gone() -> None:
    """A backup put back, or a step that a crash left: the journal names what they forgot."""
    one = One()
    id = forgotten(one)
    leaving.erase_me(again(one.who))
    assert {each.act for each in journal.erasures()} == {"thing.forget", "person.erase"}
    erasure.replay("default")
    assert marks_of(id) == [UNTOLD]
    with pytest.raises(Gone):
        keyring().key(one.who.me, "erased")


def test_after_an_old_backup_whoever_erased_it_is_told_and_others_are_not() -> None:
    one, other = One(), One()
    id = forgotten(one, on_a_device)
    Erased.objects.all().delete()  # as it was before
    erasure.replay("default")
    assert one.ask(id)[0] == 410
    assert other.ask(id)[:2] == (409, "id-taken")
    assert other.ask(id) == other.ask(on_a_page(one))


def test_taking_away_somebody_elses_words_is_answered_as_before_when_they_forget_them() -> None:
    """The keeper's device sends once more what it sent: nothing there says what became of it."""
    at = meeting()
    line, away = said(at, "tea"), uuid4()
    device = Device(client_of(at.keeper))
    entry = device.keep("contribution.back", {}, id=away)
    take_back(at.keeper, line, id=away)
    Arrival.objects.create(
        id=away, person=at.keeper.me, device=device.id, seq=1, digest=entry.digest
    )
    assert device.send(entry) == [200]
    leaving.forget(at.guest, line)
    assert Erased.objects.filter(id=away).exists()
    assert device.send(entry) == [200]


# Wrong variants


def test_a_mark_that_is_not_looked_at_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was before there were marks: whoever knows the id is told."""
    monkeypatch.setattr(erased, "_is_theirs", lambda *_: True)
    for ask in (One().ask, One().ask_page):
        assert len(set(map(str, answers(ask).values()))) > 1


def test_asking_less_for_what_is_there_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers at once for an id that is there, and looks on only where there is none."""
    from kith.records import actions

    real = actions.refuse_erased

    def hasty(author: UUID, id: UUID, *owners: UUID) -> None:
        if not Record.objects.filter(id=id).exists():
            real(author, id, *owners)

    monkeypatch.setattr(actions, "refuse_erased", hasty)
    assert len(set(answers(One().ask_page).values())) > 1


def test_a_mark_that_fits_nobody_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    one = One()
    id = forgotten(one)
    monkeypatch.setattr(erased, "_is_theirs", lambda *_: False)
    assert one.ask(id)[0] != 410


def test_acts_raise_it_for_the_one_and_a_clash_for_the_other() -> None:
    one, other = One(), One()
    id = forgotten(one)
    for who, problem in ((one.who, Gone), (other.who, Clash)):
        with pytest.raises(problem):
            note(who, Moment(words="tea"), seen_on=clock.now(), id=id)
