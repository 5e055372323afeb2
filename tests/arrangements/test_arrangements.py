"""What a circle says gets in the way: who may say it, how it changes, how it comes back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kith.arrangements import actions, readings
from kith.arrangements.nouns import SORTS, Arrangement, Noticed
from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from world import joined, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]

KITCHEN = Arrangement(
    "The kitchen is locked from eight to seven", "No hot water.", "the team", "door"
)
PHONES = Arrangement("Phones are kept in the office", sort="rule")


def names(found: list) -> list[str]:
    return [entry.noun.name for entry in found]


def test_a_team_names_arrangements_and_every_guest_reads_them_by_name() -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    actions.add(keeper, circle, PHONES)
    actions.add(joined(keeper, circle, "team"), circle, KITCHEN)
    assert names(readings.named(guest)) == names(readings.named(guest, circle))
    assert names(readings.named(guest)) == [PHONES.name, KITCHEN.name]


def test_nobody_outside_the_circle_sees_them() -> None:
    keeper, circle = ward()
    other, other_circle = ward("Ward 7")
    kept = actions.add(keeper, circle, KITCHEN)
    assert readings.named(other) == []
    assert readings.named(other, circle) == []
    assert readings.named(viewer()) == []
    with pytest.raises(Missing):
        readings.arrangement(other, kept.thing)
    with pytest.raises(Missing):
        readings.arrangement_in(keeper, other_circle, kept.thing)


def test_a_guest_may_not_make_or_change_them() -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    kept = actions.add(keeper, circle, KITCHEN)
    with pytest.raises(Refused):
        actions.add(guest, circle, PHONES)
    with pytest.raises(Refused):
        actions.change(guest, kept.thing, PHONES)
    with pytest.raises(Refused):
        actions.take_away(guest, kept.thing)
    with pytest.raises(Missing):
        actions.add(viewer(), circle, PHONES)
    assert names(readings.named(keeper)) == [KITCHEN.name]


def test_what_it_was_stays_readable() -> None:
    keeper, circle = ward()
    kept = actions.add(keeper, circle, KITCHEN, seen_on=clock.now() - timedelta(days=9))
    actions.change(keeper, kept.thing, KITCHEN.but(name="The kitchen is open until ten"))
    assert names(readings.named(keeper)) == ["The kitchen is open until ten"]
    assert names(readings.before(keeper, kept.thing)) == [KITCHEN.name]
    week_ago = clock.now() - timedelta(days=7)
    assert names(readings.named(keeper, as_of=week_ago)) == [KITCHEN.name]


def test_taken_away_has_a_way_back_and_twice_is_once() -> None:
    keeper, circle = ward()
    kept = actions.add(keeper, circle, KITCHEN)
    actions.take_away(keeper, kept.thing)
    assert actions.take_away(keeper, kept.thing) is None
    assert readings.named(keeper) == []
    assert names(readings.taken_away(keeper, circle)) == [KITCHEN.name]
    actions.bring_back(keeper, kept.thing)
    actions.bring_back(keeper, kept.thing)
    assert names(readings.named(keeper)) == [KITCHEN.name]
    assert readings.taken_away(keeper, circle) == []


def test_every_bad_field_is_named_at_once() -> None:
    keeper, circle = ward()
    with pytest.raises(Invalid) as refused:
        actions.add(keeper, circle, Arrangement(" ", sort="person"))
    assert {(flaw.field, flaw.code) for flaw in refused.value.flaws} == {
        ("name", "words-missing"),
        ("sort", "sort-unknown"),
    }
    assert readings.named(keeper) == []


def test_the_same_form_twice_keeps_one() -> None:
    keeper, circle = ward()
    id = uuid4()
    actions.add(keeper, circle, KITCHEN, id=id)
    actions.add(keeper, circle, KITCHEN, id=id)
    assert len(readings.named(keeper)) == 1


def test_what_staff_noticed_is_for_the_team_and_its_author_takes_it_back() -> None:
    keeper, circle = ward()
    nurse, guest = joined(keeper, circle, "team"), joined(keeper, circle, "guest")
    about = actions.add(keeper, circle, KITCHEN).thing
    line = actions.notice(nurse, circle, Noticed("People queue at seven.", about))
    actions.notice(nurse, circle, Noticed("Handover is loud."))
    said = [entry.noun.words for entry in readings.noticed(keeper, circle)]
    assert said == ["Handover is loud.", "People queue at seven."]
    assert [e.noun.words for e in readings.noticed(keeper, circle, about)] == said[1:]
    assert readings.noticed(guest, circle) == []
    with pytest.raises(Refused):
        actions.notice(guest, circle, Noticed("I was there."))
    with pytest.raises(Missing):
        actions.unnotice(keeper, line.thing)
    actions.unnotice(nurse, line.thing)
    assert actions.unnotice(nurse, line.thing) is None
    assert readings.noticed(keeper, circle, about) == []


def test_a_line_is_about_an_arrangement_of_the_same_circle_or_of_none() -> None:
    keeper, circle = ward()
    other, elsewhere = ward("Ward 7")
    about = actions.add(other, elsewhere, KITCHEN).thing
    with pytest.raises(Missing):
        actions.notice(keeper, circle, Noticed("People queue.", about))
    with pytest.raises(Invalid):
        actions.notice(keeper, circle, Noticed("  "))


def test_a_guest_who_took_part_in_nothing_sees_what_one_sees_who_did() -> None:
    """What staff notice changes nothing that a guest can read, nor how often is asked."""
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    actions.add(keeper, circle, KITCHEN)
    before = readings.named(guest, circle)
    actions.notice(keeper, circle, Noticed("People queue at seven."))
    assert readings.named(guest, circle) == before


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_has_a_name(sort: str) -> None:
    assert Arrangement("x", sort=sort).sort_name != sort
