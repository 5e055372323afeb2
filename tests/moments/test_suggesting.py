"""What comes again in moments: offered on a page of its own, named or let be for good."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Missing
from kith.maps.actions import add_figure, begin
from kith.maps.nouns import Figure
from kith.moments.actions import note
from kith.moments.nouns import Moment, Practice
from kith.moments.pages.practices import actions as naming
from kith.moments.suggesting import actions, readings, recurring
from kith.moments.suggesting.recurring import Recurs, Seen, words_of
from kith.permissions.viewer import Viewer
from world import signed_in, viewer

START = datetime(2026, 9, 1, 10, tzinfo=UTC)
PEOPLE: list[UUID | str] = [UUID(int=1), UUID(int=2), "M."]
some_seen = st.lists(
    st.builds(
        Seen,
        thing=st.uuids(),
        day=st.dates(date(2026, 9, 1), date(2026, 9, 8)),
        whom=st.frozensets(st.sampled_from(PEOPLE), max_size=2),
        words=st.lists(st.sampled_from(["tea", "walk", "yard"]), max_size=2, unique=True).map(
            tuple
        ),
    ),
    max_size=24,
    unique_by=lambda one: one.thing,
)


def comes_again(one: Recurs, seen: list[Seen]) -> bool:
    """The long way round: the same with whom and words in all of its moments, on three days."""
    there = [each for each in seen if each.thing in one.things]
    together = all(set(one.words) <= set(each.words) for each in there)
    who = all((one.who in each.whom) if one.who else not each.whom for each in there)
    return together and who and len({each.day for each in there}) >= 3


def should_be_found(seen: list[Seen]) -> set[UUID]:
    """Every moment that shares someone and a word with moments of three days."""
    found: set[UUID] = set()
    for who in (*PEOPLE, None):
        for word in ("tea", "walk", "yard"):
            same = [
                one
                for one in seen
                if word in one.words and (who in one.whom if who else not one.whom)
            ]
            if len({one.day for one in same}) >= 3:
                found |= {one.thing for one in same}
    return found


@given(some_seen)
def test_what_is_offered_did_come_again(seen: list[Seen]) -> None:
    offered = recurring.recurring(seen, [])
    assert all(comes_again(one, seen) for one in offered)
    assert bool(offered) == bool(should_be_found(seen))
    assert {thing for one in offered for thing in one.things} <= should_be_found(seen)


@given(some_seen, st.randoms())
def test_the_order_in_which_moments_come_makes_no_difference(
    seen: list[Seen], chance: object
) -> None:
    mixed = list(seen)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert recurring.recurring(mixed, []) == recurring.recurring(seen, [])


@given(some_seen, some_seen)
def test_what_was_let_be_never_comes_back(seen: list[Seen], more: list[Seen]) -> None:
    for one in recurring.recurring(seen, []):
        later = recurring.recurring([*seen, *more], [one])
        assert not any(two.who == one.who and set(two.words) & set(one.words) for two in later)
        assert not any(set(two.things) <= set(one.things) for two in later)


def test_a_way_of_letting_be_that_forgets_new_moments_is_caught() -> None:
    seen = [Seen(uuid4(), date(2026, 9, day), frozenset({"M."}), ("tea",)) for day in range(1, 5)]
    (one,) = recurring.recurring(seen[:3], [])
    forgetful = Recurs("", (), one.moments)
    assert recurring.recurring(seen, [forgetful]) and not recurring.recurring(seen, [one])


def test_words_that_say_nothing_are_left_out() -> None:
    assert words_of("Had TEA with T. on the tea-stairs, and?", frozenset({"had", "with"})) == (
        "tea", "the", "stairs", "and",
    )  # fmt: skip


# In a notebook


def teas(who: Viewer, days: int = 3, **said: object) -> list[UUID]:
    with clock.stopped_at(START):
        return [
            note(
                who, Moment(f"Tea on morning {n}", **said), seen_on=START - timedelta(days=n)
            ).thing  # type: ignore[arg-type]
            for n in range(days)
        ]


@pytest.mark.django_db
@pytest.mark.store
def test_tea_with_one_person_on_three_days_is_offered_and_two_are_not(who: Viewer) -> None:
    with clock.stopped_at(START):
        t = add_figure(who, begin(who), Figure(0.2, 0.2, label="T.")).thing
        teas(who, 2, with_whom=(t,))
        assert readings.offered(who) == []
        teas(who, 3, with_whom=(t,))
        (one,) = readings.offered(who)
    assert (one.words, one.whom) == ("Tea, morning", "T.")


@pytest.mark.django_db
@pytest.mark.store
def test_the_same_place_counts_and_so_does_what_could_not_happen(who: Viewer) -> None:
    with clock.stopped_at(START):
        for n, words in enumerate(("Sat.", "Locked.", "Smoked.")):
            happened = n != 1
            note(
                who,
                Moment(words, happened=happened, and_whom="M.", place="Back steps "),
                seen_on=START - timedelta(days=n),
            )
        (one,) = readings.offered(who)
    assert (one.words, one.whom) == ("Back steps", "M.")


@pytest.mark.django_db
@pytest.mark.store
def test_what_belongs_to_a_practice_is_not_offered(who: Viewer) -> None:
    things = teas(who)
    with clock.stopped_at(START):
        naming.name_practice(who, Practice("Tea", moments=tuple(things)))
        assert readings.offered(who) == []


@pytest.mark.django_db
@pytest.mark.store
def test_let_be_it_stays_away_with_new_moments_until_that_is_taken_back(who: Viewer) -> None:
    teas(who)
    with clock.stopped_at(START):
        (one,) = readings.offered(who)
        kept = actions.let_be(who, one.recurs)
        teas(who, 5)
        assert readings.offered(who) == []
        assert readings.let_be_told(who) == [(kept.thing, "Tea, morning", "")]
        other = viewer("B.")
        with pytest.raises(Missing):
            actions.suggest_again(other, kept.thing)
        actions.suggest_again(who, kept.thing)
        actions.suggest_again(who, kept.thing)
        assert [each.words for each in readings.offered(who)] == ["Tea, morning"]


@pytest.mark.django_db
def test_from_what_comes_again_to_a_practice(who: Viewer, client: Client) -> None:
    things = teas(who, 6)
    signed_in(client, who)
    page = client.get(reverse("moments:recurs"))
    link = next(part for part in page.content.decode().split('"') if "name/?moment=" in part)
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert all(f'value="{thing}"' in form for thing in things)
    assert form.count("checked") >= len(things)
    assert "times" not in page.content.decode().partition("</main>")[0]


@pytest.mark.django_db
def test_a_suggestion_is_let_be_by_one_press_and_nothing_else_of_it_shows(
    who: Viewer, client: Client
) -> None:
    teas(who)
    signed_in(client, who)
    with clock.stopped_at(START):
        key = readings.offered(who)[0].key
    for answer in (client.post(reverse("moments:recurs"), {"of": key}) for _ in range(2)):
        assert answer.status_code == 302
    assert len(readings.let_be(who)) == 1
    assert "Suggest it again" in client.get(reverse("moments:recurs")).content.decode()
