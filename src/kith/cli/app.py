"""The commands. Each prints plain sentences; a problem ends with its exit code (2 to 6)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from kith.base.problems import Problem
from kith.cli.measure import measure
from kith.cli.place import get_ready, run_server

app = typer.Typer(
    help="Kith helps people record, see and talk about relationships.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bring = typer.Typer(help="Bring in what others wrote.", no_args_is_help=True)
app.add_typer(bring, name="import")
say = Console(highlight=False, markup=False, soft_wrap=True)
warn = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

Home = Annotated[
    Path | None, typer.Option("--home", help="Where Kith keeps its things (or KITH_HOME).")
]
Port = Annotated[int, typer.Option("--port", envvar="PORT", help="The port to listen on.")]


@app.command()
def demo(home: Home = None, port: Port = 8000) -> None:
    """Open an invented ward, couple and workshop, with a guided walk of ten minutes."""
    with problems():
        get_ready((home or _beside("kith-demo")), invented=True)
        run_server(port, say)


@app.command()
def serve(home: Home = None, port: Port = 8000) -> None:
    """Open Kith on this computer."""
    with problems():
        get_ready(home)
        run_server(port, say)


@bring.command("notes")
def import_notes(
    file: Path,
    circle: Annotated[str, typer.Option(help="The circle whose gathering these notes are from.")],
    gathering: Annotated[str, typer.Option(help="The gathering; made if it is new.")] = "",
    quotable: Annotated[
        bool, typer.Option(help="Everyone quoted agreed, or the words are public already.")
    ] = False,
    home: Home = None,
) -> None:
    """Bring in notes of a workshop: CSV, Markdown, Word or subtitles. All of them or nothing."""
    with problems():
        get_ready(home)
        from kith.cli.notes import bring_in

        bring_in(file, circle, gathering, quotable, say)


@app.command()
def report(
    name: str,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    circle: Annotated[str, typer.Option(help="The circle, where several have such a name.")] = "",
    home: Home = None,
) -> None:
    """Write the report of a gathering, as HTML and PDF."""
    with problems():
        get_ready(home)
        from kith.cli.papers import write_report

        write_report(name, out, say, circle)


@app.command()
def verify(home: Home = None) -> None:
    """Prove that nothing was changed or taken out. Names the first bad line if there is one."""
    with problems():
        get_ready(home)
        from kith.records.verify import verify as prove

        found = prove()
        if found.holds:
            say.print(f"All good: {found.lines} lines in the ledger, {found.records} records.")
            return
        warn.print(f"Line {found.bad_line} of the ledger does not hold: {found.why}.")
        raise typer.Exit(1)


@app.command()
def backup(folder: Path, home: Home = None) -> None:
    """Write a backup: what is in the database, and apart from it the keyring."""
    with problems():
        get_ready(home)
        from kith.records.backup import back_up

        made = back_up(folder)
        say.print(f"Written: {made.data.name}, and {made.keys.name}, which opens it.")
        say.print("Keep the two apart. The wrapping key is in neither: keep a copy of that too.")


@app.command()
def restore(
    file: Path,
    keys: Annotated[Path | None, typer.Option(help="The keyring's own backup.")] = None,
    home: Home = None,
) -> None:
    """Put a backup back, once it has been proven whole. Stop the server first."""
    with problems():
        get_ready(home)
        from kith.records.backup import restore as put_back

        lines = put_back(file, keys)
        say.print(f"Back in place and proven: {lines} lines in the ledger.")


def in_plain_words(command: Callable[..., None]) -> Callable[..., None]:
    """The same command, whose problems are told in plain sentences."""

    @wraps(command)
    def told(*given: Any, **named: Any) -> None:
        with problems():
            command(*given, **named)

    return told


@contextmanager
def problems() -> Iterator[None]:
    """Turn a problem into plain sentences and its exit code."""
    try:
        yield
    except Problem as problem:
        from kith.cli.place import sentences

        for sentence in sentences(problem):
            warn.print(sentence)
        raise typer.Exit(problem.exit_code) from None


def _beside(name: str) -> Path:
    from kith.base.home import home

    return home().with_name(name)


app.command("measure")(in_plain_words(measure))
