"""What two people call theirs: each says so alone, and neither learns anything before both have."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.maps import us
from kith.maps.nouns import Said
from kith.moments import actions as moments
from kith.moments.nouns import Practice
from kith.moments.ours import actions, readings
from kith.people.known import describe, forget, known_one
from kith.people.nouns import Known
from kith.permissions import pairs
from kith.permissions.models import Willing
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from meeting import browsing, met
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 9, 1, 10, tzinfo=UTC)
SEEN = datetime(2026, 9, 2, 12, tzinfo=UTC)
"""Noon after both have said so, and a day."""
HOUR = timedelta(hours=1)
at: Callable[[datetime], AbstractContextManager[None]] = clock.stopped_at


class Two:
    """Two people who met, each with a practice of their own."""

    def __init__(self, who: str = "friend") -> None:
        with at(START):
            self.a, self.b = viewer("A."), viewer("B.")
            self.as_a, self.as_b = met(self.a, self.b, who)
            self.tea = moments.name_practice(self.a, Practice("Tea with B.", rhythm="mornings"))
            self.cup = moments.name_practice(self.b, Practice("The early cup"))

    def a_says(self, word: str = "tea", **more: bool) -> UUID:
        with at(START + HOUR):
            told = {"alone": True} | more
            return actions.call_ours(self.a, self.tea.thing, self.as_a.thing, word, **told)

    def b_says(self, word: str = "tea") -> UUID:
        with at(START + HOUR):
            return actions.call_ours(self.b, self.cup.thing, self.as_b.thing, word, alone=True)

    def seen(self, when: datetime = SEEN) -> list[tuple[str, str, str]]:
        """What each of the two sees at a time: how it stands, their own words, the other's."""
        with at(when):
            told = [
                readings.ours(self.a, self.tea.thing),
                readings.ours(self.b, self.cup.thing),
            ]
        return [(one.stands, one.mine, one.theirs) for every in told for one in every]


WAITS = ("waits", "", "")
BOTH = [
    ("both", "Tea with B. Mornings.", "The early cup. It goes on."),
    ("both", "The early cup. It goes on.", "Tea with B. Mornings."),
]


def test_both_see_how_each_put_it_once_both_have_said_so_and_a_day_has_gone() -> None:
    two = Two()
    two.a_says("Tea ")
    two.b_says("tea")
    assert two.seen(SEEN - timedelta(minutes=1)) == [WAITS, WAITS]
    assert two.seen() == BOTH
    assert two.seen(SEEN + timedelta(days=91)) == [("over", "", "")] * 2


def test_one_alone_and_another_word_look_the_same() -> None:
    alone, other = Two(), Two()
    alone.a_says()
    other.a_says()
    other.b_says("coffee")
    assert alone.seen(SEEN + timedelta(days=9)) == [WAITS]
    assert other.seen(SEEN + timedelta(days=9)) == [WAITS, WAITS]


