"""Everything that can happen between two people, three devices, a network and a server.

Hypothesis draws what happens; after each step the promises must hold, and once the connection is
good again, every queue must run empty. `server` and `device` are what is tried.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import booleans, integers, sampled_from

from faults.model import Answer, Batch, Device, Entry, Server, Truth

PEOPLE = ("A", "B")
PICK = integers(0, 59)  # which one of those there are
YEARS = sampled_from((-10, 0, 0, 0, 10))


class Message(NamedTuple):
    """Something under way: a batch to the server, or an answer to a device."""

    device: int
    what: Batch | Answer


class World(RuleBasedStateMachine):
    """People, devices, what is under way, and the server."""

    def __init__(
        self, server: Callable[[], Server] = Server, device: Callable[[int], Device] = Device
    ) -> None:
        super().__init__()
        self.server = server()
        self.devices = [device(n) for n in range(3)]
        self.way: list[Message] = []
        self.truth = Truth()

    # People

    @initialize()
    def two_people_sign_in(self) -> None:
        for device, user in zip(self.devices, ("A", "A", "B"), strict=True):
            device.user = user

    def _device(self, pick: int) -> Device:
        return self.devices[pick % len(self.devices)]

    def _say(self, device: Device, entry: Entry) -> None:
        device.save(entry)
        self.truth.said.append(entry)

    def _new(self) -> int:
        return len(self.truth.said) + 1

    def _notes_of(self, who: str | None) -> list[Entry]:
        return [one for one in self.truth.said if one.act == "note" and one.who == who]

    @rule(pick=PICK, years=YEARS)
    def save(self, pick: int, years: int) -> None:
        device = self._device(pick)
        who = device.user or PEOPLE[pick % 2]
        self._say(device, Entry(self._new(), who, f"words {self._new()}", years=years))

    @rule(pick=PICK, which=PICK, act=sampled_from(("correct", "remove")), years=YEARS)
    def say_anew_or_take_away(self, pick: int, which: int, act: str, years: int) -> None:
        device = self._device(pick)
        known = [one.entry for one in device.held] + list(self.server.kept.values())
        mine = [one for one in known if one.act == "note" and one.who == device.user]
        taken = {one.thing for one in self.truth.said if one.act == "remove"}
        if act == "remove":  # to take away what is away already is nothing to keep
            mine = [one for one in mine if one.id not in taken]
        if mine:
            note = mine[which % len(mine)]
            words = f"words {self._new()}" if act == "correct" else ""
            self._say(device, Entry(self._new(), note.who, words, act, note.id, years))

    @rule(pick=PICK, which=PICK)
    def save_other_words_under_the_same_id(self, pick: int, which: int) -> None:
        """A copy of a browser's folder, or a fault: two entries bear one id."""
        device = self._device(pick)
        mine = self._notes_of(device.user)
        if mine:
            self._say(device, replace(mine[which % len(mine)], words=f"words {self._new()}"))

    @rule(pick=PICK, user=sampled_from((None, *PEOPLE)), token=booleans())
    def another_signs_in_or_nobody_is(self, pick: int, user: str | None, token: bool) -> None:
        """Or a session ends, or the token in a page that stayed open grew too old."""
        self._device(pick).user, self._device(pick).token = user, token

    @precondition(lambda self: self.server.kept)
    @rule(which=PICK)
    def erase(self, which: int) -> None:
        notes = [one for one in self.server.kept.values() if one.act == "note"]
        if notes:
            self.server.erase(notes[which % len(notes)].id)

    # The network

    @rule(pick=PICK)
    def send(self, pick: int) -> None:
        device = self._device(pick)
        batch = device.batch(device.user) if device.user else None
        if batch:
            self.way.append(Message(self.devices.index(device), batch))

    @rule(pick=PICK, who=sampled_from(PEOPLE))
    def send_as_somebody_else(self, pick: int, who: str) -> None:
        """No device of ours does; the server must not take it."""
        batch = self._device(pick).batch(who)
        if batch:
            self.server.put(replace(batch, sender="B" if who == "A" else "A", token=True))

    def _under_way(self, pick: int) -> int:
        return pick % len(self.way)

    @precondition(lambda self: self.way)
    @rule(pick=PICK, how=sampled_from(("lost", "doubled", "torn")))
    def go_wrong(self, pick: int, how: str) -> None:
        message = self.way.pop(self._under_way(pick))
        if how == "doubled":
            self.way += [message, message]
        elif how == "torn" and isinstance(message.what, Batch):
            self.way.append(message._replace(what=replace(message.what, whole=False)))

    @rule(pick=PICK)
    def send_and_hear_a_stranger(self, pick: int) -> None:
        """A hotel's sign-in page says 200 and means nothing by it."""
        device = self._device(pick)
        if device.user and device.batch(device.user):
            self.truth.stored += device.hear(200)

    @rule(pick=PICK, inner=PICK)
    def send_torn_and_hear(self, pick: int, inner: int) -> None:
        """Bytes were changed: of the whole batch, or of one entry before it was packed."""
        device = self._device(pick)
        batch = device.batch(device.user) if device.user else None
        if batch:
            self.truth.stored += device.hear(self.server.put(_torn(batch, inner)))

    @precondition(lambda self: self.way)
    @rule(pick=PICK)
    def arrive(self, pick: int) -> None:
        """In any order: what is under way is picked at random."""
        device, what = self.way.pop(self._under_way(pick))
        if isinstance(what, Batch):
            self.way.append(Message(device, self.server.put(what)))
        else:
            self.truth.stored += self.devices[device].hear(what)

    @rule(pick=PICK)
    def send_and_hear(self, pick: int) -> None:
        """For once, nothing goes wrong."""
        device = self._device(pick)
        batch = device.batch(device.user) if device.user else None
        if batch:
            self.truth.stored += device.hear(self.server.put(batch))

    @rule(pick=PICK)
    def prove(self, pick: int) -> None:
        device = self._device(pick)
        if device.user in device.lines:
            device.prove(device.user, self.server.proof(device.user, device.lines[device.user]))

    # Blows

    @precondition(lambda self: any(isinstance(one.what, Batch) for one in self.way))
    @rule(pick=PICK, upto=integers(0, 3))
    def kill_server_at_work(self, pick: int, upto: int) -> None:
        batches = [one for one in self.way if isinstance(one.what, Batch)]
        message = batches[pick % len(batches)]
        self.way.remove(message)
        assert isinstance(message.what, Batch)
        self.server.put(message.what, upto)
        self.server.killed()

    @rule(what=sampled_from(("killed", "lost_power", "idle")))
    def happen_to_the_server(self, what: str) -> None:
        getattr(self.server, what)()

    @rule(pick=PICK)
    def kill_device(self, pick: int) -> None:
        self._device(pick).killed()

    @precondition(lambda self: self.server.kept and len(self.server.copies) < 2)
    @rule()
    def back_up(self) -> None:
        self.server.back_up()

    @precondition(lambda self: self.server.copies)
    @rule(pick=PICK)
    def set_back(self, pick: int) -> None:
        before = set(self.server.kept.values())
        self.server.set_back(pick % len(self.server.copies))
        self.truth.set_back(before - set(self.server.kept.values()), self.devices)

    # What must hold

    @invariant()
    def promises_hold(self) -> None:
        assert self.truth.broken(self.server, self.devices) == []

    def teardown(self) -> None:
        for _ in range(4):
            for device in self.devices:
                for who in PEOPLE:
                    self._good_connection(device, who)
        self.promises_hold()
        assert self.truth.unfinished(self.server, self.devices) == []

    def _good_connection(self, device: Device, who: str) -> None:
        device.user, device.token = who, True
        while (batch := device.batch(who)) is not None:
            self.truth.stored += device.hear(self.server.put(batch))
            self.server.idle()
        if who in device.lines:
            device.prove(who, self.server.proof(who, device.lines[who]))


def _torn(batch: Batch, inner: int) -> Batch:
    if inner % 2:
        return replace(batch, whole=False)
    items = list(batch.items)
    at = inner // 2 % len(items)
    items[at] = replace(items[at], whole=False)
    return replace(batch, items=tuple(items))


def try_out(
    world: Callable[[], World], examples: int, steps: int = 40, *, explain: bool = True
) -> None:
    """Let Hypothesis try that many histories; raises AssertionError at a broken promise.

    `explain` then looks for the shortest one that breaks it.
    """
    plan = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=tuple(Phase) if explain else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(world, settings=plan)
