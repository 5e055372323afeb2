"""The names that moments and practices point to: figures of one's map, arrangements of circles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext

from kith.arrangements.nouns import Arrangement
from kith.arrangements.readings import named
from kith.maps.nouns import Figure
from kith.maps.readings import figures
from kith.moments.nouns import Moment, Practice
from kith.permissions.readings import look_away
from kith.permissions.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Names:
    """What the viewer's figures and arrangements are called.

    `gone` are arrangements taken off their list: still said of the past, not offered any more.
    """

    figures: dict[UUID, str] = field(default_factory=dict)
    arrangements: dict[UUID, str] = field(default_factory=dict)
    gone: dict[UUID, str] = field(default_factory=dict)

    def whom(self, noun: Moment | Practice) -> str:
        """With whom: "T., M. and the neighbour"; empty when nobody is named."""
        return _listed([*_known(noun.with_whom, self.figures), noun.and_whom])

    def in_the_way(self, noun: Moment | Practice) -> str:
        """What got in the way, the names of arrangements first, then free words."""
        known = _known(noun.arrangements, self.gone | self.arrangements)
        free = noun.in_the_way if isinstance(noun, Moment) else noun.words
        return gettext("; ").join(part for part in [_listed(known), free] if part)


def names(viewer: Viewer) -> Names:
    """All that this viewer may call by name."""
    return Names(
        figures={entry.thing: entry.noun.label for entry in figures(viewer) if _other(entry.noun)},
        arrangements={entry.thing: entry.noun.name for entry in named(viewer)},
        gone={entry.thing: entry.noun.name for entry in look_away(viewer, Arrangement)},
    )


def _other(figure: Figure) -> bool:
    """Someone or something with a name, and not oneself."""
    return bool(figure.label) and figure.kind != "self"


def _known(things: Iterable[UUID], called: dict[UUID, str]) -> list[str]:
    return [called[thing] for thing in things if thing in called]


def _listed(parts: Iterable[str]) -> str:
    return get_text_list([part for part in parts if part], gettext("and"))
