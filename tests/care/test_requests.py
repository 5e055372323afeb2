"""One voice: a request is one's own, shown by a grant alone, gone the moment it is taken back."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest import MonkeyPatch

from kith.arrangements import actions as arrangements
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.base.problems import Clash, Invalid, Missing
from kith.care import actions, readings, trying
from kith.care import ward as warding
from kith.care.nouns import Answer, Request
from kith.moments import actions as moments
from kith.moments.nouns import Moment
from kith.people.actions import leave
from kith.permissions.nouns import Access
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from world import joined, signed_in, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]

TEA = "Tea at eight, please."


class Ward:
    """A ward with its keeper, someone who works there, and two people who may ask."""

    def __init__(self) -> None:
        self.keeper, self.circle = ward()
        self.nurse = joined(self.keeper, self.circle, "team")
        self.asker = joined(self.keeper, self.circle, "guest")
        self.other = joined(self.keeper, self.circle, "guest")

    def ask(self, words: str = TEA, **more: object) -> UUID:
        """A request of the asker's, sent for 30 days."""
        said = Request(words, self.circle, "R.", **more)  # type: ignore[arg-type]
        thing = actions.write(self.asker, said).thing
        send(self.asker, thing)
        return thing

    def seen(self, who: Viewer | None = None) -> list[str]:
        """The words that someone (the nurse unless told) finds on the ward's page."""
        return [one.request.noun.words for one in warding.arrived(who or self.nurse, self.circle)]


@pytest.fixture
def here() -> Ward:
    return Ward()


def send(asker: Viewer, thing: UUID, days: int = 30) -> None:
    version = readings.my_request(asker, thing).request.id
    actions.send(asker, thing, previewed=version, ends=clock.now() + timedelta(days=days))


def later(monkeypatch: MonkeyPatch, days: float) -> None:
    now = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: now)


def test_what_is_written_is_seen_by_nobody_until_it_is_sent(here: Ward) -> None:
    thing = actions.write(here.asker, Request(TEA, here.circle)).thing
    assert here.seen() == []
    assert readings.my_request(here.asker, thing).ends is None
    send(here.asker, thing)
    assert here.seen() == here.seen(here.keeper) == [TEA]
    assert readings.my_request(here.asker, thing).ends is not None


def test_only_the_team_it_was_sent_to_sees_it(here: Ward) -> None:
    here.ask()
    other_keeper, _other_ward = ward("Ward 7")
    assert here.seen(here.other) == here.seen(other_keeper) == here.seen(viewer()) == []
    assert warding.arrived(other_keeper, _other_ward) == []


def test_each_request_stands_on_its_own(here: Ward) -> None:
    things = {words: here.ask(words) for words in (TEA, "Coffee.", "A walk.")}
    assert here.seen() == list(things)
    for words, thing in things.items():
        assert warding.arrived_one(here.nurse, here.circle, thing).request.noun.words == words
        assert len(warding.arrived(here.nurse, here.circle, thing)) == 1


def test_someone_on_two_teams_sees_it_only_on_the_one_it_was_sent_to(here: Ward) -> None:
    from kith.people.actions import invite, join
    from world import again

    other_keeper, other_ward = ward("Ward 7")
    join(here.nurse, invite(other_keeper, other_ward, "team", 3))
    both = again(here.nurse)
    here.ask()
    assert here.seen(both) == [TEA]
    assert warding.arrived(both, other_ward) == []


def test_nobody_else_can_open_send_change_or_stop_it(here: Ward) -> None:
    thing = here.ask()
    for who in (here.nurse, here.other, here.keeper):
        with pytest.raises(Missing):
            readings.my_request(who, thing)
        with pytest.raises(Missing):
            actions.take_back(who, thing)
        with pytest.raises(Missing):
            actions.rewrite(who, thing, Request("Coffee.", here.circle))
        with pytest.raises(Missing):
            readings.answers_to(who, thing)
    assert here.seen() == [TEA]


def test_taken_back_it_is_gone_at_once_from_everything_the_ward_reads(here: Ward) -> None:
    thing = here.ask()
    kitchen = arrangements.add(here.keeper, here.circle, Arrangement("The kitchen")).thing
    trying.answer(here.nurse, here.circle, thing, Answer("Yes.", (kitchen,)))
    actions.take_back(here.asker, thing)
    actions.take_back(here.asker, thing)
    assert here.seen() == here.seen(here.keeper) == []
    with pytest.raises(Missing):
        warding.arrived_one(here.nurse, here.circle, thing)
    with pytest.raises(Missing):
        trying.answer(here.nurse, here.circle, thing, Answer("No."))


