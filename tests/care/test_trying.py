"""A change is tried, looked back on from each side, and what it was can always be read."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest import MonkeyPatch

from kith.arrangements import actions as arrangements
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.care import actions, readings, trying
from kith.care import ward as warding
from kith.care.nouns import COSTS, STATES, Answer, Change, Request, Side
from world import joined, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]

KETTLE = Change("A kettle in the day room", owner="the night team")
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def whats(found: list) -> list[str]:
    return [entry.noun.what for entry in found]


def test_a_team_plans_and_every_guest_of_the_circle_reads_it() -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    kept = trying.plan(keeper, circle, KETTLE)
    assert whats(readings.changes(guest)) == [KETTLE.what]
    assert readings.change(guest, kept.thing).noun.owner == "the night team"
    other, _elsewhere = ward("Ward 7")
    assert readings.changes(other) == readings.changes(viewer()) == []
    with pytest.raises(Missing):
        readings.change(other, kept.thing)
    with pytest.raises(Missing):
        readings.change_in(guest, _elsewhere, kept.thing)


def test_a_guest_plans_and_moves_nothing() -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    thing = trying.plan(keeper, circle, KETTLE).thing
    for act in (
        lambda: trying.plan(guest, circle, KETTLE),
        lambda: trying.move(guest, thing, "kept"),
        lambda: trying.replan(guest, thing, KETTLE.but(what="Two kettles")),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Missing):
        trying.move(viewer(), thing, "kept")
    assert readings.change(guest, thing).noun == KETTLE


def test_what_is_free_comes_before_anything_that_costs() -> None:
    keeper, circle = ward()
    for cost in reversed(COSTS):
        trying.plan(keeper, circle, Change(f"later {cost}", cost=cost, starts=date(2026, 5, 2)))
        trying.plan(keeper, circle, Change(f"soon {cost}", cost=cost, starts=date(2026, 5, 1)))
        trying.plan(keeper, circle, Change(f"some day {cost}", cost=cost))
    assert whats(readings.changes(keeper, circle)) == [
        f"{when} {cost}" for cost in COSTS for when in ("soon", "later", "some day")
    ]


def test_every_bad_field_is_named_at_once_and_nothing_is_kept() -> None:
    keeper, circle = ward()
    bad = Change(
        " ",
        arrangements=(uuid4(),),
        cost="dear",
        starts=date(2026, 5, 2),
        review=date(2026, 5, 1),
        state="done",
    )
    with pytest.raises(Invalid) as refused:
        trying.plan(keeper, circle, bad)
    assert {flaw.field for flaw in refused.value.flaws} == {
        "what", "arrangements", "cost", "review", "state",
    }  # fmt: skip
    assert readings.changes(keeper) == []


def test_dropping_says_why_and_the_way_there_stays_readable(monkeypatch: MonkeyPatch) -> None:
    keeper, circle = ward()
    thing = trying.plan(keeper, circle, KETTLE, seen_on=BEGAN).thing
    with pytest.raises(Invalid):
        trying.move(keeper, thing, "dropped")
    trying.move(keeper, thing, "trying", seen_on=BEGAN + timedelta(days=2))
    trying.replan(keeper, thing, KETTLE.but(owner="the day team"))
    trying.move(keeper, thing, "dropped", "It boiled dry.", seen_on=BEGAN + timedelta(days=9))
    course = [(entry.noun.state, entry.noun.why) for entry in readings.course(keeper, thing)]
    assert course == [("proposed", ""), ("trying", ""), ("dropped", "It boiled dry.")]
    assert readings.change(keeper, thing).noun.owner == "the day team"
    then = readings.change(keeper, thing, as_of=BEGAN + timedelta(days=3))
    assert then.noun.state == "trying"


@pytest.mark.parametrize("days", [-1, 400_000])
def test_a_state_comes_neither_before_the_last_nor_ahead_of_time(days: int) -> None:
    keeper, circle = ward()
    thing = trying.plan(keeper, circle, KETTLE, seen_on=BEGAN).thing
    with pytest.raises(Invalid) as refused:
        trying.move(keeper, thing, "trying", seen_on=BEGAN + timedelta(days=days))
    assert [flaw.code for flaw in refused.value.flaws] == ["day-out-of-order"]


class Course(TestCase):
    """As-of: at any time a change is what it was last moved to by then."""

    @given(
        moves=st.lists(st.tuples(st.sampled_from(list(STATES)), st.integers(0, 5)), max_size=6),
        asked=st.integers(-2, 40),
    )
    def test_as_of_any_day_it_is_what_it_was_moved_to_last(
        self, moves: list[tuple[str, int]], asked: int
    ) -> None:
        keeper, circle = ward()
        thing = trying.plan(keeper, circle, KETTLE, seen_on=BEGAN).thing
        said, day = [(0, "proposed")], 0
        for state, after in moves:
            day += after
            trying.move(keeper, thing, state, "Because.", seen_on=BEGAN + timedelta(days=day))
            said.append((day, state))
        by_then = [state for when, state in said if when <= asked]
        found = readings.changes(keeper, circle, as_of=BEGAN + timedelta(days=asked))
        assert [entry.noun.state for entry in found] == by_then[-1:]


def test_an_arrangement_off_the_list_does_not_hold_a_change_up() -> None:
    keeper, circle = ward()
    kitchen = arrangements.add(keeper, circle, Arrangement("The kitchen")).thing
    thing = trying.plan(keeper, circle, KETTLE.but(arrangements=(kitchen,))).thing
    found = readings.change(keeper, thing)
    assert [one.thing for one in readings.arrangements_of(keeper, found)] == [kitchen]
    arrangements.take_away(keeper, kitchen)
    assert readings.arrangements_of(keeper, found) == []
    trying.move(keeper, thing, "trying")
    trying.replan(keeper, thing, found.noun.but(what="Two kettles"))
    assert readings.change(keeper, thing).noun.state == "trying"


def test_an_arrangement_of_another_circle_is_not_linked() -> None:
    keeper, circle = ward()
    other, elsewhere = ward("Ward 7")
    theirs = arrangements.add(other, elsewhere, Arrangement("Their kitchen")).thing
    with pytest.raises(Invalid):
        trying.plan(keeper, circle, KETTLE.but(arrangements=(theirs,)))


def test_the_same_form_twice_keeps_one_change_and_one_move() -> None:
    keeper, circle = ward()
    id, moved = uuid4(), uuid4()
    for _twice in range(2):
        thing = trying.plan(keeper, circle, KETTLE, id=id).thing
    for _twice in range(2):
        trying.move(keeper, thing, "trying", id=moved)
    assert len(readings.changes(keeper)) == 1
    assert len(readings.course(keeper, thing)) == 2


# Requests that a change takes up


def test_a_change_takes_up_requests_and_lets_go_of_them_without_a_trace() -> None:
    keeper, circle = ward()
    asker, guest = joined(keeper, circle, "guest"), joined(keeper, circle, "guest")
    asked = actions.write(asker, Request("Tea at eight.", circle)).thing
    version = readings.my_request(asker, asked).request.id
    actions.send(asker, asked, previewed=version, ends=clock.now() + timedelta(days=7))
    trying.answer(keeper, circle, asked, Answer("We try."))
    thing = trying.plan(keeper, circle, KETTLE, requests=[asked]).thing
    up = warding.taken_up(warding.arrived(keeper, circle), thing)
    assert [one.request.thing for one in up] == [asked]
    assert readings.answers_to(asker, asked)[0].noun == Answer("We try.", changes=(thing,))
    assert readings.change(guest, thing).noun == KETTLE
    actions.take_back(asker, asked)
    assert warding.taken_up(warding.arrived(keeper, circle), thing) == []
    trying.replan(keeper, thing, KETTLE, requests=[])
    actions.send(asker, asked, previewed=version, ends=clock.now() + timedelta(days=7))
    trying.replan(keeper, thing, KETTLE, requests=[])
    assert warding.taken_up(warding.arrived(keeper, circle), thing) == []


def test_a_request_that_is_not_shown_here_is_not_taken_up() -> None:
    keeper, circle = ward()
    asker = joined(keeper, circle, "guest")
    asked = actions.write(asker, Request("Tea at eight.", circle)).thing
    trying.plan(keeper, circle, KETTLE, requests=[asked, uuid4()])
    assert readings.answers_to(asker, asked) == []


# What each side says


def test_each_side_speaks_in_its_own_column_and_none_is_left_out() -> None:
    keeper, circle = ward()
    asker, friend = joined(keeper, circle, "guest"), joined(keeper, circle, "guest")
    thing = trying.plan(keeper, circle, KETTLE).thing
    trying.speak(asker, thing, Side("It was there at six.", "asked"))
    trying.speak(keeper, thing, Side("One more thing to unlock.", "staff"))
    voices = readings.by_side(readings.sides(friend, thing))
    assert [[one.noun.words for one in said] for _name, said in voices] == [
        ["It was there at six."],
        [],
        ["One more thing to unlock."],
    ]


def test_only_the_team_speaks_for_staff_and_nobody_from_outside_speaks() -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    thing = trying.plan(keeper, circle, KETTLE).thing
    with pytest.raises(Refused):
        trying.speak(guest, thing, Side("We like it.", "staff"))
    with pytest.raises(Missing):
        trying.speak(viewer(), thing, Side("I like it.", "asked"))
    with pytest.raises(Invalid) as refused:
        trying.speak(guest, thing, Side(" ", "boss"))
    assert {flaw.field for flaw in refused.value.flaws} == {"words", "speaks_as"}
    assert readings.sides(keeper, thing) == []


def test_a_side_is_taken_back_by_its_author_alone_and_can_come_back() -> None:
    keeper, circle = ward()
    asker, friend = joined(keeper, circle, "guest"), joined(keeper, circle, "guest")
    thing = trying.plan(keeper, circle, KETTLE).thing
    side = trying.speak(asker, thing, Side("It was there at six.", "asked")).thing
    with pytest.raises(Missing):
        trying.unsay(friend, side)
    trying.unsay(asker, side)
    assert trying.unsay(asker, side) is None
    assert readings.sides(friend, thing) == readings.sides(asker, thing) == []
    assert readings.sides_away(friend, thing) == []
    with pytest.raises(Missing):
        trying.say_again(friend, side)
    trying.say_again(asker, side)
    assert [one.noun.words for one in readings.sides(friend, thing)] == ["It was there at six."]


def test_the_day_to_look_back_comes_calmly() -> None:
    keeper, circle = ward()
    day = date(2026, 5, 1)
    thing = trying.plan(keeper, circle, KETTLE.but(review=day, state="trying")).thing
    trying.plan(keeper, circle, KETTLE.but(review=day, what="Proposed only"))
    found = readings.changes(keeper)
    assert readings.to_look_back_on(found, day - timedelta(days=1)) == []
    assert [one.thing for one in readings.to_look_back_on(found, day)] == [thing]
