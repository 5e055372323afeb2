"""Made-up populations of ego networks, to plan a study with and to test on: seeded, any size."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from kith.analysis.egonets.engine import Floats, Ints
from kith.base.problems import Flaw, Invalid

BLOCK = 20_000  # egos made at a time; each block has its own stream of random numbers


@dataclass(frozen=True)
class Study:
    """Three tables: egos (`ego`, `group`), alters (`ego, alter, group`), ties."""

    egos: pl.DataFrame
    alters: pl.DataFrame
    ties: pl.DataFrame = field(repr=False)


def generate(
    egos: int = 1000,
    *,
    size: tuple[int, int] = (5, 20),
    density: float = 0.3,
    homophily: float = 0.0,
    tie_homophily: float = 0.0,
    categories: int | Sequence[float] = 4,
    missing: float = 0.0,
    seed: int = 0,
    first: int = 1,
) -> Study:
    """Make a population of ego networks; the same arguments make the same tables.

    size: the fewest and the most alters, all numbers between equally likely.
    density: chance that a pair of alters is tied.
    categories: how many groups, or the share of each. homophily: chance that an alter is given
        ego's own group; otherwise a group is drawn by the shares, ego's among them.
    tie_homophily: how much likelier a tie is within a group: the chances within and between are
        density (1 + t) and density (1 - t).
    missing: chance that an alter's group is not answered.
    first: the first ego's id; ids count upwards, an ego's alters are 1, 2, 3 ...
    Raises Invalid for numbers out of range.
    """
    shares = np.array(categories if not isinstance(categories, int) else [1.0] * categories, float)
    _check(egos, size, shares, density, homophily, tie_homophily, missing)
    shares = shares / shares.sum()
    counts = [min(BLOCK, egos - start) for start in range(0, egos, BLOCK)]
    seeds = np.random.SeedSequence(seed).spawn(len(counts))
    blocks = [
        _block(np.random.default_rng(s), n, first + BLOCK * k, size, density, homophily,
               tie_homophily, shares, missing)
        for k, (s, n) in enumerate(zip(seeds, counts, strict=True))
    ]  # fmt: skip
    return Study(*(pl.concat(tables, rechunk=True) for tables in zip(*blocks, strict=True)))


def _check(
    egos: int,
    size: tuple[int, int],
    shares: Floats,
    density: float,
    homophily: float,
    tie_homophily: float,
    missing: float,
) -> None:
    flaws = [Flaw("out-of-range", field="egos")] if egos < 1 else []
    if not 0 <= size[0] <= size[1]:
        flaws.append(Flaw("out-of-range", field="size"))
    if not len(shares) or (shares < 0).any() or not shares.sum() > 0:
        flaws.append(Flaw("out-of-range", field="categories"))
    chances = {"density": density, "homophily": homophily, "missing": missing}
    flaws += [Flaw("out-of-range", field=n) for n, c in chances.items() if not 0 <= c <= 1]
    if not -1 <= tie_homophily <= 1 or density * (1 + abs(tie_homophily)) > 1:
        flaws.append(Flaw("out-of-range", field="tie_homophily"))
    if flaws:
        raise Invalid("generate", flaws)


def _block(
    rng: np.random.Generator,
    egos: int,
    first: int,
    size: tuple[int, int],
    density: float,
    homophily: float,
    tie_homophily: float,
    shares: Floats,
    missing: float,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    ids = np.arange(first, first + egos)
    sizes = rng.integers(size[0], size[1] + 1, egos)
    own = rng.choice(len(shares), egos, p=shares)
    group = rng.choice(len(shares), sizes.sum(), p=shares)
    alike = rng.random(len(group)) < homophily
    group = np.where(alike, np.repeat(own, sizes), group)
    ego, low, high, start = _pairs(sizes)
    chance = np.full(len(ego), density)
    if tie_homophily:
        same = group[start + low] == group[start + high]
        chance = density * np.where(same, 1 + tie_homophily, 1 - tie_homophily)
    tied = rng.random(len(ego)) < chance
    answered = rng.random(len(group)) >= missing
    starts = np.cumsum(sizes) - sizes
    alters = pl.DataFrame(
        {
            "ego": np.repeat(ids, sizes),
            "alter": np.arange(sizes.sum()) - np.repeat(starts, sizes) + 1,
            "group": pl.Series(group).set(pl.Series(~answered), None),
        }
    )
    ties = pl.DataFrame({"ego": ids[ego[tied]], "source": low[tied] + 1, "target": high[tied] + 1})
    return pl.DataFrame({"ego": ids, "group": own}), alters, ties


def _pairs(sizes: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Every pair of every ego's alters: its ego, the two places, and where the ego's alters start.

    The pairs i < j ordered by j begin with the same n(n-1)/2 for any n, so one list serves all.
    """
    most = int(sizes.max(initial=0))
    high_of, low_of = np.tril_indices(most, -1)
    each = sizes * (sizes - 1) // 2
    ego = np.repeat(np.arange(len(sizes)), each)
    within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    start = np.repeat(np.cumsum(sizes) - sizes, each)
    return ego, low_of[within], high_of[within], start
