"""Commands for the keys: looking whether all is well with them, and changing the wrapping key."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kith.cli.place import Home, get_ready

keys = typer.Typer(help="Look after the keys.", no_args_is_help=True)
say = Console(highlight=False, markup=False, soft_wrap=True)

To = Annotated[
    Path | None,
    typer.Option(help="The file of the new key; made if it is not there."),
]


def check(home: Home = None) -> None:
    """Say where the keys lie, whether they fit, and when they were last copied."""
    get_ready(home)
    from kith.records.guarding import guard
    from kith.records.sealing import keyring

    guard()
    ring = keyring()
    say.print(f"The keyring: {ring.file.path}")
    say.print(f"The wrapping key: {_whence()}. It fits, and nobody else here can read it.")
    if ring.file.note("handover"):
        say.print("A new wrapping key waits to be put in the place of this one.")
    copied = ring.file.note("copied")
    if copied is None:
        say.print("The keyring was never copied by Kith. Losing it loses everything people wrote.")
        return
    say.print(
        f"The keyring was last copied on {datetime.fromisoformat(copied):%d %B %Y, %H:%M} UTC."
    )


def rotate(to: To = None, home: Home = None) -> None:
    """Change the wrapping key. What people wrote stays as it is; a server may go on running."""
    get_ready(home)
    from kith.records.sealing import keyring

    if keyring().rotate(to):
        say.print("Every key is under a new wrapping key, and the new one is in place.")
    else:
        say.print(f"Every key is under the new wrapping key in {to}.")
        say.print("Put it where the old one was, and start Kith again. Until then both open.")
    say.print(
        "Copies of the keyring from before need the old key. Take a new copy now: kith backup."
    )


def _whence() -> str:
    from kith.records.sealing import keyring

    source = keyring().source
    if source.value:
        return "written in KITH_WRAPPING_KEY_VALUE"
    return f"{source.file}{', lent by systemd' if source.lent else ''}"
