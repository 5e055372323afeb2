"""Other tools' interviews as three tables: egos, alters, and ties among alters.

Network Canvas's CSV export (a folder or its zip), and tables of EgoWeb, OpenEddi, egor's style or
your own, in CSV or Parquet. Ids come out as `ego`, `alter`, `source`, `target`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kith.base.problems import Flaw, Invalid
from kith.formats import interviews_canvas as canvas

MISSING_CODES = ("-1", "-2", "-3", "-4")  # EgoWeb: refused, don't know, skipped, not yet answered


@dataclass(frozen=True)
class Interviews:
    """Egos (`ego`, ...), alters (`ego, alter`, ...), ties (`ego, source, target`, ...)."""

    egos: pl.DataFrame
    alters: pl.DataFrame
    ties: pl.DataFrame

    def _repr_html_(self) -> str:
        """What a notebook shows: how many of each, and the first rows of each table."""
        parts = []
        for name in ("egos", "alters", "ties"):
            frame: pl.DataFrame = getattr(self, name)
            parts.append(f"<h4>{len(frame):,} {name}</h4>{frame.head(3)._repr_html_()}")
        return "".join(parts)


@dataclass(frozen=True)
class Preset:
    """The ids' column names in a tool's tables, in order of preference; and its missing codes."""

    ego: tuple[str, ...]
    alter: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    missing: tuple[str, ...] = ()


PRESETS: Mapping[str, Preset] = {
    "plain": Preset(("ego",), ("alter",), ("source",), ("target",)),
    "egor": Preset(
        (".egoID", "egoID", "ego_ID"),
        (".altID", "alterID", "alter_ID"),
        (".srcID", "Source", "from"),
        (".tgtID", "Target", "to"),
    ),
    "egoweb": Preset(
        ("EgoID", "Interview ID"),
        ("Alter.Number", "Alter Number", "Alter ID"),
        ("Alter.1.Number", "Alter 1 Number", "Alter 1 ID"),
        ("Alter.2.Number", "Alter 2 Number", "Alter 2 ID"),
        MISSING_CODES,
    ),
    "openeddi": Preset(("puid",), ("nameid",), ("nameid",), ("targetid",)),
    "ideanet": Preset(("ego_id",), ("alter_id",), ("alter1",), ("alter2",)),
}
NETWORK_CANVAS = "network-canvas"


def read_interviews(
    egos: str | Path,
    alters: str | Path | None = None,
    ties: str | Path | None = None,
    *,
    preset: str | None = None,
    protocol: str | Path | None = None,
    ego: str | None = None,
    alter: str | None = None,
    source: str | None = None,
    target: str | None = None,
    separator: str | None = None,
) -> Interviews:
    """Read the interviews of a study.

    egos: the folder or zip of a Network Canvas export (then nothing else is needed but, where you
        have it, its `protocol`, the .netcanvas file: it tells which columns are the options of one
        question); or the table of egos, with `alters` and `ties` beside it.
    preset: "network-canvas", "plain", "egor", "egoweb", "openeddi" or "ideanet"; found out from
        the columns if not given. ego, alter, source, target: your own names for the ids.
    separator: of CSV files; a comma or a semicolon is found out.

    EgoWeb's codes -1 to -4 are read as no answer, outside ids. Ids stay numbers where they are.
    Raises Invalid with all that is wrong: files not there, columns not found, a broken zip.
    """
    first = Path(egos)
    flaws = [
        Flaw("no-such-file", file=Path(p).name)
        for p in (egos, alters, ties, protocol)
        if p is not None and not Path(p).exists()
    ]
    if preset is not None and preset != NETWORK_CANVAS and preset not in PRESETS:
        flaws.append(Flaw("unknown-preset", field="preset"))
    if flaws:
        raise Invalid("interviews", flaws)
    if preset == NETWORK_CANVAS or first.is_dir() or first.suffix == ".zip":
        return Interviews(*canvas.read(first, Path(protocol) if protocol else None))
    if alters is None:
        raise Invalid("interviews", [Flaw("no-alters", field="alters")])
    own = {"ego": ego, "alter": alter, "source": source, "target": target}
    paths = {"egos": first, "alters": Path(alters), "ties": Path(ties) if ties else None}
    frames = {name: read_table(path, separator) for name, path in paths.items() if path}
    return _tables(frames, preset, own)


def read_table(path: Path, separator: str | None = None) -> pl.DataFrame:
    """One table from a Parquet or CSV file; the separator is a comma or, if so, a semicolon."""
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    with path.open(encoding="utf-8-sig") as lines:
        header = lines.readline()
    found = separator or (";" if header.count(";") > header.count(",") else ",")
    try:
        return pl.read_csv(
            path, separator=found, null_values=["", "NA", "NaN"], infer_schema_length=None
        )
    except (pl.exceptions.ComputeError, pl.exceptions.NoDataError):
        raise Invalid("interviews", [Flaw("not-a-table", file=path.name)]) from None


def _tables(
    frames: dict[str, pl.DataFrame], preset: str | None, own: Mapping[str, str | None]
) -> Interviews:
    names = _named(PRESETS[preset] if preset else _guess(frames), own)
    wanted = {
        "egos": {"ego": names.ego},
        "alters": {"ego": names.ego, "alter": names.alter},
        "ties": {"ego": names.ego, "source": names.source, "target": names.target},
    }
    flaws: list[Flaw] = []
    found: dict[str, pl.DataFrame] = {}
    for file, frame in frames.items():
        chosen = {role: _first(frame, some) for role, some in wanted[file].items()}
        flaws += [
            Flaw("unknown-column", file=file, column=wanted[file][role][0])
            for role, column in chosen.items()
            if column is None
        ]
        found[file] = _renamed(frame, {role: c for role, c in chosen.items() if c}, names.missing)
    if flaws:
        raise Invalid("interviews", flaws)
    none = found["alters"].select("ego", pl.col("alter").alias("source")).clear()
    ties = found.get("ties", none.with_columns(target=pl.col("source")))
    return Interviews(_once(found["egos"]), found["alters"], ties)


def _named(preset: Preset, own: Mapping[str, str | None]) -> Preset:
    given = {role: (name,) for role, name in own.items() if name}
    return replace(preset, **given)


def _guess(frames: Mapping[str, pl.DataFrame]) -> Preset:
    """The preset whose names the tables bear; plain if none does."""
    for preset in PRESETS.values():
        if _first(frames["egos"], preset.ego) and _first(frames["alters"], preset.alter):
            return preset
    return PRESETS["plain"]


def _first(frame: pl.DataFrame, names: Sequence[str]) -> str | None:
    return next((name for name in names if name in frame.columns), None)


def _renamed(
    frame: pl.DataFrame, chosen: Mapping[str, str], missing: Sequence[str]
) -> pl.DataFrame:
    """Ids first and under our names; a column already so called gives way; codes become null."""
    ids = list(chosen.values())
    taken = {name: f"{name}_" for name in chosen if name in frame.columns and name not in ids}
    frame = frame.rename(taken)
    out = frame.select(
        *(pl.col(column).alias(role) for role, column in chosen.items()),
        *(pl.col(c) for c in frame.columns if c not in ids),
    )
    if not missing:
        return out
    return out.with_columns(
        pl.when(~pl.col(c).cast(pl.String).is_in(list(missing))).then(pl.col(c)).alias(c)
        for c in out.columns
        if c not in chosen
    )


def _once(egos: pl.DataFrame) -> pl.DataFrame:
    """One row per ego: exports that repeat an ego for each alter say the same each time."""
    if egos["ego"].is_unique().all():
        return egos
    rest = [c for c in egos.columns if c != "ego"]
    told = egos.group_by("ego").agg(pl.col(rest).n_unique())
    steady = [c for c in rest if (told[c] == 1).all()]
    return egos.select("ego", *steady).unique("ego", keep="first", maintain_order=True)
