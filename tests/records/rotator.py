"""Rotates when told to, in a process that is killed on the way. A tool of test_rotation.

Reads one line for each try from stdin: `line N` kills it at the Nth line of code it runs, `after
S` from outside after S seconds. `wrong` in front takes the wrong order. Answers with a line: how
it ended (0 when it got to its end) and how long it took. `lines` answers which Ns to try.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from kith.records import keyfile, keyring, wrapping
from kith.records.keyring import Keyring
from kith.records.wrapping import Source, WrappingKey, write_key

OURS = {module.__file__ for module in (keyfile, keyring, wrapping)} | {__file__}
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


def lines(home: Path, kind: type[Keyring]) -> str:
    """When to kill so that every line is met once before it first runs, once before its last."""
    met: dict[tuple[str, int], list[int]] = {}
    sys.settrace(counting(met))
    rotate(home, kind)
    sys.settrace(None)
    return ",".join(str(at) for at in sorted({at for times in met.values() for at in times}))


def try_once(home: Path, words: list[str]) -> str:
    kind = FileFirst if words[0] == "wrong" else Keyring
    if words[-1] == "lines":
        return "0 " + lines(home, kind)
    how, much = words[-2:]
    child = os.fork()
    if child == 0:
        if how == "line":
            sys.settrace(killed_at(int(much)))
        rotate(home, kind)
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
