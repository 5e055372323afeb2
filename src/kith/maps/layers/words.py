"""What layers are called, and what stands on one and not on the other, in plain sentences."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kith.maps import words
from kith.maps.layers.compare import Apart
from kith.maps.nouns import Drawn, Figure, Map, Region, Shape, Stroke, Tie, Writing
from kith.maps.words import Choices

TIMES: Choices = {
    "now": pgettext_lazy("a layer", "Now"),
    "before": pgettext_lazy("a layer", "Before"),
    "bad": pgettext_lazy("a layer", "In a bad spell"),
    "hoped": pgettext_lazy("a layer", "Hoped for"),
    "other": pgettext_lazy("a layer", "Another time"),
}
PART: Choices = {"part": pgettext_lazy("a layer", "A part of the map")}
TAKES: Choices = {
    "nothing": gettext_lazy("Nothing: bare paper"),
    "figures": gettext_lazy("Only the figures"),
    "all": gettext_lazy("All of it"),
}


def title(layer: Map) -> str:
    """What a layer is called: its own name or its time, and when that was, if it says so."""
    time = TIMES.get(layer.layer) or PART.get(layer.layer) or _("The first map")
    first = layer.name or time
    return ", ".join(part for part in (str(first), layer.when) if part)


def sentences(one: str, other: str, apart: Apart) -> list[str]:
    """What stands on one layer and not on the other, and what stands on both."""
    only = _("On “%(one)s” and not on “%(other)s”: %(what)s")
    told = [
        (only, {"one": one, "other": other}, apart.one),
        (only, {"one": other, "other": one}, apart.other),
        (_("On both: %(what)s"), {}, apart.both),
    ]
    said = (text % {**names, "what": listed(what)} for text, names, what in told if what)
    return [sentence if sentence.endswith(".") else f"{sentence}." for sentence in said]


def listed(names: Iterable[str]) -> str:
    """ "me, G. and the tie between me and G."."""
    told = list(names)
    several = any("," in name for name in told)
    return "; ".join(told) if several else str(get_text_list(told, _("and")))


def called(noun: Drawn, ends: tuple[Figure | None, Figure | None] = (None, None)) -> str:
    """One thing on the paper in a few words; for a tie, with the figures at its ends."""
    if isinstance(noun, Tie):
        return tie_called(*ends)
    if isinstance(noun, Stroke):
        return _("lines drawn by hand")
    if isinstance(noun, Shape):
        return str(words.WHATS[noun.what])
    if isinstance(noun, Writing):
        return words.called(noun) if noun.words else _("a piece of writing")
    if isinstance(noun, Region):
        return noun.label or _("a line round a part")
    return words.name_of(noun)


def tie_called(a: Figure | None, b: Figure | None) -> str:
    """A tie by its ends; one's own tie by the other end alone."""
    if a and b and "self" in (a.kind, b.kind) and a.kind != b.kind:
        return _("the tie to %(name)s") % {"name": words.name_of(b if a.kind == "self" else a)}
    return _("the tie between %(a)s and %(b)s") % {"a": words.name_of(a), "b": words.name_of(b)}
