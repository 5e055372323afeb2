"""Commands for taking one space along: a locked archive of it, and reading it back."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kith.base.problems import Invalid
from kith.cli.place import Home, get_ready

say = Console(highlight=False, markup=False, soft_wrap=True)

Out = Annotated[Path, typer.Option(help="The new file to write.")]
Secret = Annotated[
    Path | None, typer.Option(help="A file whose first line is the passphrase; else it is asked.")
]


def archive(space: str, out: Out, passphrase_file: Secret = None, home: Home = None) -> None:
    """Write everything in one notebook or circle into a file locked with a passphrase."""
    get_ready(home)
    from kith.people.archives import archive_space

    words = _passphrase(passphrase_file, new=True)
    with say.status("Writing the archive ..."):
        made = archive_space(space, out, words)
    say.print(f"Written: {out.name}, {made.records} records. Only the passphrase opens it.")
    say.print(
        "It is personal data, also of those it speaks of. Keep it as safe as what it is from."
    )
    if made.left_out:
        classes = ", ".join(made.left_out)
        say.print(f"Left out, as only the people themselves can open it: {classes}.")


def unarchive(file: Path, passphrase_file: Secret = None, home: Home = None) -> None:
    """Bring a notebook or circle back from its archive. All of it or nothing."""
    get_ready(home)
    from kith.people.archives import LOCAL
    from kith.people.archives import unarchive as bring_back

    words = _passphrase(passphrase_file, new=False)
    with say.status("Reading the archive ..."):
        back = bring_back(file, words)
    say.print(f"Back: {back.name}, {back.came} records.")
    if back.stays_away:
        say.print(f"Erased here, and not brought back: {back.stays_away}.")
    if back.kind == "circle":
        say.print(f'Let people in with: kith invite "{back.name}"')
    elif back.name != LOCAL:
        say.print(f"If they were not here, {back.name} signs in with the archive's passphrase.")


def _passphrase(file: Path | None, *, new: bool) -> str:
    if file is None:
        told: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new)
        return told
    try:
        return file.read_text(encoding="utf-8").split("\n")[0]
    except (OSError, UnicodeDecodeError):
        raise Invalid("passphrase-unreadable") from None
