"""The promises hold for the plainest right server and device, and break for each wrong one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from faults.machine import World, try_out
from faults.model import Answer, Batch, Device, Entry, Held, Item, Server, Told
from scale import shares


@pytest.mark.faults
@pytest.mark.parametrize("share", shares(300, 20_000, 1000))
def test_nothing_is_lost_or_doubled(share: range) -> None:
    try_out(World, len(share))


class AnswersFirst(Server):
    """Wrong: it answers, and commits a little later."""

    def __init__(self) -> None:
        super().__init__()
        self.later: list[tuple[Batch, str, Item]] = []

    def _take(self, batch: Batch, sender: str, item: Item) -> Told:
        status = self.judge(sender, item)
        if status == 200:
            self.later.append((batch, sender, item))
        return Told(item.entry.id, status, item.entry)

    def killed(self) -> None:
        self.later.clear()

    def idle(self) -> None:
        while self.later:
            super()._take(*self.later.pop(0))


class NeverSyncs(Server):
    """Wrong: what it commits survives a kill, and only sometimes a power cut."""

    def __init__(self) -> None:
        super().__init__()
        self.synced: dict[int, Entry] = {}

    def idle(self) -> None:
        self.synced = dict(self.kept)

    def lost_power(self) -> None:
        self.kept = dict(self.synced)
        self.lines = {
            name: {seq: entry for seq, entry in line.items() if entry.id in self.kept}
            for name, line in self.lines.items()
        }


class Unchecking(Server):
    """Wrong: it takes whatever bytes come."""

    def put(self, batch: Batch, upto: int | None = None) -> Answer:
        damaged = tuple(replace(item, whole=False) for item in batch.items)
        whole = batch if batch.whole else replace(batch, items=damaged, whole=True)
        return super().put(whole, upto)

    def _take(self, batch: Batch, sender: str, item: Item) -> Told:
        if item.whole:
            return super()._take(batch, sender, item)
        garbled = replace(item.entry, words=item.entry.words + "?")
        told = super()._take(batch, sender, replace(item, entry=garbled, whole=True))
        return replace(told, of=item.entry)


class LastWins(Server):
    """Wrong: a second entry under an id takes the first one's place."""

    def judge(self, sender: str, item: Item) -> int:
        status = super().judge(sender, item)
        return 200 if status == 409 and item.entry.who == sender else status


class Doubting(Server):
    """Wrong: it takes back what was erased, if a device still has it."""

    def judge(self, sender: str, item: Item) -> int:
        return 200 if item.entry.id in self.erased else super().judge(sender, item)


class Refuses(Server):
    """Wrong: what it has already, it calls a clash."""

    def judge(self, sender: str, item: Item) -> int:
        status = super().judge(sender, item)
        return 409 if status == 200 and item.entry.id in self.kept else status


class TakesFromAnyone(Server):
    """Wrong: it keeps what somebody signed in sends for somebody else, as theirs."""

    def _take(self, batch: Batch, sender: str, item: Item) -> Told:
        theirs = replace(item, entry=replace(item.entry, who=sender))
        told = super()._take(batch, sender, theirs)
        return replace(told, of=item.entry)


class SaysItEarly(Device):
    """Wrong: it says "saved" before it is; a kill takes the last entry with it."""

    def killed(self) -> None:
        self.held = self.held[:-1]


class BelievesAnyone(Device):
    """Wrong: any 200 is an acknowledgement."""

    def hear(self, answer: Answer) -> list[Entry]:
        if answer != 200:
            return super().hear(answer)
        sent = [one for one in self.mine(self.user) if one.state == "saved"]
        return [self._believe(one) for one in sent]

    def _believe(self, one: Held) -> Entry:
        one.state = "stored"
        return one.entry


class GivesUp(Device):
    """Wrong: what was not answered for is not sent again."""

    def __init__(self, name: int) -> None:
        super().__init__(name)
        self.sent: set[Entry] = set()

    def batch(self, who: str) -> Batch | None:
        batch = super().batch(who)
        fresh = tuple(one for one in batch.items if one.entry not in self.sent) if batch else ()
        self.sent |= {one.entry for one in fresh}
        return replace(batch, items=fresh) if batch and fresh else None


class DropsTheOther(Device):
    """Wrong: of two entries under one id it keeps the first."""

    def hear(self, answer: Answer) -> list[Entry]:
        stored = super().hear(answer)
        self.held = [one for one in self.held if one.state != "clash"]
        return stored


class OneQueue(Device):
    """Wrong: whoever signs in sends what waits there as their own."""

    def save(self, entry: Entry) -> None:
        for who in ("A", "B"):
            if who not in self.lines:
                self._begin(who)
        super().save(entry)

    def mine(self, who: str | None) -> list[Held]:
        for one in self.held:
            one.entry = replace(one.entry, who=who or one.entry.who)
        return super().mine(who)


WRONG_SERVERS = (
    AnswersFirst,
    NeverSyncs,
    Unchecking,
    LastWins,
    Doubting,
    Refuses,
    TakesFromAnyone,
)
WRONG_DEVICES = (SaysItEarly, BelievesAnyone, GivesUp, DropsTheOther, OneQueue)


def is_caught(make: Callable[[], World]) -> None:
    with pytest.raises(AssertionError):
        try_out(make, 3000, explain=False)


@pytest.mark.parametrize("wrong", WRONG_SERVERS)
def test_a_wrong_server_is_caught(wrong: type[Server]) -> None:
    is_caught(lambda: World(server=wrong))


@pytest.mark.parametrize("wrong", WRONG_DEVICES)
def test_a_wrong_device_is_caught(wrong: type[Device]) -> None:
    is_caught(lambda: World(device=wrong))
