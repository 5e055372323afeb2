"""`kith keys`, and that nothing is served while the keys lie open to others."""

import stat
from pathlib import Path

import pytest

from records.test_backup import FILL, kith, run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "kith"
    assert kith(home, "verify").returncode == 0
    assert run(home, "-c", FILL).returncode == 0
    return home


def test_check_says_where_the_keys_lie_and_when_they_were_copied(home: Path) -> None:
    said = kith(home, "keys", "check").stdout
    assert str(home / "keyring" / "keys.sqlite3") in said
    assert "It fits" in said
    assert "never copied" in said
    assert kith(home, "backup", str(home.parent / "out")).returncode == 0
    assert "last copied on" in kith(home, "keys", "check").stdout


def test_after_rotating_everything_proves_and_opens(home: Path) -> None:
    before = (home / "wrapping.key").read_bytes()
    assert kith(home, "keys", "rotate").returncode == 0
    assert (home / "wrapping.key").read_bytes() != before
    assert "20 records" in kith(home, "verify").stdout
    assert run(home, "-c", FILL.replace("canary-handle", "another")).returncode == 0


def test_a_key_in_the_environment_needs_a_file_to_go_to(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITH_WRAPPING_KEY_VALUE", (home / "wrapping.key").read_bytes().hex())
    refused = kith(home, "keys", "rotate")
    assert (refused.returncode, refused.stdout) == (4, "")
    new = home.parent / "new.key"
    assert "start Kith again" in kith(home, "keys", "rotate", "--to", str(new)).stdout
    assert "waits" in kith(home, "keys", "check").stdout
    monkeypatch.setenv("KITH_WRAPPING_KEY_VALUE", new.read_bytes().hex())
    assert "waits" not in kith(home, "keys", "check").stdout


def test_systemd_may_lend_the_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lent = home.parent / "credentials"
    lent.mkdir()
    (home / "wrapping.key").rename(lent / "kith-wrapping-key")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(lent))
    assert "lent by systemd" in kith(home, "keys", "check").stdout
    assert not (home / "wrapping.key").exists()


def test_everything_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "kith"
    assert kith(home, "keys", "check").returncode == 0
    for place in (home, *home.rglob("*")):
        assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0, place


@pytest.mark.parametrize("name", ["wrapping.key", "keyring", "keyring/keys.sqlite3", ""])
def test_nothing_is_served_while_others_can_get_at_the_keys(home: Path, name: str) -> None:
    place = home / name
    place.chmod(place.stat().st_mode | (0o044 if name else 0o022))
    for command in (["serve", "--port", "0"], ["keys", "check"]):
        refused = kith(home, *command)
        assert refused.returncode in (2, 4), refused.stdout
        assert "Others" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert "Kith is open" not in refused.stdout


def test_nothing_is_served_when_the_keyring_is_lost(home: Path) -> None:
    (home / "keyring" / "keys.sqlite3").rename(home / "elsewhere")
    refused = kith(home, "serve", "--port", "0")
    assert refused.returncode == 4
    assert "Put its last copy back" in refused.stderr
    assert "Kith is open" not in refused.stdout
    (home / "elsewhere").rename(home / "keyring" / "keys.sqlite3")
    assert kith(home, "keys", "check").returncode == 0


CHOOSE = """
import django; django.setup()
from uuid import UUID
from kith.records.only_me import PASSPHRASE, OwnKeys
from kith.records.sealing import keyring
theirs = OwnKeys(keyring(), UUID(int=1))
theirs.choose("words", theirs.begin(PASSPHRASE, b"three blue herons"))
"""
ASK = """
import django; django.setup()
from uuid import UUID
from kith.records.only_me import PASSPHRASE, OwnKeys
from kith.records.sealing import keyring
theirs = OwnKeys(keyring(), UUID(int=1))
own = theirs.open(PASSPHRASE, b"three blue herons")
print(keyring().holds(UUID(int=1), "words"), sorted(theirs.keys(own)))
"""
WRITE = """
import django; django.setup()
from uuid import UUID
from kith.records.sealing import keyring
keyring().key_to_seal(UUID(int=1), "words")
"""


def test_restoring_a_backup_from_before_does_not_undo_only_me(home: Path) -> None:
    out = home.parent / "out"
    assert run(home, "-c", WRITE).returncode == 0
    assert kith(home, "backup", str(out)).returncode == 0
    assert run(home, "-c", CHOOSE).returncode == 0
    data, keys = next(out.glob("*.age")), next(out.glob("*.keys"))
    back = kith(home, "restore", str(data), "--keys", str(keys))
    assert back.returncode == 0, back.stderr
    assert run(home, "-c", ASK).stdout == "False ['words']\n"
