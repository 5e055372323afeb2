"""Two visits to the same egos: who stayed, came and went, and what became of their ties."""

from typing import Any

import polars as pl

from kith.analysis.egonets.doors import (
    Interviews,
    Names,
    Tables,
    from_polars,
    id_kind,
    ids,
    refuse,
    take_in,
)
from kith.analysis.egonets.population import Reading, gather
from kith.base.problems import Flaw


def change(
    before: Any,
    after: Any,
    *,
    directed: bool = False,
    ego: str = "ego",
    alter: str = "alter",
    source: str = "source",
    target: str = "target",
) -> Any:
    """Compare two visits: one row per ego of either visit, those of the first in their order.

    before, after: (egos, alters, ties) or one object that holds them; ids of egos and alters
        must mean the same person at both visits.

    Formula: stayed, came, went: alters at both, only the later, only the earlier visit.
        kept = stayed / size before; turnover = (came + went) / (size before + size after);
        jaccard = stayed / (stayed + came + went). Among those who stayed: ties_kept, ties_new,
        ties_ended; ties_jaccard = kept / (kept + new + ended).
    Range: counts 0 upwards; the shares 0 to 1
    Edges: an ego seen at one visit only has null everywhere but `seen`. Nobody at both visits:
        turnover and jaccard have no value; nobody before: kept has none; no tie at either visit
        among those who stayed: ties_jaccard has none.
    Source: Jaccard 1901; Perry, Pescosolido & Borgatti 2018, ch. 9

    Raises Invalid as `measure` does, for either visit.
    """
    names = Names(ego, alter, source, target)
    first, second = _visit(before, names), _visit(after, names)
    _same_ids(first, second, names)
    kind = first.kind
    one, other = _people(first, names), _people(second, names)
    seen = _seen(first.egos[ego], second.egos[ego])
    people = _turnover(one, other)
    both = one.join(other, on=["ego", "alter"])
    ties = _ties(first, both, names, directed), _ties(second, both, names, directed)
    table = seen.join(people, on="ego", how="left", maintain_order="left").join(
        _tie_change(*ties), on="ego", how="left", maintain_order="left"
    )
    return from_polars(_ratios(table), kind)


def _visit(given: Any, names: Names) -> Tables:
    egos, alters, ties = (
        (given, None, None) if isinstance(given, Interviews) else (*given, None, None)[:3]
    )
    tables = take_in(egos, alters, ties, names)
    gather(tables, names, Reading())
    return tables


def _same_ids(first: Any, second: Any, names: Names) -> None:
    """Refuse visits whose ids could never meet: numbers at one, text at the other."""
    places = (("egos", names.ego), ("alters", names.alter))
    kinds = [[id_kind(getattr(v, f)[c]) for f, c in places] for v in (first, second)]
    refuse(
        [
            Flaw("mixed-id-types", file=file, column=column, facts=(("here", a), ("later", b)))
            for (file, column), a, b in zip(places, *kinds, strict=True)
            if len(getattr(first, file)) and len(getattr(second, file)) and a != b
        ]
    )


def _people(tables: Any, names: Names) -> pl.DataFrame:
    return pl.DataFrame(
        {"ego": ids(tables.alters[names.ego]), "alter": ids(tables.alters[names.alter])}
    )


def _seen(before: pl.Series, after: pl.Series) -> pl.DataFrame:
    """Every ego once, with the visits it was seen at."""
    one, other = ids(before), ids(after)
    every = pl.concat([one, other]).unique(maintain_order=True)
    here, there = every.is_in(one.implode()), every.is_in(other.implode())
    frame = pl.DataFrame({"ego": every, "here": here, "there": there})
    told = (
        pl.when(pl.col("here") & pl.col("there"))
        .then(pl.lit("both"))
        .when(pl.col("here"))
        .then(pl.lit("before"))
        .otherwise(pl.lit("after"))
    )
    return frame.select("ego", seen=told)


def _turnover(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    pair = ["ego", "alter"]
    told = one.with_columns(here=True).join(
        other.with_columns(there=True), on=pair, how="full", coalesce=True
    )
    here, there = pl.col("here").fill_null(False), pl.col("there").fill_null(False)
    return told.group_by("ego").agg(
        stayed=(here & there).sum(), came=(~here & there).sum(), went=(here & ~there).sum()
    )


def _ties(tables: Any, both: pl.DataFrame, names: Names, directed: bool) -> pl.DataFrame:
    """Ties among those who stayed: each pair (or arc) once, no loops."""
    ties = pl.DataFrame(
        {
            "ego": ids(tables.ties[names.ego]),
            "a": ids(tables.ties[names.source]),
            "b": ids(tables.ties[names.target]),
        }
    ).filter(pl.col("a") != pl.col("b"))
    if not directed:
        ties = ties.select("ego", a=pl.min_horizontal("a", "b"), b=pl.max_horizontal("a", "b"))
    if not len(both):
        return ties.clear()
    for end in ("a", "b"):
        ties = ties.join(both, left_on=["ego", end], right_on=["ego", "alter"], how="semi")
    return ties.unique()


def _tie_change(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    key = ["ego", "a", "b"]
    told = one.with_columns(here=True).join(
        other.cast({c: one[c].dtype for c in key}).with_columns(there=True),
        on=key, how="full", coalesce=True,
    )  # fmt: skip
    here, there = pl.col("here").fill_null(False), pl.col("there").fill_null(False)
    return told.group_by("ego").agg(
        ties_kept=(here & there).sum(), ties_new=(~here & there).sum(),
        ties_ended=(here & ~there).sum(),
    )  # fmt: skip


COUNTS = ("stayed", "came", "went", "ties_kept", "ties_new", "ties_ended")


def _ratios(table: pl.DataFrame) -> pl.DataFrame:
    twice = pl.col("seen") == "both"
    counts = [pl.when(twice).then(pl.col(c).fill_null(0)).cast(pl.Int32).alias(c) for c in COUNTS]
    stayed, came, went = (pl.col(c) for c in COUNTS[:3])
    kept, new, ended = (pl.col(c) for c in COUNTS[3:])
    return table.with_columns(counts).select(
        "ego", "seen", (stayed + went).alias("size_before"), (stayed + came).alias("size_after"),
        stayed, came, went,
        kept=_over(stayed, stayed + went),
        turnover=_over(came + went, 2 * stayed + came + went),
        jaccard=_over(stayed, stayed + came + went),
        ties_kept=kept, ties_new=new, ties_ended=ended,
        ties_jaccard=_over(kept, kept + new + ended),
    )  # fmt: skip


def _over(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(part / whole)
