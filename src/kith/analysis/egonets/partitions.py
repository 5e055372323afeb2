"""One part of the egos at a time: for more data than memory, and for a cluster of machines.

A part is a range of ego ids. Each part is read, matched and measured by the very functions that
measure a whole study; what only the whole study can tell (possible categories, the mix of all
alters, kinds of tie) is counted first and given to every part. So the result is the same, bit for
bit, however many parts there are and wherever they run.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import polars as pl

from kith.analysis.egonets import parquet
from kith.analysis.egonets.complaints import in_the_whole
from kith.analysis.egonets.doors import Tables, from_polars, refuse, take_in
from kith.analysis.egonets.measures import check, is_path
from kith.analysis.egonets.measuring import run
from kith.analysis.egonets.plan import Plan
from kith.base.problems import Flaw, Invalid

EGOS_A_PART = 100_000
Progress = Callable[[int, int], None]
Outcome = pl.DataFrame | tuple[Flaw, ...]


@dataclass(frozen=True)
class Part:
    """Egos with ids after `after` up to `upto` (None: open), in memory or in Parquet files."""

    after: Any
    upto: Any
    files: tuple[str, ...] = ()
    tables: Tables | None = None


def measure_parts(
    plan: Plan,
    given: Sequence[Any],
    client: Any = None,
    partitions: int | None = None,
    progress: Progress | None = None,
) -> Any:
    """Measure in parts, here or by the workers of a dask.distributed `client`; in ego order.

    given: egos, alters, ties as tables, or as paths (Parquet is read part by part; CSV is read
    whole). `progress(done, of)` is called as parts come in. Raises Invalid as `measure` does, with
    the flaws of every part at once, each at its row of the whole table.
    """
    if is_path(given[0]):
        paths = _paths(given)
        if all(path.suffix == ".parquet" for path in paths):
            return _from_files(plan, paths, client, partitions, progress)
        given = [parquet.read_table(path) for path in paths]
    egos, alters, ties = given
    tables = take_in(egos, alters, ties, plan.names)
    if client is None and partitions is None:
        return from_polars(run(check(plan, tables), tables), tables.kind)
    settled = check(plan, tables)
    parts = [
        Part(after, upto, tables=_slice(tables, plan, after, upto))
        for after, upto in _ranges(tables.egos[plan.names.ego], partitions)
    ]
    inside = {"egos": tables.egos, "alters": tables.alters, "ties": tables.ties}
    whole = {name: frame.lazy() for name, frame in inside.items()}
    frames = _sound(settled, parts, _outcomes(settled, parts, client, progress), whole)
    order = tables.egos.select(pl.col(plan.names.ego).alias("ego"))
    return from_polars(_in_order(frames, order), tables.kind)


def _paths(given: Sequence[Any]) -> list[Path]:
    """The files given, each of them there."""
    paths = [Path(path) for path in given if path is not None]
    refuse([Flaw("no-such-file", file=path.name) for path in paths if not path.exists()])
    if len(paths) != 3:
        refuse([Flaw("three-files")])
    return paths


def _from_files(
    plan: Plan,
    paths: list[Path],
    client: Any,
    partitions: int | None,
    progress: Progress | None,
) -> pl.DataFrame:
    files = tuple(str(path.resolve()) for path in paths)
    settled = parquet.settle_files(plan, files)
    ids = pl.scan_parquet(files[0]).select(pl.col(plan.names.ego).alias("ego")).collect()
    parts = [Part(after, upto, files) for after, upto in _ranges(ids["ego"], partitions)]
    scans = map(pl.scan_parquet, files)
    whole = dict(zip(("egos", "alters", "ties"), scans, strict=True))
    frames = _sound(settled, parts, _outcomes(settled, parts, client, progress), whole)
    return _in_order(frames, ids)


def _ranges(ids: pl.Series, partitions: int | None) -> list[tuple[Any, Any]]:
    """Ranges of ids with about as many egos each."""
    if not len(ids):
        refuse([Flaw("empty-table", file="egos")])
    count = partitions or -(-len(ids) // EGOS_A_PART)
    if count < 1:
        refuse([Flaw("out-of-range", field="partitions")])
    in_order = ids.drop_nulls().unique().sort()
    cuts = sorted({len(in_order) * k // count for k in range(1, count)} - {0})
    edges = [None, *(in_order[cut - 1] for cut in cuts), None]
    return list(pairwise(edges))


def _slice(tables: Tables, plan: Plan, after: Any, upto: Any) -> Tables:
    inside = parquet.within(plan.names.ego, after, upto)
    return Tables(
        tables.egos.filter(inside), tables.alters.filter(inside), tables.ties.filter(inside)
    )


def measure_part(plan: Plan, part: Part) -> pl.DataFrame:
    """Measure one part by a settled plan: what a worker does."""
    tables = part.tables or parquet.read_part(plan, part.files, part.after, part.upto)
    return run(plan, tables)


def _outcomes(
    plan: Plan, parts: Sequence[Part], client: Any, progress: Progress | None
) -> Iterator[Outcome]:
    """What came of each part, in their order, from here or from the cluster."""
    if client is None:
        for at, part in enumerate(parts, 1):
            yield _outcome(plan, part)
            if progress:
                progress(at, len(parts))
        return
    alone = replace(plan, reading=replace(plan.reading, threads=1))
    waiting = [client.submit(_outcome, alone, part, pure=False, retries=3) for part in parts]
    done: dict[str, Outcome] = {}
    for future, outcome in _as_completed(waiting):
        done[future.key] = outcome
        if progress:
            progress(len(done), len(parts))
    for future in waiting:
        yield done.pop(future.key)


def _as_completed(waiting: list[Any]) -> Any:
    """Futures with their results, as they come in; a lost worker's parts are done again."""
    from distributed import as_completed

    return cast(Any, as_completed)(waiting, with_results=True)


def _outcome(plan: Plan, part: Part) -> Outcome:
    """A part's result; or, as plain values, what is wrong with it (no use in trying again)."""
    try:
        return measure_part(plan, part)
    except Invalid as problem:
        return problem.flaws


def _sound(
    plan: Plan,
    parts: Sequence[Part],
    outcomes: Iterator[Outcome],
    whole: dict[str, pl.LazyFrame],
) -> list[pl.DataFrame]:
    """The parts' results; or Invalid with all that is wrong in any of them."""
    frames: list[pl.DataFrame] = []
    flawed: list[tuple[pl.Expr, tuple[Flaw, ...]]] = []
    for part, outcome in zip(parts, outcomes, strict=True):
        if isinstance(outcome, pl.DataFrame):
            frames.append(outcome)
        else:
            flawed.append((parquet.within(plan.names.ego, part.after, part.upto), outcome))
    refuse(in_the_whole(flawed, whole))
    return frames


def _in_order(frames: list[pl.DataFrame], order: pl.DataFrame) -> pl.DataFrame:
    """All parts as one table, its rows in the order of the egos."""
    whole = pl.concat(frames)
    if whole["ego"].equals(order["ego"]):
        return whole
    return order.join(whole, on="ego", how="left", maintain_order="left")
