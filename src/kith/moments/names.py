"""The names that moments and practices point to: figures of one's map, arrangements of circles."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext

from kith.arrangements.nouns import Arrangement
from kith.arrangements.readings import named, told_elsewhere
from kith.maps.nouns import Figure
from kith.maps.readings import figures
from kith.moments.nouns import Moment, Practice
from kith.permissions.readings import look_away
from kith.permissions.viewer import Viewer


class Names:
    """What the viewer's figures and arrangements are called, each read when it is first needed."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    @cached_property
    def figures(self) -> Mapping[UUID, str]:
        """Everyone and everything with a name on the viewer's maps, but not oneself."""
        found = figures(self._viewer)
        return {entry.thing: entry.noun.label for entry in found if _other(entry.noun)}

    @cached_property
    def arrangements(self) -> Mapping[UUID, str]:
        """The arrangements of the viewer's circles."""
        return {entry.thing: entry.noun.name for entry in named(self._viewer)}

    @cached_property
    def gone(self) -> Mapping[UUID, str]:
        """Arrangements off their list: still said of the past, not offered any more."""
        off = [*look_away(self._viewer, Arrangement), *told_elsewhere(self._viewer)]
        return {entry.thing: entry.noun.name for entry in off}

    def whom(self, noun: Moment | Practice) -> str:
        """With whom: "T., M. and the neighbour"; empty when nobody is named."""
        known = (self.figures.get(thing, "") for thing in noun.with_whom)
        return _listed([*known, noun.and_whom])

    def those(self, noun: Moment | Practice) -> list[tuple[UUID, str]]:
        """Of those it names on the map, each with its name."""
        known = ((thing, self.figures.get(thing, "")) for thing in noun.with_whom)
        return [(thing, name) for thing, name in known if name]

    def each(self, noun: Moment | Practice) -> list[str]:
        """The names of the arrangements that got in the way."""
        known = (self._arrangement(thing) for thing in noun.arrangements)
        return [name for name in known if name]

    def in_the_way(self, noun: Moment | Practice) -> str:
        """What got in the way, the names of arrangements first, then free words."""
        known = _listed(self.each(noun))
        free = noun.in_the_way if isinstance(noun, Moment) else noun.words
        return gettext("; ").join(part for part in (known, free) if part)

    def still(self, old: Iterable[UUID] = ()) -> Mapping[UUID, str]:
        """The arrangements to offer: those of now, and of those gone the ones chosen before."""
        known = {thing: self._arrangement(thing) for thing in old}
        return {**self.arrangements, **{thing: name for thing, name in known.items() if name}}

    def _arrangement(self, thing: UUID) -> str:
        return self.arrangements.get(thing) or self.gone.get(thing, "")


def _other(figure: Figure) -> bool:
    """Someone or something with a name, and not oneself."""
    return bool(figure.label) and figure.kind != "self"


def _listed(parts: Iterable[str]) -> str:
    return get_text_list([part for part in parts if part], gettext("and"))
