"""The one place that asks what time it is, so that tests can say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from itertools import count

_told: ContextVar[Callable[[], datetime] | None] = ContextVar("kith_clock", default=None)
TICK = timedelta(milliseconds=1)


def now() -> datetime:
    """The present moment in UTC, to the millisecond, which is as fine as we keep time."""
    told = _told.get()
    return to_millisecond(told() if told else datetime.now(UTC))


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
    with _telling(lambda: moment):
        yield


@contextmanager
def ticking_from(moment: datetime) -> Iterator[None]:
    """Let each look at the clock be a millisecond after the last, for the length of the block."""
    ticks = count()
    with _telling(lambda: moment + next(ticks) * TICK):
        yield


@contextmanager
def _telling(told: Callable[[], datetime]) -> Iterator[None]:
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)
