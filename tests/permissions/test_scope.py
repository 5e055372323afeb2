"""The filter for sets agrees with the decision for one, on both databases."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given as law_of
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock, ids
from kith.permissions import scope as scoping
from kith.permissions.decide import Facts, Given, Rule, covers, decide, fits
from kith.permissions.models import Grant, Pair, Willing
from kith.permissions.pairs import FROZEN, given_by_reveals
from kith.permissions.reveals import REVEAL
from kith.permissions.scope import scope
from kith.permissions.viewer import PARTS, Viewer
from kith.records.models import Record

pytestmark = [pytest.mark.store, pytest.mark.django_db]

PEOPLE = [UUID(int=number) for number in range(1, 4)]
NOTEBOOKS = [UUID(int=number) for number in range(11, 14)]
CIRCLES = [UUID(int=number) for number in range(21, 23)]
THINGS = [UUID(int=number) for number in range(31, 35)]
# Most of what is drawn hangs together, so that grants often count and are often just missed.
PURPOSES = ["request", "request", "request", "share"]
ITEMS = ["one", "two"]
KINDS = ["t", "t", "t", "u", "labels"]
NOW = datetime(2026, 3, 9, 18, tzinfo=UTC)


@dataclass
class World:
    viewer: Viewer
    rule: Rule
    purpose: str | None
    apart: bool = False
    records: list[Record] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    wills: list[Willing] = field(default_factory=list)


def records(draw: st.DrawFn) -> list[Record]:
    now = clock.now()
    spaces = st.sampled_from(NOTEBOOKS + CIRCLES)
    told = st.tuples(
        spaces, st.sampled_from(PEOPLE), st.sampled_from(THINGS), st.sampled_from([None, *THINGS])
    )
    return [
        Record(
            id=ids.new(), kind="t", version=1, thing=thing, parent=parent, space=space,
            author=author, seen_on=now, made_at=now, arrived=now, removed=False, body=b"",
            salt=b"",
        )
        for space, author, thing, parent in draw(st.lists(told, min_size=1, max_size=8))
    ]  # fmt: skip


def pairs(draw: st.DrawFn) -> list[Pair]:
    now, sides = clock.now(), st.sampled_from([*PEOPLE, PEOPLE[0]])
    left = st.sampled_from([None, None, None, now])
    return [
        Pair(
            maker=draw(sides), taker=draw(st.none() | sides), code=ids.new().hex, code_ends=now,
            maker_left=draw(left), taker_left=draw(left),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]  # fmt: skip


def grants(draw: st.DrawFn, pairs: list[Pair]) -> list[Grant]:
    now, made = clock.now(), []
    for _ in range(draw(st.integers(0, 4))):
        number = draw(st.integers(0, 2))
        to_circle = draw(st.sampled_from([None, *CIRCLES]))
        made.append(
            Grant(
                giver=PEOPLE[number],
                space=draw(st.sampled_from([*[NOTEBOOKS[number]] * 3, NOTEBOOKS[0]])),
                to_circle=to_circle,
                to_pair=None if to_circle else draw(st.sampled_from(pairs)),
                classes=draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2)),
                thing=draw(st.sampled_from([None, *THINGS])),
                also=[str(one) for one in draw(st.lists(st.sampled_from(THINGS), max_size=2))],
                purpose=draw(st.sampled_from(PURPOSES)),
                starts=now + timedelta(days=draw(st.sampled_from([-2, -2, -1, 0, 1]))),
                ends=now + timedelta(days=draw(st.sampled_from([-1, 0, 3, 3, 3]))),
                withdrawn=draw(st.sampled_from([None, None, None, now])),
            )
        )
    return made


@st.composite
def willing(draw: st.DrawFn, pairs: list[Pair]) -> Willing:
    """One side of a pair is willing to show things of its own, some days ago."""
    pair, number = draw(st.sampled_from(pairs)), draw(st.integers(0, 2))
    copies = draw(st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(THINGS), min_size=1))
    return Willing(
        pair=pair, person=draw(st.sampled_from([pair.maker, pair.taker or pair.maker])),
        space=NOTEBOOKS[number], at=NOW - timedelta(hours=draw(st.sampled_from([1, 40, 60, 90]))),
        copies={item: str(thing) for item, thing in copies.items()},
        withdrawn=draw(st.sampled_from([None, None, NOW])),
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> World:
    parts = draw(st.dictionaries(st.sampled_from(CIRCLES), st.sampled_from([*PARTS, "team"])))
    viewer = draw(st.sampled_from([Viewer(PEOPLE[0], NOTEBOOKS[0], parts)] * 4 + [Viewer()]))
    rule = Rule(see=draw(st.sampled_from(["nobody", *PARTS])), kind=draw(st.sampled_from(KINDS)))
    purpose, apart = draw(st.sampled_from([None, *PURPOSES, REVEAL])), draw(st.booleans())
    made = pairs(draw)
    wills = draw(st.lists(willing(made), max_size=6)) if purpose == REVEAL else []
    if purpose == REVEAL:
        rule = Rule(see=rule.see, kind=FROZEN)
    return World(viewer, rule, purpose, apart, records(draw), grants(draw, made), made, wills)


def agrees(world: World) -> None:
    now = clock.now()
    with transaction.atomic():
        Record.objects.bulk_create(world.records)
        Pair.objects.bulk_create(world.pairs)
        Grant.objects.bulk_create(world.grants)
        Willing.objects.bulk_create(world.wills)
        allowed = scope(world.viewer, world.rule, now, world.purpose, apart=world.apart)
        found = Record.objects.filter(allowed)
        in_scope = set(found.values_list("id", flat=True))
        given = [grant.given() for grant in world.grants]
        given += given_by_reveals(world.viewer, now)
        transaction.set_rollback(True)
    assert in_scope == {one.id for one in world.records if may_see(world, one, now, given)}


def may_see(world: World, record: Record, now: datetime, given: list[Given]) -> bool:
    return decide(facts_of(world, record, now, given)).yes


def facts_of(world: World, record: Record, now: datetime, given: list[Given]) -> Facts:
    return Facts(
        doing="see", viewer=world.viewer, rule=world.rule, space=record.space,
        author=record.author, now=now, thing=record.thing, parent=record.parent,
        purpose=world.purpose, grants=given, apart=world.apart,
    )  # fmt: skip


@law_of(worlds())
@laws(max_examples=150)
def test_scope_agrees_with_decide(world: World) -> None:
    with clock.stopped_at(NOW):
        agrees(world)


@law_of(worlds())
def test_a_window_shows_what_its_grant_alone_shows_by_the_decision(world: World) -> None:
    """Whoever it is given to, and whenever it is in force."""
    now, viewer = clock.now(), Viewer(PEOPLE[2], ids.new())
    for grant in world.grants:
        alone = replace(
            grant.given(), to_person=viewer.person, to_circle=None, withdrawn=None,
            starts=now, ends=now + timedelta(days=1),
        )  # fmt: skip
        with transaction.atomic():
            Record.objects.bulk_create(world.records)
            found = Record.objects.filter(scoping.shown_by(alone))
            shown = set(found.values_list("id", flat=True)) if covers(alone, world.rule) else set()
            transaction.set_rollback(True)
        asked = {one: facts_of(world, one, now, [alone]) for one in world.records}
        assert shown == {
            one.id
            for one, facts in asked.items()
            if fits(alone, replace(facts, viewer=viewer, purpose=alone.purpose, apart=False))
        }


def granted_another_thing() -> World:
    """A grant reaches the viewer, for one thing; what there is to see is another."""
    now = clock.now()
    grant = Grant(
        giver=PEOPLE[1], space=NOTEBOOKS[1], to_circle=CIRCLES[0], classes=["t"],
        thing=THINGS[0], purpose="request", starts=now, ends=now + timedelta(days=1),
    )  # fmt: skip
    record = Record(
        id=ids.new(), kind="t", version=1, thing=THINGS[1], space=NOTEBOOKS[1], author=PEOPLE[1],
        seen_on=now, made_at=now, arrived=now, removed=False, body=b"", salt=b"",
    )  # fmt: skip
    viewer = Viewer(PEOPLE[0], NOTEBOOKS[0], {CIRCLES[0]: "team"})
    return World(viewer, Rule(kind="t"), "request", False, [record], [grant])


def test_a_scope_that_forgets_the_thing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    agrees(granted_another_thing())
    monkeypatch.setattr(scoping, "shown_by", lambda grant: scoping.Q(space=grant.space))
    with pytest.raises(AssertionError):
        agrees(granted_another_thing())


def revealed() -> World:
    """Both were willing days ago; one thing the other froze can be seen, one cannot."""
    pair = Pair(maker=PEOPLE[0], taker=PEOPLE[1], code=ids.new().hex, code_ends=NOW)
    wills = [
        Willing(pair=pair, person=PEOPLE[n], space=NOTEBOOKS[n], at=NOW - timedelta(hours=90),
                copies={"one": str(THINGS[n])})
        for n in (0, 1)
    ]  # fmt: skip
    things = [
        Record(
            id=ids.new(), kind=FROZEN, version=1, thing=thing, space=NOTEBOOKS[1],
            author=PEOPLE[1], seen_on=NOW, made_at=NOW, arrived=NOW, removed=False, body=b"",
            salt=b"",
        )
        for thing in (THINGS[1], THINGS[2])
    ]  # fmt: skip
    me, rule = Viewer(PEOPLE[0], NOTEBOOKS[0]), Rule(kind=FROZEN)
    return World(me, rule, REVEAL, False, things, [], [pair], wills)


def test_a_scope_that_forgets_reveals_or_shows_too_much_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with clock.stopped_at(NOW):
        agrees(revealed())
        right = scoping.shown_by
        monkeypatch.setattr(scoping, "shown_by", lambda one: scoping.Q(space=one.space))
        with pytest.raises(AssertionError):
            agrees(revealed())
        monkeypatch.setattr(scoping, "shown_by", right)
        monkeypatch.setattr(scoping, "given_by_reveals", lambda *_: [])
        with pytest.raises(AssertionError):
            agrees(revealed())
