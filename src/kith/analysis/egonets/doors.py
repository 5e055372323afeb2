"""Tables in, tables out: polars, pandas or pyarrow at the door, polars inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast, runtime_checkable

import narwhals.stable.v1 as nw
import polars as pl

from kith.base.problems import Flaw, Invalid

LISTED = 100  # rows named one by one for each kind of flaw; the rest are counted


@runtime_checkable
class Interviews(Protocol):
    """Anything with three tables, such as what `kith.read_interviews` gives."""

    egos: Any
    alters: Any
    ties: Any


@dataclass(frozen=True)
class Names:
    """Which columns hold the ids."""

    ego: str = "ego"
    alter: str = "alter"
    source: str = "source"
    target: str = "target"


@dataclass(frozen=True)
class Tables:
    """The three tables as polars frames, and the kind of table to give back."""

    egos: pl.DataFrame
    alters: pl.DataFrame
    ties: pl.DataFrame
    kind: str = "polars"


def to_polars(table: Any) -> pl.DataFrame:
    """`table` (polars, pandas, pyarrow; eager or lazy) as a polars frame; Invalid otherwise."""
    if isinstance(table, pl.DataFrame):
        return table
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    try:
        return cast(pl.DataFrame, nw.from_native(table, eager_only=True).to_polars())
    except TypeError:
        raise Invalid("not-a-table", [Flaw("not-a-table")]) from None


def from_polars(frame: pl.DataFrame, kind: str) -> Any:
    """`frame` as a table of `kind`: polars, pandas or pyarrow."""
    if kind == "pandas":
        return nw.from_native(frame).to_pandas()
    if kind == "pyarrow":
        return nw.from_native(frame).to_arrow()
    return frame


def kind_of(table: Any) -> str:
    """Which library `table` belongs to."""
    if isinstance(table, pl.DataFrame | pl.LazyFrame):
        return "polars"
    try:
        name = nw.from_native(table, eager_only=True).implementation.name.lower()
    except TypeError:
        return "polars"
    return name if name in ("pandas", "pyarrow") else "polars"


def take_in(egos: Any, alters: Any, ties: Any, names: Names) -> Tables:
    """The three tables, from three tables or from one object that holds them.

    None for `alters` means that nobody named anyone; None for `ties` that no tie was reported.
    """
    if alters is None and ties is None and isinstance(egos, Interviews):
        egos, alters, ties = egos.egos, egos.alters, egos.ties
    frame = to_polars(egos)
    like = frame[names.ego].dtype if names.ego in frame.columns else pl.Int64()
    none_named = pl.DataFrame(schema={names.ego: like, names.alter: pl.Int64})
    named = none_named if alters is None else to_polars(alters)
    other = named[names.alter].dtype if names.alter in named.columns else pl.Int64()
    none_tied = pl.DataFrame(schema={names.ego: like, names.source: other, names.target: other})
    tied = none_tied if ties is None else to_polars(ties)
    flaws = [] if len(frame) else [Flaw("empty-table", file="egos")]
    if alters is not None and not len(named):
        flaws.append(Flaw("empty-table", file="alters"))
    flaws += missing_columns("egos", frame, [names.ego])
    flaws += missing_columns("alters", named, [names.ego, names.alter])
    flaws += missing_columns("ties", tied, [names.ego, names.source, names.target])
    refuse(flaws)
    return Tables(frame, named, tied, kind_of(egos))


def missing_columns(file: str, frame: pl.DataFrame, wanted: Iterable[str]) -> list[Flaw]:
    """One flaw for each wanted column that the table lacks."""
    return [
        Flaw("unknown-column", file=file, column=column)
        for column in wanted
        if column not in frame.columns
    ]


def refuse(flaws: Sequence[Flaw]) -> None:
    """Raise Invalid with every flaw, if there is any."""
    if flaws:
        raise Invalid("ego-networks", flaws)


def row_flaws(code: str, file: str, column: str, bad: pl.Series) -> list[Flaw]:
    """A flaw for each row where `bad` is true: rows count from 1 below the header."""
    rows = bad.arg_true().to_list()
    flaws = [Flaw(code, file=file, row=row + 1, column=column) for row in rows[:LISTED]]
    if len(rows) > LISTED:
        facts = (("more", len(rows) - LISTED),)
        flaws.append(Flaw(code, file=file, column=column, facts=facts))
    return flaws


def id_kind(column: pl.Series) -> str:
    """What sort of ids a column holds: whole numbers, text, or neither."""
    if column.dtype.is_integer():
        return "number"
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        return "text"
    if column.dtype.is_float() and _whole(column):
        return "number"
    return "any" if column.dtype == pl.Null else "other"


def _whole(column: pl.Series) -> bool:
    return bool((column.drop_nulls().drop_nans() % 1 == 0).all())


def ids(column: pl.Series) -> pl.Series:
    """A column of ids as Int64 or String; a number read as 3.0 becomes 3."""
    if id_kind(column) == "number":
        return column.fill_nan(None).cast(pl.Int64) if column.dtype.is_float() else _long(column)
    return column.cast(pl.String)


def _long(column: pl.Series) -> pl.Series:
    return column if column.dtype == pl.Int64 else column.cast(pl.Int64)


def numbers_of(column: pl.Series) -> pl.Series:
    """A column as Float64, with NaN read as no answer."""
    return column.cast(pl.Float64, strict=False).fill_nan(None)


def check_numbers(
    file: str, frame: pl.DataFrame, column: str, *, negative: bool = True
) -> list[Flaw]:
    """Flaws of a column of numbers: text that is no number, and negatives where not allowed."""
    if column not in frame.columns:
        return [Flaw("unknown-column", file=file, column=column)]
    given = frame[column]
    if given.dtype in (pl.Boolean, pl.Date, pl.Datetime) or given.dtype.is_nested():
        return [Flaw("not-a-number", file=file, column=column)]
    number = numbers_of(given)
    wrong = (number.is_null() & given.is_not_null()) | number.is_infinite().fill_null(False)
    if given.dtype.is_float():
        wrong = number.is_infinite().fill_null(False)
    flaws = row_flaws("not-a-number", file, column, wrong)
    if not negative:
        flaws += row_flaws("negative", file, column, (number < 0).fill_null(False))
    return flaws


def as_numpy(column: pl.Series) -> Any:
    """The values of a column without nulls, not to be written to; no copy if there is one chunk."""
    return frozen(column.rechunk().to_numpy())


def frozen(values: Any) -> Any:
    """An array nobody may write to: kernels are compiled once for these, wherever they are from."""
    values.flags.writeable = False
    return values
