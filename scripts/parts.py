"""Runs the parts of `make check`, `make test`, `make faults` or `make shots`, one after the other.

A part that fails does not stop the next. At the end stand the minutes each part took and,
as the very last line, how many tests passed, failed and were skipped.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv" / "bin"
RESULTS = ROOT / ".cache" / "results"
HOME = ROOT / ".cache" / "home"
KILLS = "faults-*.json"  # what the tests of kills leave in RESULTS
AIM = 35 * 60  # seconds that all parts together may take on two cores; more is said at the end
LIMIT = 45 * 60  # what hangs is stopped then
LONG = 24 * 60 * 60  # the same for `make faults`, which nobody waits for


class Counts(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Part:
    """One thing to check: its commands stop at the first that fails."""

    name: str
    commands: list[list[str]]
    counted_in: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    database: str = "sqlite"


class Outcome(NamedTuple):
    part: Part
    seconds: float
    counts: Counts
    fine: bool


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def tests(name: str, *arguments: str, workers: int = 2, **options: str) -> Part:
    """Run pytest; its count is read from the report file, never from what it prints."""
    report = str(RESULTS / f"{name.replace(' ', '-')}.xml")
    side_by_side = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    spread = side_by_side if workers > 1 else ["-p", "no:xdist"]
    command = tool("python", "-m", "pytest", "-q", f"--junitxml={report}", *spread, *arguments)
    return Part(name, [command], counted_in=report, **options)


def node_tests() -> Part:
    found = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/js/**/*.test.js"))
    report = str(RESULTS / "scripts.tap")
    node = ["node", "--import", "./tests/js/rooms.js", "--test"]
    shown = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
    kept = ["--test-reporter=tap", f"--test-reporter-destination={report}"]
    return Part("scripts of pages", [[*node, *shown, *kept, *found]], counted_in=report)


QUICK = [
    Part("style", [tool("ruff", "check", "."), tool("ruff", "format", "--check", ".")]),
    Part("types", [tool("mypy")]),
    Part("layers", [tool("lint-imports", "--no-logo")]),
    Part(
        "types of scripts",
        [
            ["scripts/node"],
            ["node_modules/.bin/tsc", "--project", "tsconfig.json"],
            ["node_modules/.bin/tsc", "--project", "tests/js/tsconfig.json"],
        ],
    ),
]
BROWSER = [["scripts/chromium"]]


def browser(*arguments: str) -> Part:
    part = tests("browser", "-m", "browser", *arguments)
    return Part(part.name, BROWSER + part.commands, counted_in=part.counted_in)


def parts_of(plan: str) -> list[Part]:
    if plan == "shots":
        return [browser()]
    if plan == "faults":
        return [faults("faults on SQLite"), faults("faults on PostgreSQL", "store and faults")]
    if plan == "check":
        return [*QUICK, node_tests(), tests("walls", "tests/walls", workers=1)]
    return [
        *QUICK,
        node_tests(),
        tests("tests on SQLite", "-m", "not browser"),
        tests("store on PostgreSQL", "-m", "store", database="postgres"),
        browser(),
    ]


def faults(name: str, marked: str = "faults") -> Part:
    """The tests that `make test` runs at a size one can wait for, at their full size."""
    part = tests(name, "-m", marked)
    return Part(
        part.name,
        BROWSER + part.commands,
        counted_in=part.counted_in,
        environment={"KITH_FAULTS": "1"},
        database="postgres" if "store" in marked else "sqlite",
    )


def count_pytest(report: Path) -> Counts:
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in ElementTree.parse(report).iter("testsuite"):
        for name in totals:
            totals[name] += int(suite.get(name, 0))
    failed = totals["failures"] + totals["errors"]
    return Counts(totals["tests"] - failed - totals["skipped"], failed, totals["skipped"])


def count_node(report: Path) -> Counts:
    text = report.read_text(encoding="utf-8")

    def last(word: str) -> int:
        found = re.findall(rf"^# {word} (\d+)$", text, re.MULTILINE)
        return int(found[-1]) if found else 0

    return Counts(last("pass"), last("fail") + last("cancelled"), last("skipped") + last("todo"))


def count(part: Part, fine: bool) -> Counts:
    """What the part's report says; a part that fails without a failed test counts as one."""
    counts, report = Counts(), Path(part.counted_in)
    if part.counted_in and report.exists():
        counts = count_node(report) if report.suffix == ".tap" else count_pytest(report)
    return counts if fine or counts.failed else counts._replace(failed=1)


