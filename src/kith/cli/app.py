"""The commands. Each prints plain sentences; a problem ends with its exit code (2 to 6)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from kith.base.problems import Problem
from kith.cli.archives import archive, unarchive
from kith.cli.certificate import fingerprint, make
from kith.cli.copies import backup, restore, say_ahead
from kith.cli.door import at_home, door, tell_settings
from kith.cli.keys import check as check_keys
from kith.cli.keys import keys, rotate
from kith.cli.leaflet import leaflet
from kith.cli.measure import measure
from kith.cli.place import Home, get_ready, run_server
from kith.cli.rounds import begin as begin_rounds
from kith.cli.safe import check

app = typer.Typer(
    help="Kith helps people record, see and talk about relationships.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bring = typer.Typer(help="Bring in what others wrote.", no_args_is_help=True)
app.add_typer(bring, name="import")
app.add_typer(keys, name="keys")
say = Console(highlight=False, markup=False, soft_wrap=True)
warn = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

Port = Annotated[int, typer.Option("--port", envvar="PORT", help="The port to listen on.")]


@app.command()
def demo(home: Home = None, port: Port = 8000) -> None:
    """Open an invented ward, couple and workshop, with a guided walk of ten minutes."""
    with problems():
        get_ready((home or _beside("kith-demo")), invented=True)
        run_server(at_home(port), say)


@app.command()
def serve(
    home: Home = None,
    port: Port = 8000,
    host: Annotated[str, typer.Option(help="The address of this computer to listen on.")] = "",
    cert: Annotated[Path | None, typer.Option(help="The certificate, with its chain.")] = None,
    key: Annotated[Path | None, typer.Option(help="The key of the certificate.")] = None,
    behind_proxy: Annotated[
        str, typer.Option(help="The address of a proxy that holds the certificate.")
    ] = "",
    name: Annotated[
        list[str] | None, typer.Option(help="A name people type; say it again for more.")
    ] = None,
    authority: Annotated[
        Path | None, typer.Option(help="What phones are to trust, from `kith certificate`.")
    ] = None,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Trust this computer's clock, this once.")
    ] = False,
) -> None:
    """Open Kith on this computer; with a certificate or behind a proxy, for others too."""
    with problems():
        where = door(
            host or "127.0.0.1",
            port,
            names=name or [],
            certificate=cert,
            key=key,
            proxy=behind_proxy,
        )
        tell_settings(where)
        get_ready(home)
        check(clock_is_right=clock_is_right)
        begin_rounds()
        with leaflet(where, authority, say) if authority else nullcontext():
            run_server(where, say)


@app.command()
def certificate(
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    name: Annotated[list[str], typer.Option(help="A name or address; say it again for more.")],
    days: Annotated[int, typer.Option(help="For how many days, 90 at most.")] = 14,
) -> None:
    """Make a certificate for a workshop, and the authority that phones are to trust."""
    with problems():
        made = make(out, name, days)
        say.print(f"Written: {made.certificate.name}, {made.key.name}, {made.authority.name}.")
        say.print("The first two are for kith serve; the third is for phones.")
        say.print(f"SHA-256 {fingerprint(made.authority)}")


@app.command()
def invite(
    circle: str,
    sort: Annotated[
        str, typer.Option(help="If it is new: ward, team, household, inquiry or study.")
    ] = "ward",
    part: Annotated[str, typer.Option(help="guest, team or keeper.")] = "keeper",
    days: Annotated[int, typer.Option(help="How long the card works.")] = 7,
    home: Home = None,
) -> None:
    """Print the code of a card that lets people into a circle; opens the circle if it is new."""
    with problems():
        get_ready(home)
        from kith.cli.cards import make_card

        make_card(circle, sort, part, days, say)


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
            say_ahead()
            return
        warn.print(f"Line {found.bad_line} of the ledger does not hold: {found.why}.")
        raise typer.Exit(1)


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


app.command()(in_plain_words(archive))
app.command()(in_plain_words(unarchive))
app.command()(in_plain_words(backup))
app.command()(in_plain_words(restore))
app.command("measure")(in_plain_words(measure))
keys.command("check")(in_plain_words(check_keys))
keys.command("rotate")(in_plain_words(rotate))
