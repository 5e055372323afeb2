"""Rotates when told to, in a process that is killed on the way. A tool of test_rotation.

Reads one line for each try from stdin: `line N` kills it at the Nth line of code it runs, `after
S` from outside after S seconds. `wrong` in front takes the wrong order. Answers with a line: how
it ended (0 when it got to its end) and how long it took. `lines` answers which Ns to try.
With `choose` and an owner in front (or `hasty`, the wrong order), the owner's words become only
theirs instead, by passkey alone.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from uuid import UUID

from kith.records import keyfile, keyring, only_me, wrapping
from kith.records.keyring import Keyring
from kith.records.only_me import OwnKeys
from kith.records.wrapping import Source, WrappingKey, write_key

OURS = {module.__file__ for module in (keyfile, keyring, only_me, wrapping)} | {__file__}
WAY, SECRET = "passkey/phone", b"p" * 32
Do = Callable[[], None]
Trace = Callable[[FrameType, str, object], object]


class FileFirst(Keyring):
    """The wrong order: the new key takes the old one's place before the keys are under it."""

    def _wrap_anew(self, old: WrappingKey, new: WrappingKey) -> None:
        write_key(self.source.file, new)
        super()._wrap_anew(old, new)


def rotate(home: Path, kind: type[Keyring]) -> None:
    ring = kind(home / "keyring" / "keys.sqlite3", Source(home / "wrapping.key"))
    ring.rotate()
    ring.close()


class Hasty(OwnKeys):
    """The wrong order: what the server opens it with goes first, in a step of its own."""

    def choose(self, of: str, own: bytes) -> None:
        key = self._ring.key_to_seal(self._owner, of).raw
        self._forget("key", of)
        self._put(of, self._theirs(own).wrap(key, only_me._about(self._owner, of)))


def choose(home: Path, owner: UUID, kind: type[OwnKeys]) -> None:
    ring = Keyring(home / "keyring" / "keys.sqlite3", Source(home / "wrapping.key"))
    theirs = kind(ring, owner)
    theirs.choose("words", theirs.begin(WAY, SECRET))
    ring.close()


def killed_at(number: int) -> Trace:
    """A tracer that kills this very process at the given line of ours."""
    seen = 0

    def each(frame: FrameType, event: str, _what: object) -> object:
        nonlocal seen
        if frame.f_code.co_filename not in OURS:
            return None
        seen += event == "line"
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return each

    return each


def counting(met: dict[tuple[str, int], list[int]]) -> Trace:
    """A tracer that notes when each line of ours was run first, and when last."""
    seen = 0

    def each(frame: FrameType, event: str, _what: object) -> object:
        nonlocal seen
        if frame.f_code.co_filename not in OURS:
            return None
        if event == "line":
            seen += 1
            times = met.setdefault((frame.f_code.co_filename, frame.f_lineno), [seen, seen])
            times[1] = seen
        return each

    return each


def lines(do: Do) -> str:
    """When to kill so that every line is met once before it first runs, once before its last."""
    met: dict[tuple[str, int], list[int]] = {}
    sys.settrace(counting(met))
    do()
    sys.settrace(None)
    return ",".join(str(at) for at in sorted({at for times in met.values() for at in times}))


def told(home: Path, words: list[str]) -> Do:
    if words[0] in ("choose", "hasty"):
        kind = Hasty if words[0] == "hasty" else OwnKeys
        return lambda: choose(home, UUID(words[1]), kind)
    return lambda: rotate(home, FileFirst if words[0] == "wrong" else Keyring)


def try_once(home: Path, words: list[str]) -> str:
    do = told(home, words)
    if words[-1] == "lines":
        return "0 " + lines(do)
    how, much = words[-2:]
    child = os.fork()
    if child == 0:
        if how == "line":
            sys.settrace(killed_at(int(much)))
        do()
        os._exit(0)
    begun = time.monotonic()
    if how == "after":
        time.sleep(float(much))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return f"{status} {time.monotonic() - begun:.4f}"


if __name__ == "__main__":
    for line in sys.stdin:
        print(try_once(Path(sys.argv[1]), line.split()), flush=True)
