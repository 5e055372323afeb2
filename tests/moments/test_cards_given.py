"""What keeps us us: what it is for, as a file, and shown to someone until a day."""

import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kith.base import clock
from kith.base.problems import Invalid
from kith.moments import actions
from kith.moments.nouns import Card, Moment, Practice
from kith.people import showing
from kith.people.sharing import forms as sharing
from kith.permissions.readings import grants_of
from kith.permissions.viewer import Viewer
from meeting import browsing, choice, grants, met, page, previewed, shows, window
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 9, 1, 10, tzinfo=UTC)
LATER = START + timedelta(days=2)
at = clock.stopped_at


class World:
    """A person with a card, and someone they met."""

    def __init__(self) -> None:
        with at(START):
            self.a, self.b = viewer("A."), viewer("B.")
            self.as_a, _other = met(self.a, self.b)
            self.tea = actions.name_practice(
                self.a,
                Practice("Tea on the step", and_whom="Quiet Q.", rhythm="most mornings"),
            ).thing
            self.dance = actions.note(self.a, Moment("We danced.", and_whom="Quiet Q.")).thing
            self.secret = actions.note(self.a, Moment("Nobody may read this.")).thing
            self.hidden = actions.name_practice(self.a, Practice("A hidden habit")).thing
        with at(START + timedelta(minutes=1)):
            self.card = actions.make_card(self.a, self.choice()).thing
        self.own, self.other = browsing(self.a), browsing(self.b)

    def choice(self, *more: UUID) -> Card:
        return Card(
            called="A.",
            practices=(self.tea,),
            moments=(self.dance, *more),
            words="Ask me first.",
            occasion="leaving",
        )

    def show(self) -> None:
        with at(START + timedelta(minutes=2)):
            shows(self.own, f"card:{self.card}", choice(self.as_a))

    def seen(self, when: datetime = LATER) -> str:
        with at(when):
            return window(page(self.other, "/sharing/seen/"))


@pytest.fixture
def world() -> World:
    return World()


SHOWN = ("Ask me first.", "Tea on the step", "Most mornings.", "We danced.", "leaving hospital")
HIDDEN = ("Nobody may read this.", "A hidden habit", "Quiet Q.")


def test_the_other_sees_what_was_previewed_and_nothing_else(world: World) -> None:
    with at(START + timedelta(minutes=2)):
        before = window(previewed(world.own, f"card:{world.card}", choice(world.as_a)))
    assert all(words in before for words in SHOWN)
    assert not any(words in before for words in HIDDEN)
    assert world.seen() == ""
    world.show()
    assert world.seen() == before


def test_what_is_put_on_the_card_later_is_not_shown_by_it(world: World) -> None:
    world.show()
    before = world.seen()
    with at(LATER):
        actions.correct_card(world.a, world.card, world.choice(world.secret))
    assert world.seen(LATER + timedelta(minutes=1)) == before
    with at(LATER + timedelta(minutes=2)):
        again = window(previewed(world.own, f"card:{world.card}", choice(world.as_a)))
    assert "Nobody may read this." in again


def test_a_grant_without_its_list_would_be_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing.Draft, "also", lambda draft, viewer: (world.secret, world.dance))
    world.show()
    actions.correct_card(world.a, world.card, world.choice(world.secret))
    assert "Nobody may read this." in world.seen()


def test_taken_back_it_is_gone_at_once_and_so_when_its_time_is_over(world: World) -> None:
    world.show()
    assert world.seen() != ""
    assert world.seen(START + timedelta(days=31)) == ""
    with at(LATER):
        (grant,) = grants(page(world.own, f"/notes/cards/{world.card}/"))
        world.own.post(reverse("people:stop-showing", kwargs={"grant": grant}))
        assert grants_of(world.a) == []
    assert world.seen(LATER) == ""


def test_what_was_taken_away_since_is_not_on_it(world: World) -> None:
    world.show()
    with at(LATER - timedelta(hours=1)):
        actions.remove(world.a, Moment, world.dance)
    assert "We danced." not in world.seen()
    with at(LATER + timedelta(hours=1)):
        actions.remove(world.a, Card, world.card)
    gone = world.seen(LATER + timedelta(hours=2))
    assert "The card was taken away." in gone and "Tea" not in gone


def test_only_ones_own_can_be_taken_along(world: World) -> None:
    """A card that names what is another's shows nothing of it."""
    with at(START):
        theirs = actions.note(world.b, Moment("B. wrote this.")).thing
        card = actions.make_card(world.a, Card(moments=(theirs,), words="Mine.")).thing
    with at(START + timedelta(minutes=2)):
        told = previewed(world.own, f"card:{card}", choice(world.as_a))
    assert "B. wrote this." not in told and "Mine." in told


def test_a_card_stands_among_what_can_be_shown(world: World) -> None:
    with at(LATER):
        form = sharing.ShowForm(world.a, {}, None, world.card)
        assert form.offered == [
            (
                f"card:{world.card}",
                "Your card of 1 September 2026 · For the day of leaving hospital",
            )
        ]


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_file_says_what_its_page_says(world: World, paper: str) -> None:
    place = reverse("cards:paper", kwargs={"thing": world.card, "paper": paper})
    with at(LATER):
        assert world.own.get(place).status_code == 302
        answer = world.own.post(place)
    assert answer["Content-Type"] == "application/pdf"
    read = PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    assert len(read.pages) == 1
    assert all(words in text for words in (*SHOWN, "From A.", "What keeps us us"))
    assert not any(words in text for words in HIDDEN)


def test_nobody_else_and_no_other_paper_gets_a_file(world: World) -> None:
    for browser, paper in ((world.other, "a4"), (world.own, "a0")):
        place = reverse("cards:paper", kwargs={"thing": world.card, "paper": paper})
        assert browser.post(place).status_code == 404


def test_signs_that_no_font_has_become_boxes_and_are_listed(who: Viewer) -> None:
    card = actions.make_card(
        who, Card(words="Tea \N{LINEAR B SYLLABLE B008 A}, #let x = 1 *no* $")
    ).thing
    client: Client = browsing(who)
    answer = client.post(reverse("cards:paper", kwargs={"thing": card, "paper": "a4"}))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "U+10000" in text and "#let x = 1 *no* $" in text


def test_a_card_is_for_one_of_a_few_things_or_none(who: Viewer) -> None:
    for occasion in ("", "bedside", "visit", "plan", "leaving"):
        actions.make_card(who, Card(words="x", occasion=occasion))
    with pytest.raises(Invalid):
        actions.make_card(who, Card(words="x", occasion="ward round"))
