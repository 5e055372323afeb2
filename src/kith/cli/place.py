"""Getting an installation ready for a command, and running its server."""

import os
import warnings
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kith.base.problems import Problem, Refused
from kith.cli.door import Door, as_server_options, hold, say_open

Home = Annotated[
    Path | None, typer.Option("--home", help="Where Kith keeps its things (or KITH_HOME).")
]
tell = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def get_ready(home: Path | None, *, invented: bool = False) -> None:
    """Settings, tables, and in a demo its invented people. Takes a second or two at first.

    What is written from here on is this user's alone.
    """
    set_up(home)
    _bring_up_to_date()
    _erase_due()
    if invented:
        fill_with_invented()


def set_up(home: Path | None) -> None:
    """Settings, and a restore finished that was killed while it put things in place."""
    os.umask(0o077)
    if home is not None:
        os.environ["KITH_HOME"] = str(home)
    _set_up()
    from kith.records.restoring import finish

    finish()


def _erase_due() -> None:
    """Finish erasures that were cut short, and carry out those whose waiting time is over."""
    from kith.people.leaving import erase_due

    erase_due()


def _bring_up_to_date() -> None:
    from django.conf import settings

    from kith.records.upgrade import bring_up_to_date

    done = bring_up_to_date(settings.KITH_HOME / "backups")
    if done and done.backup:
        tell.print(
            f"Kith was brought up to date. As it was before: backups/{done.backup.data.name}"
        )


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.site.settings")
    import django

    django.setup()


def run_server(door: Door, say: Console) -> None:
    """Serve at this door until stopped."""
    import uvicorn

    with hold(door) as held:
        _collect_static()
        config = uvicorn.Config(
            "kith.site.asgi:application",
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=20,
            **as_server_options(door),
        )
        held.listen()  # who comes from now on waits a moment, and is not turned away
        say_open(door, say)
        uvicorn.Server(config).run(sockets=[held])


def sentences(problem: Problem) -> list[str]:
    """The problem in plain words, with every flaw on a line of its own.

    A problem with a sentence of its own says there what to do; what its kind adds is for pages.
    """
    _set_up()
    from kith.cli.measure_words import WORDS
    from kith.cli.words import SENTENCES
    from kith.web.sentences import KINDS, flaw_sentences, plainly, say

    say(WORDS | SENTENCES)
    plain, flaws = plainly(problem), flaw_sentences(problem.flaws)
    then = [str(plain.then)] if plain in KINDS.values() else []
    return [str(plain.what), *(flaws or then)]


def fill_with_invented() -> None:
    """An invented world never shares a home with a real one."""
    from kith.people.models import Installation, Person
    from kith.sample.actions import settle

    if Person.objects.exists() and not Installation.objects.filter(invented=True).exists():
        raise Refused("home-is-real")
    if not Person.objects.exists():
        settle()


def _collect_static() -> None:
    from django.core.management import call_command

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call_command("collectstatic", verbosity=0, interactive=False)
