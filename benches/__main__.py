"""`python -m benches [NAME ...]`: run the benches (or those whose name holds a NAME), one table."""

import importlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benches import Row

HERE = Path(__file__).parent


def machine() -> str:
    """The machine the figures come from, without its name."""
    cores = os.cpu_count()
    return f"Python {platform.python_version()}, {platform.machine()}, {cores} cores"


def chosen(names: list[str]) -> list[str]:
    found = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    return [bench for bench in found if not names or any(name in bench for name in names)]


def measure(bench: str, console: Console) -> Iterator[tuple[str, Row]]:
    with console.status(f"Measuring {bench}"):
        rows: list[Row] = importlib.import_module(f"benches.bench_{bench}").run()
    yield from ((bench, row) for row in rows)


def as_table(rows: list[tuple[str, Row]]) -> Table:
    table = Table("bench", "what", "value", "unit", "note", title=machine())
    table.columns[2].justify = "right"
    for bench, row in rows:
        table.add_row(bench, row.name, f"{row.value:,.4g}", row.unit, row.note)
    return table


def main(names: list[str]) -> int:
    console = Console()
    benches = chosen(names)
    if not benches:
        console.print("There is no bench of that name.")
        return 1
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as home:
        os.environ["KITH_HOME"] = home  # never anyone's real data
        rows = [found for bench in benches for found in measure(bench, console)]
    console.print(as_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
