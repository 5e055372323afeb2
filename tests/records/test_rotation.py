"""A rotation wraps every key anew, survives being killed anywhere, and disturbs nobody."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kith.base.problems import Invalid, Problem, Refused
from kith.records.only_me import OwnKeys
from kith.records.wrapping import Source
from records.keys_by_hand import OWNERS, all_open, make, ring, source
from records.rotator import SECRET, WAY
from scale import many

ROOT = Path(__file__).parents[2]
Try = Callable[[str], tuple[int, str]]


@pytest.fixture
def rotator(tmp_path: Path) -> Iterator[Try]:
    """Tells a process of its own to rotate, and how to be killed; returns how it ended."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("rotator.py")), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
        text=True,
        bufsize=1,
    ) as process:
        assert process.stdin and process.stdout

        def tell(words: str) -> tuple[int, str]:
            process.stdin.write(words + "\n")  # type: ignore[union-attr]
            status, much = process.stdout.readline().split()  # type: ignore[union-attr]
            return int(status), much

        yield tell
        process.stdin.close()


def fits(home: Path) -> bytes:
    return (home / "wrapping.key").read_bytes()


def test_every_key_stays_what_it_is_under_another(tmp_path: Path) -> None:
    known, before = make(tmp_path), fits(tmp_path)
    with ring(tmp_path) as opened:
        wrapped = dict.fromkeys(row[0] for row in opened.file.rows("select wrapped from key"))
        assert opened.rotate()
        assert not wrapped.keys() & {row[0] for row in opened.file.rows("select wrapped from key")}
    assert fits(tmp_path) != before
    assert (tmp_path / "wrapping.key").stat().st_mode & 0o777 == 0o600
    assert all_open(tmp_path, known)


def test_the_old_key_opens_nothing_any_more(tmp_path: Path) -> None:
    make(tmp_path)
    old = fits(tmp_path)
    with ring(tmp_path) as opened:
        opened.rotate()
        assert opened.file.note("handover") is None
    (tmp_path / "wrapping.key").write_bytes(old)
    with pytest.raises(Invalid, match="wrapping-key-does-not-fit"), ring(tmp_path):
        pass


@pytest.mark.faults
def test_killed_at_any_moment_everything_opens(tmp_path: Path, rotator: Try) -> None:
    known, chance = make(tmp_path), random.Random(100)
    with ring(tmp_path) as server:
        whole, killed = float(rotator("line 999999")[1]), 0
        while killed < many(100, 2000):
            status, _took = rotator(f"after {chance.uniform(0, whole):.4f}")
            killed += status == signal.SIGKILL
            assert all_open(tmp_path, known)
            known[one, "words"] = server.key_to_seal(one := uuid4(), "words").raw
            assert server.key(OWNERS[0], "map").raw == known[OWNERS[0], "map"]


def test_killed_at_any_line_everything_opens(tmp_path: Path, rotator: Try) -> None:
    known = make(tmp_path)
    for number in rotator("lines")[1].split(","):
        status, _ = rotator(f"line {number}")
        assert status == signal.SIGKILL
        assert all_open(tmp_path, known)


def test_the_wrong_order_is_caught(tmp_path: Path, rotator: Try) -> None:
    known = make(tmp_path)
    numbers = rotator("wrong lines")[1].split(",")
    with pytest.raises(Problem):
        for number in reversed(numbers):
            rotator(f"wrong line {number}")
            assert all_open(tmp_path, known)


def test_a_server_and_the_command_go_on_side_by_side(tmp_path: Path) -> None:
    known, wrong = make(tmp_path), []
    done = threading.Event()

    def serve() -> None:
        with ring(tmp_path) as server:
            while not done.is_set():
                for name, raw in list(known.items()):
                    server.forget_opened()
                    if server.key(*name).raw != raw:
                        wrong.append(name)
                fresh = uuid4()
                known[fresh, "words"] = server.key_to_seal(fresh, "words").raw

    servers = [threading.Thread(target=serve) for _ in range(2)]
    for one in servers:
        one.start()
    with ring(tmp_path) as command:
        for _ in range(15):
            command.rotate()
    done.set()
    for one in servers:
        one.join()
    assert not wrong
    assert len(known) > 60
    assert all_open(tmp_path, known)


