"""A backup taken by the command comes back the same; a damaged one changes nothing."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scale import many

FILL = """
import django; django.setup()
from world import viewer, ward
from kith.people.actions import begin, name_turn_to
from kith.people.nouns import TurnTo
keeper, circle = ward("canary ward")
begin("canary called", handle="canary-handle", passphrase="a teapot on a sill")
for number in range(20):
    name_turn_to(keeper, circle, TurnTo(who=f"canary {number}", reach="1"))
"""
SPOIL = """
import random, sys
from pathlib import Path
import django; django.setup()
from kith.base.problems import Invalid
from kith.records.restoring import restore
data, way, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
whole, dice, refused = data.read_bytes(), random.Random(5), 0
bad = data.with_name("bad.age")
for _ in range(number):
    at = dice.randrange(len(whole))
    changed = bytearray(whole)
    changed[at] ^= 1 << dice.randrange(8)
    bad.write_bytes(whole[:at] if way == "cut" else changed)
    try:
        restore(bad)
    except Invalid:
        refused += 1
print(refused)
"""
SRC, TESTS = (str(Path(__file__).parent.parent.parent / name) for name in ("src", "tests"))


def run(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    told = os.environ | {
        "KITH_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kith.site.settings",
        "PYTHONPATH": f"{SRC}:{TESTS}",
    }
    told.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, *command], env=told | more, capture_output=True, text=True, timeout=300
    )


def kith(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return run(home, "-m", "kith", *command, **more)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A home with twenty records, and its backup: data and keys."""
    home = tmp_path_factory.mktemp("home")
    assert kith(home, "verify").returncode == 0
    made = run(home, "-c", FILL)
    assert made.returncode == 0, made.stderr
    out = tmp_path_factory.mktemp("out")
    written = kith(home, "backup", str(out))
    assert written.returncode == 0, written.stderr
    return home, next(out.glob("*.age")), next(out.glob("*.keys"))


