"""What must be its owner's alone on this machine before anything is served."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from kith.base.problems import Flaw, Refused
from kith.records.models import LedgerLine
from kith.records.sealing import keyring

READ, WRITE = 0o077, 0o022


def guard() -> None:
    """Open the keyring, and see that no other user of this machine can reach what lies around it.

    Raises Invalid when the wrapping key is missing, damaged, readable or not the one that fits;
    Refused when there is no keyring for what was written, and, with every place, when others may
    read the keys or write where they lie.
    """
    if not keyring().file.rows("select 1 from key limit 1") and LedgerLine.objects.exists():
        raise Refused("keyring-lost")
    flaws = [Flaw("open-to-others", file=str(place)) for place in _open_to_others()]
    if flaws:
        raise Refused("open-to-others", flaws)


def _open_to_others() -> Iterator[Path]:
    ring, home = Path(settings.KITH_KEYRING), Path(settings.KITH_HOME)
    for place, too_much in ((home, WRITE), (ring.parent, READ), (ring, READ)):
        if place.exists() and place.stat().st_mode & too_much:
            yield place
