"""Kernels over 64-bit rows: bit j of row i says that alters i and j are tied (n up to 64).

No kernel slices a shared array for each ego: threads would queue for its reference count.
Each takes the flat population (`offsets`, `rows`) and fills `out[column, ego]` for the egos
first..last-1; an ego with more than 64 alters is left to the dense kernels.
"""

import numpy as np

from kith.analysis.egonets.engine import Bits, Floats, Ints, compiled, count_bits, lowest_bit
from kith.analysis.egonets.formulas import (
    betweenness_share,
    component_ratio,
    constraint,
    degree_centralisation,
    density,
    density_with_ego,
    effective_size,
    efficiency,
    mean_degree,
    reachability,
    share,
)

WORD = 64
ONE = np.uint64(1)
NONE = np.uint64(0)
SHIFTS = np.arange(WORD + 8).astype(np.uint64)
# The pairs i < j, ordered by j: the first n(n-1)/2 are the pairs of n alters, whatever n is.
LOW = np.array([i for j in range(WORD) for i in range(j)], np.uint8)
HIGH = np.array([j for j in range(WORD) for i in range(j)], np.uint8)
INVERSE = np.array([0.0, *(1.0 / d for d in range(1, WORD + 3))])
# Ego's part in one pair of alters: 1/(1 + common alters) where they are not tied, else 0.
BROKERED = np.array([[1.0 / (1 + common) for common in range(WORD)], [0.0] * WORD])


@compiled
def _spread_from(rows: Bits, start: int, first: int) -> np.uint64:
    """Every alter a path joins to alter `first` (itself included), as bits."""
    found = ONE << np.uint64(first)
    edge = found
    while edge != NONE:
        i = lowest_bit(edge)
        edge &= edge - ONE
        fresh = rows[start + i] & ~found
        found |= fresh
        edge |= fresh
    return found


@compiled
def cohesion(offsets: Ints, rows: Bits, out: Floats, first: int, last: int) -> None:
    """How many alters and tied pairs there are, and into how many parts they fall, ego left out.

    The columns of `families.COHESION`; `size`, `ties`, `isolates` (tied to no other alter),
    `components` and the largest of them are counted here, the others by their formulas.

    Formula: n; m; number of i with d_i = 0; components of the alters' network; their shares of n
    Range: size 0 upwards; ties 0 to n(n-1)/2; the others 0 to n; shares 0 to 1
    Edges: no alter: counts 0, shares no value.
    Source: Wasserman & Faust 1994, 4.1-4.2
    """
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        if n > WORD:
            continue
        ends, isolates, highest = 0, 0, 0
        for i in range(n):
            degree = count_bits(rows[start + i])
            ends += degree
            isolates += degree == 0
            highest = max(highest, degree)
        parts, largest, pairs = 0, 0, 0
        left = ~NONE >> np.uint64(WORD - n) if n > 0 else NONE
        while left != NONE:
            found = _spread_from(rows, start, lowest_bit(left))
            left &= ~found
            members = count_bits(found)
            parts += 1
            largest = max(largest, members)
            pairs += members * (members - 1)
        ties = ends / 2.0
        fill_cohesion(out, ego, n, ties, isolates, parts, largest, pairs, highest)


@compiled
def fill_cohesion(
    out: Floats,
    ego: int,
    n: int,
    ties: float,
    isolates: int,
    parts: int,
    largest: int,
    pairs: float,
    highest: int,
) -> None:
    """Write the columns of `families.COHESION`, in their order."""
    out[0, ego] = n
    out[1, ego] = ties
    out[2, ego] = density(n, ties)
    out[3, ego] = density_with_ego(n, ties)
    out[4, ego] = mean_degree(n, ties)
    out[5, ego] = isolates
    out[6, ego] = share(isolates, n)
    out[7, ego] = parts
    out[8, ego] = largest
    out[9, ego] = share(largest, n)
    out[10, ego] = component_ratio(n, parts)
    reached = reachability(n, pairs)
    out[11, ego] = reached
    out[12, ego] = 1.0 - reached
    out[13, ego] = degree_centralisation(n, highest, ties)


@compiled
def holes(offsets: Ints, rows: Bits, out: Floats, first: int, last: int) -> None:
    """Structural holes, ego in: the columns of `families.HOLES`."""
    pulls, brokered = np.empty(WORD + 8), BROKERED.copy()
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        if n > WORD:
            continue
        ends = pull_of_each(rows, start, n, pulls)
        between = 0.0
        for pair in range(n * (n - 1) // 2):
            one, other = rows[start + LOW[pair]], rows[start + HIGH[pair]]
            tied = np.int64((one >> np.uint64(HIGH[pair])) & ONE)
            between += brokered[tied, count_bits(one & other)]
        fill_holes(out, ego, n, ends / 2.0, between, constraint(n, pulls))


@compiled
def pull_of_each(rows: Bits, start: int, n: int, pulls: Floats) -> int:
    """pulls[j] = sum over alters q tied to j of 1/(d_q + 1); answers the sum of degrees.

    Eight alters at a time, in a form the compiler turns into vector instructions; each pull
    still sums over q in order, so the result does not depend on the vector width.
    """
    width = 8 * ((n + 7) // 8)
    ends = 0
    for j in range(width):
        pulls[j] = 0.0
    for q in range(n):
        row = rows[start + q]
        degree = count_bits(row)
        ends += degree
        weight = INVERSE[degree + 1]
        for j in range(width):
            pulls[j] += weight if (row >> SHIFTS[j]) & ONE else 0.0
    return ends


@compiled
def fill_holes(
    out: Floats, ego: int, n: int, ties: float, between: float, constrained: float
) -> None:
    """Write the columns of `families.HOLES`, in their order."""
    effective = effective_size(n, ties)
    out[0, ego] = constrained
    out[1, ego] = effective
    out[2, ego] = efficiency(n, effective)
    out[3, ego] = between
    out[4, ego] = betweenness_share(n, between)
