"""The page that says who can look: all of it, for oneself alone, and never when a person looked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kith.base import clock
from kith.maps import us
from kith.maps.nouns import Said
from kith.moments import actions as moments
from kith.moments.nouns import Moment
from kith.people.known import forget, make_code, meet
from kith.people.readings import looked
from kith.permissions.nouns import Access
from kith.records.models import Record
from kith.records.readings import current
from meeting import browsing, choice, grants, met, page, shows
from world import again, joined, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TEA = "tea before anyone was up"


def test_every_audience_stands_there_and_each_can_be_stopped() -> None:
    with clock.stopped_at(START):
        keeper, circle = ward()
        a = joined(keeper, circle, "guest")
        moments.note(a, Moment(words=TEA))
        first, second = (met(a, viewer())[0] for _ in range(2))
        client = browsing(a)
        for whom in (choice(first), choice(second), f"circle:{circle}"):
            shows(client, "moments", whom)
        told = page(client, "/sharing/")
        assert len(grants(told)) == 3
        assert told.count("<h3>J.</h3>") == 2
        assert "<h3>Ward 6</h3>" in told
        for words in (
            "could technically read",
            "What you say aloud in Ward 6 is seen by those in that circle.",
            "No team has looked at anything of yours.",
        ):
            assert words in told


def test_a_team_stands_there_with_when_and_why_and_a_person_never_with_when() -> None:
    with clock.stopped_at(START):
        keeper, circle = ward()
        a, b = joined(keeper, circle, "guest"), viewer("J.")
        moments.note(a, Moment(words=TEA))
        whom = choice(met(a, b)[0])
        client = browsing(a)
        shows(client, "moments", f"circle:{circle}", purpose="plan")
        shows(client, "moments", whom)
    with clock.stopped_at(START + DAY):
        before = page(browsing(a), "/sharing/"), Record.objects.count()
        assert TEA in page(browsing(b), "/sharing/seen/")
        assert Record.objects.count() == before[1]
    with clock.stopped_at(START + DAY + timedelta(hours=5, minutes=20)):
        assert TEA in page(browsing(keeper), f"/together/{circle}/shown/")
        told = page(browsing(a), "/sharing/")
        assert "Someone who works at Ward 6 opened it on 3 March 2026, 14.20." in told
        assert "You showed it to plan something together." in told
        assert [line.noun.purpose for _name, line in looked(a)] == ["plan"]
        assert "J." not in told[told.index("Teams that have looked") :]


def test_no_record_can_tell_when_a_named_person_looked() -> None:
    with clock.stopped_at(START):
        a, b = viewer("R."), viewer("J.")
        moments.note(a, Moment(words=TEA))
        shows(browsing(a), "moments", choice(met(a, b)[0]))
    with clock.stopped_at(START + DAY):
        for _ in range(3):
            assert TEA in page(browsing(b), "/sharing/seen/")
        assert current(Access, us.Q()) == []


def test_what_was_shown_before_is_for_oneself_alone() -> None:
    with clock.stopped_at(START):
        keeper, circle = ward()
        a = joined(keeper, circle, "guest")
        moments.note(a, Moment(words=TEA))
        client = browsing(a)
        shows(client, "moments", f"circle:{circle}")
        client.post(f"/sharing/{grants(page(client, '/sharing/'))[0]}/stop/")
        assert "until you stopped it on 2 March 2026" in page(client, "/sharing/before/")
        assert "Ward 6" in page(client, "/sharing/before/")
        for who in (keeper, viewer()):
            told = page(browsing(who), "/sharing/before/")
            assert "You have not shown anything that is over." in told


def test_someone_let_go_is_still_told_of_without_a_name() -> None:
    with clock.stopped_at(START):
        a = viewer("R.")
        moments.note(a, Moment(words=TEA))
        theirs, _ours = met(a, viewer("J."))
        client = browsing(a)
        shows(client, "moments", choice(theirs))
        forget(a, theirs.thing)
        assert grants(page(client, "/sharing/")) == []
        assert "Someone you let go from here" in page(client, "/sharing/before/")


def test_being_willing_and_a_reveal_stand_there() -> None:
    with clock.stopped_at(START):
        a, b = viewer("R."), viewer("J.")
        theirs, ours = met(a, b)
        for who, entry in ((a, theirs), (b, ours)):
            us.answer(who, entry.thing, "value", Said("answered", "you"))
        us.be_willing(a, theirs.thing, ["value"], alone=True)
        us.be_willing(b, ours.thing, ["value"], alone=True)
        assert "You are willing to reveal some of your answers" in page(browsing(a), "/sharing/")
    with clock.stopped_at(START + 3 * DAY):
        assert "You both see what each of you chose to reveal" in page(browsing(a), "/sharing/")


def test_nobody_is_found_by_name() -> None:
    """No field on any of these pages takes a name to look for, and none lists who is here."""
    keeper, circle = ward()
    a = joined(keeper, circle, "guest")
    moments.note(a, Moment(words=TEA))
    viewer("Marguerite"), joined(keeper, circle, "guest")
    for who, address in ((a, "/sharing/choose/"), (a, "/known/"), (keeper, "/sharing/choose/"),
                         (keeper, f"/together/{circle}/"), (keeper, "/known/")):  # fmt: skip
        told = page(browsing(again(who)), address)
        assert "Marguerite" not in told
        assert 'role="search"' not in told
        assert 'type="search"' not in told


def test_codes_cannot_be_guessed_one_after_the_other() -> None:
    a, b = viewer("R."), viewer("J.")
    code = make_code(b, meet(b, "R.").thing)
    client = browsing(a)
    with clock.stopped_at(START):
        for _ in range(5):
            told = client.post("/known/code/", {"code": "AAAAA-AAAAA", "called": "J."})
            assert "We do not know this code" in told.content.decode()
        told = client.post("/known/code/", {"code": code, "called": "J."})
        assert "several wrong tries" in told.content.decode()


def test_a_stranger_is_asked_in() -> None:
    for address in ("/sharing/", "/sharing/seen/", "/known/", "/sharing/choose/"):
        assert Client(headers={"host": "127.0.0.1"}).get(address).status_code == 302
