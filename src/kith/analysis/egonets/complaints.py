"""Everything that is wrong with three tables, found at once and row by row.

Matching notices in passing that something is wrong; only then is this, the slower search, run.
Rows count from 1, the first row below the header.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from kith.analysis.egonets.doors import (
    LISTED,
    Names,
    Tables,
    check_numbers,
    id_kind,
    ids,
    row_flaws,
)
from kith.base.problems import Flaw

if TYPE_CHECKING:
    from kith.analysis.egonets.population import Reading


def complaints(tables: Tables, names: Names, reading: "Reading") -> list[Flaw]:
    """Every flaw of the tables: ids missing, mixed, unknown or said twice; bad numbers."""
    flaws = id_flaws(tables, names) + number_flaws(tables, reading)
    if any(flaw.code in ("mixed-id-types", "id-type") for flaw in flaws):
        return flaws
    egos, alters, ties = _plain(tables, names)
    flaws += row_flaws("said-twice", "egos", names.ego, _again(egos, "ego"))
    for file, frame in (("alters", alters), ("ties", ties)):
        unknown = frame["ego"].is_not_null() & ~frame["ego"].is_in(egos["ego"].implode())
        flaws += row_flaws("unknown-ego", file, names.ego, unknown)
    flaws += row_flaws("said-twice", "alters", names.alter, _again(alters, "ego", "alter"))
    named = alters.select("ego", "alter").unique().with_columns(known=pl.lit(True))
    for end, column in (("source", names.source), ("target", names.target)):
        met = ties.join(
            named,
            left_on=["ego", end],
            right_on=["ego", "alter"],
            how="left",
            maintain_order="left",
        )
        strange = met["known"].is_null() & ties[end].is_not_null()
        strange &= ties["ego"].is_in(egos["ego"].implode())
        flaws += row_flaws("stranger", "ties", column, strange)
    return flaws


def _plain(tables: Tables, names: Names) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The id columns alone, under their own names."""
    egos = pl.DataFrame({"ego": ids(tables.egos[names.ego])})
    like, alter = egos["ego"].dtype, ids(tables.alters[names.alter])
    if id_kind(tables.alters[names.alter]) == "any":
        alter = ids(tables.ties[names.source]).clear(len(alter))
    alters = pl.DataFrame({"ego": ids(tables.alters[names.ego]).cast(like), "alter": alter})
    ends = {
        "source": ids(tables.ties[names.source]).cast(alter.dtype),
        "target": ids(tables.ties[names.target]).cast(alter.dtype),
    }
    return egos, alters, pl.DataFrame({"ego": ids(tables.ties[names.ego]).cast(like), **ends})


def _again(frame: pl.DataFrame, *keys: str) -> pl.Series:
    """Rows whose (complete) key stood in an earlier row."""
    key = frame.select(keys).to_struct("key")
    whole = frame.select(pl.all_horizontal(pl.col(keys).is_not_null())).to_series()
    return ~key.is_first_distinct() & whole


def id_flaws(tables: Tables, names: Names) -> list[Flaw]:
    """Missing ids, ids that are neither whole numbers nor text, and a mix of the two."""
    places = [
        ("egos", tables.egos, names.ego, "ego"),
        ("alters", tables.alters, names.ego, "ego"),
        ("ties", tables.ties, names.ego, "ego"),
        ("alters", tables.alters, names.alter, "alter"),
        ("ties", tables.ties, names.source, "alter"),
        ("ties", tables.ties, names.target, "alter"),
    ]
    flaws: list[Flaw] = []
    seen: dict[str, str] = {}
    for file, frame, name, role in places:
        kind, column = id_kind(frame[name]), frame[name]
        told = column.fill_nan(None) if column.dtype.is_float() else column
        if told.has_nulls():
            flaws += row_flaws("missing-id", file, name, told.is_null())
        if kind == "other":
            flaws.append(Flaw("id-type", file=file, column=name))
        elif len(frame) and kind != "any" and seen.setdefault(role, kind) != kind:
            facts = (("here", kind), ("elsewhere", seen[role]))
            flaws.append(Flaw("mixed-id-types", file=file, column=name, facts=facts))
    return flaws


def number_flaws(tables: Tables, reading: "Reading") -> list[Flaw]:
    """Weights and strengths that are no numbers, or below zero."""
    flaws: list[Flaw] = []
    if reading.weight:
        flaws += check_numbers("ties", tables.ties, reading.weight, negative=False)
    if reading.strength:
        flaws += check_numbers("alters", tables.alters, reading.strength, negative=False)
    return flaws


def in_the_whole(
    flawed: Iterable[tuple[pl.Expr, Iterable[Flaw]]], whole: Mapping[str, pl.LazyFrame]
) -> list[Flaw]:
    """The flaws found in parts of three tables, as one search of the whole would tell them.

    flawed: for each part, which rows it holds and what is wrong with it, its rows counted within
    the part; whole: the tables egos, alters and ties.
    """
    found: list[Flaw] = []
    for inside, flaws in flawed:
        found += _at_their_rows(inside, flaws, whole)
    found.sort(key=_place)
    return [flaw for _, same in groupby(found, key=_sort_of) for flaw in _told(list(same))]


def _at_their_rows(
    inside: pl.Expr, flaws: Iterable[Flaw], whole: Mapping[str, pl.LazyFrame]
) -> Iterator[Flaw]:
    rows: dict[str, pl.Series] = {}
    for flaw in flaws:
        if flaw.row is None:
            yield flaw
            continue
        if flaw.file not in rows:
            numbered = whole[flaw.file].with_row_index("row", offset=1)
            rows[flaw.file] = numbered.filter(inside).select("row").collect()["row"]
        yield replace(flaw, row=rows[flaw.file][flaw.row - 1])


def _sort_of(flaw: Flaw) -> tuple[str, str, str]:
    return flaw.file, flaw.code, flaw.column


def _place(flaw: Flaw) -> tuple[tuple[str, str, str], float]:
    return _sort_of(flaw), float("inf") if flaw.row is None else flaw.row


def _told(same: list[Flaw]) -> list[Flaw]:
    """Flaws of one sort: the first rows by name, the rest counted; what names no row once."""
    rows = [flaw for flaw in same if flaw.row is not None]
    uncounted = [flaw for flaw in same if flaw.row is None]
    more = sum(int(dict(flaw.facts).get("more", 0)) for flaw in uncounted)
    more += len(rows[LISTED:])
    plain = list(dict.fromkeys(flaw for flaw in uncounted if "more" not in dict(flaw.facts)))
    if more:
        plain.append(replace(rows[0], row=None, facts=(("more", more),)))
    return rows[:LISTED] + plain
