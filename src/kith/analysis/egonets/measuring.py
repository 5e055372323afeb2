"""From three tables to one row of numbers per ego."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl

from kith.analysis.egonets import (
    bitwise,
    composition,
    dense,
    directed,
    families,
    numbers,
    secondary,
    valued,
)
from kith.analysis.egonets.doors import Tables, numbers_of
from kith.analysis.egonets.engine import Floats, spread
from kith.analysis.egonets.kinds import folded, kind_columns
from kith.analysis.egonets.matching import WORD
from kith.analysis.egonets.plan import Category, Plan, coded
from kith.analysis.egonets.population import Population, gather

Work = Callable[[Floats, int, int], None]
Columns = dict[str, Any]


def run(plan: Plan, tables: Tables) -> pl.DataFrame:
    """Measure every ego of the tables by a settled plan: one row each, in their order."""
    population = gather(tables, plan.names, plan.reading)
    columns: Columns = {}
    for found in _found(plan, tables, population):
        columns.update(found)
    if plan.kind:
        columns["duplicate_ties"] = folded(plan, tables, population)
    ego = tables.egos[plan.names.ego]
    return pl.DataFrame([ego.alias("ego"), *_series(plan, population, columns)])


def _found(plan: Plan, tables: Tables, population: Population) -> Iterator[Columns]:
    yield from _structure(plan, population)
    if plan.kind:
        yield kind_columns(plan, tables, population)
    for category in plan.categories:
        yield from _category(plan, tables, population, category)
    for column, own in plan.numbers:
        yield from _number(plan, tables, population, column, own)


def _fill(
    population: Population, columns: Sequence[str], work: Work, suffix: str = ""
) -> dict[str, Floats]:
    """Run a kernel over all egos; its rows by name."""
    out = np.empty((len(columns), population.egos))
    spread(lambda a, b: work(out, a, b), population.egos, population.reading.threads)
    return {name + suffix: row for name, row in zip(columns, out, strict=True)}


def _structure(plan: Plan, population: Population) -> Iterator[Columns]:
    net, big = population.net, population.largest > WORD
    one_way = plan.reading.directed

    def cohesion(out: Floats, a: int, b: int) -> None:
        bitwise.cohesion(net.offsets, net.rows, out, a, b)
        if big:
            dense.cohesion(net, out, WORD, a, b)

    def holes(out: Floats, a: int, b: int) -> None:
        bitwise.holes(net.offsets, net.rows, out, a, b)
        if big:
            dense.holes(net, out, WORD, a, b)

    kernels: list[tuple[Sequence[str], Work]] = [
        (families.COHESION, cohesion),
        (families.HOLES, holes),
        (families.HIERARCHY, lambda out, a, b: secondary.hierarchies(net, out, a, b)),
        (families.DISTANCES, lambda out, a, b: secondary.distances(net, out, a, b)),
        (families.TRIADS_TIED, lambda out, a, b: secondary.triads(net, out, a, b)),
        (families.VALUED, lambda out, a, b: valued.valued(net, one_way, out, a, b)),
    ]
    if one_way:
        kernels.append((families.DIRECTED, lambda out, a, b: directed.directions(net, out, a, b)))
    for columns, work in kernels:
        if plan.wants(*columns):
            yield _fill(population, columns, work)


def _category(
    plan: Plan, tables: Tables, population: Population, category: Category
) -> Iterator[Columns]:
    net, suffix = population.net, f"_{category.column}"
    possible = category.possible or ()
    kinds = len(possible)
    codes = in_place_order(coded(tables.alters[category.column], possible), population)
    pool = np.array(category.pool, dtype=np.int64)
    kernels: list[tuple[Sequence[str], Work]] = [
        (families.MIX, lambda out, a, b: composition.mix(net.offsets, codes, kinds, out, a, b)),
        (families.SHANNON, lambda out, a, b: composition.shannon(
            net.offsets, codes, kinds, plan.base, out, a, b)),
        (families.MIX_DISTANCE, lambda out, a, b: composition.mix_distance(
            net.offsets, codes, pool, out, a, b)),
        (families.TIE_LIKENESS, lambda out, a, b: composition.tie_likeness(net, codes, out, a, b)),
    ]  # fmt: skip
    if category.ego_column:
        own = coded(tables.egos[category.ego_column], possible)
        kernels.append((families.LIKENESS, lambda out, a, b: composition.likeness(
            net.offsets, codes, own, pool, out, a, b)))  # fmt: skip
    for columns, work in kernels:
        if plan.wants(*columns):
            yield _fill(population, columns, work, suffix)
    if plan.wants(*families.PARTS):
        named = [f"{part}{suffix}_{value}" for part in families.PARTS for value in possible]
        yield _fill(population, named, lambda out, a, b: composition.parts(
            net.offsets, codes, out, a, b))  # fmt: skip
    yield _fill(population, ("missing",), lambda out, a, b: composition.missing(
        net.offsets, codes, out, a, b), suffix)  # fmt: skip
    if category.ego_column:
        yield {f"ego_missing{suffix}": (own < 0).astype(np.float64)}


def _number(
    plan: Plan, tables: Tables, population: Population, column: str, own: str | None
) -> Iterator[Columns]:
    net, suffix = population.net, f"_{column}"
    values = in_place_order(_values(tables.alters[column]), population)
    yield _fill(population, families.NUMBERS, lambda out, a, b: numbers.spread_of(
        net.offsets, values, out, a, b), suffix)  # fmt: skip
    if own is not None:
        mine = _values(tables.egos[own])
        if plan.wants(*families.APART):
            yield _fill(population, families.APART, lambda out, a, b: numbers.apart_from_ego(
                net.offsets, values, mine, out, a, b), suffix)  # fmt: skip
        yield {f"ego_missing{suffix}": np.isnan(mine).astype(np.float64)}


def _values(column: pl.Series) -> Floats:
    return np.ascontiguousarray(numbers_of(column).to_numpy(), dtype=np.float64)


def in_place_order(values: Any, population: Population) -> Any:
    """Values of alters, brought from table order to the order of places."""
    order = population.alter_order
    return values[order] if len(order) else values


def _series(plan: Plan, population: Population, columns: Columns) -> list[pl.Series]:
    """The columns asked for, in order; counts as whole numbers; then what was folded or missing."""
    counted = {
        "loops": population.loops,
        "duplicate_ties": columns.pop("duplicate_ties", population.duplicates),
        **({"missing_weights": population.missing_weights} if plan.reading.weight else {}),
    }
    shown = [name for name in _ordered(plan, columns) if not _is_tally(name)]
    tallies = [name for name in columns if _is_tally(name)]
    series = [_column(name, columns[name]) for name in (*shown, *tallies)]
    return series + [pl.Series(n, values, dtype=pl.Int32) for n, values in counted.items()]


def _is_tally(name: str) -> bool:
    return name.startswith(("missing_", "ego_missing_"))


def _ordered(plan: Plan, columns: Columns) -> list[str]:
    if plan.measures is None:
        return list(columns)
    ordered: list[str] = []
    for measure in plan.measures:
        ordered += [name for name in columns if base_of(plan, name) == measure]
    return list(dict.fromkeys(ordered))


def base_of(plan: Plan, column: str) -> str:
    """The measure a column shows: `ei_sex` shows `ei`, `count_sex_m` shows `count`."""
    attributes = [c.column for c in plan.categories] + [name for name, _ in plan.numbers]
    fitting = [
        measure
        for measure in families.ALL
        for name in attributes
        if f"{column}_".startswith(f"{measure}_{name}_")
    ]
    if fitting:
        return max(fitting, key=len)
    if column in families.ALL:
        return column
    return next((m for m in families.KINDS if column.startswith(f"{m}_")), column)


def _column(name: str, values: Any) -> pl.Series:
    """A column of the result: NaN becomes null; a count becomes a whole number."""
    series = pl.Series(name, values, dtype=pl.Float64, nan_to_null=True)
    first = name if name in families.ALL else name.split("_")[0]
    whole = name in families.COUNTS or first in ("count", "known", "missing", "categories", "same")
    if whole or name.startswith(("ego_missing_", "ties_")):
        return series.cast(pl.Int32)
    return series