def state(home: Path) -> dict[str, str]:
    """Every file of a home but its notes, as hashes."""
    files = (home / name for name in ("kith.sqlite3", "keyring/keys.sqlite3", "wrapping.key"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def copied(home: Path, to: Path) -> Path:
    return Path(shutil.copytree(home, to / "copy"))


def test_it_comes_back_the_same_in_an_empty_home(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, data, keys = filled
    (tmp_path / "wrapping.key").write_bytes((home / "wrapping.key").read_bytes())
    (tmp_path / "wrapping.key").chmod(0o600)
    back = kith(tmp_path, "restore", str(data), "--keys", str(keys))
    assert back.returncode == 0, back.stderr
    assert "20 lines" in back.stdout
    assert kith(tmp_path, "verify").stdout == "All good: 21 lines in the ledger, 20 records.\n"
    told = run(
        tmp_path,
        "-c",
        "import django; django.setup()\n"
        "from kith.people.models import Circle, Person\n"
        "signing_in = Person.objects.exclude(handle_mark=None)\n"
        "print([p.called for p in signing_in], Circle.objects.get().name)",
    )
    assert told.stdout == "['canary called'] canary ward\n"


def test_life_goes_on_after_it_and_what_was_there_is_copied_first(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, data, keys = copied(filled[0], tmp_path), *filled[1:]
    data = Path(shutil.copy(data, tmp_path))
    assert kith(home, "restore", str(data), "--keys", str(keys)).returncode == 0
    assert run(home, "-c", FILL.replace("canary-handle", "other")).returncode == 0
    assert "40 records" in kith(home, "verify").stdout
    back = kith(home, "restore", str(data))
    assert "copied first" in back.stdout
    assert "20 records" in kith(home, "verify").stdout
    first = max(path for path in tmp_path.glob("*.age") if path != data)
    assert kith(home, "restore", str(first)).returncode == 0
    assert "40 records" in kith(home, "verify").stdout


def test_a_copy_of_the_keyring_from_before_a_rotation_comes_back_under_the_key_of_today(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, data, keys = copied(filled[0], tmp_path), *filled[1:]
    data = Path(shutil.copy(data, tmp_path))
    old = Path(shutil.copy(home / "wrapping.key", tmp_path / "old.key"))
    assert kith(home, "keys", "rotate").returncode == 0
    before = state(home)
    words = ["restore", str(data), "--without-copy", "--keys", str(keys)]
    assert kith(home, *words).returncode == 2
    assert kith(home, *words, "--wrapping-key", str(home / "wrapping.key")).returncode == 2
    assert state(home) == before
    back = kith(home, *words, "--wrapping-key", str(old))
    assert back.returncode == 0, back.stderr
    assert state(home)["wrapping.key"] == before["wrapping.key"]
    old.unlink()
    assert "20 records" in kith(home, "verify").stdout
    assert "fits" in kith(home, "keys", "check").stdout


NOTE = """
import django; django.setup()
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.people.models import Person
from kith.people.readings import viewer_of
who = Person.objects.exclude(handle_mark=None).get()
note(viewer_of(who), Moment("said later"))
"""
READ = """
import django; django.setup()
from kith.records.models import Record
from kith.records.sealing import words_in
print([words_in(one).words for one in Record.objects.filter(kind="moment")])
"""
LOSE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as file:
    file.execute("delete from key where class = 'words'")
"""


def backed_up(home: Path, to: Path) -> Path:
    before = set(to.glob("*.age"))
    assert kith(home, "backup", str(to)).returncode == 0
    return next(iter(set(to.glob("*.age")) - before))


def test_a_keyring_from_before_lets_no_key_be_lost_that_came_after(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, first, keys = copied(filled[0], tmp_path), *filled[1:]
    first = Path(shutil.copy(first, tmp_path))
    assert run(home, "-c", NOTE).returncode == 0
    later = backed_up(home, tmp_path)
    assert kith(home, "restore", str(first), "--keys", str(keys)).returncode == 0
    assert run(home, "-c", NOTE).returncode == 0
    assert kith(home, "restore", str(later)).returncode == 0
    read = run(home, "-c", READ)
    assert read.stdout == "['said later']\n", read.stderr


def test_a_backup_that_the_keys_of_today_do_not_open_is_refused_without_its_own(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home = copied(filled[0], tmp_path)
    assert run(home, "-c", NOTE).returncode == 0
    later = backed_up(home, tmp_path)
    assert run(home, "-c", LOSE, str(home / "keyring" / "keys.sqlite3")).returncode == 0
    assert run(home, "-c", NOTE).returncode == 0
    before = state(home)
    refused = kith(home, "restore", str(later), "--without-copy")
    assert (refused.returncode, "--keys" in refused.stderr) == (2, True)
    assert "Traceback" not in refused.stderr
    assert state(home) == before
    keys = str(later.with_suffix(".keys"))
    assert kith(home, "restore", str(later), "--keys", keys, "--without-copy").returncode == 0
    assert run(home, "-c", READ).stdout == "['said later']\n"


def test_nothing_said_and_no_name_lies_open_in_either_file(
    filled: tuple[Path, Path, Path],
) -> None:
    _home, data, keys = filled
    assert b"canary" not in data.read_bytes()
    assert b"canary" not in keys.read_bytes()


def test_only_the_keyring_opens_it(filled: tuple[Path, Path, Path], tmp_path: Path) -> None:
    assert kith(tmp_path, "verify").returncode == 0
    refused = kith(tmp_path, "restore", str(filled[1]))
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert "0 records" in kith(tmp_path, "verify").stdout


@pytest.mark.faults
@pytest.mark.parametrize("way", ["cut", "changed"])
def test_a_hundred_cuts_and_changes_are_refused_and_change_nothing(
    filled: tuple[Path, Path, Path], tmp_path: Path, way: str
) -> None:
    home, data, _keys = filled
    spoilt = Path(shutil.copy(data, tmp_path))
    before, number = state(home), many(100, 2000)
    done = run(home, "-c", SPOIL, str(spoilt), way, str(number))
    assert done.stdout == f"{number}\n", done.stderr
    assert state(home) == before
    assert not list(home.glob("restoring*"))


def test_a_file_that_is_no_backup_is_refused(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, data, _keys = filled
    (tmp_path / "other").write_bytes(b"not a backup")
    for words in (["other"], [str(data), "--keys", "other"], ["missing"]):
        asked = [str(tmp_path / word) if word in ("other", "missing") else word for word in words]
        refused = kith(home, "restore", *asked, "--without-copy")
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert "20 records" in kith(home, "verify").stdout


def test_old_copies_of_the_keyring_go_and_the_command_says_so(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, strange = tmp_path / "kith-20200101-120000-000.keys", tmp_path / "mine.keys"
    for path in (old, strange, old.with_suffix(".age")):
        path.touch()
    said = kith(filled[0], "backup", str(tmp_path)).stdout
    assert "older than 30 days, removed: 1" in said
    assert not old.exists()
    assert strange.exists()
    assert old.with_suffix(".age").exists()


def test_the_last_good_one_is_told_and_a_failed_one_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "no backup yet" in kith(home, "backup", "--last").stdout
    (tmp_path / "file").touch()
    failed = kith(home, "backup", str(tmp_path / "file" / "in"))
    assert (failed.returncode, "could not write" in failed.stderr) == (2, True)
    assert "failed" in kith(home, "backup", "--last").stderr
    assert kith(home, "backup", KITH_BACKUP_TO=str(tmp_path / "out")).returncode == 0
    told = kith(home, "backup", "--last")
    assert (told.stderr, "The last good backup" in told.stdout) == ("", True)


def test_random_bytes_of_the_same_length_are_refused(
    filled: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, data, _keys = filled
    noise = tmp_path / "noise.age"
    noise.write_bytes(random.Random(3).randbytes(data.stat().st_size))
    assert kith(home, "restore", str(noise), "--without-copy").returncode == 2


MEANWHILE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from world import again, ward
from kith.people.actions import name_turn_to
from kith.people.nouns import TurnTo
from kith.people.readings import turn_to
from kith.records import dump
from kith.records.backup import back_up
from kith.records.restoring import restore
call_command("migrate", verbosity=0)
keeper, circle = ward()
name_turn_to(keeper, circle, TurnTo(who="before", reach="1"))
real = dump.rows
def other():
    name_turn_to(keeper, circle, TurnTo(who="meanwhile", reach="1"))
    connection.close()
def slowly(model, using):
    if model._meta.label == "people.Membership":
        with ThreadPoolExecutor(1) as beside:
            beside.submit(other).result()
    return real(model, using)
dump.rows = slowly
made = back_up(Path(sys.argv[1]))
dump.rows = real
print(len(turn_to(again(keeper))))
restore(made.data)
print([one.noun.who for one in turn_to(again(keeper))])
"""


def test_others_go_on_writing_and_the_backup_is_one_moment(tmp_path: Path) -> None:
    done = run(tmp_path / "own", "-c", MEANWHILE, str(tmp_path / "out"))
    assert done.stdout.split("\n")[1:2] == ["['before']"], done.stdout + done.stderr
    assert int(done.stdout.split("\n")[0]) > 1
