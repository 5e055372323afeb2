"""R.'s map in four layers, drawn over weeks, and what was said over it: a worked example.

The first map is *now*. *Before* and *in a bad spell* were traced from it and drawn anew; *hoped
for* was begun with figures alone. Nothing about one is better than the other.
"""

import math
from collections.abc import Mapping
from uuid import UUID

from kith.maps import actions
from kith.maps.bonds import actions as bonds
from kith.maps.layers import actions as layers
from kith.maps.nouns import By, Figure, Pen, Region, Said, Shape, Stroke, Talk, Writing
from kith.maps.readings import drawing
from kith.maps.talk import talking
from kith.maps.twin import actions as twin
from kith.permissions.viewer import Viewer
from kith.sample.cast import as_viewer, id_of
from kith.sample.time import days_ago

BEFORE, BAD, HOPED = (id_of(f"layer {name}") for name in ("before", "bad", "hoped"))
TALK: tuple[tuple[By, str, str], ...] = (
    ("said", "t", "He is big because he is always there, also when he is at work."),
    ("said", "ward", "The square is the ward. I drew the windows small without thinking."),
    ("said", "", "When I lean back I see that everyone is tied to me and hardly to each other."),
    ("described", "gran", "A star at the top, above the rest, with a broken line down to R."),
    ("described", "", "Six figures stand around one. The lower left is drawn last."),
    ("interpreted", "dog", "B. may stand for being needed. To be asked, not taken for true."),
)
T: Mapping[str, Said] = {
    "given": Said("answered", "I make the tea. I keep quiet with him."),
    "received": Said("answered", "He waits for me to wake up."),
    "good": Said("answered", "We do not have to talk."),
    "hard": Said("answered", "He worries and says nothing."),
    "often": Said("depends", "Every day at home. Here it is when the door allows."),
    "pleasant": Said("answered", "Yes, mostly."),
    "lasting": Said("answered", "Yes. Thirty years."),
}
J: Mapping[str, Said] = {
    "good": Said("answered", "He does what he says."),
    "hard": Said("unsure"),
    "valued": Said("answered", "He brought a picture of B. without being asked."),
    "pressure": Said("rather-not"),
    "voice": Said("answered", "He asked what I want before the round."),
    "limits": Said("answered", "I may not go out alone for now."),
}


def tell() -> None:
    """The layers in the order in which R. drew them; then the talk, and what ties are like."""
    r, board = as_viewer("R."), id_of("map")
    with days_ago(70, 15):
        _now(r, board)
    with days_ago(69, 15):
        _before(r, board)
    with days_ago(30, 16):
        _bad(r, board)
    with days_ago(6, 16):
        _hoped(r, board)
        _differences(r, board)
    with days_ago(4, 15):
        _talk(r, board)
    with days_ago(3, 17):
        bonds.say(r, board, _figure("t"), T)
        bonds.say(r, board, _figure("j"), J)


def _now(r: Viewer, board: UUID) -> None:
    layers.say(r, board, {"layer": "now", "name": "", "when": ""})
    actions.add(r, board, Region(_round(0.76, 0.31, 0.19), label="Mornings", colour="weld"))
    actions.add(r, board, _wave(0.3, 0.93, "moss"))
    actions.add(r, board, Writing(0.04, 0.05, words="my people", size="small", colour="elder"))
    twin.describe(r, board, "I am in the middle because everyone asks for me at once.")
    layers.keep_order(r, board, agreed=True)


def _before(r: Viewer, board: UUID) -> None:
    """Last spring: no ward, the choir, and Gran alive."""
    layer = _begin(r, board, BEFORE, "all", {"layer": "before", "when": "last spring"})
    actions.take_off(r, layer, _there(r, layer, "Ward 6"))
    actions.take_off(r, layer, _there(r, layer, "J., key worker"))
    gran = _there(r, layer, "Gran")
    actions.change(r, layer, gran, x=0.62, y=0.62, kind="person", size="large", colour="weld")
    choir = actions.add_figure(r, layer, Figure(0.48, 0.9, "Choir", kind="group", colour="elder"))
    tied = actions.add_tie(r, layer, _there(r, layer, "me"), choir.thing)
    actions.change(r, layer, tied, words="Thursdays", qualities=("give", "get"))
    layers.move(r, layer, "earlier")


