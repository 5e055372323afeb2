"""Tables as files: CSV or Parquet, several in a zip with what explains them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kith.base import clock
from kith.base.problems import Missing

Row = Mapping[str, Any]
Write = Callable[[Sequence[str], Sequence[Row]], bytes]


def has_parquet() -> bool:
    """Whether Parquet can be written here."""
    try:
        import polars  # noqa: F401
    except ImportError:
        return False
    return True


def writer(end: str) -> Write:
    """How a table is written as "csv" or "parquet". Raises Missing where that is not installed."""
    if end == "parquet" and not has_parquet():
        raise Missing
    return {"csv": _csv, "parquet": _parquet}[end]


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files by their names in a zip that says the day it was made and not the hour."""
    into, day = io.BytesIO(), (*clock.now().timetuple()[:3], 0, 0, 0)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, day), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def zipped_anew(made: bytes) -> bytes:
    """A zip as another library made it, the same inside: it says the day and not the hour."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, columns)
    lines.writeheader()
    lines.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode()


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    import polars as pl

    into = io.BytesIO()
    ordered = [{name: row[name] for name in columns} for row in rows]
    schema = None if ordered else dict.fromkeys(columns, pl.String)
    pl.DataFrame(ordered, schema=schema, infer_schema_length=None).write_parquet(into)
    return into.getvalue()
