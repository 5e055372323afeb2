"""A real server and real devices, killed with kill -9 again and again: nothing is lost or doubled.

`make faults` runs thousands; what it found is written beside the other results.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from faults.database import Database
from faults.loop import Loop, Lost, Report
from faults.wrong import WRONG
from scale import FULL, shares

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / ".cache" / "results"
BESIDES = (
    "users_switched",
    "sessions_ended",
    "clocks_moved",
    "server_disk_full",
    "device_disk_full",
    "backed_up",
    "restored",
    "forgotten",
)
Begin = Callable[..., Loop]
pytestmark = pytest.mark.faults


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begin a loop; all its processes end with the test."""
    loops: list[Loop] = []

    def one(happen: tuple[str, ...] = (), **server: Any) -> Loop:
        folder = tmp_path / str(len(loops))
        folder.mkdir()
        seed = str(Random().getrandbits(32)) if FULL else f"kith {len(loops)}"
        loops.append(Loop(folder, seed, happen, **server))
        loops[-1].begin()
        return loops[-1]

    yield one
    for loop in loops:
        loop.close()


def run(loop: Loop, share: range, name: str, tell: pytest.CaptureFixture[str]) -> Report:
    for _ in share:
        loop.round()
    report = loop.finish()
    report.kept_in(RESULTS / f"faults-{name}-{share[0]}.json")
    with tell.disabled():
        print(f"\n{name} {share[0]}-{share[-1]}: {report}")
    return report


@pytest.mark.parametrize("share", shares(22, 1000, 100))
def test_kills_at_any_moment_lose_nothing(
    begin: Begin, share: range, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(begin(BESIDES), share, "kills", capsys)
    assert report.kills.total() >= len(share) * 2
    assert report.shown_stored > len(share) * 10


@pytest.mark.parametrize("share", shares(8, 300, 60))
def test_cuts_of_power_lose_nothing(
    begin: Begin, share: range, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(begin(power=True), share, "power", capsys)
    assert report.kills["power cuts"] >= len(share)


@pytest.fixture
def database() -> Iterator[Database]:
    made = Database()
    yield made
    made.close()


@pytest.mark.store
@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="on SQLite there is nobody to kill")
@pytest.mark.parametrize("share", shares(8, 300, 60))
def test_kills_of_postgresql_lose_nothing(
    begin: Begin, database: Database, share: range, capsys: pytest.CaptureFixture[str]
) -> None:
    happen = (*["database_killed"] * 6, "users_switched", "sessions_ended")
    report = run(begin(happen, database=database), share, "postgresql", capsys)
    assert report.kills["PostgreSQL"] > len(share) // 5


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_server_is_caught(begin: Begin, wrong: str) -> None:
    loop = begin(wrong=wrong, power=wrong == "synchronous-off")
    if wrong == "digest-unchecked":
        loop.proxy.changes, loop.proxy.share = 60, 0.6
    with pytest.raises(Lost):
        for _ in range(40):
            loop.round()
        loop.finish()
