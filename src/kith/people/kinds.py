"""How many of each kind of thing, in words: rooms say at start-up how their nouns are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy as _n

OTHER = _n("%(n)d other thing", "%(n)d other things", "n")
_called: dict[str, str | Promise] = {}


def call(kinds: Mapping[str, str | Promise]) -> None:
    """Add words for a room's kinds: `{"moment": ngettext_lazy("%(n)d moment", ..., "n")}`."""
    _called.update(kinds)


def counted(numbers: Mapping[str, int]) -> list[str]:
    """ "14 moments", "3 maps": in the order in which rooms named their kinds, others last."""
    known = [
        str(words % {"n": numbers[kind]}) for kind, words in _called.items() if numbers.get(kind)
    ]
    others = sum(number for kind, number in numbers.items() if kind not in _called)
    return [*known, str(OTHER % {"n": others})] if others else known


def is_called(kind: str) -> bool:
    """Whether a room said how this kind is called."""
    return kind in _called
