"""A new version of Kith on tables of an older one: a backup first, then all steps or none."""

from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from kith.base.problems import Flaw, Refused
from kith.records import shape
from kith.records.backup import Backup, back_up, prove_readable


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How many steps were taken, and the backup of before (None where everything was new)."""

    steps: int
    backup: Backup | None


def bring_up_to_date(folder: Path) -> Upgrade | None:
    """Take the steps that the tables lack, after a backup into `folder`. None if none is lacking.

    Raises Refused, and nothing has changed, when the tables are of a later version, the backup
    cannot be made or read, or a step fails.
    """
    if shape.from_later():
        raise Refused("database-newer")
    if not shape.missing_steps():
        return None
    backup = _backed_up(folder) if shape.shape_of() else None
    return Upgrade(_steps_taken(), backup)


def _backed_up(folder: Path) -> Backup:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = back_up(folder)
        prove_readable(made)
        made.keys.unlink()  # the keyring stays as it is, and an old copy would open what is erased
    except (OSError, DatabaseError) as why:
        raise Refused("backup-not-made", [_kind_of(why)]) from None
    return made


def _steps_taken() -> int:
    """Asked again once we alone may change the tables: another process may have been first."""
    try:
        with shape.all_or_nothing():
            steps = shape.missing_steps()
            shape.finish()
    except Exception as why:
        raise Refused("upgrade-failed", [_kind_of(why)]) from why
    return steps


def _kind_of(why: Exception) -> Flaw:
    """What kind of error it was: never its words, which may quote what a table holds."""
    return Flaw("kind-of-error", facts=(("kind", type(why).__name__),))
