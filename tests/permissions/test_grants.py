"""Showing something to a circle: at once, until it ends, taken back at once, with a line left."""

from datetime import timedelta
from uuid import UUID

import pytest

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.people.actions import invite, join, name_turn_to
from kith.people.nouns import TurnTo
from kith.people.readings import looked
from kith.people.showing import showing
from kith.permissions.actions import act, give, withdraw
from kith.permissions.readings import look, look_at, shown_to_circle
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun, noun
from world import again, joined, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@noun("test-ask")
class Ask(Noun, frozen=True):
    """A noun for these tests."""

    words: str


def ask(who: Viewer, circle: UUID, days: int = 30) -> UUID:
    with act(who, "test.ask") as doing:
        thing = doing.keep(who.own, Ask("tea at eight, please")).thing
        ends = clock.now() + timedelta(days=days)
        give(
            doing, thing=thing, classes=["test-ask"], purpose="request", ends=ends, to_circle=circle
        )
    return thing


def seen_by(who: Viewer, circle: UUID) -> list[str]:
    found = look(who, Ask, shown_to_circle(circle, "request"), purpose="request")
    return [entry.noun.words for entry in found]


def test_a_team_sees_what_was_shown_to_it_and_nobody_else_does() -> None:
    keeper, circle = ward()
    asker, nurse = joined(keeper, circle, "guest"), joined(keeper, circle, "team")
    other_keeper, other = ward("Ward 7")
    ask(asker, circle)
    assert seen_by(nurse, circle) == ["tea at eight, please"]
    for who in (joined(keeper, circle, "guest"), other_keeper, viewer()):
        assert seen_by(who, circle) == []
        assert seen_by(who, other) == []


def test_without_a_purpose_no_grant_counts() -> None:
    keeper, circle = ward()
    thing = ask(joined(keeper, circle, "guest"), circle)
    with pytest.raises(Missing):
        look_at(keeper, Ask, thing)


def test_withdrawing_acts_at_once_and_twice_is_once() -> None:
    keeper, circle = ward()
    asker = joined(keeper, circle, "guest")
    ask(asker, circle)
    grant = showing(asker)[0].grant
    withdraw(asker, grant)
    withdraw(asker, grant)
    assert seen_by(keeper, circle) == []
    assert showing(asker) == []


def test_nobody_else_can_withdraw_or_tell_that_there_is_something() -> None:
    keeper, circle = ward()
    asker = joined(keeper, circle, "guest")
    ask(asker, circle)
    with pytest.raises(Missing):
        withdraw(keeper, showing(asker)[0].grant)
    assert seen_by(keeper, circle)


def test_it_ends_by_itself() -> None:
    keeper, circle = ward()
    ask(joined(keeper, circle, "guest"), circle, days=7)
    with clock.stopped_at(clock.now() + timedelta(days=6)):
        assert seen_by(keeper, circle)
    with clock.stopped_at(clock.now() + timedelta(days=7)):
        assert seen_by(keeper, circle) == []


@pytest.mark.parametrize("days", [0, -1, 91])
def test_it_must_end_within_ninety_days(days: int) -> None:
    keeper, circle = ward()
    with pytest.raises(Invalid, match="grant-too-long"):
        ask(joined(keeper, circle, "guest"), circle, days=days)


def test_a_look_by_a_team_leaves_one_line_a_day_for_the_giver_alone() -> None:
    keeper, circle = ward()
    asker = joined(keeper, circle, "guest")
    ask(asker, circle)
    for _ in range(3):
        seen_by(keeper, circle)
    assert [name for name, _line in looked(asker)] == ["Ward 6"]
    assert looked(keeper) == []
    assert looked(again(viewer())) == []


def test_looking_at_ones_own_leaves_no_line() -> None:
    keeper, circle = ward()
    asker = joined(keeper, circle, "guest")
    thing = ask(asker, circle)
    look_at(asker, Ask, thing)
    assert looked(asker) == []


def test_a_stranger_who_tries_to_make_something_learns_nothing() -> None:
    _keeper, circle = ward()
    with pytest.raises(Missing):
        name_turn_to(viewer(), circle, TurnTo(who="A.", reach="1"))


def test_a_guest_who_tries_to_make_something_is_told_so() -> None:
    keeper, circle = ward()
    with pytest.raises(Refused):
        name_turn_to(joined(keeper, circle, "guest"), circle, TurnTo(who="A.", reach="1"))


def test_the_line_names_the_circle_that_was_asked_and_no_other() -> None:
    keeper, circle = ward()
    asker, nurse = joined(keeper, circle, "guest"), joined(keeper, circle, "team")
    other_keeper, other = ward("Ward 7")
    for who in (asker, nurse):
        join(who, invite(other_keeper, other, "team", 1))
    ask(again(asker), circle)
    ask(again(asker), other)
    seen_by(again(nurse), circle)
    assert [name for name, _line in looked(asker)] == ["Ward 6"]
