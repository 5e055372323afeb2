"""Where each alter stands in its ego's network: the second table, one row per alter."""

import math
from typing import Any, Literal

import numpy as np
import polars as pl

from kith.analysis.egonets.dense import Matrix, farness, most, said_ties, tied_pairs
from kith.analysis.egonets.doors import Names, from_polars, take_in
from kith.analysis.egonets.engine import Floats, Ints, compiled, spread
from kith.analysis.egonets.flat import Flat
from kith.analysis.egonets.formulas import hierarchy
from kith.analysis.egonets.population import Population, Reading, gather

COLUMNS = (
    "degree", "degree_share", "closeness", "harmonic", "reachability", "clustering",
    "betweenness", "betweenness_share", "constraint", "effective_size", "hierarchy",
    "eigenvector", "power_positive", "power_negative",
)  # fmt: skip
DIRECTED = ("in_degree", "out_degree", "closeness_in", "closeness_out")
SAME = 1e-9  # eigenvalues closer than this count as one


def positions(
    egos: Any,
    alters: Any = None,
    ties: Any = None,
    *,
    directed: bool = False,
    asymmetric: Literal["either", "both"] = "either",
    ego: str = "ego",
    alter: str = "alter",
    source: str = "source",
    target: str = "target",
    threads: int | None = None,
) -> Any:
    """Measure each alter's place among its ego's alters: one row per alter, in the table's order.

    Tables as for `measure`. Ego is left out, but for betweenness, where ego is one of the people
    between whom paths run. Columns: `families` of this file; each formula stands in the docstring
    of its function. Missing values are null. Raises Invalid as `measure` does.
    """
    names = Names(ego, alter, source, target)
    tables = take_in(egos, alters, ties, names)
    reading = Reading(directed=directed, both=asymmetric == "both", lists=directed, threads=threads)
    population = gather(tables, names, reading)
    columns = (*COLUMNS, *(DIRECTED if directed else ()))
    out = np.full((len(columns), len(population.net.rows)), math.nan)
    spread(lambda a, b: stand(population.net, out, a, b), population.egos, threads)
    if directed:
        spread(lambda a, b: _one_way(population.net, out, a, b), population.egos, threads)
    found = [
        pl.Series(name, _table_order(values, population), nan_to_null=True)
        for name, values in zip(columns, out, strict=True)
    ]
    whole = [s.cast(pl.Int32) if s.name.endswith("degree") else s for s in found]
    ids = tables.alters.select(pl.col(ego).alias("ego"), pl.col(alter).alias("alter"))
    return from_polars(ids.with_columns(whole), tables.kind)


def _table_order(values: Floats, population: Population) -> Floats:
    order = population.alter_order
    if not len(order):
        return values
    back = np.empty_like(values)
    back[order] = values
    return back


@compiled
def stand(net: Flat, out: Floats, first: int, last: int) -> None:
    """How many other alters an alter is tied to, and the rest of `COLUMNS`.

    Formula: degree d_i; degree_share = d_i / (n - 1); in_degree, out_degree: arcs to and from i
    Range: 0 to n-1; share 0 to 1
    Edges: one alter: no share.
    Source: Freeman 1979
    """
    size = most(net.offsets, first, last)
    room = np.empty((size, size), np.bool_)
    steps, queue = np.empty(size, np.int64), np.empty(size, np.int64)
    for ego in range(first, last):
        start = net.offsets[ego]
        n = net.offsets[ego + 1] - start
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        degrees = np.zeros(n, np.int64)
        for i in range(n):
            degrees[i] = tied[i].sum()
        brokerage = betweenness(tied)
        for i in range(n):
            place = start + i
            farness(tied, i, steps, queue)
            out[0, place] = degrees[i]
            out[1, place] = degrees[i] / (n - 1.0) if n > 1 else math.nan
            out[2, place] = closeness(steps, n)
            out[3, place] = harmonic(steps, n)
            out[4, place] = reach(steps, n)
            out[5, place] = clustering(tied, i)
            out[6, place] = brokerage[i]
            out[7, place] = 2.0 * brokerage[i] / (n * (n - 1.0)) if n > 1 else math.nan
            holes_of_alter(tied, degrees, i, out, place)
        spectral(tied, degrees, out[11:14, start : start + n])


@compiled
def _one_way(net: Flat, out: Floats, first: int, last: int) -> None:
    size = most(net.offsets, first, last)
    room = np.empty((size, size), np.bool_)
    steps, queue = np.empty(size, np.int64), np.empty(size, np.int64)
    for ego in range(first, last):
        start = net.offsets[ego]
        n = net.offsets[ego + 1] - start
        said = room[:n, :n]
        said_ties(net, ego, said)
        turned = said.T.copy()
        for i in range(n):
            out[14, start + i] = turned[i].sum()
            out[15, start + i] = said[i].sum()
            farness(turned, i, steps, queue)
            out[16, start + i] = closeness(steps, n)
            farness(said, i, steps, queue)
            out[17, start + i] = closeness(steps, n)


