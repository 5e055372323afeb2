"""Wrong tries: five are free, then each makes the next wait longer, and none shuts anyone out.

A try takes its place before the passphrase is looked at, so that many at once are counted like
many in a row. It stands in the database, so that neither a restart nor a second process forgets.
What was tried is kept as a keyed hash, whether or not anyone signs in by that name.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from kith.base import clock
from kith.people.models import Tries

WITHIN = timedelta(minutes=15)
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=4)
FREE, FREE_AT_ADDRESS = 5, 60
"""How many wrong tries make nobody wait: for one name, and for one address (a whole ward)."""


def hashed(what: str, told: str) -> str:
    """The mark of what is tried: `what` kind of thing, and which."""
    return salted_hmac(f"kith.people.tries.{what}", told, algorithm="sha256").hexdigest()


@transaction.atomic
def take(mark: str, free: int = FREE) -> timedelta:
    """Take a place for one try. Zero when it may go on now; else how long one has to wait."""
    now = clock.now()
    # In one go, whether the row is there or not: else the time it takes would tell of others.
    Tries.objects.bulk_create([Tries(mark=mark, wrong=0, last=now)], ignore_conflicts=True)
    row = Tries.objects.select_for_update().get(mark=mark)
    wrong = row.wrong if abs(now - row.last) < WITHIN else 0
    wait = min(row.last + _pause(wrong, free) - now, _pause(wrong, free))
    if wait > timedelta(0):
        return wait
    Tries.objects.filter(mark=mark).update(wrong=wrong + 1, last=now)
    Tries.objects.filter(last__lt=now - 2 * WITHIN).delete()
    return timedelta(0)


def forget(mark: str) -> None:
    """The try was right: what went before no longer counts."""
    Tries.objects.filter(mark=mark).delete()


def give_back(mark: str) -> None:
    """The try was right: it does not count, what went before does."""
    Tries.objects.filter(mark=mark, wrong__gt=0).update(wrong=F("wrong") - 1)


def _pause(wrong: int, free: int) -> timedelta:
    if wrong < free:
        return timedelta(0)
    return min(FIRST * int(2 ** min(wrong - free, 10)), LONGEST)