def run(command: list[str], environment: dict[str, str], seconds: float) -> bool:
    """Run one command in a process group of its own, so that nothing of it is left behind."""
    print("$", " ".join(Path(word).name if i == 0 else word for i, word in enumerate(command)))
    sys.stdout.flush()
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
    except FileNotFoundError as missing:
        print(f"This part needs {missing.filename}, which is not here.")
        return False
    try:
        return process.wait(timeout=max(1, seconds)) == 0
    except subprocess.TimeoutExpired:
        print("This part was stopped: all of them together took longer than they may.")
        return False
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def surroundings(part: Part) -> dict[str, str]:
    """The environment of a part: never someone's real data, always the database it names."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DATABASE_URL")}
    path = f"{BIN}{os.pathsep}{kept.get('PATH', os.defpath)}"
    return {
        **kept,
        "PATH": path,
        "PYTHONUNBUFFERED": "1",
        "KITH_HOME": str(HOME),
        **part.environment,
    }


def start_postgres() -> str:
    done = subprocess.run(
        ["scripts/postgres", "start"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    return done.stdout.strip()


def stop_postgres() -> None:
    subprocess.run(["scripts/postgres", "stop"], cwd=ROOT, check=False)


def run_commands(part: Part, deadline: float) -> bool:
    environment = surroundings(part)
    if part.database == "postgres":
        environment["DATABASE_URL"] = start_postgres()
        if not environment["DATABASE_URL"]:
            return False
    try:
        return all(run(each, environment, deadline - time.monotonic()) for each in part.commands)
    finally:
        if part.database == "postgres":
            stop_postgres()


def run_part(part: Part, deadline: float) -> Outcome:
    print(f"\n== {part.name}")
    Path(part.counted_in or RESULTS / "none").unlink(missing_ok=True)
    began = time.monotonic()
    fine = run_commands(part, deadline)
    return Outcome(part, time.monotonic() - began, count(part, fine), fine)


def closing_lines(outcomes: Iterable[Outcome], aim: float = AIM) -> list[str]:
    done = list(outcomes)
    lines = ["", "minutes  part"]
    for outcome in done:
        mark = "" if outcome.fine else "   <- did not pass"
        lines.append(f"{outcome.seconds / 60:7.1f}  {outcome.part.name}{mark}")
    together = sum(o.seconds for o in done)
    lines.append(f"{together / 60:7.1f}  all together")
    if together > aim:
        lines.append(f"These are more than {aim // 60} minutes: something wants to be quicker.")
    total = Counts(*(sum(numbers) for numbers in zip(*(o.counts for o in done), strict=True)))
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    return [*lines, f"{total.passed} passed, {total.failed} failed{skipped}"]


def survived(folder: Path) -> list[str]:
    """What the tests of kills wrote down: how many, of which sort, and what was lost."""
    told = {path: json.loads(path.read_text()) for path in sorted(folder.glob(KILLS))}
    return [f"{path.stem.removeprefix('faults-')}: {one['said']}" for path, one in told.items()]


def main(plan: str) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that PostgreSQL is stopped too
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.glob(KILLS) if plan in ("test", "faults") else ():
        old.unlink()
    deadline = time.monotonic() + (LONG if plan == "faults" else LIMIT)
    outcomes = [run_part(part, deadline) for part in parts_of(plan)]
    told = ["", *survived(RESULTS)] if plan in ("test", "faults") else []
    print("\n".join([*told, *closing_lines(outcomes, LONG if plan == "faults" else AIM)]))
    return 0 if all(o.fine and not o.counts.failed for o in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