def _bad(r: Viewer, board: UUID) -> None:
    """Few figures, and a line of R.'s own round R.: a map may be small."""
    layer = _begin(r, board, BAD, "nothing", {"layer": "bad", "when": "the week I came here"})
    me = actions.add_figure(r, layer, Figure(0.5, 0.55, "me", kind="self", size="small")).thing
    dog = actions.add_figure(r, layer, Figure(0.6, 0.66, "B., the dog", kind="animal")).thing
    actions.add_tie(r, layer, me, dog)
    for turn in (0.13, 0.15, 0.17):
        actions.add(r, layer, _ring(0.54, 0.6, turn))
    actions.add(r, layer, Writing(0.1, 0.2, words="too loud", size="large", colour="madder"))
    actions.add(r, layer, Shape("cloud", 0.1, 0.05, 0.2, 0.15, colour="woad"))


def _hoped(r: Viewer, board: UUID) -> None:
    layer = _begin(r, board, HOPED, "figures", {"layer": "hoped", "when": "next summer"})
    me, t = _there(r, layer, "me"), _there(r, layer, "T., mornings")
    actions.take_off(r, layer, _there(r, layer, "Ward 6"))
    for other in (t, _there(r, layer, "B., the dog"), _there(r, layer, "M., my mum")):
        actions.add_tie(r, layer, me, other)
    actions.change(r, layer, actions.add_tie(r, layer, t, me), words="Tea, and our own stairs")
    garden = Figure(0.5, 0.88, "A garden", kind="place", colour="moss")
    actions.add_tie(r, layer, me, actions.add_figure(r, layer, garden).thing)


def _differences(r: Viewer, board: UUID) -> None:
    layers.tell_difference(r, board, BEFORE, "Gran was there, and I sang. Now I sit more.")
    layers.tell_difference(r, BAD, board, "I kept everyone out so that it was quiet enough.")


def _talk(r: Viewer, board: UUID) -> None:
    for by, about, words in TALK:
        said = Talk(by=by, about=_figure(about) if about else None, words=words)
        talking.say(r, board, said)


def _begin(r: Viewer, board: UUID, id: UUID, take: str, said: Mapping[str, str]) -> UUID:
    return layers.begin(r, board, {"name": "", **said}, take=take, source=board, id=id)


def _there(r: Viewer, layer: UUID, label: str) -> UUID:
    """The figure of this name on a layer."""
    figures = drawing(r, layer).figures
    return next(one.thing for one in figures if one.noun.label == label)


def _figure(name: str) -> UUID:
    return id_of(f"figure {name}")


def _turn(x: float, y: float, reach: float, at: float) -> tuple[float, float]:
    """A place on a ring that a hand drew: not quite round."""
    far = reach * (1 + 0.06 * math.sin(3 * at))
    return round(x + far * math.cos(at), 4), round(y + far * math.sin(at), 4)


def _round(x: float, y: float, reach: float) -> tuple[tuple[float, float], ...]:
    return tuple(_turn(x, y, reach, 2 * math.pi * step / 24) for step in range(24))


def _ring(x: float, y: float, reach: float) -> Stroke:
    turns = (2.2 * math.pi * step / 40 for step in range(40))
    points = tuple((*_turn(x, y, reach, at), 0.4 + 0.3 * math.sin(at)) for at in turns)
    return Stroke(points, pen="ink", width="broad")


def _wave(x: float, y: float, pen: Pen) -> Stroke:
    steps = range(30)
    points = tuple(
        (round(x + 0.013 * s, 4), round(y + 0.012 * math.sin(s / 2), 4), 0.5) for s in steps
    )
    return Stroke(points, pen=pen)
