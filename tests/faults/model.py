"""What devices and a server promise each other, in its plainest form.

Written from the promise (nothing shown as saved or stored is lost or doubled; erased stays
erased) and not from Kith's code, which `test_endpoint` holds beside it. An entry's bytes are the
entry itself: two entries are the same bytes when they are equal. No crypto, no clock, no database.

    saved on the device -> sent -> stored -> proven stored, and then forgotten by the device
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace

MOST = 25  # entries in one batch
AGAIN = (400, 423, 503)  # not taken now; the device sends it again


@dataclass(frozen=True)
class Entry:
    """What somebody said on a device: a note, one said anew, or one taken away."""

    id: int
    who: str
    words: str
    act: str = "note"
    thing: int = 0
    years: int = 0  # how far the device's clock was off


@dataclass(frozen=True)
class Item:
    """One entry in a batch; `whole` is whether its bytes fit what the device says of them."""

    entry: Entry
    seq: int
    whole: bool = True


@dataclass(frozen=True)
class Batch:
    """What a device sends at once, in one of its numberings, as whoever is signed in there."""

    line: int
    sender: str | None
    items: tuple[Item, ...]
    token: bool = True
    whole: bool = True


@dataclass(frozen=True)
class Told:
    """What the server says of one entry. `of` is what it got, so that the device can compare."""

    id: int
    status: int
    of: Entry


Answer = tuple[Told, ...] | int
"""An answer for each entry, or one status for a batch that was refused as a whole."""

Line = dict[int, Entry]


class Server:
    """The right server: each entry is committed before it is answered."""

    def __init__(self) -> None:
        self.kept: dict[int, Entry] = {}
        self.lines: dict[tuple[str, int], Line] = {}
        self.erased: dict[int, str] = {}
        self.copies: list[tuple[dict[int, Entry], dict[tuple[str, int], Line]]] = []

    def put(self, batch: Batch, upto: int | None = None) -> Answer:
        """Take a batch; with `upto`, the server was killed after so many of its entries."""
        if batch.sender is None or not batch.token:
            return 401 if batch.sender is None else 403
        if not batch.whole:
            return 400
        return tuple(self._each(batch, batch.sender, upto))

    def _each(self, batch: Batch, sender: str, upto: int | None) -> Iterator[Told]:
        """What speaks of a note that may be the one before it is to be sent again with that."""
        waits = False
        for item in batch.items[:upto]:
            told = self._take(batch, sender, item)
            waits = waits or told.status in AGAIN
            missing = told.status == 422 and item.entry.who == sender
            yield replace(told, status=503) if waits and missing else told

    def _take(self, batch: Batch, sender: str, item: Item) -> Told:
        status = self.judge(sender, item)
        if status == 200:
            self._note(item, (sender, batch.line))
        return Told(item.entry.id, status, item.entry)

    def judge(self, sender: str, item: Item) -> int:
        """What is to be said about an entry, given what is there."""
        entry = item.entry
        if not item.whole:
            return 400
        if entry.id in self.erased:
            return 410 if self.erased[entry.id] == sender else 409
        known = self.kept.get(entry.id)
        if known is not None:
            return 200 if (known, known.who) == (entry, sender) else 409
        if entry.who != sender:
            return 422
        return 200 if entry.act == "note" or self._is_there(entry) else 422

    def _is_there(self, entry: Entry) -> bool:
        thing = self.kept.get(entry.thing)
        return thing is not None and thing.who == entry.who

    def _note(self, item: Item, line: tuple[str, int]) -> None:
        self.kept[item.entry.id] = item.entry
        for others in self.lines.values():
            for seq in [seq for seq, entry in others.items() if entry == item.entry]:
                del others[seq]
        self.lines.setdefault(line, {})[item.seq] = item.entry

    def proof(self, who: str, line: int) -> tuple[Entry, ...]:
        """What is stored of one numbering, up to the first gap."""
        return tuple(without_gap(self.lines.get((who, line), {})))

    def erase(self, thing: int) -> None:
        """The note and all that was said about it go, and their ids may never come back.

        That they once arrived stays noted, so that a device can prove it and forget them too.
        """
        kept = self.kept.items()
        gone = {id: entry.who for id, entry in kept if thing in (id, entry.thing)}
        self.erased |= gone
        self._forget_erased()

    def back_up(self) -> None:
        """Make a copy of what is there."""
        self.copies.append(deepcopy((self.kept, self.lines)))

    def set_back(self, to: int) -> None:
        """Put an old copy back; the erasures since then are done again."""
        self.kept, self.lines = deepcopy(self.copies[to])
        del self.copies[to + 1 :]
        self._forget_erased()

    def _forget_erased(self) -> None:
        self.kept = {id: entry for id, entry in self.kept.items() if id not in self.erased}

    def killed(self) -> None:
        """What was committed stays."""

    def lost_power(self) -> None:
        """What was synced stays, and everything committed was."""

    def idle(self) -> None:
        """Time passes and nobody asks for anything."""

    def sure(self) -> dict[int, Entry]:
        """What would be there after the power went this very moment."""
        return self.kept


def without_gap(line: Line) -> Iterator[Entry]:
    seq = 1
    while seq in line:
        yield line[seq]
        seq += 1


@dataclass
class Held:
    """An entry on a device. States: saved, stored, refused (for good), clash."""

    entry: Entry
    seq: int
    state: str = "saved"


@dataclass
class Device:
    """Somebody's browser: what it holds outlives a kill, because saying "saved" waits for it.

    It numbers entries in one line per person. When that line can no longer be proven (an entry in
    it was refused or erased, or the server was set back), it begins a new one with what it holds.
    """

    name: int
    user: str | None = None
    token: bool = True
    held: list[Held] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    forgotten: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    numberings: int = 0

    def mine(self, who: str | None) -> list[Held]:
        """What it holds of one person, in the order of saving."""
        return [one for one in self.held if one.entry.who == who]

    def save(self, entry: Entry) -> None:
        """Hold an entry durably; only then is it shown as saved."""
        if entry.who not in self.lines:
            self._begin(entry.who)
        self.held.append(Held(entry, self._next(entry.who)))

    def batch(self, who: str) -> Batch | None:
        """What is to be sent for `who`, the oldest first."""
        waiting = [one for one in self.mine(who) if one.state == "saved"][:MOST]
        items = tuple(Item(one.entry, one.seq) for one in waiting)
        return Batch(self.lines[who], self.user, items, self.token) if items else None

    def hear(self, answer: Answer) -> list[Entry]:
        """Take in an answer; returns what may now be shown as stored."""
        if isinstance(answer, int):
            return []
        stored = []
        for told in answer:
            for one in [one for one in self.held if one.entry == told.of and one.state == "saved"]:
                if told.status == 410:
                    self.held.remove(one)
                elif told.status in (409, 422):
                    one.state = "clash" if told.status == 409 else "refused"
                elif told.status == 200:
                    one.state = "stored"
                    stored.append(one.entry)
        return stored

    def prove(self, who: str, proof: tuple[Entry, ...]) -> None:
        """Forget what is proven stored; begin a new line where that can no longer come about."""
        mine = {one.seq: one.entry for one in self.mine(who)}
        known = dict(enumerate(self.forgotten.get(who, ()), 1)) | mine
        agrees = all(known.get(seq) == entry for seq, entry in enumerate(proof, 1))
        stored = [one for one in self.mine(who) if one.state == "stored"]
        if agrees and len(proof) >= len(self.forgotten.get(who, ())):
            done = [one for one in stored if one.seq <= len(proof)]
            self.held = [one for one in self.held if one not in done]
            self.forgotten[who] = proof
            stuck = [one for one in stored if one not in done]
        else:
            stuck = self.mine(who)
        if stuck and not any(one.state == "saved" for one in self.mine(who)):
            self._renumber(who)

    def _renumber(self, who: str) -> None:
        self._begin(who)
        keep = [one for one in self.mine(who) if one.state in ("saved", "stored")]
        for seq, one in enumerate(keep, 1):
            one.seq, one.state = seq, "saved"
        for one in self.mine(who):
            one.seq = one.seq if one in keep else 0

    def _begin(self, who: str) -> None:
        self.numberings += 1
        self.lines[who] = self.name * 10_000 + self.numberings
        self.forgotten[who] = ()

    def _next(self, who: str) -> int:
        taken = [one.seq for one in self.mine(who)]
        return max([len(self.forgotten[who]), *taken]) + 1

    def killed(self) -> None:
        """Everything it holds was durable before it was shown."""


@dataclass
class Truth:
    """What people said and were shown, kept by nobody but the test.

    `undone` are entries that putting an old copy back took away and no device still held: by
    nature they are lost. `again` are those that a device held: they are to be stored again.
    """

    said: list[Entry] = field(default_factory=list)
    stored: list[Entry] = field(default_factory=list)
    undone: set[Entry] = field(default_factory=set)
    again: set[Entry] = field(default_factory=set)

    def broken(self, server: Server, devices: Iterable[Device]) -> list[str]:
        """Which promises do not hold at this moment."""
        held = {one.entry for device in devices for one in device.held}
        sure = set(server.sure().values())
        gone = {entry for entry in self.said if entry.id in server.erased} | self.undone
        return [
            *(f"saved, and lost: {one}" for one in set(self.said) - held - sure - gone),
            *(f"stored, and lost: {one}" for one in set(self.stored) - sure - gone - self.again),
            *(f"nobody said it: {one}" for one in sure - set(self.said)),
            *(f"erased, and back: {id}" for id in set(server.erased) & set(server.sure())),
            *(f"a clash with nothing: {one}" for one in self._clashes(devices) - self._rivals()),
        ]

    def _clashes(self, devices: Iterable[Device]) -> set[Entry]:
        return {one.entry for d in devices for one in d.held if one.state == "clash"}

    def unfinished(self, server: Server, devices: Iterable[Device]) -> list[str]:
        """What a long time of good connection should have brought to an end."""
        held = [one for device in devices for one in device.held]
        kept = {one.entry for one in held if one.state in ("refused", "clash")}
        sure = set(server.sure().values()) | {e for e in self.said if e.id in server.erased}
        notes = {e for e in kept if e.act == "note" and e not in self._rivals()}
        return [
            *(f"still waiting: {one}" for one in held if one.entry not in kept),
            *(f"not stored again: {one}" for one in self.again - sure - kept),
            *(f"refused for no reason: {one}" for one in notes),
        ]

    def _rivals(self) -> set[Entry]:
        """Entries that bear an id which other words bear too."""
        ids = [one.id for one in set(self.said)]
        return {one for one in self.said if ids.count(one.id) > 1}

    def set_back(self, taken: Iterable[Entry], devices: Iterable[Device]) -> None:
        """An old copy was put back, and `taken` are not in it."""
        held = {one.entry for device in devices for one in device.held}
        self.again = (self.again | set(taken)) & held
        self.undone |= set(taken) - held
