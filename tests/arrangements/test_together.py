"""Arrangements put side by side, told as one, told as parts; and all of it undone."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.arrangements import actions, readings
from kith.arrangements.nouns import Arrangement, Noticed
from kith.arrangements.readings import _ends
from kith.base.problems import Invalid, Missing, Refused
from kith.permissions.viewer import Viewer
from world import joined, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def names(found: list) -> list[str]:
    return [entry.noun.name for entry in found]


def three(keeper: Viewer, circle: UUID) -> list[UUID]:
    return [actions.add(keeper, circle, Arrangement(name)).thing for name in "ABC"]


def test_two_told_as_one_leave_nothing_behind_and_stand_alone_again() -> None:
    keeper, circle = ward()
    a, b, c = three(keeper, circle)
    actions.notice(keeper, circle, Noticed("People queue.", b))
    actions.join(keeper, a, [b])
    actions.join(keeper, c, [a])
    assert names(readings.named(keeper)) == ["C"]
    assert readings.told_as(keeper, circle)[c] == {a, b, c}
    assert names(readings.now_told_as(keeper, b)) == ["A"]
    assert [line.noun.words for line in readings.noticed(keeper, circle, c)] == ["People queue."]
    actions.stand_alone(keeper, a)
    actions.stand_alone(keeper, a)
    assert names(readings.named(keeper)) == ["A", "C"]
    assert readings.told_as(keeper, circle)[c] == {c}
    assert names(readings.before(keeper, a)) == []


def test_a_form_that_comes_twice_splits_once_and_each_part_keeps_what_was_said() -> None:
    keeper, circle = ward()
    a, *_others = three(keeper, circle)
    actions.notice(keeper, circle, Noticed("It is loud.", a))
    id = uuid4()
    for _twice in range(2):
        actions.split(keeper, a, ["At night", " ", "At noon "], id=id)
    assert names(readings.named(keeper)) == ["At night", "At noon", "B", "C"]
    for part in readings.now_told_as(keeper, a):
        assert [line.noun.words for line in readings.noticed(keeper, circle, part.thing)]
    actions.stand_alone(keeper, a)
    assert names(readings.named(keeper)) == ["A", "At night", "At noon", "B", "C"]


def test_what_goes_with_what_is_the_same_from_both_sides() -> None:
    keeper, circle = ward()
    a, b, c = three(keeper, circle)
    actions.put_beside(keeper, a, [b])
    assert names(readings.going_with(keeper, b)) == ["A"]
    actions.put_beside(keeper, b, [c])
    assert names(readings.going_with(keeper, a)) == []
    assert names(readings.going_with(keeper, b)) == ["C"]
    assert names(readings.going_with(keeper, c)) == ["B"]


def test_it_is_for_the_team_within_one_circle() -> None:
    keeper, circle = ward()
    a, b, _c = three(keeper, circle)
    other, elsewhere = ward("Ward 7")
    foreign = actions.add(other, elsewhere, Arrangement("D")).thing
    guest = joined(keeper, circle, "guest")
    for do in (actions.join, actions.put_beside):
        with pytest.raises(Refused):
            do(guest, a, [b])
        with pytest.raises(Missing):
            do(keeper, a, [foreign])
        with pytest.raises(Missing):
            do(other, a, [foreign])
    with pytest.raises(Refused):
        actions.split(guest, a, ["1", "2"])
    for wrong in ([], [a]):
        with pytest.raises(Invalid):
            actions.join(keeper, a, wrong)
    with pytest.raises(Invalid):
        actions.split(keeper, a, ["only one"])
    assert names(readings.named(keeper)) == ["A", "B", "C"]


def test_an_owner_said_anew_keeps_what_it_goes_with(client: object) -> None:
    from world import signed_in

    keeper, circle = ward()
    a, b, _c = three(keeper, circle)
    actions.put_beside(keeper, a, [b])
    signed_in(client, keeper)
    form = {"id": uuid4(), "name": "A", "sort": "door", "owner": "the night team"}
    client.post(reverse("arrangements:change", args=[circle, a]), form)  # type: ignore[attr-defined]
    assert readings.arrangement(keeper, a).noun.owner == "the night team"
    assert names(readings.going_with(keeper, a)) == ["B"]
    assert names(readings.before(keeper, a)) == ["A"]


THINGS = [UUID(int=number) for number in range(6)]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(THINGS), st.lists(st.sampled_from(THINGS), max_size=3)))
def test_the_way_to_what_it_is_now_ends_even_in_a_circle(into: dict) -> None:
    """Beside an oracle: all that can be reached by going on as often as there are things."""
    ways = {thing: tuple(there) for thing, there in into.items()}
    for thing in THINGS:
        reached = set(ways.get(thing, ()))
        for _step in THINGS:
            reached |= {far for near in reached for far in ways.get(near, ())}
        assert _ends(thing, ways) == reached
