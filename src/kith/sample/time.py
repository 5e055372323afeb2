"""Days in the village are counted back from today, so that it is always in mid-story."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kith.base import clock

_told_at: ContextVar[datetime | None] = ContextVar("kith_village", default=None)


@contextmanager
def told_now() -> Iterator[None]:
    """Count from this moment for the length of the block, also where the clock is held back."""
    token = _told_at.set(clock.now())
    try:
        yield
    finally:
        _told_at.reset(token)


def when(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """That many days ago, at that hour."""
    there = timezone.make_aware(datetime.combine(day(days), time(hour, minute)))
    return min(there, _now() - timedelta(minutes=1))


def day(days: int) -> date:
    """That many days ago; ahead of us if it is less than none."""
    return timezone.localdate(_now()) - timedelta(days=days)


def days_ago(days: int, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
    """Let it be that many days ago for the length of the block."""
    return clock.ticking_from(when(days, hour, minute))


def _now() -> datetime:
    return _told_at.get() or clock.now()
