"""What is to be measured and how the tables are to be read: checked before anything is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

from kith.analysis.egonets import families, matching
from kith.analysis.egonets.doors import (
    Names,
    Tables,
    as_numpy,
    check_numbers,
    missing_columns,
    row_flaws,
)
from kith.analysis.egonets.engine import Ints, Shorts
from kith.analysis.egonets.population import Reading
from kith.base.problems import Flaw, Invalid

NARROW = 4096  # whole numbers this close together are counted in a table

Categories = str | Sequence[str] | Mapping[str, Sequence[Any] | None]


@dataclass(frozen=True)
class Category:
    """An attribute of alters that has categories.

    `possible` are its K categories, `pool` how many alters of the whole study are in each;
    `ego_column` is None where the ego table has no such attribute.
    """

    column: str
    ego_column: str | None
    possible: tuple[Any, ...] | None = None
    pool: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that `measure` was told, as plain values that can travel to another process."""

    names: Names
    reading: Reading
    measures: tuple[str, ...] | None = None
    categories: tuple[Category, ...] = ()
    numbers: tuple[tuple[str, str | None], ...] = ()
    kind: str | None = None
    kinds: tuple[Any, ...] = ()
    base: float = 2.0
    told: frozenset[str] = field(default=frozenset())

    def wants(self, *columns: str) -> bool:
        """Whether any of these measures is asked for."""
        if self.measures is not None:
            return any(column in self.measures for column in columns)
        return any(column in self._usual() for column in columns)

    def with_lists(self) -> "Plan":
        """The same plan, reading lists of ties if a measure needs them."""
        listed = self.reading.directed or bool(self.kind) or self.wants(*families.VALUED)
        return replace(self, reading=replace(self.reading, lists=listed))

    def _usual(self) -> frozenset[str]:
        usual = {*families.STRUCTURE, *families.OF_CATEGORIES, *families.OF_NUMBERS}
        if self.reading.directed:
            usual |= set(families.DIRECTED)
        if self.reading.weight or self.reading.strength:
            usual |= set(families.VALUED)
        if self.kind:
            usual |= set(families.KINDS)
        return frozenset(usual)


def as_list(given: Categories | None) -> dict[str, tuple[Any, ...] | None]:
    """Names of columns, each with its possible values where they were told."""
    if given is None:
        return {}
    if isinstance(given, str):
        return {given: None}
    if isinstance(given, Mapping):
        return {name: None if of is None else tuple(of) for name, of in given.items()}
    return dict.fromkeys(given)


def measure_flaws(plan: Plan) -> list[Flaw]:
    """Measures that do not exist, or that lack what they need."""
    flaws = []
    needs = {
        "categories": (families.OF_CATEGORIES, bool(plan.categories)),
        "numbers": (families.OF_NUMBERS, bool(plan.numbers)),
        "directed": (set(families.DIRECTED) - set(families.STRUCTURE), plan.reading.directed),
        "weight or strength": (
            families.VALUED,
            bool(plan.reading.weight or plan.reading.strength or plan.reading.directed),
        ),
        "kind": (set(families.KINDS) - set(families.STRUCTURE), bool(plan.kind)),
    }
    for name in plan.measures or ():
        if name not in families.ALL:
            flaws.append(Flaw("unknown-measure", field="measures", facts=(("measure", name),)))
            continue
        wanting = [need for need, (has, given) in needs.items() if name in has]
        if wanting and not any(needs[need][1] for need in wanting):
            facts = (("measure", name), ("needs", " or ".join(wanting)))
            flaws.append(Flaw("measure-needs", field="measures", facts=facts))
    return flaws


def column_flaws(plan: Plan, tables: Tables) -> list[Flaw]:
    """Columns that the tables lack, and numbers that are none."""
    reading = plan.reading
    flaws = missing_columns("ties", tables.ties, [c for c in (reading.weight, plan.kind) if c])
    flaws += missing_columns(
        "alters", tables.alters, [reading.strength] if reading.strength else []
    )
    for category in plan.categories:
        flaws += missing_columns("alters", tables.alters, [category.column])
        if category.ego_column in plan.told:
            flaws += missing_columns("egos", tables.egos, [str(category.ego_column)])
    for column, own in plan.numbers:
        flaws += check_numbers("alters", tables.alters, column)
        if own and (own in plan.told or own in tables.egos.columns):
            flaws += check_numbers("egos", tables.egos, own)
    if not plan.base > 0 or plan.base == 1:
        flaws.append(Flaw("not-a-base", field="base"))
    return flaws


