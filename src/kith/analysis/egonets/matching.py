"""Which row belongs to which ego, and which alters a tie names: one pass over each table."""

from typing import Any

import numpy as np

from kith.analysis.egonets.engine import Bits, Ints, Shorts, compiled, spread

ONE = np.uint64(1)
NONE = np.uint64(0)
WORD = 64
STEP = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads neighbouring ids apart


def places(ego_ids: Ints, wanted: Ints) -> Shorts:
    """For each id in `wanted`, its place in `ego_ids`, or -1: a table where ids are dense."""
    found = np.empty(len(wanted), np.int32)
    if not len(ego_ids):
        found[:] = -1
        return found
    low, high = int(ego_ids.min()), int(ego_ids.max())
    if high - low < 4 * len(ego_ids) + 65536:
        table = np.full(high - low + 1, -1, np.int32)
        table[ego_ids - low] = np.arange(len(ego_ids), dtype=np.int32)
        spread(lambda a, b: look_up(table, low, wanted, found, a, b), len(wanted))
        return found
    slots = np.full(1 << (2 * len(ego_ids) - 1).bit_length(), -1, np.int32)
    hash_in(ego_ids, slots)
    spread(lambda a, b: hash_up(ego_ids, slots, wanted, found, a, b), len(wanted))
    return found


@compiled
def look_up(table: Shorts, low: int, wanted: Ints, found: Shorts, first: int, last: int) -> None:
    """found[r] = table[wanted[r] - low], or -1 beyond the table."""
    size = len(table)
    for row in range(first, last):
        at = wanted[row] - low
        found[row] = table[at] if 0 <= at < size else -1


@compiled
def _slot(key: int, size: int) -> np.int64:
    return np.int64((np.uint64(key) * STEP) >> np.uint64(20)) & (size - 1)


@compiled
def hash_in(keys: Ints, slots: Shorts) -> None:
    """Put each key's place into an open hash table (its size a power of two)."""
    size = len(slots)
    for place in range(len(keys)):
        at = _slot(keys[place], size)
        while slots[at] >= 0:
            at = (at + 1) & (size - 1)
        slots[at] = place


@compiled
def hash_up(keys: Ints, slots: Shorts, wanted: Ints, found: Shorts, first: int, last: int) -> None:
    """found[r] = place of wanted[r] among keys, or -1; a repeated id costs one comparison."""
    size = len(slots)
    before, answer = np.int64(0), -2
    for row in range(first, last):
        key = wanted[row]
        if answer == -2 or key != before:
            before, answer = key, -1
            at = _slot(key, size)
            while slots[at] >= 0:
                if keys[slots[at]] == key:
                    answer = slots[at]
                    break
                at = (at + 1) & (size - 1)
        found[row] = answer


def in_ego_order(place: Shorts, egos: int) -> tuple[Ints, Ints]:
    """Offsets of each ego's rows, and the order that brings rows together (empty: already so).

    A counting sort: linear, and it keeps the order of rows within an ego.
    """
    offsets = np.zeros(egos + 1, np.int64)
    if count_rows(place, offsets):
        return offsets, np.empty(0, np.int64)
    order = np.empty(len(place), np.int64)
    put_in_order(place, offsets[:-1].copy(), order)
    return offsets, order


@compiled
def count_rows(place: Shorts, offsets: Ints) -> bool:
    """Fill offsets with running counts per ego; true if rows are in ego order already."""
    ordered = True
    before = 0
    for row in range(len(place)):
        at = place[row]
        ordered = ordered and at >= before
        before = at
        offsets[at + 1] += 1
    for ego in range(1, len(offsets)):
        offsets[ego] += offsets[ego - 1]
    return ordered


@compiled
def put_in_order(place: Shorts, at: Ints, order: Ints) -> None:
    """order[k] = the row that comes k-th; `at` holds where each ego's next row goes."""
    for row in range(len(place)):
        ego = place[row]
        order[at[ego]] = row
        at[ego] += 1


@compiled
def find(alter_ids: Ints, start: int, n: int, ranks: Ints, wanted: int) -> Any:
    """Place of an alter's id among its ego's n, or -1.

    Up to 64 alters are looked through; more are found by halving, with `ranks` the order of their
    ids. (Where ids count upwards, callers find them without a call.)
    """
    if n <= WORD:
        for i in range(n):
            if alter_ids[start + i] == wanted:
                return i
        return -1
    return _halve(alter_ids, start, n, ranks, wanted)


