"""From one row per ego to groups: means and quantiles with honest intervals, and comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from kith.analysis.egonets.doors import (
    check_numbers,
    from_polars,
    kind_of,
    missing_columns,
    numbers_of,
    refuse,
    to_polars,
)
from kith.analysis.egonets.engine import Floats, Ints
from kith.analysis.egonets.resampling import (
    bootstrap_means,
    bootstrap_quantiles,
    permuted_differences,
)
from kith.base.problems import Flaw

QUANTILES = (0.25, 0.5, 0.75)


def summarise(
    results: Any,
    columns: str | Sequence[str],
    *,
    by: str | None = None,
    weights: str | None = None,
    strata: str | None = None,
    quantiles: Sequence[float] = QUANTILES,
    level: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
    threads: int | None = None,
) -> Any:
    """Describe groups of egos: one row per group, column and statistic.

    results: a table of `measure`, with any columns of egos added. by: groups (null is a group of
        its own). weights: survey weights, positive; strata: resampling stays within them.

    Formula: mean = sum w x / sum w. A quantile q is the least x whose share of the weight of
        values up to x is at least q. Interval: the bootstrap's percentiles, egos drawn with
        replacement within strata, `resamples` times from `seed`.
    Range: that of the column
    Edges: egos without a value are left out and counted in `missing`; no value left: null. A
        missing or zero weight leaves the ego out and is counted too. One ego: the interval is
        that value, which says little.
    Source: Efron & Tibshirani 1993, ch. 13; Rao & Wu 1988

    Columns out: group, measure, statistic, value, low, high, known, missing.
    Raises Invalid for unknown columns, numbers that are none, negative weights.
    """
    frame, wanted = to_polars(results), [columns] if isinstance(columns, str) else list(columns)
    _check(frame, wanted, by, weights, strata, level, resamples, quantiles)
    rows: list[dict[str, Any]] = []
    for at, (name, part) in enumerate(_groups(frame, by)):
        for column in wanted:
            sample, missing = _sample(part, column, weights, strata)
            seeds = np.random.SeedSequence([seed, at, wanted.index(column)])
            rows += _describe(sample, quantiles, level, resamples, seeds, threads, {
                "group": name, "measure": column, "known": len(sample.values), "missing": missing,
            })  # fmt: skip
    order = ["group", "measure", "statistic", "value", "low", "high", "known", "missing"]
    table = pl.DataFrame(rows, infer_schema_length=None).select(order)
    return from_polars(table.cast({"value": pl.Float64, "low": pl.Float64, "high": pl.Float64}),
                       kind_of(results))  # fmt: skip


def compare(
    results: Any,
    columns: str | Sequence[str],
    *,
    by: str,
    weights: str | None = None,
    strata: str | None = None,
    level: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
    threads: int | None = None,
) -> Any:
    """Compare two groups: one row per column, the second group's mean less the first's.

    Groups are the two values of `by`, in sorted order; an ego without a group is left out.

    Formula: difference of (weighted) means; its interval by bootstrap within groups and strata;
        p = (1 + permutations at least as far from 0) / (1 + resamples), groups dealt out anew
        within strata; effect = difference / pooled sd (Cohen's d)
    Range: p from 1/(resamples + 1) to 1
    Edges: as for `summarise`; a group without values: null. No spread: effect has no value.
    Source: Efron & Tibshirani 1993, ch. 15; Phipson & Smyth 2010; Cohen 1988

    Raises Invalid as `summarise`, and unless `by` has exactly two values.
    """
    frame, wanted = to_polars(results), [columns] if isinstance(columns, str) else list(columns)
    _check(frame, wanted, by, weights, strata, level, resamples, ())
    names = frame[by].drop_nulls().unique().sort().to_list()
    if len(names) != 2:
        refuse([Flaw("not-two-groups", field="by", column=by, facts=(("groups", len(names)),))])
    rows = []
    for at, column in enumerate(wanted):
        told = frame.filter(pl.col(by).is_not_null())
        sample, missing = _sample(told, column, weights, strata, group=pl.col(by) == names[1])
        seeds = np.random.SeedSequence([seed, at])
        found = _difference(sample, level, resamples, seeds, threads)
        rows.append({"measure": column, "first": names[0], "second": names[1], **found,
                     "known": len(sample.values), "missing": missing})  # fmt: skip
    return from_polars(pl.DataFrame(rows, infer_schema_length=None), kind_of(results))


@dataclass(frozen=True)
class Sample:
    """Values with their weights and strata (0, 1, ...), nothing missing; and two groups, if any."""

    values: Floats
    weights: Floats
    strata: Ints
    second: Ints


def _check(
    frame: pl.DataFrame,
    columns: Sequence[str],
    by: str | None,
    weights: str | None,
    strata: str | None,
    level: float,
    resamples: int,
    quantiles: Sequence[float],
) -> None:
    flaws = [] if len(frame) else [Flaw("empty-table", file="results")]
    for column in columns:
        flaws += check_numbers("results", frame, column)
    if weights:
        flaws += check_numbers("results", frame, weights, negative=False)
    flaws += missing_columns("results", frame, [c for c in (by, strata) if c])
    if not 0 < level < 1:
        flaws.append(Flaw("out-of-range", field="level"))
    if resamples < 1:
        flaws.append(Flaw("out-of-range", field="resamples"))
    if any(not 0 < q < 1 for q in quantiles):
        flaws.append(Flaw("out-of-range", field="quantiles"))
    refuse(flaws)


def _groups(frame: pl.DataFrame, by: str | None) -> list[tuple[Any, pl.DataFrame]]:
    if by is None:
        return [(None, frame)]
    parts = frame.partition_by(by, as_dict=True, maintain_order=True)
    return sorted(
        ((key[0], part) for key, part in parts.items()), key=lambda p: (p[0] is None, str(p[0]))
    )


def _sample(
    frame: pl.DataFrame,
    column: str,
    weights: str | None,
    strata: str | None,
    group: pl.Expr | None = None,
) -> tuple[Sample, int]:
    """The egos that have a value and a weight; how many have not."""
    table = pl.DataFrame(
        {
            "x": numbers_of(frame[column]),
            "w": numbers_of(frame[weights]) if weights else pl.repeat(1.0, len(frame), eager=True),
            "s": frame[strata].rank("dense") if strata else pl.repeat(1, len(frame), eager=True),
            "g": frame.select(group).to_series() if group is not None else pl.repeat(
                False, len(frame), eager=True),
        }
    )  # fmt: skip
    told = table.filter(pl.col("x").is_not_null() & (pl.col("w") > 0))
    strata_codes = told["s"].fill_null(0).rank("dense").to_numpy().astype(np.int64) - 1
    sample = Sample(
        told["x"].to_numpy(), told["w"].to_numpy(), strata_codes,
        told["g"].to_numpy().astype(np.int64),
    )  # fmt: skip
    return sample, len(frame) - len(told)


def weighted_quantile(values: Floats, weights: Floats, q: float) -> float:
    """The least value up to which the share of the weight is at least q."""
    return float(np.quantile(values, q, weights=weights, method="inverted_cdf"))


def _describe(
    sample: Sample,
    quantiles: Sequence[float],
    level: float,
    resamples: int,
    seeds: np.random.SeedSequence,
    threads: int | None,
    facts: dict[str, Any],
) -> list[dict[str, Any]]:
    names = ["mean", *(f"q{round(100 * q, 6):g}" for q in quantiles)]
    if not len(sample.values):
        none = {"value": None, "low": None, "high": None}
        return [{**facts, "statistic": name, **none} for name in names]
    found = [float(np.average(sample.values, weights=sample.weights))]
    found += [weighted_quantile(sample.values, sample.weights, q) for q in quantiles]
    again = np.vstack(
        [
            bootstrap_means(sample.values, sample.weights, sample.strata, resamples, seeds,
                            threads)[None],
            bootstrap_quantiles(sample.values, sample.weights, sample.strata,
                                np.array(quantiles, float), resamples, seeds, threads),
        ]
    )  # fmt: skip
    low, high = np.quantile(again, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return [
        {**facts, "statistic": name, "value": v, "low": float(a), "high": float(b)}
        for name, v, a, b in zip(names, found, low, high, strict=True)
    ]


def _difference(
    sample: Sample,
    level: float,
    resamples: int,
    seeds: np.random.SeedSequence,
    threads: int | None,
) -> dict[str, Any]:
    names = ("difference", "low", "high", "p", "effect")
    one, other = sample.second == 0, sample.second == 1
    if not one.any() or not other.any():
        return dict.fromkeys(names)
    parts = [
        (sample.values[side], sample.weights[side], sample.strata[side]) for side in (one, other)
    ]
    means = [float(np.average(values, weights=w)) for values, w, _ in parts]
    drawn = [
        bootstrap_means(*part, resamples, child, threads)
        for part, child in zip(parts, seeds.spawn(3)[:2], strict=True)
    ]
    low, high = np.quantile(drawn[1] - drawn[0], [(1 - level) / 2, (1 + level) / 2])
    difference = means[1] - means[0]
    dealt = permuted_differences(
        sample.values, sample.weights, sample.strata, sample.second, resamples, seeds, threads
    )
    far = int((np.abs(dealt) >= abs(difference) * (1 - 1e-12)).sum())
    p = (1 + far) / (1 + resamples)
    effect = _effect(difference, [values for values, _, _ in parts])
    return dict(zip(names, (difference, float(low), float(high), p, effect), strict=True))


def _effect(difference: float, parts: list[Floats]) -> float | None:
    degrees = sum(len(part) - 1 for part in parts)
    squares = sum(float(((part - part.mean()) ** 2).sum()) for part in parts)
    return difference / float(np.sqrt(squares / degrees)) if degrees and squares else None