def settle(plan: Plan, tables: Tables) -> Plan:
    """The plan with what only the whole study can tell: possible categories, mixes, kinds."""
    settled = tuple(_settle(category, tables) for category in plan.categories)
    own = tuple(
        (column, ego if ego in tables.egos.columns else None) for column, ego in plan.numbers
    )
    kinds: tuple[Any, ...] = ()
    if plan.kind:
        kinds = tuple(tables.ties[plan.kind].drop_nulls().unique().sort().to_list())
    return replace(plan, categories=settled, numbers=own, kinds=kinds)


def _settle(category: Category, tables: Tables) -> Category:
    own = category.ego_column if category.ego_column in tables.egos.columns else None
    alters = tables.alters[category.column]
    possible = category.possible
    if possible is None:
        seen = _seen(alters) | (_seen(tables.egos[own]) if own else set())
        possible = tuple(sorted(seen, key=lambda value: (str(type(value)), value)))
    pooled = np.zeros(len(possible) + 1, np.int64)
    matching.tally(coded(alters, possible), -1, pooled)
    return Category(category.column, own, possible, tuple(int(n) for n in pooled[1:]))


def _seen(values: pl.Series) -> set[Any]:
    """The categories that occur; whole numbers in a narrow range without hashing."""
    told = plain(values).drop_nulls()
    if told.dtype.is_integer() and len(told):
        low, high = int(told.min()), int(told.max())  # type: ignore[arg-type]
        if high - low < NARROW:
            counts = np.zeros(high - low + 1, np.int64)
            matching.tally(as_numpy(told), low, counts)
            return {int(value) + low for value in np.flatnonzero(counts)}
    return set(told.unique().to_list())


def plain(values: pl.Series) -> pl.Series:
    """Categories as whole numbers or as text."""
    if values.dtype.is_integer() or values.dtype == pl.String:
        return values
    if values.dtype.is_float():
        values = values.fill_nan(None)
        whole = (values.drop_nulls() % 1 == 0).all()
        return values.cast(pl.Int64) if whole else values.cast(pl.String)
    return values.cast(pl.String)


def coded(values: pl.Series, possible: tuple[Any, ...]) -> Shorts:
    """Each value's place among the possible ones; -1 for no answer or an impossible one."""
    told = plain(values)
    if told.dtype.is_integer() and all(isinstance(value, int) for value in possible):
        known: Ints = np.array(possible, dtype=np.int64)
        filled = told.fill_null(_no_value(possible)) if told.has_nulls() else told
        return matching.places(known, as_numpy(filled.cast(pl.Int64)))
    if not possible:
        return np.full(len(values), -1, np.int32)
    words = pl.Enum(list(dict.fromkeys(str(value) for value in possible)))
    codes = told.cast(pl.String).cast(words, strict=False).to_physical().cast(pl.Int32)
    return np.ascontiguousarray(codes.fill_null(-1).to_numpy(), dtype=np.int32)


def _no_value(possible: tuple[int, ...]) -> int:
    """A whole number that is none of the possible ones, to stand for no answer."""
    return max(possible, default=0) + 1


def impossible_flaws(plan: Plan, tables: Tables) -> list[Flaw]:
    """Answers that are not among the categories said to be possible."""
    flaws: list[Flaw] = []
    for category in plan.categories:
        places = [("alters", tables.alters, category.column)]
        if category.ego_column:
            places.append(("egos", tables.egos, category.ego_column))
        for file, frame, column in places:
            codes = pl.Series(coded(frame[column], category.possible or ()))
            wrong = (codes < 0) & plain(frame[column]).is_not_null()
            flaws += row_flaws("impossible-category", file, column, wrong)
    return flaws


def refuse_with(flaws: list[Flaw], error: Invalid | None) -> None:
    """Raise every flaw at once: those found here and those of an error already caught."""
    everything = flaws + (list(error.flaws) if error else [])
    if everything:
        raise Invalid("ego-networks", everything)
