"""Kernels over square matrices: for more than 64 alters, for weights and for directions.

They gather the same ingredients as the bitwise kernels in another way, and hand them to the same
formulas. `least`: egos with that many alters or fewer are left to the bitwise kernels.
"""

import numpy as np
import numpy.typing as npt

from kith.analysis.egonets.bitwise import fill_cohesion, fill_holes
from kith.analysis.egonets.engine import Floats, Ints, Shorts, compiled
from kith.analysis.egonets.flat import Flat
from kith.analysis.egonets.formulas import constraint

Matrix = npt.NDArray[np.bool_]
WORD = 64
ONE = np.uint64(1)


@compiled
def most(offsets: Ints, first: int, last: int) -> int:
    """The greatest number of alters among the egos first..last-1."""
    largest = 0
    for ego in range(first, last):
        largest = max(largest, offsets[ego + 1] - offsets[ego])
    return largest


@compiled
def said_ties(net: Flat, ego: int, said: Matrix) -> None:
    """said[i, j]: a tie from i to j was given (no loops)."""
    said[:] = False
    for k in range(net.tie_offsets[ego], net.tie_offsets[ego + 1]):
        said[net.sources[k], net.targets[k]] = True
    for i in range(len(said)):
        said[i, i] = False


@compiled
def tied_pairs(net: Flat, ego: int, tied: Matrix) -> None:
    """tied[i, j]: the pair counts as tied; from the bits, or from the lists where n > 64."""
    n = len(tied)
    if n <= WORD:
        for i in range(n):
            row = net.rows[net.offsets[ego] + i]
            for j in range(n):
                tied[i, j] = (row >> np.uint64(j)) & ONE == ONE
        return
    said_ties(net, ego, tied)
    for i in range(n):
        for j in range(i):
            pair = (tied[i, j] and tied[j, i]) if net.both else (tied[i, j] or tied[j, i])
            tied[i, j], tied[j, i] = pair, pair


@compiled
def count_repeats(net: Flat, counts: Shorts, one_way: bool, first: int, last: int) -> None:
    """Loops and ties said twice, for egos with more than 64 alters."""
    size = most(net.offsets, first, last)
    room = np.zeros((size, size), np.bool_)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        if n <= WORD:
            continue
        room[:n, :n] = False
        for k in range(net.tie_offsets[ego], net.tie_offsets[ego + 1]):
            i, j = net.sources[k], net.targets[k]
            if not one_way and i > j:
                i, j = j, i
            counts[0, ego] += i == j
            counts[1, ego] += i != j and room[i, j]
            room[i, j] = True


@compiled
def farness(tied: Matrix, start: int, steps: Ints, queue: Ints) -> None:
    """steps[j] = number of ties on a shortest path from `start` to j, or -1 if there is none."""
    n = len(tied)
    steps[:n] = -1
    steps[start] = 0
    queue[0] = start
    head, tail = 0, 1
    while head < tail:
        i = queue[head]
        head += 1
        for j in range(n):
            if tied[i, j] and steps[j] < 0:
                steps[j] = steps[i] + 1
                queue[tail] = j
                tail += 1


@compiled
def cohesion(net: Flat, out: Floats, least: int, first: int, last: int) -> None:
    """The columns of `families.COHESION`, from matrices."""
    size = most(net.offsets, first, last)
    room = np.empty((size, size), np.bool_)
    steps, queue = np.empty(size, np.int64), np.empty(size, np.int64)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        if n <= least:
            continue
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        ends, isolates, highest = 0, 0, 0
        parts, largest, pairs = 0, 0, 0
        for i in range(n):
            degree = tied[i].sum()
            ends += degree
            isolates += degree == 0
            highest = max(highest, degree)
            farness(tied, i, steps, queue)
            members = (steps[:n] >= 0).sum()
            pairs += members - 1
            largest = max(largest, members)
            parts += (steps[:i] >= 0).sum() == 0
        fill_cohesion(out, ego, n, ends / 2.0, isolates, parts, largest, pairs, highest)


@compiled
def holes(net: Flat, out: Floats, least: int, first: int, last: int) -> None:
    """The columns of `families.HOLES`, from matrices."""
    size = most(net.offsets, first, last)
    room, pulls = np.empty((size, size), np.bool_), np.empty(size)
    for ego in range(first, last):
        n = net.offsets[ego + 1] - net.offsets[ego]
        if n <= least:
            continue
        tied = room[:n, :n]
        tied_pairs(net, ego, tied)
        ends = pulls_of(tied, pulls)
        between = brokered(tied)
        fill_holes(out, ego, n, ends / 2.0, between, constraint(n, pulls))


@compiled
def pulls_of(tied: Matrix, pulls: Floats) -> int:
    """pulls[j] = sum over alters q tied to j of 1/(d_q + 1); answers the sum of degrees."""
    n = len(tied)
    pulls[:n] = 0.0
    ends = 0
    for q in range(n):
        degree = tied[q].sum()
        ends += degree
        for j in range(n):
            if tied[q, j]:
                pulls[j] += 1.0 / (degree + 1.0)
    return ends


@compiled
def brokered(tied: Matrix) -> float:
    """How often ego lies on the shortest way between two alters (alters tied to both share it).

    Formula: sum over pairs of alters not tied of 1 / (1 + common alters)
    Range: 0 to n(n-1)/2
    Edges: fewer than two alters: 0.
    Source: Freeman 1977; Everett & Borgatti 2005
    """
    n = len(tied)
    total = 0.0
    for i in range(n):
        for j in range(i):
            if not tied[i, j]:
                common = 0
                for k in range(n):
                    common += tied[i, k] and tied[j, k]
                total += 1.0 / (1.0 + common)
    return total
