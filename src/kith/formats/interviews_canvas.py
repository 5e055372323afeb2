"""Network Canvas's CSV export: many small files, one set per session, as three tables."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from kith.base.problems import Flaw, Invalid

MOST_BYTES = 2**30  # unpacked, of a whole export
ENDING = re.compile(r"_(?:(ego)|(attributeList|edgeList)(?:_(.*))?)\.csv$")
GUARDED = re.compile("^'(?=[=+\\-@\t\r])")
EGO, NODE = "networkCanvasEgoUUID", "networkCanvasUUID"
SOURCE, TARGET = "networkCanvasSourceUUID", "networkCanvasTargetUUID"


@dataclass
class _Export:
    egos: list[pl.DataFrame] = field(default_factory=list)
    alters: list[pl.DataFrame] = field(default_factory=list)
    ties: list[pl.DataFrame] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def read(place: Path, protocol: Path | None) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Egos, alters (with `type`) and ties (with `kind`) of an export, a folder or a zip.

    With the protocol, the option columns of a categorical question become one column: the option
    chosen, or a list of them where someone chose several; none chosen is null, since the export
    does not tell "none" from "not answered". Without it they stay true or false each.
    """
    export = _Export()
    for name, data in _files(place):
        found = ENDING.search(name)
        if found:
            _take(export, name, data, *found.groups())
    if not export.egos:
        export.flaws.append(Flaw("no-egos", file=place.name))
    if export.flaws:
        raise Invalid("interviews", export.flaws)
    codebook = _codebook(protocol)
    return (
        _finish(export.egos, {"ego": EGO}, codebook),
        _finish(export.alters, {"ego": EGO, "alter": NODE}, codebook),
        _finish(export.ties, {"ego": EGO, "source": SOURCE, "target": TARGET}, codebook),
    )


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, in name order."""
    if place.is_dir():
        for path in sorted(place.rglob("*.csv")):
            yield path.name, path.read_bytes()
        return
    try:
        with zipfile.ZipFile(place) as packed:
            members = [
                m for m in packed.infolist() if not m.is_dir() and "__MACOSX" not in m.filename
            ]
            if sum(m.file_size for m in members) > MOST_BYTES:
                raise Invalid("interviews", [Flaw("too-large", file=place.name)])
            for member in sorted(members, key=lambda m: m.filename):
                yield Path(member.filename).name, packed.read(member)
    except (zipfile.BadZipFile, OSError):
        raise Invalid("interviews", [Flaw("not-a-zip", file=place.name)]) from None


def _take(
    export: _Export, name: str, data: bytes, ego: str | None, listed: str | None, kind: str | None
) -> None:
    """Read one file into its list; rows of text, nothing inferred yet."""
    needed = [EGO] if ego else [EGO, NODE] if listed == "attributeList" else [EGO, SOURCE, TARGET]
    try:
        frame = pl.read_csv(io.BytesIO(data), infer_schema=False, null_values=[""])
    except (pl.exceptions.ComputeError, pl.exceptions.NoDataError):
        export.flaws.append(Flaw("not-a-table", file=name))
        return
    lacking = [column for column in needed if column not in frame.columns]
    if lacking:
        export.flaws += [Flaw("unknown-column", file=name, column=c) for c in lacking]
        return
    frame = frame.rename({c: GUARDED.sub("", c) for c in frame.columns})
    frame = frame.drop("null", strict=False)
    if ego:
        export.egos.append(frame)
    elif listed == "attributeList":
        export.alters.append(frame.with_columns(type=pl.lit(kind, pl.String)))
    else:
        export.ties.append(frame.with_columns(kind=pl.lit(kind, pl.String)))


def _finish(
    frames: list[pl.DataFrame], ids: dict[str, str], codebook: dict[str, list[str]]
) -> pl.DataFrame:
    """All sessions as one table: ids first, options gathered, types found."""
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys(ids, pl.String))
    whole = pl.concat(frames, how="diagonal")
    rest = [c for c in whole.columns if c not in ids.values()]
    whole = whole.select(
        *(pl.col(column).alias(role) for role, column in ids.items()),
        *(pl.col(c).alias(f"{c}_" if c in ids else c) for c in rest),
    )
    for variable, options in codebook.items():
        whole = _gathered(whole, variable, options)
    return whole.with_columns(_typed(whole[c]) for c in whole.columns if c not in ids)


def _gathered(frame: pl.DataFrame, variable: str, options: list[str]) -> pl.DataFrame:
    """The true-or-false columns of a question's options as one column of what was chosen."""
    columns = {f"{variable}_{option}": option for option in options}
    here = [c for c in columns if c in frame.columns]
    if not here or variable in frame.columns:
        return frame
    chosen = pl.concat_list(
        pl.when(pl.col(c) == "true").then(pl.lit(columns[c])) for c in here
    ).list.drop_nulls()
    lists = frame.select(chosen.alias(variable)).to_series()
    if not (lists.list.len() > 1).any():
        lists = lists.list.first()
    else:
        lists = frame.select(
            pl.when(lists.list.len() > 0).then(lists).alias(variable)
        ).to_series()  # fmt: skip
    at = frame.columns.index(here[0])
    return frame.insert_column(at, lists).drop(here)


def _typed(values: pl.Series) -> pl.Series:
    """Text as truth values or numbers where every answer is one; the guard's quote taken off."""
    if values.dtype != pl.String:
        return values
    told = values.drop_nulls()
    if len(told) and told.is_in(["true", "false"]).all():
        return values == "true"
    for kind in (pl.Int64, pl.Float64):
        number = values.cast(kind, strict=False)
        if len(told) and number.null_count() == values.null_count():
            return number
    return values.str.replace("^'([=+\\-@\t\r])", "${1}")


def _codebook(protocol: Path | None) -> dict[str, list[str]]:
    """Each categorical question of a .netcanvas protocol with its options."""
    if protocol is None:
        return {}
    try:
        with zipfile.ZipFile(protocol) as packed:
            if packed.getinfo("protocol.json").file_size > MOST_BYTES:
                raise Invalid("interviews", [Flaw("too-large", file=protocol.name)])
            told = json.loads(packed.read("protocol.json"))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise Invalid("interviews", [Flaw("not-a-protocol", file=protocol.name)]) from None
    found: dict[str, list[str]] = {}
    for variable in _variables(told.get("codebook", {})):
        if variable.get("type") == "categorical":
            options = [str(o["value"]) for o in variable.get("options", [])]
            found.setdefault(str(variable["name"]), []).extend(options)
    return {name: list(Counter(options)) for name, options in found.items()}


def _variables(codebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every variable of egos, people and ties."""
    kinds = [codebook.get("ego", {})]
    for entity in ("node", "edge"):
        kinds += codebook.get(entity, {}).values()
    for kind in kinds:
        yield from kind.get("variables", {}).values()
