"""Drawings for laws: whatever can be on one paper, made without a store."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st

from kith.maps.nouns import DRAWN, Figure, Helps, Map, Region, Shape, Stroke, Tie, Writing
from kith.maps.readings import Drawing, put_together
from kith.records.readings import Entry

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = uuid4()

shares = st.integers(4, 96).map(lambda hundredths: hundredths / 100)
spots = st.tuples(shares, shares)
names = st.text("abcdefgå ,.“", min_size=1, max_size=12).filter(str.strip)
figures = st.builds(
    Figure,
    x=shares,
    y=shares,
    label=names | st.just(""),
    kind=st.sampled_from(["", "person", "animal", "gone"]),
    size=st.sampled_from(["small", "middle", "large"]),
)
writings = st.builds(Writing, x=shares, y=shares, words=names)
shapes = st.builds(
    Shape,
    what=st.sampled_from(["ring", "box", "line", "arrow", "heart", "star", "sun", "cloud", "drop"]),
    x=shares,
    y=shares,
    x2=shares,
    y2=shares,
)
regions = st.builds(
    Region, points=st.lists(spots, min_size=3, max_size=8).map(tuple), label=names | st.just("")
)
strokes = st.builds(
    Stroke, points=st.lists(st.tuples(shares, shares, shares), min_size=1, max_size=5).map(tuple)
)


def entry(noun: Any, at: int = 0, thing: UUID | None = None) -> Entry[Any]:
    fresh, moment = thing or uuid4(), NOON + timedelta(seconds=at)
    return Entry(noun, fresh, fresh, HERE, HERE, HERE, moment, moment)


def paper(things: list[Entry[Any]], helps: Helps | None = None) -> Drawing:
    """The drawing of these things."""

    def see(kind: type[Any]) -> list[Entry[Any]]:
        if kind is Helps:
            return [entry(helps)] if helps else []
        return [one for one in things if isinstance(one.noun, kind)]

    return put_together(entry(Map()), see)


@st.composite
def drawings(draw: st.DrawFn) -> list[Entry[Any]]:
    """Things on one paper: figures, ties between some of them, and all that else there can be."""
    people = [entry(noun, at) for at, noun in enumerate(draw(st.lists(figures, max_size=5)))]
    rest = draw(st.lists(writings | shapes | regions | strokes, max_size=5))
    ties = []
    if len(people) > 1:
        quality = st.sampled_from(["helps", "hurts", "give", "get", "depends", "unsure"])
        qualities = st.lists(quality, max_size=2, unique=True).map(tuple)
        made = st.builds(
            Tie, a=st.just(people[0].thing), b=st.just(people[1].thing), words=names | st.just(""),
            qualities=qualities, direction=st.sampled_from(["", "to", "from", "both"]),
        )  # fmt: skip
        ties = draw(st.lists(made, max_size=1))
    return [*people, *(entry(noun, 9 + at) for at, noun in enumerate([*rest, *ties]))]


def one_of_each() -> list[Entry[Any]]:
    """A paper with one of every kind there is; a kind without an example fails."""
    me, gran = entry(Figure(0.5, 0.5, "me")), entry(Figure(0.2, 0.2, "Gran"), 1)
    others: list[Any] = [
        Tie(me.thing, gran.thing, words="she sang", qualities=("helps", "hurts"), direction="to"),
        Stroke(((0.1, 0.9, 0.5), (0.3, 0.9, 0.7)), "moss"),
        Writing(0.6, 0.1, "not today"),
        Shape("heart", 0.7, 0.7, 0.9, 0.9),
        Region(((0.1, 0.1), (0.3, 0.1), (0.3, 0.3), (0.1, 0.3)), "home"),
    ]
    found = [me, gran, *(entry(noun, 2 + at) for at, noun in enumerate(others))]
    assert {one.noun.__kind__ for one in found} == set(DRAWN)
    return found
