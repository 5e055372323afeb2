"""Proving that nothing was changed, taken out, put in or cut off since it was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q

from kith.base import clock
from kith.records.ledger import ERASED, FIRST, hash_of, read_head
from kith.records.models import LedgerLine, Record
from kith.records.sealing import seal_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many lines and records there are, and the first bad line, if any, with what is wrong.

    `why` is one of: number, chain, hash, seal, record-missing, record-unknown, cut-off.
    """

    lines: int
    records: int
    bad_line: int | None = None
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.why


def verify(using: str = "default", head: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole ledger, then every record. `head` defaults to the noted last line.

    Reads every line and every sealed body once; keeps two short values a record in memory.
    """
    lines, sealed, broken = _walk(LedgerLine.objects.using(using).order_by("number").iterator(2000))
    noted = head or read_head()
    if not broken and noted and not _stands(noted, using):
        broken = (min(noted[0], lines + 1), "cut-off")
    records, lost = _check(sealed, using)
    worst = min((found for found in (broken, lost) if found), default=None)
    return Verdict(lines, records, *(worst or (None, "")))


class Ahead(NamedTuple):
    """How many records lie after now, and the first and last time that they are of."""

    records: int
    first: datetime
    last: datetime


def ahead() -> Ahead | None:
    """What a wrong clock put after now: no page shows it until then. None when there is nothing."""
    now = clock.now()
    lost = Record.objects.filter(Q(arrived__gt=now) | Q(seen_on__gt=now))
    found = lost.aggregate(n=Count("id"), first=Min("seen_on"), last=Max("seen_on"))
    return Ahead(found["n"], found["first"], found["last"]) if found["n"] else None


Bad = tuple[int, str]
Sealed = dict[str, tuple[int, str]]


def _walk(lines: Iterable[LedgerLine]) -> tuple[int, Sealed, Bad | None]:
    before, number = FIRST, 0
    sealed: Sealed = {}
    bad: Bad | None = None
    for line in lines:
        number += 1
        bad = bad or _wrong(line, number, before)
        before = line.hash
        sealed |= {name: (line.number, seal) for name, seal in line.seals if seal}
        for name in _erased_by(line):
            sealed.pop(name, None)
    return number, sealed, bad


def _erased_by(line: LedgerLine) -> list[str]:
    return [name.removeprefix(ERASED) for name, _ in line.seals if name.startswith(ERASED)]


def _wrong(line: LedgerLine, number: int, before: str) -> Bad | None:
    if line.number != number:
        return number, "number"
    if line.before != before:
        return number, "chain"
    return None if line.hash == hash_of(line) else (number, "hash")


def _stands(noted: Bad, using: str) -> bool:
    number, head = noted
    if number == 0:
        return True
    return LedgerLine.objects.using(using).filter(number=number, hash=head).exists()


def _check(sealed: Sealed, using: str) -> tuple[int, Bad | None]:
    """Every record has its seal in the ledger, and every seal that was not erased its record."""
    count, found = 0, []
    for record in Record.objects.using(using).iterator(2000):
        count += 1
        number, seal = sealed.pop(str(record.id), (0, ""))
        if not seal:
            found.append((0, "record-unknown"))
        elif seal != seal_of(record):
            found.append((number, "seal"))
    found += [(number, "record-missing") for number, _ in sealed.values()]
    return count, min(found, default=None)
