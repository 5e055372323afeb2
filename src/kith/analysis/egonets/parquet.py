"""Studies in files: counting what only the whole can tell, and reading one part."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from kith.analysis.egonets.complaints import id_flaws
from kith.analysis.egonets.doors import Tables, missing_columns, refuse
from kith.analysis.egonets.plan import Category, Plan, coded, measure_flaws, plain
from kith.base.problems import Flaw


def read_table(path: Path) -> pl.DataFrame:
    """A table from a Parquet or CSV file."""
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_csv(path, null_values=["", "NA"])


def settle_files(plan: Plan, files: Sequence[str]) -> Plan:
    """As `plan.settle`, from three Parquet files, reading one column at a time."""
    egos, alters, ties = (pl.scan_parquet(file) for file in files)
    own = set(egos.collect_schema().names())
    flaws = measure_flaws(plan) + _columns(plan, own, alters, ties)
    refuse(flaws or _id_types(plan, [egos, alters, ties]))
    settled = tuple(_settle(category, egos, alters, own) for category in plan.categories)
    numbers = tuple((column, ego if ego in own else None) for column, ego in plan.numbers)
    kinds: tuple[Any, ...] = ()
    if plan.kind:
        told = ties.select(pl.col(plan.kind).drop_nulls().unique()).collect(engine="streaming")
        kinds = tuple(told[plan.kind].sort().to_list())
    return replace(plan, categories=settled, numbers=numbers, kinds=kinds)


def _id_types(plan: Plan, frames: list[pl.LazyFrame]) -> list[Flaw]:
    egos, alters, ties = (frame.head(1).collect() for frame in frames)
    return id_flaws(Tables(egos, alters, ties), plan.names)


def _columns(plan: Plan, own: set[str], alters: pl.LazyFrame, ties: pl.LazyFrame) -> list[Flaw]:
    names, reading = plan.names, plan.reading
    needed = [names.alter, *(c.column for c in plan.categories), *(n for n, _ in plan.numbers)]
    of_alters = [names.ego, *needed, *([reading.strength] if reading.strength else [])]
    of_ties = [names.ego, names.source, names.target]
    of_ties += [column for column in (reading.weight, plan.kind) if column]
    nobody = pl.DataFrame(schema=dict.fromkeys(own, pl.Null))
    return [
        *missing_columns("egos", nobody, [names.ego, *sorted(plan.told)]),
        *missing_columns("alters", alters.head(0).collect(), of_alters),
        *missing_columns("ties", ties.head(0).collect(), of_ties),
    ]


def _settle(
    category: Category, egos: pl.LazyFrame, alters: pl.LazyFrame, own: set[str]
) -> Category:
    """Possible categories and how many alters are in each, counted while reading."""
    ego_column = category.ego_column if category.ego_column in own else None
    value = pl.col(category.column)
    counted = alters.group_by(value).len().collect(engine="streaming")
    values = plain(counted[category.column])
    possible = category.possible
    if possible is None:
        seen = set(values.drop_nulls().to_list())
        if ego_column:
            unique = egos.select(pl.col(ego_column).unique()).collect(engine="streaming")
            seen |= set(plain(unique[ego_column]).drop_nulls().to_list())
        possible = tuple(sorted(seen, key=lambda v: (str(type(v)), v)))
    pool = [0] * len(possible)
    codes = coded(counted[category.column], possible)
    for code, many in zip(codes.tolist(), counted["len"].to_list(), strict=True):
        if code >= 0:
            pool[code] += many
    return Category(category.column, ego_column, possible, tuple(pool))


def read_part(plan: Plan, files: Sequence[str], after: Any, upto: Any) -> Tables:
    """The rows of egos after `after` up to `upto`, and only the columns the plan needs."""
    inside = within(plan.names.ego, after, upto)
    names, reading = plan.names, plan.reading
    own = {column for _, column in plan.numbers} | {c.ego_column for c in plan.categories}
    wanted: tuple[list[str | None], ...] = (
        [names.ego, *sorted(column for column in own if column)],
        [names.ego, names.alter, *(c.column for c in plan.categories),
         *(column for column, _ in plan.numbers), reading.strength],
        [names.ego, names.source, names.target, reading.weight, plan.kind],
    )  # fmt: skip
    columns = [list(dict.fromkeys(name for name in some if name)) for some in wanted]
    egos, alters, ties = (
        pl.scan_parquet(file).filter(inside).select(some)
        for file, some in zip(files, columns, strict=True)
    )
    return Tables(egos.collect(), alters.collect(), ties.collect())


def within(column: str, after: Any, upto: Any) -> pl.Expr:
    """Ids after `after` up to `upto`; None leaves that side open, and the first takes nulls in.

    Together such ranges hold every row there is, so that none is passed over in silence. Plain
    comparisons, so that groups of rows without these ids are not even read.
    """
    ego = pl.col(column)
    if after is None:
        return ego.is_null() | (ego.is_not_null() if upto is None else ego.le(upto))
    return ego.gt(after) if upto is None else ego.gt(after) & ego.le(upto)
