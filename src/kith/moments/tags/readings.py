"""The words that a viewer can put on a moment: their circles', and those of their own."""

from uuid import UUID

from django.db.models import Q

from kith.base.problems import Missing
from kith.moments import readings
from kith.moments.nouns import Tag
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


def offered(viewer: Viewer) -> list[str]:
    """What can be put on a moment: words of one's own from the last moments, then of circles."""
    last = readings.latest(viewer).moments
    own = [word for entry in last for word in entry.noun.tags]
    circles = [entry.noun.word for entry in _by_word(look(viewer, Tag))]
    return list(dict.fromkeys((*own, *circles)))


def _by_word(found: list[Entry[Tag]]) -> list[Entry[Tag]]:
    return sorted(found, key=lambda entry: (entry.noun.word.casefold(), entry.thing))
