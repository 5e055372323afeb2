"""A month as a calm calendar, and a practice as a thread: pure, and never a count."""

from calendar import Calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.moments.calendars import Day, month, weekdays
from kith.moments.nouns import STATES
from kith.moments.sentences import State
from kith.moments.threads import STUB, Span, shown_months, spans
from kith.web import drawings

all_days = st.dates(date(1990, 1, 1), date(2080, 12, 31))
marks = st.lists(st.tuples(st.dates(date(2026, 2, 1), date(2026, 4, 30)), st.booleans()))
TODAY = date(2026, 3, 18)


# Calendars


@given(all_days, all_days)
def test_a_month_is_that_of_the_calendar_on_the_wall(day: date, today: date) -> None:
    shown = month(day, [], today)
    weeks = Calendar().monthdayscalendar(day.year, day.month)
    assert [one.day.day for one in shown.days] == [n for week in weeks for n in week if n]
    assert weeks[0].index(1) + 1 == shown.starts
    assert [one.day for one in shown.days if one.today] == [today] * (today in _all(shown.days))
    assert shown.before == (shown.first - timedelta(days=1)).replace(day=1)
    assert shown.next == shown.days[-1].day + timedelta(days=1)


@given(marks)
def test_a_day_says_what_was_noted_and_a_blank_day_is_blank(noted: list[tuple[date, bool]]) -> None:
    for one in month(TODAY, noted, TODAY).days:
        assert one.happened == ((one.day, True) in noted)
        assert one.could_not == ((one.day, False) in noted)
        assert one.noted == (one.day in {day for day, _ in noted})


def tells_no_number(make: object, noted: list[tuple[date, bool]]) -> bool:
    """Whether a day looks the same however often something was noted on it."""
    return make(TODAY, noted, TODAY) == make(TODAY, noted * 3, TODAY)  # type: ignore[operator]


@given(marks)
def test_twice_on_a_day_looks_like_once(noted: list[tuple[date, bool]]) -> None:
    assert tells_no_number(month, noted)


def test_the_law_would_see_a_count() -> None:
    def counting(day: date, noted: list[tuple[date, bool]], today: date) -> dict[date, int]:
        return {one: [d for d, _ in noted].count(one) for one, _ in noted}

    assert not tells_no_number(counting, [(TODAY, True)])


def test_one_cannot_leaf_into_the_future() -> None:
    assert month(TODAY, [], TODAY).after is None
    assert month(TODAY, [], date(2026, 4, 1)).after == date(2026, 4, 1)


def test_a_week_begins_on_monday() -> None:
    assert weekdays()[0] == "Mon" and len(weekdays()) == 7


def _all(days: tuple[Day, ...]) -> set[date]:
    return {one.day for one in days}


# Threads


def days_of(*back: int, known: str = "day", kinds: str = "kept") -> list[State]:
    return [State(kinds, TODAY - timedelta(days=n), known) for n in back]


thread_states = st.lists(
    st.builds(
        State,
        st.sampled_from(list(STATES)),
        st.dates(date(2025, 1, 1), TODAY),
        st.sampled_from(["day", "month", ""]),
    ),
    max_size=6,
).map(lambda states: sorted(states, key=lambda one: one.day))


@given(thread_states, st.booleans())
def test_a_thread_runs_forward_and_can_be_drawn(states: list[State], before: bool) -> None:
    found = spans(states, TODAY, before=before)
    assert [kind for _, _, kind in found] == [state.kind for state in states]
    ends = 0.0
    for left, right, _ in found:
        assert ends <= left <= right <= 1
        ends = right
    assert len(drawings.thread(found)) <= len(found)


@given(thread_states.filter(bool))
def test_how_it_stands_now_is_always_to_be_seen(states: list[State]) -> None:
    left, right, _ = spans(states, TODAY)[-1]
    before = spans(states, TODAY)[-2][0] if len(states) > 1 else 0
    assert right - left >= min(STUB, right - before) - 1e-9


def test_the_months_shown_end_with_this_one() -> None:
    assert shown_months(date(2026, 2, 9)) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("states", "before", "starts"),
    [
        (days_of(0, known=""), True, 0.0),
        (days_of(0, known=""), False, None),
        (days_of(30, 0, known=""), False, 0.0),
        (days_of(30), True, None),
    ],
)
def test_what_was_so_before_reaches_back(
    states: list[State], before: bool, starts: float | None
) -> None:
    first: Span = spans(states, TODAY, before=before)[0]
    assert (first[0] == 0) == (starts == 0)