@compiled
def closeness(steps: Ints, n: int) -> float:
    """How near an alter is to those it can reach.

    Formula: number reached / sum of distances to them (with directed ties also along ties and
        against them: closeness_out, closeness_in)
    Range: above 0, to 1
    Edges: nobody reached: no value.
    Source: Freeman 1979
    """
    total, reached = 0, 0
    for j in range(n):
        if steps[j] > 0:
            total += steps[j]
            reached += 1
    return reached / total if reached > 0 else math.nan


@compiled
def harmonic(steps: Ints, n: int) -> float:
    """Mean nearness to the other alters; those out of reach count as nearness 0.

    Formula: sum over others of 1 / distance, / (n - 1)
    Range: 0 to 1
    Edges: one alter: no value.
    Source: Rochat 2009
    """
    total = 0.0
    for j in range(n):
        if steps[j] > 0:
            total += 1.0 / steps[j]
    return total / (n - 1.0) if n > 1 else math.nan


@compiled
def reach(steps: Ints, n: int) -> float:
    """Share of the other alters that a path leads to.

    Formula: reached / (n - 1)
    Range: 0 to 1
    Edges: one alter: no value.
    Source: Borgatti 2006
    """
    reached = 0
    for j in range(n):
        reached += steps[j] > 0
    return reached / (n - 1.0) if n > 1 else math.nan


@compiled
def clustering(tied: Matrix, i: int) -> float:
    """Share of the pairs of an alter's neighbours that are tied.

    Formula: ties among neighbours / (d(d-1)/2)
    Range: 0 to 1
    Edges: fewer than two neighbours: no value.
    Source: Watts & Strogatz 1998
    """
    degree, closed = 0, 0
    for j in range(len(tied)):
        if tied[i, j]:
            degree += 1
            for k in range(j):
                closed += tied[i, k] and tied[j, k]
    return 2.0 * closed / (degree * (degree - 1.0)) if degree > 1 else math.nan


@compiled
def betweenness(tied: Matrix) -> Floats:
    """How often each alter lies on the shortest ways between two others, ego being tied to all.

    Formula: sum over pairs of alters not tied, both tied to i, of 1 / (1 + their common alters);
        share: over n(n-1)/2
    Range: 0 to (n-1)(n-2)/4
    Edges: fewer than three alters: 0.
    Source: Freeman 1977; Everett & Borgatti 2005
    """
    n = len(tied)
    total = np.zeros(n)
    for j in range(n):
        for k in range(j):
            if not tied[j, k]:
                common = 0
                for i in range(n):
                    common += tied[i, j] and tied[i, k]
                for i in range(n):
                    if tied[i, j] and tied[i, k]:
                        total[i] += 1.0 / (1.0 + common)
    return total


@compiled
def holes_of_alter(tied: Matrix, degrees: Ints, i: int, out: Floats, place: int) -> None:
    """Constraint, effective size and hierarchy of an alter among alters, ego left out.

    Formula: as for ego, with p_ij = 1/d_i for those tied: sum_j (p_ij + sum_q p_iq p_qj)^2;
        d - 2t/d with t ties among its neighbours; Burt's hierarchy
    Range: as for ego
    Edges: an alter tied to nobody: no value. Tied to one: constraint and hierarchy as they come,
        hierarchy 1.
    Source: Burt 1992, pp. 52-71
    """
    n, degree = len(tied), degrees[i]
    if degree == 0:
        return
    dyadic, at, total, among = np.empty(degree), 0, 0.0, 0
    for j in range(n):
        if j == i:
            continue
        part = 1.0 if tied[i, j] else 0.0
        for q in range(n):
            if tied[i, q] and tied[q, j]:
                part += 1.0 / degrees[q]
                among += tied[i, j]
        part = (part / degree) ** 2
        if tied[i, j]:
            total += part
            dyadic[at] = part
            at += 1
    out[8, place] = total
    out[9, place] = degree - among / degree
    out[10, place] = hierarchy(degree, dyadic)


@compiled
def spectral(tied: Matrix, degrees: Ints, out: Floats) -> None:
    """Eigenvector centrality, and Bonacich's power with the sign of its weakening either way.

    Formula: eigenvector: A v = l v for the greatest l, largest entry 1. Power: c proportional to
        (I - bA)^-1 A 1, with b = 0.75/l (power_positive) or -0.75/l (power_negative), the sum of
        squares being the number of alters with a tie
    Range: eigenvector 0 to 1; power any
    Edges: no tie among alters: no value. Eigenvector: no value where the greatest l belongs to
        two components alike, since then it is not determined.
    Source: Bonacich 1972; Bonacich 1987
    """
    n = len(tied)
    if degrees.sum() == 0:
        return
    square = tied.astype(np.float64)
    values, vectors = np.linalg.eigh(square)
    top = values[n - 1]
    if n == 1 or top - values[n - 2] > SAME * top:
        lead = np.abs(vectors[:, n - 1])
        out[0] = lead / lead.max()
    tie_ends = degrees.astype(np.float64)
    joined = (degrees > 0).sum()
    for row, part in ((1, 0.75), (2, -0.75)):
        power = np.linalg.solve(np.eye(n) - part / top * square, tie_ends)
        out[row] = power * math.sqrt(joined / (power * power).sum())