def test_a_key_that_others_keep_is_handed_over(tmp_path: Path) -> None:
    """From the environment or a credential: Kith cannot put the new one in its place."""
    old = Source(tmp_path / "nowhere", "ab" * 32)
    known, new = make(tmp_path, old), tmp_path / "new.key"
    with ring(tmp_path, old) as server:
        with pytest.raises(Refused, match="wrapping-key-not-ours"):
            server.rotate()
        with ring(tmp_path, old) as command:
            assert not command.rotate(new)
            assert not command.rotate(new)
            with pytest.raises(Refused, match="rotation-unfinished"):
                command.rotate(tmp_path / "newer.key")
        server.forget_opened()
        assert all(server.key(*name).raw == raw for name, raw in known.items())
    assert all_open(tmp_path, known, old)
    assert all_open(tmp_path, known, Source(tmp_path / "nowhere", new.read_bytes().hex()))
    with pytest.raises(Invalid, match="wrapping-key-does-not-fit"):
        all_open(tmp_path, known, old)


def test_a_key_file_that_cannot_be_replaced_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, before = make(tmp_path), fits(tmp_path)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with ring(tmp_path) as opened, pytest.raises(Refused, match="wrapping-key-not-ours"):
        opened.rotate()
    with ring(tmp_path) as opened:
        assert not opened.rotate(tmp_path / "new.key")
    assert fits(tmp_path) == before
    assert all_open(tmp_path, known)
    monkeypatch.undo()
    assert all_open(tmp_path, known)
    assert fits(tmp_path) == (tmp_path / "new.key").read_bytes()


def test_where_the_key_may_come_from(tmp_path: Path) -> None:
    file = tmp_path / "wrapping.key"
    known = make(tmp_path)
    value = Source(tmp_path / "nowhere", file.read_bytes().hex())
    assert all_open(tmp_path, known, value)
    file.chmod(0o440)
    assert all_open(tmp_path, known, Source(file, lent=True))
    with pytest.raises(Invalid, match="wrapping-key-readable-by-others"):
        all_open(tmp_path, known)
    file.chmod(0o444)
    with pytest.raises(Invalid, match="wrapping-key-readable-by-others"):
        all_open(tmp_path, known, Source(file, lent=True))


@pytest.mark.parametrize("value", ["ab", "zz" * 32, "ab" * 33])
def test_a_key_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(Invalid, match="wrapping-key-damaged"):
        make(tmp_path, Source(tmp_path / "nowhere", value))


def test_no_keyring_is_begun_without_the_key_that_was_promised(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="wrapping-key-missing"):
        make(tmp_path, Source(tmp_path / "credential", lent=True))
    make(tmp_path)
    (tmp_path / "wrapping.key").unlink()
    with pytest.raises(Invalid, match="wrapping-key-missing"):
        all_open(tmp_path, {})


def test_a_keyring_from_before_rotation_opens(tmp_path: Path) -> None:
    known = make(tmp_path)
    with ring(tmp_path) as opened:
        opened.file.forget_note("fits")
    assert all_open(tmp_path, known)
    with ring(tmp_path) as opened:
        opened.file.forget_note("fits")
    (tmp_path / "wrapping.key").write_bytes(b"x" * 32)
    with pytest.raises(Invalid, match="wrapping-key-does-not-fit"):
        all_open(tmp_path, known)
    assert source(tmp_path).ours


# Choosing *only me* by passkey alone, killed in the middle


def stands(home: Path, owner: UUID, key: bytes) -> str:
    """Whether the key of this owner's words is the server's still, theirs now, or neither."""
    with ring(home) as opened:
        if opened.holds(owner, "words"):
            return "server" if opened.key(owner, "words").raw == key else "neither"
        theirs = OwnKeys(opened, owner)
        own = theirs.open(WAY, SECRET)
        return "theirs" if own and theirs.keys(own).get("words") == key else "neither"


def tried(home: Path, rotator: Try, word: str, how: str) -> str:
    owner = uuid4()
    with ring(home) as opened:
        key = opened.key_to_seal(owner, "words").raw
    rotator(f"{word} {owner} {how}")
    return stands(home, owner, key)


def test_killed_before_any_line_of_choosing_it_is_the_old_or_the_new(
    tmp_path: Path, rotator: Try
) -> None:
    make(tmp_path)
    each = rotator(f"choose {uuid4()} lines")[1].split(",")
    found = [tried(tmp_path, rotator, "choose", f"line {number}") for number in each]
    assert set(found) == {"server", "theirs"}
    assert len(found) > 30


def test_a_choice_in_the_wrong_order_is_caught(tmp_path: Path, rotator: Try) -> None:
    make(tmp_path)
    each = rotator(f"hasty {uuid4()} lines")[1].split(",")
    assert any(tried(tmp_path, rotator, "hasty", f"line {n}") == "neither" for n in each)
