"""Getting an installation ready for a command, and running its server."""

import os
import socket
import warnings
from pathlib import Path

from rich.console import Console

from kith.base.problems import Problem, Refused


def get_ready(home: Path | None, *, invented: bool = False) -> None:
    """Settings, tables, and in a demo its invented people. Takes a second or two at first."""
    if home is not None:
        os.environ["KITH_HOME"] = str(home)
    _set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    if invented:
        fill_with_invented()


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.site.settings")
    import django

    django.setup()


def run_server(port: int, say: Console) -> None:
    """Serve on this computer alone until stopped."""
    import uvicorn

    with _held(port) as door:
        _collect_static()
        config = uvicorn.Config(
            "kith.site.asgi:application",
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
        )
        say.print(f"Kith is open at http://127.0.0.1:{port}/  (stop it with Ctrl-C)")
        uvicorn.Server(config).run(sockets=[door])


def _held(port: int) -> socket.socket:
    """The port, held before anything is said. Raises Refused when something else has it."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
    except OSError:
        door.close()
        raise Refused("port-taken") from None
    return door


def sentences(problem: Problem) -> list[str]:
    """The problem in plain words, with every flaw on a line of its own."""
    _set_up()
    from kith.cli.measure_words import WORDS
    from kith.web.sentences import flaw_sentences, plainly, say

    say(WORDS)
    plain, flaws = plainly(problem), flaw_sentences(problem.flaws)
    return [str(plain.what), *(flaws or [str(plain.then)])]


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
