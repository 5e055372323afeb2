"""One small server (2 cores) with many people at once, on PostgreSQL and on SQLite.

A real `kith serve` in a process of its own, over plain HTTP on loopback; PostgreSQL waits for the
disk. The crowd runs on the same cores and takes its part of them. Measured:

- 200 people noting: everyone notes a moment, sees it, thinks for 5 to 10 s and notes the next,
  for a minute (about 26 a second). What a person waits for is the answer to the form, and then
  the page of the moment; both are in the figures.
- the same by PUT /keep/, as a device sends what was written while it was away.
- all 200 in the same second, which nobody does on purpose.
- 60 people submitting a contribution to one gathering within ten seconds.
"""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benches import Row
from benches.crowd import Answer, Someone, at_once, over_and_over
from benches.device import put_away

ROOT = Path(__file__).parents[1]
PEOPLE, AT_A_MEETING = 200, 60
PAUSE, LENGTH = (5.0, 10.0), 60.0
CORES = {0, 1}


def run() -> list[Row]:
    """The same crowd on both databases."""
    with _postgres() as address:
        rows = _measured("PostgreSQL", address)
    return [*rows, *_measured("SQLite", "")]


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL of our own that waits for the disk, as one on a server does."""
    import psycopg

    program = str(ROOT / "scripts" / "postgres")
    started = subprocess.run([program, "start"], stdout=subprocess.PIPE, text=True, check=True)
    address = started.stdout.strip()
    try:
        with psycopg.connect(address, autocommit=True) as keeper:
            for what in ("fsync", "synchronous_commit", "full_page_writes"):
                keeper.execute(f"alter system set {what} = on")  # type: ignore[arg-type]
            keeper.execute("select pg_reload_conf()")
            keeper.execute("create database load")
        yield address.rsplit("/", 1)[0] + "/load"
    finally:
        subprocess.run([program, "stop"], check=True)


def _measured(database: str, address: str) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="kith-load-") as home:
        kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
        told = {**kept, "KITH_HOME": home, **({"DATABASE_URL": address} if address else {})}
        fill = [sys.executable, "-m", "benches.crowd", str(PEOPLE)]
        done = subprocess.run(fill, env=told, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        crowd = json.loads(done.stdout)
        with _server(told) as (port, process):
            rows = asyncio.run(_crowd(port, crowd, database))
            return [*rows, Row(f"{database}: memory at most", _peak(process), "MiB", "the server")]


@contextmanager
def _server(told: dict[str, str]) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    serve = [sys.executable, "-m", "kith.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        serve, env=told, stdout=subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, CORES)
    )
    try:
        assert process.stdout and b"open" in process.stdout.readline()
        time.sleep(1)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)
        if process.stdout:
            process.stdout.close()


def _peak(process: "subprocess.Popen[bytes]") -> float:
    """The most memory that the server ever held, with the processes it started."""
    pids = [process.pid, *map(int, _children(process.pid))]
    return sum(_most_held(pid) for pid in pids) / 1024


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _most_held(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


async def _crowd(port: int, crowd: dict, database: str) -> list[Row]:  # type: ignore[type-arg]
    people = [Someone(port, dict(cookies)) for cookies in crowd["cookies"]]
    meeting = crowd["meeting"]
    await at_once(people, 20, _opens("/notes/write/"))
    noting = await over_and_over(people, PAUSE, LENGTH, note)
    sending = await over_and_over(people, PAUSE, LENGTH, put_away)
    burst = await at_once(people, 1, note)
    await at_once(people[:AT_A_MEETING], 10, _opens(meeting))
    submitting = await at_once(people[:AT_A_MEETING], 10, _says(meeting))
    pace = f"{PEOPLE} people, each every {PAUSE[0]:.0f} to {PAUSE[1]:.0f} s, {LENGTH:.0f} s long"
    return [
        *_rows(f"{database}: noting", noting, pace),
        *_rows(f"{database}: noting by PUT", sending, pace),
        *_rows(f"{database}: noting, all in one second", burst, f"{PEOPLE} people, once"),
        *_rows(f"{database}: submitting", submitting, f"{AT_A_MEETING} people within 10 s"),
    ]


async def note(someone: Someone, answers: list[Answer]) -> None:
    """Note a moment with the form, and see it."""
    fields = {"id": str(uuid.uuid4()), "words": "Tea, and quiet.", "happened": "yes", "when": "now"}
    sent = await someone.send("/notes/write/", **fields)
    answers.append(_expected(sent, 302))
    if sent.status == 302:
        answers.append(_expected(await someone.open(sent.headers["location"]), 200))


def _opens(path: str):  # type: ignore[no-untyped-def]
    async def deed(someone: Someone, answers: list[Answer]) -> None:
        answers.append(_expected(await someone.open(path), 200))

    return deed


def _says(path: str):  # type: ignore[no-untyped-def]
    async def deed(someone: Someone, answers: list[Answer]) -> None:
        fields = {"id": str(uuid.uuid4()), "words": "The kitchen is locked at four."}
        answers.append(_expected(await someone.send(path, **fields), 302))

    return deed


def _expected(answer: Answer, status: int) -> Answer:
    """What is not as it should be counts as an error, and keeps its time."""
    if answer.status != status:
        answer.status = -answer.status
    return answer


def _rows(name: str, answers: list[Answer], note: str) -> list[Row]:
    taken = sorted(answer.seconds * 1000 for answer in answers)
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    figures = {"median": cuts[49], "p95": cuts[94], "p99": cuts[98], "longest": taken[-1]}
    rows = [Row(f"{name}, {which}", value, "ms", note) for which, value in figures.items()]
    wrong = sum(answer.status < 0 for answer in answers)
    return [*rows, Row(f"{name}, errors", wrong, "", f"of {len(answers)} answers")]
