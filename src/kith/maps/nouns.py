"""The nouns of this room: a map and what is drawn on it; a perspective and answers frozen from it.

Each record says all of its thing anew, so that any order of arrival gives one picture. What is
taken off the paper says so itself (`away`) and can be put back. Places on the paper run from 0 to
1, left to right and top to bottom; they have no unit, and a distance means nothing by itself.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from kith.records.nouns import Noun, noun

Share = Annotated[float, Meta(ge=0, le=1)]
Name = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=500)]
Pen = Literal["ink", "elder", "woad", "moss", "madder", "walnut", "weld"]
Kind = Literal[
    "", "self", "person", "animal", "place", "service", "group", "gone", "thing", "faith"
]
Size = Literal["small", "middle", "large"]
Quality = Literal["helps", "hurts", "give", "get", "depends", "unsure"]
Line = Literal["plain", "thick", "dashed"]
Direction = Literal["", "to", "from", "both"]
Width = Literal["fine", "middle", "broad"]
What = Literal["ring", "box", "line", "arrow", "heart", "star", "sun", "cloud", "drop"]
"""Plain shapes, which reach from corner to corner, and stamps, which stand where they are put."""
Point = tuple[Share, Share, Share]
"""Across, down, and the weight of the ink there."""
Spot = tuple[Share, Share]
"""Across and down."""


Time = Literal["", "now", "before", "bad", "hoped", "other", "part"]
"""Which time a layer is of; any other has a name or words for when. A part is of no time: it is
what lay within a line of another layer when it was cut out, to be shown by itself."""


@noun("map", seals="map", apart=("name", "when"))
class Map(Noun, frozen=True):
    """One drawing of a relational world; what is on it names it as parent.

    A map of another time is a layer: a map of its own that names the first one (`of`). It does so
    in its sealed words and not as its parent, so that showing the one shows nothing of the other
    (docs/decisions/0027). `place` is where it stands in the drawer's order, `traced` the layer it
    was traced from, `keeps_order` since when its order may be replayed; None: never agreed.
    `with_erased` says whether the replay may also show what was taken off.

    A `plan` is a floor plan of a place where one lives, to put moments on; it is no relational
    world, and stands apart from those.
    """

    name: Name = ""
    of: UUID | None = None
    layer: Time = ""
    when: Name = ""
    place: int = 0
    traced: UUID | None = None
    keeps_order: datetime | None = None
    with_erased: bool = False
    plan: bool = False


@noun("difference")
class Difference(Noun, frozen=True):
    """What is different between two layers, in the drawer's own words; its parent is the one."""

    other: UUID
    words: Annotated[str, Meta(max_length=2000)] = ""


@noun("figure", seals="map", apart=("label",))
class Figure(Noun, frozen=True):
    """Anyone or anything that matters. Nothing but a place on the paper is asked for.

    On a traced layer, `same_as` is who or what it was first drawn as.
    """

    x: Share
    y: Share
    label: Name = ""
    kind: Kind = ""
    size: Size = "middle"
    colour: Pen = "ink"
    away: bool = False
    same_as: UUID | None = None


@noun("tie", seals="map", apart=("words",))
class Tie(Noun, frozen=True):
    """The line between two figures. Opposite qualities can stand together."""

    a: UUID
    b: UUID
    words: Words = ""
    qualities: Annotated[tuple[Quality, ...], Meta(max_length=6)] = ()
    line: Line = "plain"
    direction: Direction = ""
    colour: Pen = "ink"
    away: bool = False


@noun("stroke", seals="map")
class Stroke(Noun, frozen=True):
    """One line drawn by hand, as its points."""

    points: Annotated[tuple[Point, ...], Meta(min_length=1, max_length=5000)]
    pen: Pen = "ink"
    width: Width = "middle"
    away: bool = False


@noun("writing", seals="map", apart=("words",))
class Writing(Noun, frozen=True):
    """Words that stand on the paper itself, beginning at a place."""

    x: Share
    y: Share
    words: Words = ""
    size: Size = "middle"
    colour: Pen = "ink"
    away: bool = False


@noun("shape", seals="map")
class Shape(Noun, frozen=True):
    """A plain shape or a stamp, from one corner to the other. It means what its drawer wants."""

    what: What
    x: Share
    y: Share
    x2: Share
    y2: Share
    colour: Pen = "ink"
    away: bool = False