@pytest.mark.parametrize("when", [START + 2 * HOUR, SEEN, SEEN + timedelta(days=9)])
def test_what_the_other_does_before_both_have_said_so_changes_no_byte(
    when: datetime, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    two = Two()
    kept = two.a_says()
    places = [f"/notes/again/{two.tea.thing}/", "/notes/again/ours/", "/sharing/"]
    browser = browsing(two.a)
    with at(when):
        before = [_plain(browser, place) for place in places]
        actions.call_ours(two.b, two.cup.thing, two.as_b.thing, "walks", alone=True)
        assert [_plain(browser, place) for place in places] == before
        actions.take_back(two.b, readings.ours(two.b)[0].thing)
        assert [_plain(browser, place) for place in places] == before
    assert kept


def test_taken_back_by_either_it_is_gone_for_both_at_once() -> None:
    two = Two()
    two.a_says()
    kept = two.b_says()
    with at(SEEN + HOUR):
        actions.take_back(two.b, kept)
    assert two.seen(SEEN + HOUR) == [("over", "", "")]
    with pytest.raises(Missing):
        actions.take_back(two.b, kept)


def test_words_and_answers_about_the_two_are_apart() -> None:
    """Taking an answer back leaves what is ours; a second word leaves the first."""
    two = Two()
    two.a_says()
    two.b_says()
    with at(START + 2 * HOUR):
        us.answer(two.a, two.as_a.thing, "value", Said("answered", "Her laugh"))
        us.be_willing(two.a, two.as_a.thing, ["value"], alone=True)
        us.take_back(two.a, two.as_a.thing)
        actions.call_ours(two.a, two.tea.thing, two.as_a.thing, "sundays", alone=True)
    with at(SEEN):
        told = readings.ours(two.a, two.tea.thing)
        assert [(one.word, one.stands) for one in told] == [("tea", "both"), ("sundays", "waits")]
        assert us.between(two.a, two.as_a.thing).both == ()


def test_it_is_a_copy_and_never_the_practice_itself() -> None:
    two = Two()
    two.a_says()
    two.b_says()
    with at(SEEN):
        moments.correct_practice(two.a, two.tea.thing, Practice("Something else"))
    assert two.seen(SEEN + HOUR) == BOTH
    with at(SEEN + HOUR), pytest.raises(Missing):
        actions.call_ours(two.b, two.tea.thing, two.as_b.thing, "tea", alone=True)


def test_what_was_taken_away_can_still_be_taken_back() -> None:
    two = Two()
    kept = two.a_says()
    two.b_says()
    with at(START + 2 * HOUR):
        moments.remove(two.a, Practice, two.tea.thing)
        assert (
            "Something you took away" in browsing(two.a).get("/notes/again/ours/").content.decode()
        )
        browsing(two.a).post(f"/notes/again/ours/{kept}/back/")
        assert readings.named(two.a) == []
    assert two.seen()[-1] == WAITS


def _unsafe(entry: Entry[Known], who: Viewer) -> None:
    describe(who, entry.thing, known_one(who, entry.thing).noun.but(unsafe=True))


def test_someone_who_would_not_feel_safe_or_lets_go_ends_all_of_it() -> None:
    for ends in (_unsafe, lambda entry, who: forget(who, entry.thing)):
        two = Two()
        two.a_says()
        two.b_says()
        with at(SEEN + HOUR):
            ends(two.as_b, two.b)
        assert two.seen(SEEN + 2 * HOUR)[0] == ("over", "", "")


@pytest.mark.parametrize("who", ["partner", "ex", "from", "for"])
def test_off_between_partners_until_opened_and_where_one_works_for_the_other(who: str) -> None:
    with at(START):
        a, b = viewer("A."), viewer("B.")
        met_as, _other = met(a, b, "friend")
        describe(a, met_as.thing, met_as.noun.but(who=who))
        tea = moments.name_practice(a, Practice("Tea")).thing
    with at(START + HOUR):
        assert readings.may_share(a) == []
        with pytest.raises(Refused, match="reveal-is-off"):
            actions.call_ours(a, tea, met_as.thing, "tea", alone=True)
    assert not Willing.objects.exists()


def test_not_alone_or_without_a_word_nothing_is_kept() -> None:
    two = Two()
    with pytest.raises(Invalid, match="not-alone"):
        two.a_says(alone=False)
    with pytest.raises(Invalid):
        two.a_says("  ")
    assert two.seen() == []
    assert not Willing.objects.exists()


def test_said_twice_it_stands_once() -> None:
    two = Two()
    assert two.a_says() == two.a_says("TEA")
    assert two.seen() == [WAITS]


def test_the_word_is_nowhere_in_the_table_of_wills() -> None:
    two = Two()
    two.a_says("marmalade")
    row = Willing.objects.values_list("of", "copies").get()
    assert "marmalade" not in str(row) and len(row[0]) == 64


def test_by_the_pages_one_sees_exactly_what_they_would_see() -> None:
    two = Two()
    browser = browsing(two.a)
    with at(START + HOUR):
        place = f"/notes/again/{two.tea.thing}/ours/"
        told = {"known": str(two.as_a.thing), "word": "tea", "id": str(uuid4())}
        shown = browser.post(place, told).content.decode()
        assert "Tea with B. Mornings." in shown and not readings.ours(two.a)
        browser.post(place, told | {"show": "yes", "alone": "no"})
        assert not readings.ours(two.a)
        browser.post(place, told | {"show": "yes", "alone": "yes"})
    two.b_says()
    assert two.seen() == BOTH
    with at(SEEN):
        assert "The early cup" in browser.get(f"/notes/again/{two.tea.thing}/").content.decode()
        assert "calls yours together" in browser.get("/sharing/").content.decode()


def test_wills_that_meet_whatever_they_are_of_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.moments.ours.readings.mark", lambda pair, word: "same")
    monkeypatch.setattr("kith.moments.ours.actions.mark", lambda pair, word: "same")
    two = Two()
    two.a_says("tea")
    two.b_says("walks")
    assert two.seen() == BOTH
    assert pairs.my_wills_of_ours(two.a)


def _plain(browser: Client, place: str) -> str:
    """The page without the token that differs each time."""
    text = browser.get(place).content.decode()
    return "".join(part for part in text.split('"') if len(part) != 64)
