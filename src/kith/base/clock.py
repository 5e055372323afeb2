"""The one place that asks what time it is, so that tests can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_stopped: ContextVar[datetime | None] = ContextVar("kith_clock", default=None)


def now() -> datetime:
    """The present moment in UTC, to the millisecond, which is as fine as we keep time."""
    return to_millisecond(_stopped.get() or datetime.now(UTC))


def to_millisecond(moment: datetime) -> datetime:
    """`moment` (aware) in UTC without what is finer than a millisecond."""
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """The present day in UTC."""
    return now().date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Hold the clock still at `moment` (aware, UTC) for the length of the block."""
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