@compiled
def _halve(alter_ids: Ints, start: int, n: int, ranks: Ints, wanted: int) -> Any:
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if alter_ids[start + ranks[middle]] < wanted:
            low = middle + 1
        else:
            high = middle
    return ranks[low] if low < n and alter_ids[start + ranks[low]] == wanted else -1


@compiled
def repeated(offsets: Ints, alter_ids: Ints, first: int, last: int) -> int:
    """The first ego with an alter named twice, or -1."""
    for ego in range(first, last):
        rising = True
        for i in range(offsets[ego] + 1, offsets[ego + 1]):
            rising = rising and alter_ids[i] > alter_ids[i - 1]
        if not rising:
            in_order = np.sort(alter_ids[offsets[ego] : offsets[ego + 1]])
            for i in range(1, len(in_order)):
                if in_order[i] == in_order[i - 1]:
                    return ego
    return -1


@compiled
def tie_ends(
    offsets: Ints,
    ids: Ints,
    tie_offsets: Ints,
    order: Ints,
    given: tuple[Ints, Ints],
    ends: tuple[Shorts, Shorts],
    first: int,
    last: int,
) -> int:
    """Local places (0..n-1) of the two ends of each tie, in ego order; -1 for a stranger.

    Answers how many ties name a stranger.
    """
    strangers = 0
    none = np.empty(0, np.int64)
    sources, targets = given
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        lowest = ids[start] if n else 0
        ranks = np.argsort(ids[start : start + n]) if n > WORD else none
        for k in range(tie_offsets[ego], tie_offsets[ego + 1]):
            row = order[k] if len(order) else k
            one, other = sources[row], targets[row]
            i, j = one - lowest, other - lowest
            near = 0 <= i < n and 0 <= j < n
            if not (near and ids[start + i] == one and ids[start + j] == other):
                i, j = find(ids, start, n, ranks, one), find(ids, start, n, ranks, other)
            ends[0][k], ends[1][k] = i, j
            strangers += i < 0 or j < 0
    return strangers


@compiled
def bit_rows(
    offsets: Ints,
    ids: Ints,
    tie_offsets: Ints,
    order: Ints,
    given: tuple[Ints, Ints],
    rows: Bits,
    counts: Shorts,
    both: bool,
    one_way: bool,
    first: int,
    last: int,
) -> int:
    """Match the ends of each ego's ties and set their bits, for egos of up to 64 alters.

    counts[0] and counts[1] take the loops and the duplicates (a tie said again; either way
    round unless `one_way`). `both`: a pair is tied only if both directions are given.
    Answers how many ties name a stranger.
    """
    strangers = 0
    none = np.empty(0, np.int64)
    said = np.zeros(WORD, np.uint64)
    sources, targets = given
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        if n > WORD:
            continue
        lowest = ids[start] if n else 0
        loops, again = 0, 0
        said[:n] = 0
        for k in range(tie_offsets[ego], tie_offsets[ego + 1]):
            row = order[k] if len(order) else k
            one, other = sources[row], targets[row]
            i, j = one - lowest, other - lowest
            near = 0 <= i < n and 0 <= j < n
            if not (near and ids[start + i] == one and ids[start + j] == other):
                i, j = find(ids, start, n, none, one), find(ids, start, n, none, other)
            if i < 0 or j < 0:
                strangers += 1
            elif i == j:
                loops += 1
            else:
                if not (one_way or both) and i > j:
                    i, j = j, i
                bit = ONE << np.uint64(j)
                again += (said[i] & bit) != NONE
                said[i] |= bit
                if not both:
                    rows[start + i] |= bit
                    rows[start + j] |= ONE << np.uint64(i)
        if both:
            _keep_mutual(said, rows, start, n)
        counts[0, ego], counts[1, ego] = loops, again
    return strangers


@compiled
def _keep_mutual(said: Bits, rows: Bits, start: int, n: int) -> None:
    """Rows in which a pair is tied only if each end said so."""
    for i in range(n):
        for j in range(n):
            mutual = (said[i] >> np.uint64(j)) & (said[j] >> np.uint64(i)) & ONE
            rows[start + i] |= mutual << np.uint64(j)


@compiled
def tally(values: Any, low: int, counts: Ints) -> None:
    """counts[v - low] = how often the whole number v occurs."""
    for row in range(len(values)):
        counts[values[row] - low] += 1
