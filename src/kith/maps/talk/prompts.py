"""The four touchpoints of talk over a map, with short prompts: ours, or as one words them oneself.

They may come in any order and each can be left out. They are ours to word; whoever sits beside
people can word them anew, and have ours back with one touch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.base.problems import Invalid
from kith.maps.nouns import Prompts, Touchpoint
from kith.maps.words import Choices, Text
from kith.permissions.actions import act
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

TOUCHPOINTS: tuple[Touchpoint, ...] = get_args(Touchpoint)
NAMES: Choices = {
    "self": _("Yourself"),
    "others": _("Who and what matters"),
    "back": _("Standing back"),
    "change": _("Thinking about change"),
}
PAUSED = ("back", "change")
"""Before these one pauses: they look at the whole."""
MOST = 12
LONGEST = 500

OURS: Mapping[Touchpoint, Sequence[Text]] = {
    "self": (
        _("Where on this paper are you? You can also leave yourself out."),
        _("How could you draw the way you are these days?"),
        _("Is there more than one of you? Each may have a place."),
    ),
    "others": (
        _("Who or what matters to you? People, animals, places, someone who died, a faith."),
        _("Where does each belong? You decide what near and far mean."),
        _("Is there anyone you would rather keep away?"),
        _("Pick one. What is it like between the two of you, on a usual day?"),
    ),
    "back": (
        _("Lean back and look at all of it. What do you see first?"),
        _("Is something missing? Is something too much?"),
        _("Does anything here surprise you?"),
    ),
    "change": (
        _("If something on this paper could be otherwise, what would it be?"),
        _("What should stay just as it is?"),
        _("Is there something small that lies in your own hands?"),
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One touchpoint: its name and prompts, whether they are ours, whether one pauses first."""

    code: Touchpoint
    name: Text
    asks: tuple[str, ...]
    ours: bool
    pause: bool


def arc(viewer: Viewer | None) -> list[Part]:
    """The touchpoints as this viewer words them; ours for nobody."""
    mine = _mine(viewer) if viewer else None
    own = mine.noun.asks if mine else {}
    return [_part(code, own.get(code)) for code in TOUCHPOINTS]


def word(
    viewer: Viewer, code: str, lines: Sequence[str], *, id: UUID | None = None
) -> Record | None:
    """Word the prompts of one touchpoint anew, a line each. Without any they are ours again.

    Raises Invalid for more, or longer ones, than fit.
    """
    if code not in TOUCHPOINTS:
        raise Invalid("not-a-choice")
    asks = tuple(line.strip() for line in lines if line.strip())
    if len(asks) > MOST or any(len(line) > LONGEST for line in asks):
        raise Invalid("prompts-too-long")
    if asks == tuple(map(str, OURS[code])):
        asks = ()
    mine = _mine(viewer)
    said = {**(mine.noun.asks if mine else {}), code: asks}
    noun = Prompts({name: told for name, told in said.items() if told})
    with act(viewer, "prompts.word") as doing:
        if mine:
            return doing.change(mine.thing, noun, id=id)
        return doing.keep(viewer.own, noun, id=id) if noun.asks else None


def _part(code: Touchpoint, own: tuple[str, ...] | None) -> Part:
    asks = own or tuple(map(str, OURS[code]))
    return Part(code, NAMES[code], asks, not own, code in PAUSED)


def _mine(viewer: Viewer) -> Entry[Prompts] | None:
    found = look(viewer, Prompts, Q(space=viewer.notebook))
    return found[-1] if found else None
