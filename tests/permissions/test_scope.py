"""The filter for sets agrees with the decision for one, on both databases."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock, ids
from kith.permissions import scope as scoping
from kith.permissions.decide import Facts, Rule, decide
from kith.permissions.models import Grant, Pair
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
KINDS = ["t", "t", "t", "u", "labels"]


@dataclass
class World:
    viewer: Viewer
    rule: Rule
    purpose: str | None
    apart: bool = False
    records: list[Record] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)


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
                purpose=draw(st.sampled_from(PURPOSES)),
                starts=now + timedelta(days=draw(st.sampled_from([-2, -2, -1, 0, 1]))),
                ends=now + timedelta(days=draw(st.sampled_from([-1, 0, 3, 3, 3]))),
                withdrawn=draw(st.sampled_from([None, None, None, now])),
            )
        )
    return made


@st.composite
def worlds(draw: st.DrawFn) -> World:
    parts = draw(st.dictionaries(st.sampled_from(CIRCLES), st.sampled_from([*PARTS, "team"])))
    viewer = draw(st.sampled_from([Viewer(PEOPLE[0], NOTEBOOKS[0], parts)] * 4 + [Viewer()]))
    rule = Rule(see=draw(st.sampled_from(["nobody", *PARTS])), kind=draw(st.sampled_from(KINDS)))
    purpose, apart = draw(st.sampled_from([None, *PURPOSES])), draw(st.booleans())
    made = pairs(draw)
    return World(viewer, rule, purpose, apart, records(draw), grants(draw, made), made)


def agrees(world: World) -> None:
    now = clock.now()
    with transaction.atomic():
        Record.objects.bulk_create(world.records)
        Pair.objects.bulk_create(world.pairs)
        Grant.objects.bulk_create(world.grants)
        allowed = scope(world.viewer, world.rule, now, world.purpose, apart=world.apart)
        found = Record.objects.filter(allowed)
        in_scope = set(found.values_list("id", flat=True))
        transaction.set_rollback(True)
    assert in_scope == {one.id for one in world.records if may_see(world, one, now)}


def may_see(world: World, record: Record, now: object) -> bool:
    return decide(
        Facts(
            doing="see", viewer=world.viewer, rule=world.rule, space=record.space,
            author=record.author, now=now, thing=record.thing, parent=record.parent,  # type: ignore[arg-type]
            purpose=world.purpose, grants=[grant.given() for grant in world.grants],
            apart=world.apart,
        )
    ).yes  # fmt: skip


@given(worlds())
@laws(max_examples=150)
def test_scope_agrees_with_decide(world: World) -> None:
    agrees(world)


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
