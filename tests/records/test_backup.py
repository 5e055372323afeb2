"""A backup taken by the command comes back the same; a damaged one changes nothing."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

FILL = """
import django; django.setup()
from world import viewer, ward
from kith.people.actions import name_turn_to
from kith.people.nouns import TurnTo
keeper, circle = ward()
for number in range(20):
    name_turn_to(keeper, circle, TurnTo(who=f"canary {number}", reach="1"))
"""
SRC, TESTS = (str(Path(__file__).parent.parent.parent / name) for name in ("src", "tests"))


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    told = os.environ | {
        "KITH_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kith.site.settings",
        "PYTHONPATH": f"{SRC}:{TESTS}",
    }
    told.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, *command], env=told, capture_output=True, text=True, timeout=120
    )


def kith(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return run(home, "-m", "kith", *command)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A home with twenty records, and its backup: data and keys."""
    home = tmp_path_factory.mktemp("home")
    assert kith(home, "verify").returncode == 0
    made = run(home, "-c", FILL)
    assert made.returncode == 0, made.stderr
    out = tmp_path_factory.mktemp("out")
    assert kith(home, "backup", str(out)).returncode == 0
    return home, next(out.glob("*.zip")), next(out.glob("*.keys"))


def test_it_comes_back_the_same_in_an_empty_home(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, data, keys = filled
    (tmp_path / "wrapping.key").write_bytes((home / "wrapping.key").read_bytes())
    (tmp_path / "wrapping.key").chmod(0o600)
    (tmp_path / "keyring").mkdir()
    (tmp_path / "keyring" / "keys.sqlite3").write_bytes(keys.read_bytes())
    back = kith(tmp_path, "restore", str(data), "--keys", str(keys))
    assert back.returncode == 0, back.stderr
    assert kith(tmp_path, "verify").stdout == "All good: 20 lines in the ledger, 20 records.\n"


def test_life_goes_on_after_it(filled: tuple[Path, Path, Path], tmp_path: Path) -> None:
    home, data, keys = filled
    assert kith(home, "restore", str(data), "--keys", str(keys)).returncode == 0
    assert run(home, "-c", FILL).returncode == 0
    assert "40 records" in kith(home, "verify").stdout
    assert kith(home, "restore", str(data), "--keys", str(keys)).returncode == 0
    assert "20 records" in kith(home, "verify").stdout


def test_nothing_said_lies_open_in_either_file(filled: tuple[Path, Path, Path]) -> None:
    import zipfile

    _home, data, keys = filled
    with zipfile.ZipFile(data) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"canary" not in inside
    assert b"canary" not in keys.read_bytes()


@pytest.mark.parametrize("seed", range(4))
def test_a_cut_backup_changes_nothing(
    filled: tuple[Path, Path, Path], tmp_path: Path, seed: int
) -> None:
    home, data, _keys = filled
    whole = data.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: random.Random(seed).randrange(len(whole))])
    refused = kith(home, "restore", str(cut))
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert "20 records" in kith(home, "verify").stdout


def test_a_changed_backup_changes_nothing(filled: tuple[Path, Path, Path], tmp_path: Path) -> None:
    import zipfile

    home, data, _keys = filled
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"turn-to", b"turn-it"))
    assert kith(home, "restore", str(other)).returncode == 2
    assert "20 records" in kith(home, "verify").stdout