@noun("region", seals="map", apart=("label",))
class Region(Noun, frozen=True):
    """A part of the paper with a line drawn round it; the line closes by itself."""

    points: Annotated[tuple[Spot, ...], Meta(min_length=3, max_length=2000)]
    label: Name = ""
    colour: Pen = "weld"
    away: bool = False


Background = Literal["plain", "squared", "wash"]


@noun("helps", seals="map", apart=("ring_names", "sector_names", "near"))
class Helps(Noun, frozen=True):
    """What may lie under a map, none of it until it is chosen. Nothing is worked out from it.

    `near` says in the drawer's own words what a distance means, if it means anything.
    """

    rings: Annotated[int, Meta(ge=0, le=5)] = 0
    ring_names: Annotated[tuple[Name, ...], Meta(max_length=5)] = ()
    sectors: Annotated[int, Meta(ge=0, le=8)] = 0
    sector_names: Annotated[tuple[Name, ...], Meta(max_length=8)] = ()
    background: Background = "plain"
    near: Words = ""


@noun("order", seals="map")
class Order(Noun, frozen=True):
    """In which order the list tells what is on the paper, as the drawer likes it.

    What it does not name comes after, the oldest first.
    """

    things: Annotated[tuple[UUID, ...], Meta(max_length=2000)] = ()


@noun("description", seals="map", apart=("words",))
class Description(Noun, frozen=True):
    """A map in its drawer's own words, beside the sentences that it is told in by itself.

    `of` is a mark of those sentences as they were then, so that one can say when they changed.
    """

    words: Annotated[str, Meta(max_length=5000)] = ""
    of: Annotated[str, Meta(max_length=64)] = ""


Strength = Literal["faint", "middle", "strong"]


@noun("photo", seals="map")
class Photo(Noun, frozen=True):
    """A photo of a paper map, laid under the paper; a map has one at most."""

    picture: UUID
    strength: Strength = "faint"
    away: bool = False


By = Literal["said", "described", "interpreted"]
"""Three kinds of words about a drawing, never mixed: what the drawer said, what someone describes,
what someone interprets."""


@noun("talk")
class Talk(Noun, frozen=True):
    """Words about a drawing, typed or recorded, bound to a thing on it or to the whole.

    Its parent is the map. Whoever wrote it down is its author; `by` says what sort it is.
    """

    by: By
    about: UUID | None = None
    words: Annotated[str, Meta(max_length=20_000)] = ""
    sound: UUID | None = None


Touchpoint = Literal["self", "others", "back", "change"]
Prompt = Annotated[str, Meta(max_length=500)]


@noun("prompts")
class Prompts(Noun, frozen=True):
    """The prompts of someone who sits beside people as they draw, where they changed ours."""

    asks: dict[Touchpoint, tuple[Prompt, ...]] = {}


@noun("sitting", seals="map")
class Sitting(Noun, frozen=True):
    """Two people side by side at one device, over one map, until they say what of it stays.

    It began when it is first seen.
    """

    stays: Literal["", "all", "drawing"] = ""


Standing = Literal[
    "answered", "unsure", "depends", "rather-not", "cannot-tell", "no-answer", "not-asked"
]
"""Seven different things that an answer can be; none of them is read as another."""


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer: how it stands, and words where there are any."""

    state: Standing
    words: Annotated[str, Meta(max_length=2000)] = ""


@noun("perspective")
class Perspective(Noun, frozen=True):
    """How one side sees a relationship on one day.

    Its parent is whom or what it is about: someone they know, a figure or a tie of their map.
    `answers` holds an answer for each item that was come to; any other item was not asked.
    """

    answers: dict[str, Said] = {}

    def on(self, item: str) -> Said:
        """The answer to one item."""
        return self.answers.get(item, Said("not-asked"))


@noun("frozen", seals="contributions")
class Frozen(Noun, frozen=True):
    """One answer as it was when its author became willing to reveal it. It never changes."""

    item: str
    said: Said


Drawn = Figure | Tie | Stroke | Writing | Shape | Region
DRAWN: dict[str, type[Drawn]] = {
    one.__kind__: one for one in (Figure, Tie, Stroke, Writing, Shape, Region)
}