def test_a_ward_that_did_not_ask_again_each_time_would_be_caught(
    here: Ward, monkeypatch: MonkeyPatch
) -> None:
    """The wrong variant: what was shown once is remembered, whatever became of the grant."""
    thing = here.ask()
    remembered = warding.arrived(here.nurse, here.circle)
    monkeypatch.setattr(warding, "arrived", lambda *asked: remembered)
    actions.take_back(here.asker, thing)
    assert here.seen() != []


def test_its_end_needs_nobody_to_do_anything(here: Ward, monkeypatch: MonkeyPatch) -> None:
    thing = here.ask()
    later(monkeypatch, 29.9)
    assert here.seen() == [TEA]
    later(monkeypatch, 0.2)
    assert here.seen() == []
    assert readings.my_request(here.asker, thing).ends is None


def test_shown_longer_is_one_new_grant_in_place_of_the_old(
    here: Ward, monkeypatch: MonkeyPatch
) -> None:
    thing = here.ask()
    until = clock.now() + timedelta(days=80)
    actions.show_until(here.asker, thing, until)
    assert len(readings.request_grants(here.asker)) == 1
    assert warding.arrived_one(here.nurse, here.circle, thing).ends == until
    later(monkeypatch, 40)
    assert here.seen() == [TEA]
    actions.take_back(here.asker, thing)
    assert here.seen() == []
    with pytest.raises(Invalid):
        actions.show_until(here.asker, thing, until)


def test_no_request_is_shown_for_more_than_90_days(here: Ward) -> None:
    thing = actions.write(here.asker, Request(TEA, here.circle)).thing
    with pytest.raises(Invalid):
        send(here.asker, thing, days=91)
    assert here.seen() == []


def test_only_what_was_previewed_is_sent(here: Ward) -> None:
    thing = actions.write(here.asker, Request(TEA, here.circle)).thing
    previewed = readings.my_request(here.asker, thing).request.id
    actions.rewrite(here.asker, thing, Request("Coffee at nine.", here.circle))
    with pytest.raises(Clash):
        actions.send(here.asker, thing, previewed=previewed, ends=clock.now() + timedelta(days=3))
    assert here.seen() == []


def test_sent_twice_is_sent_once(here: Ward) -> None:
    thing = here.ask()
    send(here.asker, thing, days=7)
    assert len(readings.request_grants(here.asker)) == 1


def test_while_it_is_shown_its_words_stand_still(here: Ward) -> None:
    thing = here.ask()
    with pytest.raises(Invalid):
        actions.rewrite(here.asker, thing, Request("Coffee.", here.circle))
    actions.take_back(here.asker, thing)
    actions.rewrite(here.asker, thing, Request("Coffee.", here.circle))
    assert here.seen() == []
    send(here.asker, thing)
    assert here.seen() == ["Coffee."]


def test_one_asks_only_a_service_one_is_in(here: Ward) -> None:
    _keeper, elsewhere = ward("Ward 7")
    home_keeper, household = ward("Us", "household")
    for who, circle in ((here.asker, elsewhere), (viewer(), here.circle), (home_keeper, household)):
        with pytest.raises(Missing):
            actions.write(who, Request(TEA, circle))
    assert Record.objects.filter(kind="request").count() == 0


def test_someone_who_left_sends_nothing_new_and_can_still_take_back(here: Ward) -> None:
    from world import again

    sent = here.ask()
    draft = actions.write(here.asker, Request("Coffee.", here.circle)).thing
    leave(here.asker, here.circle)
    gone = again(here.asker)
    with pytest.raises(Missing):
        send(gone, draft)
    actions.take_back(gone, sent)
    assert here.seen() == []


def test_every_bad_field_is_named_at_once(here: Ward) -> None:
    with pytest.raises(Invalid) as refused:
        actions.write(here.asker, Request(" ", here.circle, days=365, arrangement=uuid4()))
    assert {flaw.code for flaw in refused.value.flaws} == {
        "words-missing",
        "days-unknown",
        "arrangement-elsewhere",
    }


def test_where_it_came_from_is_opened_for_nobody_but_its_author(here: Ward) -> None:
    moment = moments.note(here.asker, Moment("We had tea.")).thing
    thing = here.ask(about=moment)
    assert readings.my_request(here.asker, thing).request.noun.about == moment
    assert warding.arrived_one(here.nurse, here.circle, thing).request.noun.about is None
    for kind in (Moment, Access):
        assert look(here.nurse, kind, purpose="request") == []


def test_a_look_of_the_team_leaves_one_line_for_the_one_who_asked(here: Ward) -> None:
    here.ask()
    assert look(here.asker, Access) == []
    here.seen()
    here.seen()
    lines = [line.noun for line in look(here.asker, Access)]
    assert lines == [Access(here.circle, "request", "request")]
    assert look(here.other, Access) == []


