"""What must hold before the door opens: no open secret, no debugging, a clock one can trust."""

from datetime import datetime, timedelta
from pathlib import Path

from kith.base import clock
from kith.base.problems import Refused

SHORTEST_SECRET = 32
BEHIND = timedelta(minutes=5)
AHEAD = timedelta(days=400)


def check(*, clock_is_right: bool = False) -> None:
    """Raises Refused for the first thing that does not hold, before anyone can come in."""
    from django.conf import settings

    from kith.records.guarding import guard
    from kith.records.ledger import last_time

    _secret(settings.SECRET_KEY, settings.KITH_HOME / "secret")
    if settings.DEBUG:
        raise Refused("debugging-on")
    guard()
    if not clock_is_right:
        _clock(last_time())


def _secret(secret: str, file: Path) -> None:
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 8 or secret.startswith("django-insec"):
        raise Refused("secret-too-easy")
    if file.exists() and file.stat().st_mode & 0o077:
        raise Refused("secret-readable-by-others")


def _clock(last: datetime | None) -> None:
    """Time runs on from the last line of the ledger, and not by years at once."""
    if last is None:
        return
    if clock.now() < last - BEHIND:
        raise Refused("clock-behind")
    if clock.now() > last + AHEAD:
        raise Refused("clock-ahead")
