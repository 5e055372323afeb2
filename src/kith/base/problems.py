"""Everything that can go wrong, in one tree.

Problem
├── Invalid    what was given cannot be taken: every bad field and why   (422, exit 2)
├── Missing    no such thing, or not for you: one answer for both        (404, exit 3)
├── Refused    you may not, and you already know that it exists          (403, exit 4)
├── Clash      someone changed it meanwhile                              (409, exit 5)
└── Gone       erased; told only to the one who made it                  (410, exit 6)

A problem carries a stable code and plain facts, never anything that people wrote.
Only the doors (web, cli) turn it into words, an HTTP status or an exit code.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: a stable code, where it is, and plain facts to name it with."""

    code: str
    field: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    facts: tuple[tuple[str, str | int], ...] = ()


class Problem(Exception):
    """The root. `code` is stable: documentation, translations and tests lean on it."""

    exit_code = 1
    status = 500

    def __init__(self, code: str, flaws: Sequence[Flaw] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.flaws = tuple(flaws)


class Invalid(Problem):
    """What was given cannot be taken; `flaws` names every bad field at once."""

    exit_code = 2
    status = 422


class Missing(Problem):
    """There is no such thing, or it is not for you: nobody can tell which."""

    exit_code = 3
    status = 404

    def __init__(self, code: str = "missing") -> None:
        super().__init__(code)


class Refused(Problem):
    """You may not; used only where you already see that the thing exists."""

    exit_code = 4
    status = 403


class Clash(Problem):
    """Someone changed it meanwhile; both versions are kept for you to choose."""

    exit_code = 5
    status = 409


class Gone(Problem):
    """It was erased; only its author is told so."""

    exit_code = 6
    status = 410
