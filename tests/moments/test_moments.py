"""Moments kept, said anew, found, taken away and brought back; by their author alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.arrangements import actions as arrangements
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.base.problems import Clash, Invalid, Missing
from kith.maps.actions import begin as begin_map
from kith.maps.readings import figures
from kith.moments import actions, days, readings
from kith.moments.names import Names
from kith.moments.nouns import Card, Moment, Practice
from kith.permissions.viewer import NOBODY, Viewer
from kith.records.models import LedgerLine, Record
from world import viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def on(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def words(found: list[readings.Entry[Moment]]) -> list[str]:
    return [entry.noun.words for entry in found]


# Noting


def test_a_moment_is_kept_with_all_it_says(who: Viewer) -> None:
    said = Moment(
        "Tea",
        happened=False,
        with_whom=(uuid4(),),
        and_whom="the neighbour",
        kinds=("routine", "own"),
        part_of=(uuid4(),),
        arrangements=(uuid4(),),
        in_the_way="a locked door",
    )
    made = actions.note(who, said)
    assert readings.moment(who, made.thing).noun == said
    assert LedgerLine.objects.get().act == "moment.note"


def test_words_are_sealed(who: Viewer) -> None:
    made = actions.note(who, Moment("Tea on the stairs", and_whom="Zebedee"))
    row = Record.objects.get(id=made.id)
    assert b"stairs" not in bytes(row.body) and b"Zebedee" not in bytes(row.body)


def test_sent_twice_it_is_kept_once(who: Viewer) -> None:
    fresh = uuid4()
    first, again = (actions.note(who, Moment("Tea"), id=fresh) for _ in range(2))
    assert first.thing == again.thing
    assert words(readings.moments(who)) == ["Tea"]
    with pytest.raises(Clash):
        actions.note(who, Moment("Coffee"), id=fresh)


def test_every_flaw_is_told_at_once_and_nothing_is_kept(who: Viewer) -> None:
    with pytest.raises(Invalid) as problem:
        actions.note(who, Moment("  ", kinds=("best",)), seen_on=clock.now() + timedelta(days=1))
    assert [(f.code, f.field) for f in problem.value.flaws] == [
        ("nothing-said", "words"),
        ("not-a-choice", "kinds"),
        ("day-to-come", "day"),
    ]
    assert not Record.objects.exists() and not LedgerLine.objects.exists()


# Saying anew, taking away, bringing back


def test_said_anew_it_stays_on_its_day_or_moves(who: Viewer) -> None:
    thing = actions.note(who, Moment("Tee"), seen_on=on(3)).thing
    actions.correct_moment(who, thing, Moment("Tea"))
    assert (words(readings.moments(who)), readings.moment(who, thing).seen_on) == (["Tea"], on(3))
    actions.correct_moment(who, thing, Moment("Tea"), seen_on=on(4, 10))
    assert readings.moments(who, start=on(1), end=on(30)) == []
    assert words(readings.moments(who, start=on(1, 10), end=on(30, 10))) == ["Tea"]


def test_what_was_taken_away_comes_back_on_its_day(who: Viewer) -> None:
    thing = actions.note(who, Moment("Tea"), seen_on=on(3)).thing
    for _ in range(2):
        actions.remove(who, Moment, thing)
    assert readings.moments(who) == []
    assert [entry.thing for entry in readings.removed(who, Moment)] == [thing]
    for _ in range(2):
        actions.restore(who, Moment, thing)
    assert readings.moment(who, thing).seen_on == on(3)
    assert readings.moment(who, thing).rivals == ()
    assert readings.removed(who, Moment) == []


def test_each_way_back_is_for_its_own_kind(who: Viewer) -> None:
    thing = actions.note(who, Moment("Tea")).thing
    for kind in (Practice, Card):
        with pytest.raises(Missing):
            actions.remove(who, kind, thing)
        with pytest.raises(Missing):
            actions.restore(who, kind, thing)


# For oneself alone


def test_nobody_else_can_see_or_touch_them(who: Viewer) -> None:
    thing = actions.note(who, Moment("Tea")).thing
    practice = actions.name_practice(who, Practice("Tea")).thing
    card = actions.make_card(who, Card(words="Hello")).thing
    for other in (viewer("B."), NOBODY):
        assert (readings.moments(other), readings.practices(other)) == ([], [])
        assert readings.latest(other).moments == []
        for deed in (
            lambda o: readings.moment(o, thing),
            lambda o: readings.practice(o, practice),
            lambda o: readings.card(o, card),
            lambda o: actions.correct_moment(o, thing, Moment("Mine")),
            lambda o: actions.change_practice(o, practice, Practice("Mine")),
            lambda o: actions.correct_practice(o, practice, Practice("Mine")),
            lambda o: actions.correct_card(o, card, Card(words="Mine")),
            lambda o: actions.remove(o, Moment, thing),
            lambda o: actions.restore(o, Moment, thing),
        ):
            with pytest.raises(Missing):
                deed(other)
    assert words(readings.moments(who)) == ["Tea"]


def test_a_keeper_of_ones_ward_sees_nothing_of_them() -> None:
    keeper, _ = ward()
    actions.note(viewer("A."), Moment("Tea"))
    assert readings.moments(keeper) == []


# Reading


@given(st.lists(st.integers(0, 40), max_size=14), st.integers(1, 6))
@laws(max_examples=15)
def test_leafing_back_shows_each_moment_once(ago: list[int], count: int) -> None:
    who = viewer()
    with clock.stopped_at(NOON):
        for at, back in enumerate(ago):
            when = NOON - timedelta(days=back, minutes=at)
            actions.note(who, Moment(str(at)), seen_on=when)
        seen: list[str] = []
        until: date | None = None
        while True:
            stretch = readings.latest(who, until, count)
            seen += words(stretch.moments)
            if stretch.earlier is None:
                break
            assert until is None or stretch.earlier < until
            until = stretch.earlier
        assert seen == words(readings.moments(who))[::-1]
        assert sorted(seen, key=int) == [str(at) for at in range(len(ago))]


def test_an_arrangement_taken_off_its_list_still_names_what_it_did() -> None:
    keeper, circle = ward()
    kitchen = arrangements.add(keeper, circle, Arrangement("the kitchen is locked")).thing
    said = Moment("No tea", arrangements=(kitchen,), in_the_way="no key")
    arrangements.take_away(keeper, kitchen)
    called = Names(keeper)
    assert called.in_the_way(said) == "the kitchen is locked; no key"
    assert kitchen not in called.arrangements


# Someone new


def test_someone_new_goes_on_the_map_only_where_there_is_one(who: Viewer) -> None:
    assert actions.put_on_map(who, "Z.", uuid4()) is None
    begin_map(who, with_me="me")
    fresh: UUID = uuid4()
    for _ in range(2):
        assert actions.put_on_map(who, "Z.", fresh) == fresh
    assert [entry.noun.label for entry in figures(who)] == ["me", "Z."]
    assert Names(who).figures == {fresh: "Z."}


# Days


def test_earlier_today_is_today() -> None:
    for hour in (0, 1, 9, 23):
        with clock.stopped_at(datetime(2026, 7, 1, hour, 30, tzinfo=UTC)):
            earlier = days.earlier(clock.now())
            assert days.day_of(earlier) == days.today() and earlier <= clock.now()


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_a_day_begins_and_has_its_noon_here(day: date) -> None:
    with clock.stopped_at(datetime(2041, 1, 1, tzinfo=UTC)):
        assert days.day_of(days.noon(day)) == days.day_of(days.begins(day)) == day
        assert days.day_of(days.begins(day) - timedelta(microseconds=1)) < day
