"""What was drawn of a relationship on each layer of a map, and what was said about it, in time."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kith.maps.bonds.readings import View, between
from kith.maps.bonds.telling import OfDay, telling
from kith.maps.layers.threads import Through
from kith.maps.layers.words import title
from kith.maps.nouns import Tie
from kith.maps.twin.listing import between as ends_of
from kith.maps.words import qualities_of
from kith.moments.looking.strands import Piece
from kith.records.readings import Entry

SHORT = 280


def drawn(figure: Through) -> Iterator[Piece]:
    """Every layer it can be seen on, every tie there, and every day something was said of them."""
    for one in figure.on_paper:
        what = _("On the map: %(layer)s") % {"layer": title(figure.layers[one.parent])}
        yield Piece(figure.drawn[one.thing], "map", what, _at("figure", one))
    for tie in _ties(figure):
        yield _tie(tie, figure)
    for view in figure.views:
        yield from _said(view, figure)


def _ties(figure: Through) -> list[Entry[Tie]]:
    return [tie for tie in figure.ties if tie.parent in figure.layers]


def _tie(tie: Entry[Tie], figure: Through) -> Piece:
    named = {"ends": ends_of(tie.noun, figure.names), "layer": title(figure.layers[tie.parent])}
    what = _("%(ends)s, on the map: %(layer)s") % named
    lines = (qualities_of(tie.noun), Truncator(tie.noun.words).chars(SHORT))
    return Piece(tie.seen_on, "tie", what, _at("tie", tie), [line for line in lines if line])


def _said(view: View, figure: Through) -> Iterator[Piece]:
    shown: list[Entry[Any]] = [*figure.on_paper, *_ties(figure)]
    there = {one.thing: one for one in shown}
    about = there.get(view.about)
    if about is None:
        return
    parts = telling([view], between(about.noun, figure.names))
    lines = [
        _("%(asked)s: %(said)s") % {"asked": column.asked.text, "said": _answer(column.days[0])}
        for part in parts
        for column in part.columns
    ]
    if lines:
        yield Piece(view.seen_on, "words", _("What you said about it"), _at("about", about), lines)


def _answer(one: OfDay) -> str:
    """The words; with them how the answer stands, where that is not simply an answer."""
    words = Truncator(one.said.words).chars(SHORT)
    if one.said.state == "answered" and words:
        return words
    return f"{one.standing}. {words}".strip() if words else str(one.standing)


def _at(name: str, entry: Entry[Any]) -> str:
    return reverse(f"maps:{name}", kwargs={"map_id": entry.parent, "thing": entry.thing})
