"""Layers in time: each a drawing of its own, begun bare or traced, beside the others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Clash, Invalid, Missing
from kith.maps import actions, readings
from kith.maps.actions import Gesture
from kith.maps.layers import actions as layers
from kith.maps.layers import compare, parts
from kith.maps.layers.compare import Standing
from kith.maps.layers.readings import (
    apart,
    days,
    difference,
    on_day,
    on_paper,
    row_of,
    taken_away,
)
from kith.maps.layers.replay import Replay, replay
from kith.maps.layers.words import called, sentences, title
from kith.maps.nouns import Drawn, Figure, Helps, Region, Stroke, Tie
from kith.maps.readings import drawing
from kith.maps.twin import actions as twin
from kith.permissions.actions import act as acting
from kith.permissions.viewer import NOBODY, Viewer
from kith.records.models import LedgerLine, Record
from scale import many
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
BEFORE = {"layer": "before"}
INK = Stroke(((0.1, 0.1, 0.5), (0.2, 0.2, 0.7)), "moss")


@pytest.fixture
def mine() -> tuple[Viewer, UUID]:
    """A map with oneself, G., the tie between them and a line drawn by hand."""
    who = viewer("A.")
    return who, drawn_by(who)


def drawn_by(who: Viewer) -> UUID:
    map_id = actions.begin(who, with_me="me")
    me = readings.figures(who)[-1].thing
    g = actions.add_figure(who, map_id, Figure(0.2, 0.2, "G.")).thing
    actions.add_tie(who, map_id, me, g)
    put(who, map_id, INK)
    return map_id


def put(who: Viewer, map_id: UUID, noun: Drawn, thing: UUID | None = None, **more: object) -> UUID:
    fresh = uuid4()
    body = {name: getattr(noun, name) for name in noun.__struct_fields__ if name != "away"}
    told = {"id": fresh, "thing": thing or fresh, "made_at": clock.now(), "away": noun.away} | more
    act = f"{noun.__kind__}.add"
    actions.draw(who, map_id, Gesture(kind=noun.__kind__, body=body, act=act, **told))  # type: ignore[arg-type]
    return thing or fresh


def looks(who: Viewer, map_id: UUID) -> list[str]:
    """What stands on a paper, without ids: the same list is the same drawing."""
    there = on_paper(who, map_id)
    told = {}
    for thing, noun in there.items():
        told[thing] = str(noun.but(same_as=None)) if isinstance(noun, Figure) else str(noun)
    for thing, noun in there.items():
        if isinstance(noun, Tie):
            told[thing] = str((told[noun.a], told[noun.b], noun.words, noun.qualities))
    return sorted(told.values())


def titles(who: Viewer, map_id: UUID) -> list[str]:
    return [title(one.noun) for one in row_of(who, map_id)]


# Begun, named, ordered, taken away


def test_a_layer_begins_bare_beside_the_first_map(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, {"layer": "before", "when": "1998"})
    assert looks(who, before) == []
    assert titles(who, before) == titles(who, map_id) == ["The first map", "Before, 1998"]
    assert [one.thing for one in readings.my_maps(who)] == [map_id], "a layer is no other map"
    assert before in [one.thing for one in readings.all_maps(who)]


def test_a_layer_of_a_layer_stands_in_the_same_row(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE)
    hoped = layers.begin(who, before, {"layer": "hoped"}, take="all")
    assert [one.thing for one in row_of(who, hoped)] == [map_id, before, hoped]


@pytest.mark.parametrize("take", ["nothing", "figures", "all"])
def test_beginning_twice_under_one_id_makes_one_layer(mine: tuple[Viewer, UUID], take: str) -> None:
    (who, map_id), fresh = mine, uuid4()
    layers.begin(who, map_id, BEFORE, take=take, id=fresh)
    there, records = looks(who, fresh), Record.objects.count()
    assert layers.begin(who, map_id, BEFORE, take=take, id=fresh) == fresh
    layers.take_away(who, fresh)
    assert layers.begin(who, map_id, BEFORE, take=take, id=fresh) == fresh, "it stays away"
    assert Record.objects.count() == records + 1
    layers.bring_back(who, fresh, map_id)
    assert looks(who, fresh) == there


def test_the_id_of_something_else_begins_nothing(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    taken = put(who, map_id, INK)
    with pytest.raises(Clash):
        layers.begin(who, map_id, BEFORE, id=taken)


def test_tracing_is_one_act_with_one_line(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    lines = LedgerLine.objects.count()
    layers.begin(who, map_id, BEFORE, take="all")
    assert LedgerLine.objects.count() == lines + 1


def test_only_the_figures_are_traced_where_that_is_wished(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE, take="figures")
    assert {type(noun) for noun in on_paper(who, before).values()} == {Figure}
    assert [noun.label for noun in on_paper(who, before).values()] == ["me", "G."]  # type: ignore[union-attr]


def test_what_is_off_the_paper_is_not_traced(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    g = readings.figures(who)[-1].thing
    actions.take_off(who, map_id, g)
    before = layers.begin(who, map_id, BEFORE, take="all")
    assert looks(who, before) == looks(who, map_id)
    assert readings.drawing(who, before).ties == ()


def test_what_a_layer_was_traced_with_is_no_step_to_undo(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE, take="all")
    there = looks(who, before)
    assert not actions.undo(who, before)
    g = readings.drawing(who, before).figures[-1].thing
    actions.move(who, before, g, "up")
    assert looks(who, before) != there
    assert actions.undo(who, before)
    assert looks(who, before) == there
    assert not actions.undo(who, before)
    assert actions.redo(who, before)


def test_the_same_figure_on_several_layers_is_offered_once(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    first = [one.thing for one in readings.figures(who)]
    before = layers.begin(who, map_id, BEFORE, take="all")
    layers.begin(who, before, {"layer": "bad"}, take="figures")
    assert [one.thing for one in readings.figures(who)] == first
    choir = actions.add_figure(who, before, Figure(0.5, 0.5, "Choir")).thing
    assert [one.thing for one in readings.figures(who)] == [*first, choir]


def test_names_and_order_are_the_drawers_own(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE)
    hoped = layers.begin(who, map_id, {"layer": "hoped"})
    layers.say(who, map_id, {"layer": "now", "name": "", "when": ""})
    layers.say(who, hoped, {"layer": "hoped", "name": "By the sea", "when": "one day"})
    assert titles(who, map_id) == ["Now", "Before", "By the sea, one day"]
    layers.move(who, before, "earlier")
    assert titles(who, map_id) == ["Before", "Now", "By the sea, one day"]
    layers.move(who, before, "later")
    layers.move(who, before, "later")
    assert titles(who, map_id) == ["Now", "By the sea, one day", "Before"]
    for way in ("later", "up", ""):
        with pytest.raises(Invalid):
            layers.move(who, before, way)


def test_a_layer_goes_and_comes_back_as_it_was(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE, take="all")
    there = looks(who, before)
    layers.take_away(who, before)
    assert titles(who, map_id) == ["The first map"]
    with pytest.raises(Missing):
        row_of(who, before)
    with pytest.raises(Missing):
        readings.drawing(who, before)
    assert [one.thing for one in taken_away(who, map_id)] == [before]
    layers.bring_back(who, before, map_id)
    assert looks(who, before) == there
    assert taken_away(who, map_id) == []
    with pytest.raises(Invalid):
        layers.take_away(who, map_id)
    with pytest.raises(Missing):
        layers.bring_back(who, before, map_id)


def test_names_lie_sealed_apart_and_nothing_says_what_belongs_together(
    mine: tuple[Viewer, UUID],
) -> None:
    who, map_id = mine
    made = layers.begin(who, map_id, {"layer": "other", "name": "Margareta", "when": "her spring"})
    row = Record.objects.get(id=made)
    assert row.apart is not None
    assert row.parent is None
    assert b"Margareta" not in bytes(row.body) + bytes(row.apart)


# Whose they are


def test_layers_are_for_their_drawer_alone(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE, take="all")
    other = viewer("B.")
    theirs = drawn_by(other)
    acts: list[Callable[[Viewer], object]] = [
        lambda one: row_of(one, map_id),
        lambda one: layers.begin(one, map_id, BEFORE),
        lambda one: layers.say(one, before, BEFORE),
        lambda one: layers.move(one, before, "earlier"),
        lambda one: layers.take_away(one, before),
        lambda one: layers.bring_back(one, before, map_id),
        lambda one: layers.tell_difference(one, map_id, before, "X"),
        lambda one: layers.keep_order(one, before, agreed=True),
    ]
    for stranger in (other, NOBODY):
        for act in acts:
            with pytest.raises(Missing):
                act(stranger)
        assert on_paper(stranger, map_id) == {}
    with pytest.raises(Missing):
        layers.begin(other, theirs, BEFORE, take="all", source=map_id)
    with pytest.raises(Missing):
        layers.tell_difference(other, theirs, before, "X")
    assert titles(who, map_id) == ["The first map", "Before"]


# What is different


def test_what_stands_on_one_and_not_on_the_other(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE, take="all")
    g = readings.figures(who)[-1].thing
    actions.take_off(who, map_id, g)
    actions.add_figure(who, map_id, Figure(0.9, 0.9, "Ward 6"))
    told = apart(who, before, map_id)
    assert sentences("Before", "Now", told) == [
        "On “Before” and not on “Now”: G. and the tie to G.",
        "On “Now” and not on “Before”: Ward 6.",
        "On both: me.",
    ]


def test_a_figure_is_known_by_its_name_on_a_bare_layer_too(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE)
    one = actions.add_figure(who, before, Figure(0.9, 0.9, "g. ")).thing
    two = actions.add_figure(who, before, Figure(0.1, 0.9, "Me", kind="self")).thing
    actions.add_tie(who, before, one, two)
    told = apart(who, before, map_id)
    assert (told.one, told.other) == ((), ("lines drawn by hand",))
    nameless = [actions.add_figure(who, one, Figure(0.5, 0.5)).thing for one in (map_id, before)]
    told = apart(who, before, map_id)
    assert len({*told.one, *told.other}) == 2, nameless


def test_the_drawers_own_words_belong_to_the_pair(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before, hoped = (layers.begin(who, map_id, {"layer": one}) for one in ("before", "hoped"))
    assert difference(who, map_id, before) is None
    assert layers.tell_difference(who, map_id, before, "") is None
    layers.tell_difference(who, map_id, before, "We laughed more.")
    layers.tell_difference(who, before, map_id, "We laughed more, then.")
    for pair in ((map_id, before), (before, map_id)):
        told = difference(who, *pair)
        assert told is not None
        assert told.noun.words == "We laughed more, then."
    assert difference(who, map_id, hoped) is None
    layers.tell_difference(who, map_id, before, "")
    assert difference(who, map_id, before) is None
    with pytest.raises(Missing):
        layers.tell_difference(who, map_id, map_id, "X")


# Any day


def test_any_days_map_can_be_seen_again_and_traced() -> None:
    who = viewer()
    with clock.ticking_from(START):
        map_id = actions.begin(who)
        a = put(who, map_id, Figure(0.2, 0.2, "G."))
    with clock.ticking_from(START + timedelta(days=2)):
        put(who, map_id, INK)
    with clock.ticking_from(START + timedelta(days=5)):
        actions.take_off(who, map_id, a)
        changed = days(who, map_id)
        assert [day.day for day in changed] == [6, 3, 1]
        found = readings.a_map(who, map_id)
        there = [on_day(who, found, START.date().replace(day=day)) for day in (1, 2, 3, 4, 6)]
        told = [(len(one.figures), len(one.strokes)) for one in there]
        assert told == [(1, 0), (1, 0), (1, 1), (1, 1), (0, 1)]
        third = START + timedelta(days=2, hours=3)
        again = layers.begin(who, map_id, {"layer": "other"}, take="all", as_of=third)
        assert [noun.__kind__ for noun in on_paper(who, again).values()] == ["figure", "stroke"]
        assert len(on_paper(who, map_id)) == 1


def test_a_day_before_the_map_began_shows_bare_paper(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    found = readings.a_map(who, map_id)
    assert on_day(who, found, START.date()).figures == ()


# How it came about


def test_nothing_is_replayed_until_its_drawer_agreed(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    assert told(who, map_id) is None
    layers.keep_order(who, map_id, agreed=True)
    put(who, map_id, INK)
    course = told(who, map_id)
    assert course is not None
    assert len(course.start) == 4, "what stood there before is the first step"
    assert len(course.steps) == 1


def test_taken_back_it_is_gone_for_good_from_sight(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    layers.keep_order(who, map_id, agreed=True)
    put(who, map_id, INK)
    layers.keep_order(who, map_id, agreed=False)
    assert told(who, map_id) is None
    put(who, map_id, INK)
    layers.keep_order(who, map_id, agreed=True)
    course = told(who, map_id)
    assert course is not None
    assert course.steps == (), "a new yes opens nothing of before"


def test_saying_yes_twice_hides_nothing(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    layers.keep_order(who, map_id, agreed=True)
    put(who, map_id, INK)
    layers.keep_order(who, map_id, agreed=True, with_erased=True)
    course = told(who, map_id)
    assert course is not None
    assert len(course.steps) == 1


def test_what_was_taken_off_is_replayed_only_where_that_was_agreed_too(
    mine: tuple[Viewer, UUID],
) -> None:
    who, map_id = mine
    layers.keep_order(who, map_id, agreed=True)
    gone = put(who, map_id, Figure(0.3, 0.3, "Not any more"))
    actions.take_off(who, map_id, gone)
    for with_erased in (False, True):
        layers.keep_order(who, map_id, agreed=True, with_erased=with_erased)
        course = told(who, map_id)
        assert course is not None
        seen = any(gone in state for state in course.states())
        assert seen is with_erased
        assert gone not in course.states()[-1]


def told(who: Viewer, map_id: UUID) -> Replay | None:
    return replay(who, readings.a_map(who, map_id))


# Laws


@st.composite
def hands(draw: st.DrawFn) -> list[tuple[str, int, float]]:
    """What a hand does on one map: add, move, tie, draw, take off, put back, undo, redo."""
    acts = ("figure", "stroke", "tie", "move", "off", "back", "undo", "redo")
    one = st.tuples(st.sampled_from(acts), st.integers(0, 5), st.sampled_from([0.1, 0.4, 0.9]))
    return draw(st.lists(one, max_size=12))


def do(who: Viewer, map_id: UUID, hand: list[tuple[str, int, float]]) -> None:
    for act, which, place in hand:
        drawn = readings.drawing(who, map_id)
        there = [entry.thing for entry in drawn.figures]
        pick = there[which % len(there)] if there else None
        if act == "figure":
            put(who, map_id, Figure(place, 0.5, f"{which}"))
        elif act == "stroke":
            put(who, map_id, INK.but(points=((place, 0.2, 0.5),)))
        elif act == "undo":
            actions.undo(who, map_id)
        elif act == "redo":
            actions.redo(who, map_id)
        elif act == "back" and drawn.off:
            actions.put_back(who, map_id, drawn.off[0].thing)
        elif act == "tie" and len(there) > 1:
            actions.add_tie(who, map_id, there[0], there[1 + which % (len(there) - 1)])
        elif pick and act == "move":
            actions.change(who, map_id, pick, x=place)
        elif pick and act == "off":
            actions.take_off(who, map_id, pick)


@pytest.mark.faults
@settings(max_examples=many(12, 300))
@given(hands(), hands())
def test_tracing_takes_everything_along_and_changes_nothing_of_the_earlier_layer(
    first: list[tuple[str, int, float]], later: list[tuple[str, int, float]]
) -> None:
    who = viewer()
    map_id = actions.begin(who)
    do(who, map_id, first)
    there, there_ids = looks(who, map_id), on_paper(who, map_id)
    traced = layers.begin(who, map_id, BEFORE, take="all")
    assert looks(who, traced) == there
    assert on_paper(who, map_id) == there_ids
    assert not there_ids.keys() & on_paper(who, traced).keys()
    assert apart(who, map_id, traced).one == apart(who, map_id, traced).other == ()
    do(who, traced, later)
    assert on_paper(who, map_id) == there_ids, "drawing on the one changes nothing of the other"


def test_what_lies_under_comes_along_with_all_of_it_alone() -> None:
    who = viewer()
    map_id = actions.begin(who)
    rings = Helps(rings=2, ring_names=("home", ""), near="near means trust")
    twin.lay_under(who, map_id, rings)
    taken = [layers.begin(who, map_id, BEFORE, take=take) for take in ("all", "figures", "nothing")]
    assert [drawing(who, one).helps for one in taken] == [rings, Helps(), Helps()]
    twin.lay_under(who, taken[0], Helps())
    assert drawing(who, map_id).helps == rings


@pytest.mark.faults
@settings(max_examples=many(12, 300))
@given(hands(), hands(), st.booleans())
def test_differences_are_the_same_from_either_side(
    first: list[tuple[str, int, float]], later: list[tuple[str, int, float]], bare: bool
) -> None:
    who = viewer()
    map_id = actions.begin(who)
    do(who, map_id, first)
    other = layers.begin(who, map_id, BEFORE, take="nothing" if bare else "all")
    do(who, other, later)
    here, there = apart(who, map_id, other), apart(who, other, map_id)
    assert (here.one, here.other) == (there.other, there.one)
    assert {one.casefold() for one in here.both} == {one.casefold() for one in there.both}
    assert apart(who, map_id, map_id).one == ()


@pytest.mark.faults
@settings(max_examples=many(12, 300))
@given(hands(), hands(), st.booleans())
def test_a_replay_ends_with_the_drawing_as_it_stands(
    first: list[tuple[str, int, float]], later: list[tuple[str, int, float]], erased: bool
) -> None:
    who = viewer()
    with clock.ticking_from(START):
        map_id = actions.begin(who)
        do(who, map_id, first)
        layers.keep_order(who, map_id, agreed=True, with_erased=erased)
        do(who, map_id, later)
        course = told(who, map_id)
        assert course is not None
        assert course.states()[-1] == on_paper(who, map_id)
        if not erased:
            ever = set().union(*course.states())
            assert ever <= on_paper(who, map_id).keys(), "what is off stays out of sight"


def test_nothing_is_told_from_where_things_stand() -> None:
    """Wherever the same things stand, the words are the same."""
    one: Standing = {uuid4(): Figure(x, 0.1, f"{x}") for x in (0.1, 0.5, 0.9)}
    far = {thing: noun.but(x=1 - noun.x, y=0.9) for thing, noun in one.items()}  # type: ignore[union-attr]
    other: Standing = {uuid4(): Figure(0.2, 0.2, "0.1")}
    assert compare.compare(one, other, called) == compare.compare(far, other, called)


def test_a_first_map_that_is_not_there_leaves_its_layers_their_own(
    mine: tuple[Viewer, UUID],
) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, BEFORE)
    with acting(who, "map.remove") as doing:
        doing.remove(map_id)
    assert [one.thing for one in readings.my_maps(who)] == [before]
    assert [one.thing for one in row_of(who, before)] == [before]


# Parts


LINE = Region(((0.05, 0.05), (0.45, 0.05), (0.45, 0.45), (0.05, 0.45)), label="At home")


def test_a_part_holds_what_the_line_goes_round(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    h = actions.add_figure(who, map_id, Figure(0.35, 0.35, "H.")).thing
    g = next(one.thing for one in readings.drawing(who, map_id).figures if one.noun.label == "G.")
    actions.add_tie(who, map_id, g, h)
    around = put(who, map_id, LINE)
    put(who, map_id, Stroke(((0.2, 0.2, 0.5), (0.9, 0.9, 0.7)), "woad"))
    before = on_paper(who, map_id)
    part = layers.cut_out(who, map_id, around)
    drawn = readings.drawing(who, part)
    assert title(drawn.map.noun) == "At home"
    assert {one.noun.label for one in drawn.figures} == {"G.", "H."}
    assert len(drawn.ties) == 1  # the tie to oneself, who stands outside, is not there
    assert [one.noun.pen for one in drawn.strokes] == ["moss"]
    assert len(drawn.regions) == 1
    assert on_paper(who, map_id) == before


def test_what_is_drawn_later_does_not_come_to_a_part(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    part = layers.cut_out(who, map_id, put(who, map_id, LINE))
    actions.add_figure(who, map_id, Figure(0.3, 0.3, "Later"))
    assert {one.noun.label for one in readings.drawing(who, part).figures} == {"G."}


def test_only_a_line_on_the_paper_can_be_cut_out(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    figure = readings.drawing(who, map_id).figures[0].thing
    for wrong in (figure, uuid4()):
        with pytest.raises(Missing):
            layers.cut_out(who, map_id, wrong)
    with pytest.raises(Missing):
        layers.cut_out(viewer("B."), map_id, put(who, map_id, LINE))


spots = st.tuples(st.floats(0, 1, width=32), st.floats(0, 1, width=32))


@settings(deadline=None)
@given(st.lists(spots, min_size=3, max_size=8), st.lists(spots, max_size=6), st.data())
def test_nothing_reaches_out_of_a_part(
    edge: list[tuple[float, float]], places: list[tuple[float, float]], data: st.DataObject
) -> None:
    """Every end of every tie of a part is in it, and everything in it was on the map."""
    region = Region(tuple(edge))
    figures: Standing = {uuid4(): Figure(x, y) for x, y in places}
    ends = list(figures)
    pairs = data.draw(st.lists(st.tuples(*[st.sampled_from(ends)] * 2), max_size=4)) if ends else []
    there: Standing = {**figures, **{uuid4(): Tie(a, b) for a, b in pairs}, uuid4(): region}
    held = parts.within(there, region)
    assert held.items() <= there.items()
    assert all({n.a, n.b} <= held.keys() for n in held.values() if isinstance(n, Tie))
    assert region in held.values()
    assert parts.within(held, region) == held
