"""Days in the village are counted back from today, so that it is always in mid-story."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kith.base import clock


def when(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """That many days ago, at that hour."""
    there = timezone.make_aware(datetime.combine(day(days), time(hour, minute)))
    return min(there, clock.now() - timedelta(minutes=1))


def day(days: int) -> date:
    """That many days ago; ahead of us if it is less than none."""
    return timezone.localdate(clock.now()) - timedelta(days=days)


def days_ago(days: int, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
    """Let it be that many days ago for the length of the block."""
    return clock.stopped_at(when(days, hour, minute))
