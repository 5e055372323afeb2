"""Parallel kinds of tie, kept apart: how many of each, and how far they run together."""

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from kith.analysis.egonets.doors import Tables
from kith.analysis.egonets.engine import Floats

if TYPE_CHECKING:
    from kith.analysis.egonets.plan import Plan
    from kith.analysis.egonets.population import Population


def kind_columns(plan: "Plan", tables: Tables, population: "Population") -> dict[str, Any]:
    """Per kind `ties_` and `density_`; multiplexity over kinds; their correlations.

    Formula: ties_k, density_k = the same on ties of kind k alone; multiplex_ties: pairs tied in
        two kinds or more; overlap = multiplex_ties / tied pairs; multiplexity = kinds per tied
        pair, mean; correlation_a_b = phi of kinds a and b over all pairs of alters
    Range: multiplexity 1 to the number of kinds; overlap 0 to 1; correlation -1 to 1
    Edges: no tied pair: multiplexity and overlap have no value. A kind that ties all pairs or
        none has no correlation. A tie whose kind is missing is a tie of no kind. Directed ties
        are compared as ordered pairs.
    Source: Wasserman & Faust 1994, 3.3; Verbrugge 1979
    """
    told = _told(plan, tables, population)
    egos = population.egos
    n = np.diff(population.net.offsets).astype(float)
    pairs = n * (n - 1) / (1 if plan.reading.directed else 2)
    per_pair = told.group_by("ego", "i", "j").agg(kinds=pl.col("kind").n_unique())
    tied = _per_ego(per_pair, egos)
    several = _per_ego(per_pair.filter(pl.col("kinds") > 1), egos)
    summed = _per_ego(per_pair.rename({"kinds": "weight"}), egos)
    out: dict[str, Any] = {"multiplex_ties": several}
    with np.errstate(invalid="ignore", divide="ignore"):
        out["multiplexity"] = np.where(tied > 0, summed / tied, np.nan)
        out["overlap"] = np.where(tied > 0, several / tied, np.nan)
        of_kind = {k: _per_ego(told.filter(pl.col("kind") == k), egos) for k in plan.kinds}
        for kind, ties in of_kind.items():
            out[f"ties_{kind}"] = ties
            out[f"density_{kind}"] = np.where(n > 1, ties / pairs, np.nan)
        for a, b in combinations(plan.kinds, 2):
            both = _per_ego(_in_both(told, a, b), egos)
            out[f"correlation_{a}_{b}"] = _phi(of_kind[a], of_kind[b], both, pairs)
    return out


def folded(plan: "Plan", tables: Tables, population: "Population") -> Any:
    """Ties said twice in the same kind, per ego."""
    every = _every(plan, tables, population)
    return _per_ego(every, population.egos) - _per_ego(every.unique(), population.egos)


def _every(plan: "Plan", tables: Tables, population: "Population") -> pl.DataFrame:
    """Each tie as ego, pair and kind; no loops; the pair in one order unless ties are directed."""
    net = population.net
    kinds = tables.ties[str(plan.kind)]
    order = population.tie_order
    i, j = net.sources, net.targets
    if not plan.reading.directed:
        i, j = np.minimum(i, j), np.maximum(i, j)
    ego = np.repeat(np.arange(population.egos), np.diff(net.tie_offsets))
    kind = kinds.gather(pl.Series(order)) if len(order) else kinds
    frame = pl.DataFrame({"ego": ego, "i": i, "j": j, "kind": kind})
    return frame.filter(pl.col("i") != pl.col("j"))


def _told(plan: "Plan", tables: Tables, population: "Population") -> pl.DataFrame:
    return _every(plan, tables, population).unique().drop_nulls("kind")


def _per_ego(frame: pl.DataFrame, egos: int) -> Floats:
    """How many rows each ego has (or the sum of their weights)."""
    weight = frame["weight"].to_numpy() if "weight" in frame.columns else None
    return np.bincount(frame["ego"].to_numpy(), weights=weight, minlength=egos).astype(float)


def _in_both(told: pl.DataFrame, a: Any, b: Any) -> pl.DataFrame:
    pair = ["ego", "i", "j"]
    return told.filter(pl.col("kind") == a).join(
        told.filter(pl.col("kind") == b), on=pair, how="semi"
    )


def _phi(a: Floats, b: Floats, both: Floats, pairs: Floats) -> Floats:
    top = both * pairs - a * b
    below = np.sqrt(a * (pairs - a) * b * (pairs - b))
    return np.where(below > 0, top / below, np.nan)
