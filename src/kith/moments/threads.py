"""A practice as a thread through the last months. Pure: states in, shares of a line out."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from kith.moments.sentences import State

MONTHS = 4
STUB = 0.03
"""The least of the line that a state of right now gets, so that it can be seen at all."""
GAP = 0.014
"""What is left free between two states, as a share of the line."""

Span = tuple[float, float, str]


def shown_months(today: date) -> list[date]:
    """The first days of the months a thread shows, the month of `today` last."""
    return [_first_of(today, -back) for back in reversed(range(MONTHS))]


def spans(states: Sequence[State], today: date, *, before: bool = False) -> tuple[Span, ...]:
    """Each state as (from, to, kind) in shares of the months shown, each up to the next.

    A first state whose day is not known reaches back to the edge when `before` says that it was
    so already, or when another came after it.
    """
    start, end = shown_months(today)[0], _first_of(today, 1)
    days = [state.day for state in states]
    if states and not states[0].known and (before or len(states) > 1):
        days[0] = start
    now = _share(today, start, end)
    edges = [min(now, _share(day, start, end)) for day in days]
    if edges:
        edges[-1] = max(edges[-2] if len(edges) > 1 else 0.0, min(edges[-1], now - STUB))
    ends = [max(left, right - GAP) for left, right in pairwise(edges)]
    kinds = [state.kind for state in states]
    return tuple(zip(edges, [*ends, now], kinds, strict=True)) if states else ()


def _share(day: date, start: date, end: date) -> float:
    return min(1.0, max(0.0, (day - start).days / (end - start).days))


def _first_of(day: date, months: int) -> date:
    """The first day of the month that is `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
