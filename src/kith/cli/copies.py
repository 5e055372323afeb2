"""Commands for keeping copies: writing a backup, saying when the last one was, putting one back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from kith.base.problems import Invalid
from kith.cli.place import Home, get_ready, set_up

if TYPE_CHECKING:
    from kith.records.backup import Backup

say = Console(highlight=False, markup=False, soft_wrap=True)
warn = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

Folder = Annotated[
    Path | None, typer.Argument(help="Where to write it; KITH_BACKUP_TO where none is named.")
]
Keys = Annotated[Path | None, typer.Option(help="The keyring's own backup.")]


def backup(
    folder: Folder = None,
    last: Annotated[bool, typer.Option("--last", help="Say when the last good one was.")] = False,
    home: Home = None,
) -> None:
    """Write a backup: what is in the database, locked, and apart from it the keyring."""
    get_ready(home)
    from django.conf import settings

    if last:
        say_last()
        return
    into = folder or settings.KITH_BACKUP_TO
    if into is None:
        raise Invalid("backup-nowhere")
    with say.status("Writing the backup, and reading it back ..."):
        made = _written(Path(into))
    say.print(f"Written and read back: {made.data.name}, and {made.keys.name}, which opens it.")
    say.print("Keep the two apart. The wrapping key is in neither: keep a copy of that too.")
    if made.removed:
        say.print(f"Copies of the keyring older than 30 days, removed: {len(made.removed)}.")


def restore(
    file: Path,
    keys: Keys = None,
    wrapping_key: Annotated[
        Path | None,
        typer.Option(help="The wrapping key that this copy of the keyring was made under."),
    ] = None,
    without_copy: Annotated[
        bool, typer.Option("--without-copy", help="Do not copy first what is here now.")
    ] = False,
    home: Home = None,
) -> None:
    """Put a backup back, once it has been proven whole. Stop the server first."""
    set_up(home)
    from kith.records.restoring import restore as put_back

    if not without_copy:
        _copy_first(file.parent)
    with say.status("Reading it into a new place, and proving it ..."):
        lines = put_back(file, keys, wrapping_key)
    say.print(f"Back in place and proven: {lines} lines in the ledger.")
    say.print("What was erased since then was erased again. Everyone signs in anew.")


def _written(folder: Path) -> "Backup":
    from kith.records.backup import back_up

    try:
        return back_up(folder)
    except OSError:
        raise Invalid("backup-not-written") from None


def say_last() -> None:
    """When the last good backup was, and whether one failed since."""
    from kith.records.backup import last_backup

    say_failed()
    known = last_backup()
    if known.made:
        say.print(f"The last good backup: {_day(known.made)}, {known.file}.")
    else:
        say.print("There is no backup yet. Write one with: kith backup FOLDER")


def say_failed() -> None:
    """Whether the last backup that was tried did not come about."""
    from kith.records.backup import last_backup

    if failed := last_backup().failed:
        warn.print(f"A backup failed on {_day(failed)}. Try: kith backup FOLDER")


def say_ahead() -> None:
    """Whether a clock that was wrong put something after now, and what to do about it."""
    from kith.records.verify import ahead

    if found := ahead():
        warn.print(
            f"Records of a time to come: {found.records}, from {_day(found.first)} to "
            f"{_day(found.last)}. The clock was wrong when they were kept. They are safe; pages "
            "show them only from then on. Until then, whoever made one finds it in the copy of "
            "everything of theirs, and can note it anew."
        )


def _copy_first(folder: Path) -> None:
    """What is here now is copied, so that putting back the wrong file loses nothing."""
    from django.db import DatabaseError

    try:
        get_ready(None)
        if _nobody_is_here():
            return
        made = _written(folder)
    except DatabaseError:
        raise Invalid("not-copied-first") from None
    say.print(f"What is here now was copied first: {made.data.name}.")


def _nobody_is_here() -> bool:
    from kith.people.models import Person

    return not Person.objects.exists()


def _day(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC"
