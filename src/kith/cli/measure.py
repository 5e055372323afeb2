"""`kith measure TABLES --out FILE`: ego-network numbers from files, here or on a cluster."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from kith.base.problems import Flaw, Invalid

if TYPE_CHECKING:
    import polars as pl

Several = Annotated[list[str] | None, typer.Option(help="Name one; say it again for more.")]


def measure(
    tables: Annotated[
        list[Path],
        typer.Argument(help="A Network Canvas export (folder or zip), or egos, alters and ties."),
    ],
    out: Annotated[Path, typer.Option(help="Where the result goes: .csv or .parquet.")],
    preset: Annotated[
        str | None,
        typer.Option(help="network-canvas, plain, egor, egoweb, openeddi or ideanet."),
    ] = None,
    protocol: Annotated[
        Path | None, typer.Option(help="The .netcanvas file of a Network Canvas export.")
    ] = None,
    measures: Several = None,
    categories: Several = None,
    numbers: Several = None,
    weight: Annotated[str | None, typer.Option(help="A column of ties.")] = None,
    strength: Annotated[str | None, typer.Option(help="A column of alters.")] = None,
    kind: Annotated[str | None, typer.Option(help="A column of ties.")] = None,
    directed: Annotated[bool, typer.Option(help="Ties run from source to target.")] = False,
    ego: Annotated[str | None, typer.Option(help="Your name for the column.")] = None,
    alter: Annotated[str | None, typer.Option(help="Your name for the column.")] = None,
    source: Annotated[str | None, typer.Option(help="Your name for the column.")] = None,
    target: Annotated[str | None, typer.Option(help="Your name for the column.")] = None,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a dask scheduler, or a number of processes.")
    ] = None,
    partitions: Annotated[int | None, typer.Option(help="Into how many parts to cut.")] = None,
) -> None:
    """Measure ego networks: one row per ego, into a CSV or Parquet file."""
    if out.suffix not in (".csv", ".parquet"):
        raise Invalid("measure", [Flaw("not-csv-or-parquet", field="out")])
    names = {"ego": ego, "alter": alter, "source": source, "target": target}
    wanted: dict[str, Any] = {
        "measures": measures or None, "categories": categories or None, "numbers": numbers or None,
        "weight": weight, "strength": strength, "kind": kind, "directed": directed,
    }  # fmt: skip
    in_parts = len(tables) == 3 and all(path.suffix == ".parquet" for path in tables)
    if in_parts and preset in (None, "plain"):
        given: tuple[Any, ...] = tuple(tables)
        wanted |= {role: name for role, name in names.items() if name}
    else:
        given = _read(tables, preset, protocol, names)
    _write(_measured(given, wanted, cluster, partitions), out)


def _read(
    tables: list[Path], preset: str | None, protocol: Path | None, names: dict[str, str | None]
) -> tuple[Any, ...]:
    from kith.formats.interviews import read_interviews

    if len(tables) > 3:
        raise Invalid("measure", [Flaw("at-most-three-tables", field="tables")])
    alters, ties, *_ = [*tables[1:], None, None]
    read = read_interviews(tables[0], alters, ties, preset=preset, protocol=protocol, **names)
    return read.egos, read.alters, read.ties if len(read.ties) else None


def _measured(
    given: tuple[Any, ...], wanted: dict[str, Any], cluster: str | None, partitions: int | None
) -> "pl.DataFrame":
    """Measure, showing how far it is; with a cluster, by its workers."""
    from rich.progress import Progress

    from kith.analysis import egonets

    with Progress(transient=True) as bar:
        task = bar.add_task("Measuring", total=None)

        def progress(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        options = {**wanted, "partitions": partitions, "progress": progress}
        if cluster is None:
            return cast("pl.DataFrame", egonets.measure(*given, **options))
        with _client(cluster) as client:
            return cast("pl.DataFrame", egonets.measure(*given, **options, client=client))


def _client(cluster: str) -> Any:
    """A client of the scheduler at an address, or of that many processes on this machine."""
    try:
        from distributed import Client
    except ImportError:
        raise Invalid("measure", [Flaw("needs-cluster-extra", field="cluster")]) from None
    if cluster.isdigit():
        return Client(  # type: ignore[no-untyped-call]
            n_workers=int(cluster), threads_per_worker=1, dashboard_address=None
        )
    return Client(cluster)  # type: ignore[no-untyped-call]


def _write(frame: "pl.DataFrame", out: Path) -> None:
    """Write beside, then put in place: a file half written is never left."""
    half = out.with_name(f".{out.name}.part")
    try:
        if out.suffix == ".csv":
            frame.write_csv(half)
        else:
            frame.write_parquet(half)
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)
