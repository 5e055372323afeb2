"""Laws of the twin: the list, the sentences and the picture tell the same; order; moving apart."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kith.base.problems import Invalid
from kith.maps.drawing import REACH, SIDE, still
from kith.maps.nouns import DRAWN, Figure, Helps, Region
from kith.maps.readings import Drawing
from kith.maps.twin.around import figures_in, line_round
from kith.maps.twin.listing import in_order, moved, placed, rows
from kith.maps.twin.overlaps import apart, free_place, overlap
from kith.maps.twin.quick import names_in
from kith.maps.twin.sentences import in_one
from kith.records.readings import Entry
from maps.drawings import NOON, drawings, entry, figures, one_of_each, paper

# The same in the list, in sentences and in the picture


def in_list(drawn: Drawing, listed: Callable[[Drawing], list[Any]] = rows) -> set[UUID]:
    """Everything that the list tells of."""
    told = listed(drawn)
    return {row.thing for row in told} | {tie.thing for row in told for tie in row.ties}


def without(things: list[Entry[Any]], one: Entry[Any]) -> Drawing:
    return paper([other for other in things if other is not one])


def untold(
    things: list[Entry[Any]],
    listed: Callable[[Drawing], list[Any]] = rows,
    told: Callable[[Drawing], str] = in_one,
) -> set[str]:
    """The kinds that the picture shows and that the list, or the sentences, leave out."""
    whole = paper(things)
    missed = {one.noun.__kind__ for one in things if one.thing not in in_list(whole, listed)}
    return missed | {o.noun.__kind__ for o in things if told(without(things, o)) == told(whole)}


@given(drawings())
def test_the_list_tells_of_everything_that_is_on_the_paper(things: list[Entry[Any]]) -> None:
    whole = paper(things)
    assert in_list(whole) == {one.thing for one in things}
    for one in things:
        assert still(without(things, one)) != still(whole), "what is on the paper can be seen"


def test_one_of_every_kind_is_in_the_list_the_sentences_and_the_picture() -> None:
    assert untold(one_of_each()) == set()


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_a_list_that_misses_one_kind_is_caught(kind: str) -> None:
    def listed(drawn: Drawing) -> list[Any]:
        told = [row for row in rows(drawn) if row.kind != kind]
        return [replace(row, ties=()) for row in told] if kind == "tie" else told

    def told(drawn: Drawing) -> str:
        every = [*placed(drawn), *drawn.ties]
        return in_one(paper([one for one in every if one.noun.__kind__ != kind]))

    things = one_of_each()
    assert kind in untold(things, listed=listed)
    assert kind in untold(things, told=told)


@given(drawings())
def test_the_sentences_hold_every_word_that_stands_on_the_paper(things: list[Entry[Any]]) -> None:
    told = in_one(paper(things))
    for one in things:
        for field in ("label", "words"):
            assert getattr(one.noun, field, "") in told


def test_the_sentences_as_people_read_them() -> None:
    told = in_one(paper(one_of_each()))
    assert told == (
        "On the paper: me in the middle; Gran at the top left. Me and Gran are tied: helps, hurts."
        " An arrow goes to Gran. The words on it: “she sang”. Written at the top: “not today”."
        " There is a heart at the bottom right. A line goes round Gran. It is called “home”."
        " There are lines drawn by hand at the bottom left."
    )


def test_a_distance_means_something_only_in_the_words_of_the_drawer() -> None:
    near = [entry(Figure(0.5, 0.5, "me")), entry(Figure(0.6, 0.5, "T."))]
    assert in_one(paper(near)) == "On the paper: me in the middle; T. in the middle."
    said = in_one(paper(near, Helps(rings=2, ring_names=("home", ""), near="near means trust")))
    assert said.endswith("Rings lie under it: home. Said of near and far: “near means trust”.")


# What lies under


def test_nothing_lies_under_a_map_until_it_is_chosen() -> None:
    bare = still(paper(one_of_each()))
    assert bare.under is None
    assert still(paper(one_of_each(), Helps(near="near means trust"))).under is None
    chosen = still(paper([], Helps(rings=3, sectors=4, sector_names=("home",)))).under
    assert chosen
    assert (len(chosen.rings), len(chosen.rays)) == (3, 4)
    assert [name["text"] for name in chosen.names] == ["home"]


# Order

things = st.lists(st.builds(uuid4), max_size=8, unique=True)


@given(things, st.data())
def test_order_is_stable(there: list[UUID], data: st.DataObject) -> None:
    since = dict.fromkeys(there, NOON)
    order = data.draw(st.permutations(there)) if there else []
    assert in_order(there, order, since) == order
    mixed = data.draw(st.permutations(there))
    assert in_order(mixed, order, since) == order, "it does not rest on how they are read"
    new, gone = uuid4(), data.draw(st.sampled_from(there)) if there else None
    rest = [thing for thing in order if thing != gone]
    assert in_order([*rest, new], order, since) == [*rest, new]


@given(st.lists(figures, min_size=1, max_size=6), st.data())
def test_where_things_stand_never_changes_the_list(
    people: list[Figure], data: st.DataObject
) -> None:
    entries = [entry(one, at) for at, one in enumerate(people)]
    order = [one.thing for one in entries]
    elsewhere = [
        entry(one.noun.but(x=data.draw(figures).x), 50 - at, one.thing)
        for at, one in enumerate(entries)
    ]
    before = [row.thing for row in rows(paper(entries), order)]
    assert [row.thing for row in rows(paper(elsewhere[::-1]), order)] == before


@given(things.filter(bool), st.data(), st.sampled_from(["up", "down", "first"]))
def test_a_move_in_the_list_moves_one(there: list[UUID], data: st.DataObject, way: str) -> None:
    thing = data.draw(st.sampled_from(there))
    after = moved(there, thing, way)
    assert [one for one in after if one != thing] == [one for one in there if one != thing]
    step = {"up": -1, "down": 1, "first": -len(there)}[way]
    assert after.index(thing) == min(max(there.index(thing) + step, 0), len(there) - 1)


# Moving apart


def crowds(most: int) -> st.SearchStrategy[dict[UUID, Figure]]:
    return st.lists(figures, max_size=most).map(lambda many: {uuid4(): one for one in many})


def lie_on_each_other(people: dict[UUID, Figure]) -> bool:
    """An oracle of its own: two rings that cross, in the units of the paper."""
    every = [(f.x * SIDE, f.y * SIDE, REACH[f.size]) for f in people.values()]
    pairs = ((a, b) for at, a in enumerate(every) for b in every[:at])
    return any(math.hypot(a[0] - b[0], a[1] - b[1]) < a[2] + b[2] for a, b in pairs)


@given(crowds(12))
def test_afterwards_none_lies_on_another_and_who_had_room_stays(people: dict[UUID, Figure]) -> None:
    found = apart(people)
    after = people | found
    assert not lie_on_each_other(after)
    for thing, one in people.items():
        touched = any(overlap(one, other) for at, other in people.items() if at != thing)
        assert touched or thing not in found
        assert after[thing] == one.but(x=after[thing].x, y=after[thing].y), "only its place"
    for one in found.values():
        reach = REACH[one.size] / SIDE
        assert reach <= one.x <= 1 - reach
        assert reach <= one.y <= 1 - reach
    assert apart(people) == found, "the same figures part in the same way"
    assert apart(after) == {}


@given(crowds(40))
def test_a_paper_that_is_full_is_left_as_it_is_and_said_so(people: dict[UUID, Figure]) -> None:
    try:
        found = apart(people)
    except Invalid as problem:
        assert problem.code == "paper-full"
        assume(False)
    assert not lie_on_each_other(people | found)


def test_too_many_for_the_paper() -> None:
    crowd = {uuid4(): Figure(0.5, 0.5, size="large") for _ in range(40)}
    with pytest.raises(Invalid):
        apart(crowd)


@given(st.lists(figures, max_size=10), figures)
def test_something_new_finds_room(there: list[Figure], new: Figure) -> None:
    assert not any(overlap(free_place(there, new), other) for other in there)


# A line round some

inner = figures.filter(lambda one: 0.15 < one.x < 0.85 and 0.15 < one.y < 0.85)


@given(st.lists(inner, min_size=1, max_size=5), st.lists(figures, max_size=3))
def test_a_line_round_figures_goes_round_all_of_them(
    chosen: list[Figure], others: list[Figure]
) -> None:
    entries = [entry(one) for one in (*chosen, *others)]
    inside = figures_in(Region(line_round(chosen)), entries)
    assert {one.thing for one in entries[: len(chosen)]} <= {one.thing for one in inside}


# Several names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gran", ["Gran"]),
        ("Gran, T.; the dog", ["Gran", "T.", "the dog"]),
        ("M., my mum\nB., the dog\n\n", ["M., my mum", "B., the dog"]),
        (" , ,\n", []),
        ("x" * 900, ["x" * 200]),
    ],
)
def test_several_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names
