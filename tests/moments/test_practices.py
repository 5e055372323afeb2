"""How a practice stands, as of any day; cards made of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.moments import actions, days, readings
from kith.moments.nouns import STATES, Card, Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 9, 1, 10, tzinfo=UTC)
TEA = Practice("Tea with T.", rhythm="most mornings")


def states(who: Viewer, thing: object) -> list[tuple[date, str]]:
    told = readings.story(who, thing)  # type: ignore[arg-type]
    return [(days.day_of(entry.seen_on), entry.noun.state) for entry in told]


def line(who: Viewer, thing: object) -> str:
    return readings.practice_sentence(who, readings.practice(who, thing))  # type: ignore[arg-type]


# Naming


def test_named_by_hand_it_goes_on(who: Viewer) -> None:
    with clock.stopped_at(START):
        made = actions.name_practice(who, TEA)
        assert line(who, made.thing) == "Tea with T. Most mornings."
        assert states(who, made.thing) == [(START.date(), "kept")]


def test_named_out_of_moments_it_began_with_the_first(who: Viewer) -> None:
    with clock.stopped_at(START):
        first = actions.note(who, Moment("Tea"), seen_on=START - timedelta(days=9)).thing
        last = actions.note(who, Moment("Tea"), seen_on=START - timedelta(days=2)).thing
        made = actions.name_practice(who, TEA.but(moments=(last, first)))
        assert states(who, made.thing) == [(date(2026, 8, 23), "kept")]
        entry = readings.practice(who, made.thing)
        found = readings.belonging(who, entry, START - timedelta(days=30), START)
        assert [one.thing for one in found] == [first, last]


def test_named_when_it_is_already_interrupted_it_keeps_how_it_was(who: Viewer) -> None:
    now = TEA.but(state="interrupted", since="day", words="the kitchen is locked until ten")
    with clock.stopped_at(START):
        told = {"id": uuid4(), "now_id": uuid4(), "day": date(2026, 8, 20)}
        for _ in range(2):
            made = actions.name_practice(who, now, **told)
        assert states(who, made.thing) == [
            (date(2026, 8, 19), "kept"),
            (date(2026, 8, 20), "interrupted"),
        ]
        assert line(who, made.thing) == (
            "Tea with T. Most mornings; not since 20 August: the kitchen is locked until ten."
        )
        early = readings.practice(who, made.thing, as_of=datetime(2026, 8, 19, 20, tzinfo=UTC))
        assert (early.noun.state, early.noun.words) == ("kept", "")
    assert Record.objects.count() == 2


def test_a_moment_can_say_that_it_is_a_part(who: Viewer) -> None:
    made = actions.name_practice(who, TEA)
    thing = actions.note(who, Moment("Tea", part_of=(made.thing,))).thing
    assert readings.belongs(readings.moment(who, thing), readings.practice(who, made.thing))


def test_every_flaw_is_told_at_once(who: Viewer) -> None:
    wrong = Practice("", state="better", choice="hers", since="hour")
    with pytest.raises(Invalid) as problem:
        actions.name_practice(who, wrong, day=days.today() + timedelta(days=1))
    assert [f.code for f in problem.value.flaws] == [
        "nothing-said", "not-a-choice", "not-a-choice", "day-to-come", "not-a-choice",
    ]  # fmt: skip
    with pytest.raises(Invalid) as problem:
        actions.name_practice(who, TEA.but(since="day"))
    assert [f.code for f in problem.value.flaws] == ["day-not-said"]
    assert not Record.objects.exists()


# Saying anew


def test_a_new_name_leaves_the_story_alone(who: Viewer) -> None:
    with clock.stopped_at(START):
        now = TEA.but(state="interrupted", since="day")
        thing = actions.name_practice(who, now, day=date(2026, 8, 20)).thing
    before = states(who, thing)
    entry = readings.practice(who, thing)
    actions.correct_practice(who, thing, entry.noun.but(name="Coffee"))
    assert states(who, thing) == before
    assert readings.practice(who, thing).noun.name == "Coffee"


def test_the_last_state_can_be_said_anew_but_not_before_the_one_before(who: Viewer) -> None:
    with clock.stopped_at(START):
        now = TEA.but(state="interrupted", since="day")
        thing = actions.name_practice(who, now, day=date(2026, 8, 20)).thing
        actions.correct_practice(who, thing, now.but(state="let go"), day=date(2026, 8, 25))
        assert states(who, thing)[1:] == [(date(2026, 8, 25), "let go")]
        with pytest.raises(Invalid, match="day-before-last"):
            actions.correct_practice(who, thing, now, day=date(2026, 8, 1))
        assert states(who, thing)[1:] == [(date(2026, 8, 25), "let go")]


def test_taken_away_it_comes_back_with_its_story(who: Viewer) -> None:
    with clock.stopped_at(START):
        now = TEA.but(state="interrupted", since="day")
        thing = actions.name_practice(who, now, day=date(2026, 8, 20)).thing
    before = states(who, thing)
    actions.remove(who, Practice, thing)
    with pytest.raises(Missing):
        readings.practice(who, thing)
    actions.restore(who, Practice, thing)
    assert states(who, thing) == before
    assert "not since 20 August" in line(who, thing)


# The law of as-of, against a plain list of days


@dataclass(frozen=True)
class Said:
    """What is told: after so many hours more, how it stands, since so many days (None: unknown)."""

    after: int
    state: str
    back: int | None


said = st.builds(
    Said, st.integers(1, 60), st.sampled_from(list(STATES)), st.none() | st.integers(0, 12)
)


@dataclass(frozen=True)
class On:
    """One state of the model: its day, whether that is known, and which."""

    day: date
    known: bool
    state: str


def model(told: list[On], now: date, one: Said) -> list[On]:
    """The list of states after `one` was said; the same list where it cannot be taken."""
    day = now - timedelta(days=one.back) if one.back is not None else now
    fresh = On(day, one.back is not None, one.state)
    last, floor = told[-1], told[-2].day if len(told) > 1 else date.min
    if day >= last.day:
        return [*told, fresh]
    if last.known or floor >= day:
        return told
    return [*told[:-1], replace(last, day=day - timedelta(days=1)), fresh]


def as_of_wrong_days(
    who: Viewer, thing: object, told: list[On], read: Callable[..., Practice]
) -> list[date]:
    """The days on which `read` does not say what the model says."""
    first = told[0].day - timedelta(days=3)
    asked = [first + timedelta(days=n) for n in range((days.today() - first).days + 1)]
    return [day for day in asked if read(who, thing, day) != _state_on(told, day)]


def _state_on(told: list[On], day: date) -> str:
    there = [one.state for one in told if one.day <= day]
    return there[-1] if there else ""


def _read(who: Viewer, thing: object, day: date) -> str:
    evening = days.begins(day + timedelta(days=1)) - timedelta(microseconds=1)
    try:
        return readings.practice(who, thing, as_of=evening).noun.state  # type: ignore[arg-type]
    except Missing:
        return ""


@given(st.lists(said, max_size=7))
@laws(max_examples=25)
def test_as_of_any_day_it_stands_as_it_was_said(all_said: list[Said]) -> None:
    who = viewer()
    with clock.stopped_at(START):
        thing = actions.name_practice(who, TEA).thing
    told, now = [On(START.date(), False, "kept")], START
    for one in all_said:
        now += timedelta(hours=one.after)
        with clock.stopped_at(now):
            today = days.today()
            day = today - timedelta(days=one.back) if one.back is not None else None
            state = TEA.but(state=one.state, since="day" if day else "")
            expected, rows = model(told, today, one), Record.objects.count()
            if expected is told:
                with pytest.raises(Invalid, match="day-before-last"):
                    actions.change_practice(who, thing, state, day=day)
                assert Record.objects.count() == rows
            else:
                actions.change_practice(who, thing, state, day=day)
            told = expected
    with clock.stopped_at(now):
        assert as_of_wrong_days(who, thing, told, _read) == []
        assert states(who, thing) == [(one.day, one.state) for one in told]


def test_the_law_would_see_a_reading_that_forgets_the_day(who: Viewer) -> None:
    def forgetful(who: Viewer, thing: object, day: date) -> str:
        return readings.practice(who, thing).noun.state  # type: ignore[arg-type]

    with clock.stopped_at(START):
        thing = actions.name_practice(
            who, TEA.but(state="interrupted", since="day"), day=date(2026, 8, 20)
        ).thing
        told = [
            On(date(2026, 8, 19), False, "kept"),
            On(date(2026, 8, 20), True, "interrupted"),
        ]
        assert as_of_wrong_days(who, thing, told, _read) == []
        assert as_of_wrong_days(who, thing, told, forgetful) != []


def test_said_twice_under_one_id_it_is_said_once(who: Viewer) -> None:
    with clock.stopped_at(START):
        thing = actions.name_practice(who, TEA).thing
    fresh, now = uuid4(), TEA.but(state="interrupted", since="day")
    with clock.stopped_at(START + timedelta(days=4)):
        for _ in range(2):
            actions.change_practice(who, thing, now, id=fresh, day=date(2026, 8, 30))
        assert [state for _, state in states(who, thing)] == ["kept", "interrupted"]


# Cards


def test_a_card_says_what_was_chosen_in_that_order(who: Viewer) -> None:
    tea, walk = (actions.name_practice(who, Practice(name)).thing for name in ("Tea", "Walk"))
    moment = actions.note(who, Moment("We danced")).thing
    actions.note(who, Moment("Not on it"))
    chosen = Card(called="A.", practices=(walk, tea), moments=(moment,), words="Sit down.")
    entry = readings.card(who, actions.make_card(who, chosen).thing)
    laid = readings.lay(who, entry)
    assert [told.entry.noun.name for told in laid.practices] == ["Walk", "Tea"]
    assert [one.noun.words for one in laid.moments] == ["We danced"]
    assert laid.day == days.today()


def test_what_was_taken_away_is_not_on_the_card(who: Viewer) -> None:
    tea = actions.name_practice(who, Practice("Tea")).thing
    moment = actions.note(who, Moment("We danced")).thing
    card = actions.make_card(who, Card(practices=(tea,), moments=(moment,))).thing
    actions.remove(who, Practice, tea)
    actions.remove(who, Moment, moment)
    laid = readings.lay(who, readings.card(who, card))
    assert (laid.practices, laid.moments) == ([], [])


def test_an_empty_card_is_not_kept(who: Viewer) -> None:
    with pytest.raises(Invalid) as problem:
        actions.make_card(who, Card(called="A.", words=" "))
    assert [f.code for f in problem.value.flaws] == ["nothing-chosen"]


def test_a_card_says_when_it_is_more_than_a_sheet(who: Viewer) -> None:
    def laid(lines: int) -> readings.Laid:
        card = Card(words="\n".join(["A line."] * lines))
        return readings.lay(who, readings.card(who, actions.make_card(who, card).thing))

    assert [(one.is_close, one.fits) for one in map(laid, (5, 30, 60))] == [
        (False, True),
        (True, True),
        (True, False),
    ]
