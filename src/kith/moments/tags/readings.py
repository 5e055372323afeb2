"""The words that a viewer can put on a moment: their circles', and those of their own."""

from functools import cached_property
from uuid import UUID

from django.db.models import Q

from kith.base.problems import Missing
from kith.moments import readings
from kith.moments.nouns import Moment, Tag
from kith.permissions.readings import look, look_at, look_away
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


def tags_of(viewer: Viewer, circle: UUID) -> list[Entry[Tag]]:
    """The words that one circle offers, in the order of the alphabet."""
    return _by_word(look(viewer, Tag, Q(space=circle)))


def taken_away(viewer: Viewer, circle: UUID) -> list[Entry[Tag]]:
    """The words that a circle no longer offers, and could offer again."""
    return _by_word(look_away(viewer, Tag, Q(space=circle)))


def tag_in(viewer: Viewer, circle: UUID, thing: UUID) -> Entry[Tag]:
    """One word of this very circle. Raises Missing for any other."""
    found = look_at(viewer, Tag, thing)
    if found.space != circle:
        raise Missing
    return found


class Lately:
    """What can be said again: words of the viewer's last moments, each once, the latest first."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    @cached_property
    def tags(self) -> list[str]:
        """Words to find a moment by: one's own, then those of circles."""
        own = [word for noun in self._last for word in noun.tags]
        circles = [entry.noun.word for entry in _by_word(look(self._viewer, Tag))]
        return list(dict.fromkeys((*own, *circles)))

    @cached_property
    def ways(self) -> list[str]:
        """How one called what got in the way."""
        return list(dict.fromkeys(noun.in_the_way for noun in self._last if noun.in_the_way))

    @cached_property
    def places(self) -> list[str]:
        """How one called the places."""
        return list(dict.fromkeys(noun.place for noun in self._last if noun.place))

    @cached_property
    def _last(self) -> list[Moment]:
        return [entry.noun for entry in readings.latest(self._viewer).moments]


def _by_word(found: list[Entry[Tag]]) -> list[Entry[Tag]]:
    return sorted(found, key=lambda entry: (entry.noun.word.casefold(), entry.thing))
