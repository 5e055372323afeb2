"""What every test may ask for: a place to keep things, the folder of real files, Hypothesis."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as laws
from pytest_django import Settings

from scale import FULL

ROOT = Path(__file__).parent.parent
REAL_FILES = ROOT.parent / "shared" / "data"
LONG = (
    "proof/test_pairs", "run/", "faults/", "canary/", "browser/test_kills", "browser/test_hostile",
    "browser/test_offline", "records/test_restore_kills", "proof/", "maps/test_us", "upgrade/",
    "records/test_backup", "records/test_rotation", "egonets/test_partitions",
)  # fmt: skip
"""Files that take minutes: they come first, so that at the end no worker waits for another."""
SHARES = "test_pairs.py::test_nothing_of_another_shows["

# A machine shared by many is slow at times; time is measured by benches, not by laws.
laws.register_profile(
    "desk", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
laws.register_profile("ci", laws.get_profile("desk"), derandomize=True, database=None)
laws.register_profile("long", laws.get_profile("desk"), max_examples=2000)
usual = "ci" if os.environ.get("CI") and not FULL else "desk"  # at full size, each share differs
laws.load_profile(os.environ.get("KITH_LAWS") or usual)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(str(item.path.relative_to(ROOT / "tests"))))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give a worker a file at a time; of the paired worlds, which alone take hours, a share."""
    from xdist.scheduler import LoadFileScheduling

    class ByFileOrShare(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if SHARES in nodeid else str(super()._split_scope(nodeid))

    return ByFileOrShare(config, log)


def _place(path: str) -> int:
    return next((at for at, start in enumerate(LONG) if path.startswith(start)), len(LONG))


@pytest.fixture(autouse=True)
def kith_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[Path]:
    """A fresh, empty folder that Kith keeps its keys and files in for the length of one test."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("KITH_HOME", str(home))
    settings.KITH_HOME = home
    settings.KITH_KEYRING = home / "keyring" / "keys.sqlite3"
    settings.KITH_WRAPPING_KEY = home / "wrapping.key"
    yield home
    from kith.records.sealing import close_keyrings

    close_keyrings()


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """`real_data("qualitative/polis")`: that path among the real files, or the test is skipped."""

    def find(path: str) -> Path:
        found = REAL_FILES / path
        if not found.exists():
            pytest.skip(f"the real files are not here: {path}")
        return found

    return find


@pytest.fixture
def database() -> Iterator[str]:
    """A database of its own on the PostgreSQL of the tests, if they run on it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        yield ""
        return
    import psycopg

    address, name = os.environ["DATABASE_URL"], f"own_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute(f"create database {name}")  # type: ignore[arg-type]
    yield address.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute(f"drop database {name} with (force)")  # type: ignore[arg-type]
