"""Measures that hear the direction of a tie: dyads, the sixteen triads, reciprocity, paths."""

import math

import numpy as np
import numpy.typing as npt

from kith.analysis.egonets.dense import farness, most, said_ties
from kith.analysis.egonets.engine import Floats, Ints, compiled
from kith.analysis.egonets.flat import Flat
from kith.analysis.egonets.formulas import density, reachability, share

TRIADS = (
    *("003", "012", "102", "021D", "021U", "021C", "111D", "111U"),
    *("030T", "030C", "201", "120D", "120U", "120C", "210", "300"),
)
# The six arcs of three alters a, b, c as bits of a code: ab, ba, ac, ca, bc, cb.
ARCS = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1))


def _kind_of(code: int) -> str:
    """The name of a triad: mutual, one-way and null pairs, and a letter where that is not enough.

    Holland & Leinhardt's letters: D(own), U(p), C(yclic), T(ransitive).
    """
    arcs = {arc for bit, arc in enumerate(ARCS) if code >> bit & 1}
    mutual = {arc for arc in arcs if arc[::-1] in arcs}
    single = arcs - mutual
    name = f"{len(mutual) // 2}{len(single)}{3 - len(mutual) // 2 - len(single)}"
    return name + _letter(name, mutual, single)


def _letter(name: str, mutual: set[tuple[int, int]], single: set[tuple[int, int]]) -> str:
    out = sorted([sum(a == v for a, _ in single) for v in range(3)], reverse=True)
    into = sorted([sum(b == v for _, b in single) for v in range(3)], reverse=True)
    if name == "030":
        return "T" if out[0] == 2 else "C"
    if name in ("021", "120"):
        return "D" if out[0] == 2 else "U" if into[0] == 2 else "C"
    if name == "111":
        ((_, head),) = single
        return "D" if any(head in pair for pair in mutual) else "U"
    return ""


def _codes() -> npt.NDArray[np.int64]:
    return np.array([TRIADS.index(_kind_of(code)) for code in range(64)])


KIND = _codes()


@compiled
def directions(net: Flat, out: Floats, first: int, last: int) -> None:
    """The columns of `families.DIRECTED`."""
    size = most(net.offsets, first, last)
    room = np.empty((size, size), np.bool_)
    steps, queue = np.empty(size, np.int64), np.empty(size, np.int64)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        said = room[:n, :n]
        said_ties(net, ego, said)
        mutual, single = dyads(said)
        arcs = 2 * mutual + single
        out[0, ego] = arcs
        out[1, ego] = density(n, arcs / 2.0)
        out[2, ego], out[3, ego] = mutual, single
        out[4, ego] = n * (n - 1) / 2.0 - mutual - single
        out[5, ego] = reciprocity(mutual, single)
        out[6, ego] = share(mutual, mutual + single)
        parts, largest, strong, joined = strong_components(said, steps, queue)
        out[7, ego], out[8, ego] = parts, largest
        out[9, ego] = reachability(n, joined)
        out[10, ego] = reachability(n, strong)
        out[11:27, ego] = 0.0
        count_triads(said, out, ego)


@compiled
def dyads(said: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """How many pairs are tied both ways, and how many one way.

    Formula: counts of pairs with a tie from both, from one, from neither
    Range: 0 to n(n-1)/2, the three together n(n-1)/2
    Edges: fewer than two alters: 0.
    Source: Holland & Leinhardt 1970
    """
    mutual, single = 0, 0
    for i in range(len(said)):
        for j in range(i):
            mutual += said[i, j] and said[j, i]
            single += said[i, j] != said[j, i]
    return mutual, single


@compiled
def reciprocity(mutual: int, single: int) -> float:
    """Share of arcs among alters that are returned.

    Formula: 2M / (2M + A); `reciprocity_dyads` is M / (M + A)
    Range: 0 to 1
    Edges: no tie among alters: no value.
    Source: Wasserman & Faust 1994, 13.3
    """
    return 2.0 * mutual / (2.0 * mutual + single) if mutual + single > 0 else math.nan


@compiled
def strong_components(
    said: npt.NDArray[np.bool_], steps: Ints, queue: Ints
) -> tuple[int, int, int, int]:
    """Strong components: how many, the largest; ordered pairs within one; pairs a path joins.

    Formula: i and j are in one component if directed paths lead from i to j and back
    Range: 1 to n components
    Edges: no alter: 0 components; fewer than two alters: reachability has no value.
    Source: Wasserman & Faust 1994, 4.2
    """
    n = len(said)
    reach = np.zeros((n, n), np.bool_)
    joined = 0
    for i in range(n):
        farness(said, i, steps, queue)
        for j in range(n):
            reach[i, j] = steps[j] >= 0
            joined += i != j and steps[j] > 0
    parts, largest, strong = 0, 0, 0
    for i in range(n):
        members, earlier = 0, False
        for j in range(n):
            same = reach[i, j] and reach[j, i]
            members += same
            earlier = earlier or (same and j < i)
        parts += not earlier
        largest = max(largest, members)
        strong += members - 1
    return parts, largest, strong, joined


@compiled
def count_triads(said: npt.NDArray[np.bool_], out: Floats, ego: int) -> None:
    """The sixteen kinds of threes of alters.

    Formula: counts over all threes, named mutual-single-null with D, U, C or T
    Range: 0 to n(n-1)(n-2)/6, together that number
    Edges: fewer than three alters: 0.
    Source: Holland & Leinhardt 1970; Davis & Leinhardt 1972
    """
    for a in range(len(said)):
        for b in range(a):
            pair = np.int64(said[a, b]) + 2 * np.int64(said[b, a])
            for c in range(b):
                code = pair + 4 * np.int64(said[a, c]) + 8 * np.int64(said[c, a])
                code += 16 * np.int64(said[b, c]) + 32 * np.int64(said[c, b])
                out[11 + KIND[code], ego] += 1.0
