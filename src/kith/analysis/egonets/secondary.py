"""Kernels that are asked for less often: hierarchy, distances, triads. One form, on matrices."""

import math

import numpy as np

from kith.analysis.egonets.dense import Matrix, farness, most, pulls_of, tied_pairs
from kith.analysis.egonets.engine import Floats, Ints, compiled
from kith.analysis.egonets.flat import Flat
from kith.analysis.egonets.formulas import (
    closeness_centralisation,
    hierarchy,
    transitivity,
)


@compiled
def hierarchies(net: Flat, out: Floats, first: int, last: int) -> None:
    """Burt's hierarchy of the constraint on ego."""
    size = most(net.offsets, first, last)
    room, dyadic = np.empty((size, size), np.bool_), np.empty(size)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        pulls_of(tied, dyadic)
        for j in range(n):
            dyadic[j] = ((1.0 + dyadic[j]) / n) ** 2
        out[0, ego] = hierarchy(n, dyadic)


@compiled
def distances(net: Flat, out: Floats, first: int, last: int) -> None:
    """The columns of `families.DISTANCES`: paths among alters, ego left out."""
    size = most(net.offsets, first, last)
    room, far = np.empty((size, size), np.bool_), np.empty(size)
    steps, queue = np.empty(size, np.int64), np.empty(size, np.int64)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        total, joined, longest = path_lengths(tied, far, steps, queue)
        whole = joined == n * (n - 1)
        out[0, ego] = closeness_centralisation(n, far) if whole else math.nan
        out[1, ego] = mean_distance(total, joined)
        out[2, ego] = diameter(longest, joined)


@compiled
def path_lengths(tied: Matrix, far: Floats, steps: Ints, queue: Ints) -> tuple[float, int, int]:
    """far[i] = sum of distances from i; and their sum, the pairs joined, the longest."""
    n = len(tied)
    total, joined, longest = 0.0, 0, 0
    for i in range(n):
        farness(tied, i, steps, queue)
        far[i] = 0.0
        for j in range(n):
            if steps[j] > 0:
                far[i] += steps[j]
                joined += 1
                longest = max(longest, steps[j])
        total += far[i]
    return total, joined, longest


@compiled
def mean_distance(total: float, joined: int) -> float:
    """Mean number of ties on the shortest path between alters that a path joins.

    Formula: sum of distances / number of joined pairs
    Range: 1 to n-1
    Edges: no pair joined: no value. Pairs no path joins are left out.
    Source: Wasserman & Faust 1994, 4.2
    """
    return total / joined if joined > 0 else math.nan


@compiled
def diameter(longest: int, joined: int) -> float:
    """The longest of the shortest paths between alters that a path joins.

    Formula: max over joined pairs of distance
    Range: 1 to n-1
    Edges: no pair joined: no value.
    Source: Wasserman & Faust 1994, 4.2
    """
    return float(longest) if joined > 0 else math.nan


@compiled
def triads(net: Flat, out: Floats, first: int, last: int) -> None:
    """Threes of alters by how many of their pairs are tied (0, 1, 2, 3).

    Formula: counts over all threes
    Range: 0 to n(n-1)(n-2)/6, together that number
    Edges: fewer than three alters: 0.
    Source: Holland & Leinhardt 1970
    """
    size = most(net.offsets, first, last)
    room = np.empty((size, size), np.bool_)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        found = np.zeros(4, np.int64)
        for i in range(n):
            for j in range(i):
                for k in range(j):
                    found[np.int64(tied[i, j]) + np.int64(tied[i, k]) + np.int64(tied[j, k])] += 1
        for k in range(4):
            out[k, ego] = found[k]
        out[4, ego] = transitivity(3.0 * found[3], found[2] + 3.0 * found[3])
