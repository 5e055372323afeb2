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
def seat(ids: Ints, start: int, n: int, keys: Ints, seats: Shorts) -> int:
    """Put an ego's n alter ids into a small hash table; its mask, or -1 if an id comes twice.

    `keys` and `seats` belong to one thread alone and have room for 4n, a power of two.
    """
    size = 8
    while size < 4 * n:
        size *= 2
    seats[:size] = -1
    for i in range(n):
        key = ids[start + i]
        at = _slot(key, size)
        while seats[at] >= 0:
            if keys[at] == key:
                return -1
            at = (at + 1) & (size - 1)
        seats[at], keys[at] = i, key
    return size - 1


@compiled
def find(keys: Ints, seats: Shorts, mask: int, wanted: int) -> np.int64:
    """Place of an id among those seated, or -1."""
    at = _slot(wanted, mask + 1)
    while seats[at] >= 0:
        if keys[at] == wanted:
            return np.int64(seats[at])
        at = (at + 1) & mask
    return np.int64(-1)


@compiled
def room_for(offsets: Ints, first: int, last: int) -> int:
    """Seats enough for the ego with most alters."""
    most = 0
    for ego in range(first, last):
        most = max(most, offsets[ego + 1] - offsets[ego])
    size = 8
    while size < 4 * most:
        size *= 2
    return size


@compiled
def counts_up(ids: Ints, start: int, n: int) -> bool:
    """Whether an ego's alter ids are one after another, so that each tells its own place."""
    rising = True
    for i in range(1, n):
        rising = rising and ids[start + i] == ids[start] + i
    return rising


@compiled
def repeated(offsets: Ints, ids: Ints, first: int, last: int) -> int:
    """The first ego with an alter named twice, or -1."""
    room = room_for(offsets, first, last)
    keys, seats = np.empty(room, np.int64), np.empty(room, np.int32)
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        if not counts_up(ids, start, n) and seat(ids, start, n, keys, seats) < 0:
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
    """Local places (0..n-1) of the two ends of each tie, in ego order; outside it for a stranger.

    Answers how many ties name a stranger.
    """
    strangers = 0
    room = room_for(offsets, first, last)
    keys, seats = np.empty(room, np.int64), np.empty(room, np.int32)
    sources, targets = given
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        lowest, mask = ids[start] if n else 0, 0
        if not counts_up(ids, start, n):
            mask = seat(ids, start, n, keys, seats)
        for k in range(tie_offsets[ego], tie_offsets[ego + 1]):
            row = order[k] if len(order) else k
            one, other = sources[row], targets[row]
            i, j = one - lowest, other - lowest
            if mask:
                i, j = find(keys, seats, mask, one), find(keys, seats, mask, other)
            ends[0][k], ends[1][k] = i, j
            strangers += not (0 <= i < n and 0 <= j < n)
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
    keys, seats = np.empty(4 * WORD, np.int64), np.empty(4 * WORD, np.int32)
    said, tied = np.zeros(WORD, np.uint64), np.zeros(WORD, np.uint64)
    sources, targets = given
    for ego in range(first, last):
        start = offsets[ego]
        n = offsets[ego + 1] - start
        if n > WORD:
            continue
        lowest, mask = ids[start] if n else 0, 0
        if not counts_up(ids, start, n):
            mask = seat(ids, start, n, keys, seats)
        loops, again = 0, 0
        said[:n], tied[:n] = NONE, NONE
        for k in range(tie_offsets[ego], tie_offsets[ego + 1]):
            row = order[k] if len(order) else k
            i, j = sources[row] - lowest, targets[row] - lowest
            if mask:
                i, j = find(keys, seats, mask, i + lowest), find(keys, seats, mask, j + lowest)
            if not (0 <= i < n and 0 <= j < n):
                strangers += 1
            elif i == j:
                loops += 1
            else:
                again += _note(said, tied, i, j, one_way or both)
        if both:
            _keep_mutual(said, tied, n)
        for i in range(n):
            rows[start + i] = tied[i]
        counts[0, ego], counts[1, ego] = loops, again
    return strangers


@compiled
def _note(said: Bits, tied: Bits, i: int, j: int, one_way: bool) -> Any:
    """Set the bits of a tie; 1 if it was said before, either way round unless `one_way`."""
    tied[i] |= ONE << np.uint64(j)
    tied[j] |= ONE << np.uint64(i)
    if not one_way and i > j:
        i, j = j, i
    bit = ONE << np.uint64(j)
    before = said[i] & bit
    said[i] |= bit
    return np.int64(before != NONE)


@compiled
def _keep_mutual(said: Bits, tied: Bits, n: int) -> None:
    """Leave a pair tied only if each end said so."""
    tied[:n] = NONE
    for i in range(n):
        for j in range(n):
            mutual = (said[i] >> np.uint64(j)) & (said[j] >> np.uint64(i)) & ONE
            tied[i] |= mutual << np.uint64(j)


@compiled
def tally(values: Any, low: int, counts: Ints) -> None:
    """counts[v - low] = how often the whole number v occurs."""
    for row in range(len(values)):
        counts[values[row] - low] += 1
