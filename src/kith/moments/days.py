"""Days as people count them, in the time zone of the place."""

from datetime import UTC, date, datetime, time

from django.utils import timezone

from kith.base import clock


def today() -> date:
    """The present day here."""
    return day_of(clock.now())


def day_of(moment: datetime) -> date:
    """The day that `moment` (aware) falls on here."""
    return timezone.localdate(moment)


def begins(day: date) -> datetime:
    """The first instant of `day` here, in UTC."""
    return at(day, time.min)


def noon(day: date) -> datetime:
    """When something is set down that is known to the day only, in UTC; for today it is now."""
    return clock.now() if day == today() else at(day, time(12))


def earlier(now: datetime) -> datetime:
    """Half way between the start of the day and `now`: "earlier" says no more than that."""
    start = begins(day_of(now))
    return start + (now - start) / 2


def at(day: date, hour: time) -> datetime:
    """When it is this hour here on `day`, in UTC."""
    return datetime.combine(day, hour, timezone.get_current_timezone()).astimezone(UTC)
