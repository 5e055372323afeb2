"""What this room says: names of kinds, qualities, pens, and what the script says aloud."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kith.maps.nouns import Drawn, Figure, Region, Shape, Stroke, Tie, Writing

Placed = Figure | Writing | Shape | Region | Stroke
"""What has a place on the paper; a tie has two ends instead."""
Text = str | Promise
Choices = Mapping[str, Text]

KINDS: Choices = {
    "": gettext_lazy("leave open"),
    "self": gettext_lazy("me"),
    "person": gettext_lazy("a person"),
    "animal": gettext_lazy("an animal"),
    "place": gettext_lazy("a place"),
    "service": gettext_lazy("a service"),
    "group": gettext_lazy("a group"),
    "gone": gettext_lazy("someone who died"),
    "thing": gettext_lazy("a thing or something I do"),
    "faith": gettext_lazy("a faith or belief"),
}
QUALITIES: Choices = {
    "helps": pgettext_lazy("a tie", "helps"),
    "hurts": pgettext_lazy("a tie", "hurts"),
    "give": pgettext_lazy("a tie", "I give"),
    "get": pgettext_lazy("a tie", "I get"),
    "depends": pgettext_lazy("a tie", "it depends"),
    "unsure": pgettext_lazy("a tie", "not sure"),
}
PENS: Choices = {
    "ink": gettext_lazy("Ink"),
    "elder": gettext_lazy("Elder, purple"),
    "woad": gettext_lazy("Woad, blue"),
    "moss": gettext_lazy("Moss, green"),
    "madder": gettext_lazy("Madder, red"),
    "walnut": gettext_lazy("Walnut, brown"),
    "weld": gettext_lazy("Weld, yellow"),
}
SIZES: Choices = {
    "small": gettext_lazy("small"),
    "middle": gettext_lazy("middle"),
    "large": gettext_lazy("large"),
}
LINES: Choices = {
    "plain": pgettext_lazy("a line", "plain"),
    "thick": pgettext_lazy("a line", "thick"),
    "dashed": pgettext_lazy("a line", "dashed"),
}
WHATS: Choices = {
    "ring": gettext_lazy("a ring"),
    "box": gettext_lazy("a box"),
    "line": gettext_lazy("a straight line"),
    "arrow": gettext_lazy("an arrow"),
    "heart": gettext_lazy("a heart"),
    "star": gettext_lazy("a star"),
    "sun": gettext_lazy("a sun"),
    "cloud": gettext_lazy("a cloud"),
    "drop": gettext_lazy("a drop"),
}
WIDTHS: Choices = {
    "fine": pgettext_lazy("a pen", "fine"),
    "middle": pgettext_lazy("a pen", "middle"),
    "broad": pgettext_lazy("a pen", "broad"),
}
BACKGROUNDS: Choices = {
    "plain": pgettext_lazy("paper", "plain"),
    "squared": pgettext_lazy("paper", "squared"),
    "wash": pgettext_lazy("paper", "with a wash of colour"),
}
DIRECTIONS: dict[str, Text] = {
    "": gettext_lazy("no arrow"),
    "to": gettext_lazy("there"),
    "from": gettext_lazy("back"),
    "both": gettext_lazy("both ways"),
}
WAYS: Choices = {
    "up": gettext_lazy("Up"),
    "left": gettext_lazy("Left"),
    "right": gettext_lazy("Right"),
    "down": gettext_lazy("Down"),
}

_PLACES = (
    gettext_lazy("top left"),
    gettext_lazy("top"),
    gettext_lazy("top right"),
    gettext_lazy("left"),
    gettext_lazy("in the middle"),
    gettext_lazy("right"),
    gettext_lazy("bottom left"),
    gettext_lazy("bottom"),
    gettext_lazy("bottom right"),
)
_WHERE = (
    gettext_lazy("at the top left"),
    gettext_lazy("at the top"),
    gettext_lazy("at the top right"),
    gettext_lazy("on the left"),
    gettext_lazy("in the middle"),
    gettext_lazy("on the right"),
    gettext_lazy("at the bottom left"),
    gettext_lazy("at the bottom"),
    gettext_lazy("at the bottom right"),
)


def name_of(figure: Figure | None) -> str:
    """A figure's name; for one without, what it is, or that it has no name."""
    if figure and not figure.label and figure.kind:
        return capfirst(str(KINDS[figure.kind]))
    return (figure.label if figure else "") or _("Someone or something without a name")


def tied_to(figure: Figure) -> str:
    """That a figure is at the other end of a tie."""
    return _("Tied to %(name)s") % {"name": name_of(figure)}


def qualities_of(tie: Tie) -> str:
    """The qualities of a tie in one go: "helps, hurts"."""
    return ", ".join(str(QUALITIES[quality]) for quality in tie.qualities)


def called(noun: Drawn) -> str:
    """What one thing on the paper is called; a tie has its two ends for that."""
    if isinstance(noun, Writing):
        return _("“%(words)s”") % {"words": noun.words} if noun.words else _("A piece of writing")
    if isinstance(noun, Shape):
        return capfirst(str(WHATS[noun.what]))
    if isinstance(noun, Region):
        return noun.label or _("A part with a line round it")
    return name_of(noun) if isinstance(noun, Figure) else _("A line drawn by hand")


def place_of(noun: Placed) -> str:
    """Where on the paper something stands, in words."""
    return str(_PLACES[_third(noun)])


def where_of(noun: Placed) -> str:
    """The same within a sentence."""
    return str(_WHERE[_third(noun)])


def middle_of(noun: Placed) -> tuple[float, float]:
    """The middle of something on the paper."""
    if isinstance(noun, Shape):
        return (noun.x + noun.x2) / 2, (noun.y + noun.y2) / 2
    if isinstance(noun, Region | Stroke):
        across, down = [p[0] for p in noun.points], [p[1] for p in noun.points]
        return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    return noun.x, noun.y


def _third(noun: Placed) -> int:
    across, down = (min(2, int(share * 3)) for share in middle_of(noun))
    return 3 * down + across


def places() -> list[list[str]]:
    """The nine parts of the paper in words, row by row."""
    return [[str(place) for place in _PLACES[row : row + 3]] for row in (0, 3, 6)]


def day(at: datetime) -> str:
    """A day, said where it is: "3 November 2026"."""
    return date_format(localtime(at), "j F Y")
