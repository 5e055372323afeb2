"""The canary law: of what someone typed, nothing is found anywhere once they are erased."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.store


def law(folder: Path, database: str, wrong: str = "") -> dict[str, Any]:
    """Type, erase, search. What the process says on its way is searched as well."""
    for name in ("own", "tmp", "outside"):
        (folder / name).mkdir()
    told = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    told |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}", "TMPDIR": str(folder / "tmp")}
    told |= {"KITH_HOME": str(folder / "own"), "DJANGO_SETTINGS_MODULE": "canary.settings"}
    if database:
        told["DATABASE_URL"] = database
    words = [sys.executable, "-m", "canary.law", str(folder / "outside"), wrong]
    with (folder / "outside" / "log").open("wb") as log:
        done = subprocess.run(words, env=told, stdout=subprocess.PIPE, stderr=log, text=True)
    assert done.returncode == 0, (folder / "outside" / "log").read_text()[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_of_a_hundred_canaries_none_is_found_anywhere(tmp_path: Path, database: str) -> None:
    found = law(tmp_path, database)
    assert found["broken"] == []
    assert found["kept"] >= 100, found
    assert found["found"] == []


@pytest.mark.parametrize("wrong", ["keys-kept", "log-kept", "session-kept", "not-replayed"])
def test_a_wrong_erasure_is_caught(tmp_path: Path, database: str, wrong: str) -> None:
    if wrong == "log-kept" and database:
        pytest.skip("the log that is emptied is SQLite's")
    assert law(tmp_path, database, wrong)["found"] != []