def test_an_answer_is_read_by_the_one_who_asked_and_by_no_other_guest(here: Ward) -> None:
    thing = here.ask()
    trying.answer(here.nurse, here.circle, thing, Answer("Yes, from Monday."))
    assert [one.noun.words for one in readings.answers_to(here.asker, thing)] == [
        "Yes, from Monday."
    ]
    assert look(here.other, Answer) == look(here.asker, Answer) == []
    with pytest.raises(Missing):
        readings.answers_to(here.other, thing)


def test_an_answer_from_a_circle_that_was_not_asked_does_not_arrive(here: Ward) -> None:
    from kith.permissions.actions import act

    thing = here.ask()
    stranger, elsewhere = ward("Ward 7")
    with pytest.raises(Missing):
        trying.answer(stranger, elsewhere, thing, Answer("Hello."))
    with act(stranger, "answer.say") as doing:
        doing.keep(elsewhere, Answer("Hello."), parent=thing)
    assert readings.answers_to(here.asker, thing) == []


def test_a_later_answer_takes_the_place_of_the_one_before(here: Ward) -> None:
    thing, id = here.ask(), uuid4()
    for _twice in range(2):
        trying.answer(here.nurse, here.circle, thing, Answer("We will see."), id=id)
    trying.answer(here.keeper, here.circle, thing, Answer("Yes."))
    assert [one.noun.words for one in readings.answers_to(here.asker, thing)] == ["Yes."]


def test_a_guest_answers_nothing(here: Ward) -> None:
    thing = here.ask()
    for who in (here.asker, here.other):
        with pytest.raises(Missing):
            trying.answer(who, here.circle, thing, Answer("Yes."))


def test_removed_it_is_shown_to_nobody_and_comes_back_unsent(here: Ward) -> None:
    thing = here.ask()
    actions.remove(here.asker, thing)
    assert actions.remove(here.asker, thing) is None
    assert here.seen() == [] and readings.my_requests(here.asker) == []
    actions.restore(here.asker, thing)
    assert [one.ends for one in readings.my_requests(here.asker)] == [None]
    assert here.seen() == []


# Paired worlds: nobody else can tell whether there is a request


def pages_of(here: Ward, who: Viewer) -> list[bytes]:
    """Everything that `who` can open, as it is sent, and how often the store was asked for it."""
    client = Client()
    signed_in(client, who)
    places = ["/", "/asks/", "/sharing/", "/together/"]
    if here.circle in who.parts:
        at = here.circle
        places += [f"/together/{at}/", f"/place/{at}/", f"/asks/try/{at}/", f"/asks/at/{at}/"]
    return [_sent(client, place) for place in places]


def _sent(client: Client, place: str) -> bytes:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(place)
    return b"%d queries, status %d\n%s" % (len(asked), answer.status_code, _masked(answer.content))


def _masked(content: bytes) -> bytes:
    import re

    nonces = rb'name="(csrfmiddlewaretoken|id)" value="[\w-]+"'
    return re.sub(nonces, b"", content)


@pytest.mark.parametrize("state", ["written", "sent", "answered", "taken back", "removed"])
def test_others_see_the_same_byte_for_byte_whether_or_not_there_is_a_request(
    here: Ward, state: str
) -> None:
    alone = viewer()
    before = [pages_of(here, who) for who in (here.other, alone)]
    thing = actions.write(here.asker, Request(TEA, here.circle)).thing
    if state != "written":
        send(here.asker, thing)
    if state == "answered":
        trying.answer(here.nurse, here.circle, thing, Answer("Yes."))
    if state == "taken back":
        actions.take_back(here.asker, thing)
    if state == "removed":
        actions.remove(here.asker, thing)
    assert [pages_of(here, who) for who in (here.other, alone)] == before


def test_a_page_that_told_guests_would_be_caught(here: Ward, monkeypatch: MonkeyPatch) -> None:
    """The wrong variant: a card that reads requests for every guest of the circle."""
    from kith.care.pages import ward as page

    def telling(who: Viewer, circle: UUID) -> object:
        there = Record.objects.filter(kind="request").exists()
        return page.Card("care/ward_card.html", {"circle": circle}) if there else None

    from kith.web import pages

    monkeypatch.setattr(pages, "_circle", [(1, telling)])
    before = pages_of(here, here.other)
    here.ask()
    assert pages_of(here, here.other) != before


def test_after_it_is_taken_back_the_ward_reads_as_if_it_had_never_been(
    here: Ward, monkeypatch: MonkeyPatch
) -> None:
    instant: datetime = clock.now()
    monkeypatch.setattr(clock, "now", lambda: instant + timedelta(seconds=1))
    before = pages_of(here, here.nurse)
    thing = here.ask()
    assert pages_of(here, here.nurse) != before
    actions.take_back(here.asker, thing)
    assert pages_of(here, here.nurse) == before
