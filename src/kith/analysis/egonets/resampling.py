"""Drawing egos again: bootstrap within strata and dealing out of groups; seeded, in parallel.

Resamples are made in blocks of a fixed size, each with its own stream of random numbers, so the
answer depends on the seed alone, never on how many threads there are.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from kith.analysis.egonets.engine import Floats, Ints, compiled, cores

BLOCK = 100


def _in_blocks(
    work: Callable[[np.random.Generator, int], Floats],
    resamples: int,
    seeds: np.random.SeedSequence,
    threads: int | None,
) -> Floats:
    counts = [min(BLOCK, resamples - start) for start in range(0, resamples, BLOCK)]
    fresh = np.random.SeedSequence(seeds.entropy, spawn_key=(*seeds.spawn_key, 7))
    streams = [np.random.default_rng(child) for child in fresh.spawn(len(counts))]
    with ThreadPoolExecutor(threads or cores()) as pool:
        return np.concatenate(list(pool.map(work, streams, counts)), axis=-1)


def _by_stratum(strata: Ints) -> tuple[Ints, Ints]:
    """Places ordered by stratum, and where each stratum starts."""
    order = np.argsort(strata, kind="stable")
    counts = np.bincount(strata) if len(strata) else np.zeros(0, np.int64)
    return order, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def bootstrap_means(
    values: Floats,
    weights: Floats,
    strata: Ints,
    resamples: int,
    seeds: np.random.SeedSequence,
    threads: int | None = None,
) -> Floats:
    """Weighted means of `resamples` draws with replacement within strata."""
    order, starts = _by_stratum(strata)
    x, w = values[order], weights[order]

    def work(rng: np.random.Generator, count: int) -> Floats:
        out = np.empty(count)
        draw_means(rng, x, w, starts, out)
        return out

    return _in_blocks(work, resamples, seeds, threads)


def bootstrap_quantiles(
    values: Floats,
    weights: Floats,
    strata: Ints,
    quantiles: Floats,
    resamples: int,
    seeds: np.random.SeedSequence,
    threads: int | None = None,
) -> Floats:
    """Weighted quantiles (rows) of `resamples` draws (columns) within strata."""
    order, starts = _by_stratum(strata)
    x, w = values[order], weights[order]
    ranks = np.argsort(x, kind="stable")

    def work(rng: np.random.Generator, count: int) -> Floats:
        out = np.empty((len(quantiles), count))
        draw_quantiles(rng, x, w, starts, ranks, quantiles, out)
        return out

    return _in_blocks(work, resamples, seeds, threads)


def permuted_differences(
    values: Floats,
    weights: Floats,
    strata: Ints,
    second: Ints,
    resamples: int,
    seeds: np.random.SeedSequence,
    threads: int | None = None,
) -> Floats:
    """Differences of weighted means with the groups dealt out anew within strata."""
    order, starts = _by_stratum(strata)
    x, w, side = values[order], weights[order], second[order]

    def work(rng: np.random.Generator, count: int) -> Floats:
        out = np.empty(count)
        deal(rng, x, w, side, starts, out)
        return out

    return _in_blocks(work, resamples, seeds, threads)


@compiled
def draw_means(rng: np.random.Generator, x: Floats, w: Floats, starts: Ints, out: Floats) -> None:
    """One weighted mean per draw."""
    for again in range(len(out)):
        total, weight = 0.0, 0.0
        for stratum in range(len(starts) - 1):
            first, size = starts[stratum], starts[stratum + 1] - starts[stratum]
            for _ in range(size):
                at = first + np.int64(rng.random() * size)
                total += w[at] * x[at]
                weight += w[at]
        out[again] = total / weight


@compiled
def draw_quantiles(
    rng: np.random.Generator,
    x: Floats,
    w: Floats,
    starts: Ints,
    ranks: Ints,
    quantiles: Floats,
    out: Floats,
) -> None:
    """Weighted quantiles per draw: values are sorted once, draws only count."""
    drawn = np.empty(len(x))
    for again in range(out.shape[1]):
        drawn[:] = 0.0
        whole = 0.0
        for stratum in range(len(starts) - 1):
            first, size = starts[stratum], starts[stratum + 1] - starts[stratum]
            for _ in range(size):
                at = first + np.int64(rng.random() * size)
                drawn[at] += w[at]
                whole += w[at]
        for k in range(len(quantiles)):
            upto, wanted = 0.0, quantiles[k] * whole
            for rank in ranks:
                upto += drawn[rank]
                out[k, again] = x[rank]
                if upto >= wanted and drawn[rank] > 0.0:
                    break


@compiled
def deal(
    rng: np.random.Generator, x: Floats, w: Floats, side: Ints, starts: Ints, out: Floats
) -> None:
    """One difference of weighted means per dealing: sides shuffled within strata."""
    dealt = side.copy()
    for again in range(len(out)):
        for stratum in range(len(starts) - 1):
            first = starts[stratum]
            for k in range(starts[stratum + 1] - first - 1, 0, -1):
                other = np.int64(rng.random() * (k + 1))
                a, b = first + k, first + other
                dealt[a], dealt[b] = dealt[b], dealt[a]
        total, weight = np.zeros(2), np.zeros(2)
        for at in range(len(x)):
            total[dealt[at]] += w[at] * x[at]
            weight[dealt[at]] += w[at]
        out[again] = total[1] / weight[1] - total[0] / weight[0]
