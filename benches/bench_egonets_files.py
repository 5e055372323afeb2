"""Ego-network numbers the whole way: from CSV and Parquet to a table of results, and by size.

Each run is a process of its own, so that its time and greatest memory are its own. Sizes go up to
KITH_BENCH_LARGEST egos (10,000,000 for the full row; 1,000,000 unless said otherwise).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

import kith
from benches import Row

EGOS = int(os.environ.get("KITH_BENCH_EGOS", 1_000_000))
LARGEST = int(os.environ.get("KITH_BENCH_LARGEST", 1_000_000))
BLOCK = 250_000  # egos made at a time
NAMES = ("egos", "alters", "ties")
CHILD = """
import json, sys, time
import kith
made = kith.egonets.generate(3000)
options = dict(categories="group", measures=(
    "density components isolates constraint effective_size betweenness ei iqv".split()))
kith.egonets.measure(made.egos, made.alters, made.ties, **options)
parts = int(sys.argv[1]) or None
began = time.perf_counter()
found = kith.egonets.measure(*sys.argv[2:5], partitions=parts, **options)
took = time.perf_counter() - began
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([took, len(found), int(most.split()[1]) / 2**20]))
"""


def run() -> list[Row]:
    """Egos a second and memory, by kind of file, of id, and order of rows; then by size."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, EGOS)
        for name, files in variants(folder).items():
            rows += way(name, files, 0, times=3)
            for file in files:
                if "plain" not in file.name:
                    file.unlink()
    size = 1000
    while size <= LARGEST:
        with tempfile.TemporaryDirectory() as place:
            write(Path(place), size)
            files = [Path(place) / f"{name}-plain.parquet" for name in NAMES]
            rows += way(f"{size:,} egos, Parquet", files, 0, times=3 if size < 10**7 else 1)
        size *= 10
    return rows


def write(folder: Path, egos: int) -> None:
    """A population as Parquet files, rows in ego order; made and written a block at a time."""
    writers: dict[str, pq.ParquetWriter] = {}
    for first in range(0, egos, BLOCK):
        made = kith.egonets.generate(min(BLOCK, egos - first), seed=first + 1, first=first + 1)
        for name in NAMES:
            table = getattr(made, name).to_arrow()
            if name not in writers:
                writers[name] = pq.ParquetWriter(folder / f"{name}-plain.parquet", table.schema)
            writers[name].write_table(table, row_group_size=250_000)
    for writer in writers.values():
        writer.close()


def variants(folder: Path) -> dict[str, list[Path]]:
    """The same population in other files, each written when it is needed."""
    plain = {name: folder / f"{name}-plain.parquet" for name in NAMES}
    return _Lazily(
        {
            "Parquet, whole numbers": lambda: list(plain.values()),
            "CSV, whole numbers": lambda: [
                _write(pl.read_parquet(plain[n]), folder / f"{n}.csv") for n in NAMES
            ],
            "Parquet, text ids": lambda: [
                _write(_as_text(pl.read_parquet(plain[n])), folder / f"{n}-text.parquet")
                for n in NAMES
            ],
            "Parquet, rows shuffled": lambda: [
                _write(
                    pl.read_parquet(plain[n]).sample(fraction=1, shuffle=True, seed=1),
                    folder / f"{n}-mixed.parquet",
                )
                for n in NAMES
            ],
        }
    )


class _Lazily(dict):  # type: ignore[type-arg]
    def items(self):  # type: ignore[no-untyped-def,override]
        """Each name with its files, made at that moment."""
        for name in self:
            yield name, self[name]()


def _write(frame: pl.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path, row_group_size=250_000)
    return path


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    ids = [c for c in frame.columns if c != "group"]
    return frame.with_columns(("p" + pl.col(c).cast(pl.String)).alias(c) for c in ids)


def way(name: str, files: list[Path], parts: int, times: int) -> list[Row]:
    """One way, in a process of its own each time."""
    told = []
    for _ in range(times):
        command = [sys.executable, "-c", CHILD, str(parts), *map(str, files)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told.append(json.loads(done.stdout))
    seconds = [took for took, _, _ in told]
    egos, memory = told[0][1], max(most for _, _, most in told)
    note = f"median {egos / statistics.median(seconds):,.0f}; at most {memory:.2f} GiB"
    return [Row(name, egos / min(seconds), "egos/s", note)]
