"""Every ego network of a study in a few flat arrays: what the kernels walk over."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import polars as pl

from kith.analysis.egonets import dense, matching
from kith.analysis.egonets.complaints import complaints, id_flaws, number_flaws
from kith.analysis.egonets.doors import (
    Names,
    Tables,
    as_numpy,
    frozen,
    id_kind,
    ids,
    numbers_of,
    refuse,
)
from kith.analysis.egonets.engine import Bits, Floats, Ints, Shorts, spread
from kith.analysis.egonets.flat import Flat
from kith.base.problems import Flaw, Invalid

SEEDS = 8  # tries to find a hash under which no two different names meet


@dataclass(frozen=True)
class Reading:
    """How to read the tables: columns of numbers, and what a pair said one way only means.

    `both`: a pair is tied only when each end is given as tied to the other. `lists`: keep the
    list of ties, which directed and valued measures and kinds of tie need.
    """

    weight: str | None = None
    strength: str | None = None
    directed: bool = False
    both: bool = False
    lists: bool = False
    threads: int | None = None


@dataclass(frozen=True)
class Population:
    """All egos, alters and ties, grouped by ego.

    The alters of ego e stand at places offsets[e]..offsets[e+1]-1 of `net`; `alter_order` and
    `tie_order` say which table row stands there (empty: the table's own order).
    """

    net: Flat
    alter_order: Ints
    tie_order: Ints
    loops: Shorts
    duplicates: Shorts
    missing_weights: Shorts
    reading: Reading

    @property
    def egos(self) -> int:
        """How many egos there are."""
        return len(self.net.offsets) - 1

    @property
    def largest(self) -> int:
        """The greatest number of alters any ego has."""
        return int(np.diff(self.net.offsets).max(initial=0))


@dataclass(frozen=True)
class _Grouped:
    """Rows matched to egos, and ids as numbers; the step before ties are matched."""

    offsets: Ints
    alter_ids: Ints
    alter_order: Ints
    tie_offsets: Ints
    tie_order: Ints
    given: tuple[Ints, Ints]


class _NamesMeet(Exception):
    """Two different names gave one number: try another hash."""


class _Amiss(Exception):
    """Some row names someone unknown, or someone twice."""


def gather(tables: Tables, names: Names, reading: Reading) -> Population:
    """Match ids, fold ties and build the flat population; Invalid names every bad row.

    A loop is left out and counted; a tie said twice is one tie, counted once, with the greatest
    of its weights.
    """
    if id_flaws(tables, names) or number_flaws(tables, reading):
        refuse(complaints(tables, names, reading))
    for seed in range(SEEDS):
        try:
            return _match(tables, names, reading, _group(tables, names, seed))
        except _NamesMeet:
            continue
        except _Amiss:
            refuse(complaints(tables, names, reading))
    raise Invalid("ego-networks", [Flaw("ids-not-told-apart")])


def _group(tables: Tables, names: Names, seed: int) -> _Grouped:
    ego_column = tables.egos[names.ego]
    egos = _numbered(ego_column, seed)
    if not _told_apart(ego_column):
        raise _Amiss
    alter_place = _places(tables.alters[names.ego], ego_column, egos, seed)
    tie_place = _places(tables.ties[names.ego], ego_column, egos, seed)
    offsets, alter_order = matching.in_ego_order(alter_place, len(egos))
    tie_offsets, tie_order = matching.in_ego_order(tie_place, len(egos))
    alter_ids = _numbered(tables.alters[names.alter], seed)
    alter_ids = frozen(alter_ids[alter_order]) if len(alter_order) else alter_ids
    repeats = spread(lambda a, b: matching.repeated(offsets, alter_ids, a, b), len(egos))
    if max(repeats) >= 0:
        raise _same_or_meeting(tables, names)
    given = (_numbered(tables.ties[names.source], seed), _numbered(tables.ties[names.target], seed))
    return _Grouped(offsets, alter_ids, alter_order, tie_offsets, tie_order, given)


def _same_or_meeting(tables: Tables, names: Names) -> Exception:
    """Why two alters of one ego look alike: one person named twice, or two names that meet."""
    again = tables.alters.select(names.ego, names.alter).is_duplicated().any()
    return _Amiss() if again else _NamesMeet()


def _match(tables: Tables, names: Names, reading: Reading, rows: _Grouped) -> Population:
    egos = len(rows.offsets) - 1
    big = bool((np.diff(rows.offsets) > matching.WORD).any())
    text = id_kind(tables.alters[names.alter]) == "text" and len(tables.ties) > 0
    bits, counts, strangers = _bits(rows, reading)
    ends = (np.empty(0, np.int32), np.empty(0, np.int32))
    if not strangers and (reading.lists or big or text):
        ends, strangers = _ends(rows, reading)
    if strangers:
        raise _Amiss
    if text:
        _check_names(tables, names, rows, ends)
    weights, missing = _weights(tables, reading.weight, rows.tie_offsets, rows.tie_order)
    strengths = _strengths(tables, reading.strength, rows.alter_order)
    net = Flat(rows.offsets, bits, rows.tie_offsets, *ends, weights, strengths, reading.both)
    if big:
        dense.count_repeats(net, counts, reading.directed or reading.both, 0, egos)
    return Population(net, rows.alter_order, rows.tie_order, counts[0], counts[1], missing, reading)


def _bits(rows: _Grouped, reading: Reading) -> tuple[Bits, Shorts, int]:
    """Bit rows of egos with up to 64 alters; loops and duplicates; how many strangers."""
    egos = len(rows.offsets) - 1
    counts = np.zeros((2, egos), np.int32)
    bits = np.zeros(len(rows.alter_ids), np.uint64)

    def work(first: int, last: int) -> int:
        return matching.bit_rows(
            rows.offsets,
            rows.alter_ids,
            rows.tie_offsets,
            rows.tie_order,
            rows.given,
            bits,
            counts,
            reading.both,
            reading.directed,
            first,
            last,
        )

    return bits, counts, sum(spread(work, egos, reading.threads))


def _ends(rows: _Grouped, reading: Reading) -> tuple[tuple[Shorts, Shorts], int]:
    """Both ends of each tie as places among ego's alters, in ego order; how many strangers."""
    ties = len(rows.given[0])
    ends = (np.empty(ties, np.int32), np.empty(ties, np.int32))

    def work(first: int, last: int) -> int:
        return matching.tie_ends(
            rows.offsets,
            rows.alter_ids,
            rows.tie_offsets,
            rows.tie_order,
            rows.given,
            ends,
            first,
            last,
        )

    return ends, sum(spread(work, len(rows.offsets) - 1, reading.threads))


def _numbered(column: pl.Series, seed: int) -> Ints:
    """Ids as 64-bit numbers: whole numbers as they are, text by its hash (checked later)."""
    plain = ids(column)
    if plain.dtype == pl.Int64:
        return cast(Ints, as_numpy(plain))
    return cast(Ints, as_numpy(plain.hash(seed)).view(np.int64))


def _told_apart(values: pl.Series) -> bool:
    """Whether each ego has one row."""
    if values.dtype.is_integer() and bool((values.diff().drop_nulls() > 0).all()):
        return True
    return values.n_unique() == len(values)


def _places(column: pl.Series, ego_column: pl.Series, egos: Ints, seed: int) -> Shorts:
    """The place of each row's ego."""
    place = matching.places(egos, _numbered(column, seed))
    if len(place) and place.min() < 0:
        raise _Amiss
    if id_kind(column) == "text" and len(column):
        same = ids(ego_column).gather(pl.Series(place)) == ids(column)
        if not same.all():
            raise _NamesMeet
    return place


def _check_names(tables: Tables, names: Names, rows: _Grouped, ends: tuple[Shorts, Shorts]) -> None:
    """Make sure that what was matched by hash is the same text."""
    named = ids(tables.alters[names.alter])
    start = np.repeat(rows.offsets[:-1], np.diff(rows.tie_offsets))
    for column, end in zip((names.source, names.target), ends, strict=True):
        at = start + end
        at = rows.alter_order[at] if len(rows.alter_order) else at
        said = ids(tables.ties[column])
        said = said.gather(pl.Series(rows.tie_order)) if len(rows.tie_order) else said
        if not (named.gather(pl.Series(at)) == said).all():
            raise _NamesMeet


def _weights(
    tables: Tables, weight: str | None, tie_offsets: Ints, order: Ints
) -> tuple[Floats, Shorts]:
    """Tie weights in ego order (NaN where not answered), and how many each ego lacks."""
    egos = len(tie_offsets) - 1
    if weight is None:
        return np.empty(0), np.zeros(egos, np.int32)
    values = numbers_of(tables.ties[weight]).to_numpy()
    values = values[order] if len(order) else values
    gaps = np.concatenate([[0], np.cumsum(np.isnan(values))])
    missing = np.diff(gaps[tie_offsets]).astype(np.int32)
    return np.ascontiguousarray(values, dtype=np.float64), missing


def _strengths(tables: Tables, strength: str | None, order: Ints) -> Floats:
    """Strength of ego's tie to each alter, in place order; NaN where not answered."""
    if strength is None:
        return np.empty(0)
    values = numbers_of(tables.alters[strength]).to_numpy()
    return np.ascontiguousarray(values[order] if len(order) else values, dtype=np.float64)
