"""The viewer's letters, and a letter made of the lines they chose."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from kith.permissions.readings import look, look_at, look_away
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.letter.gathering import Gathered, Line
from kith.reports.nouns import Letter


def letters(viewer: Viewer) -> list[Entry[Letter]]:
    """All of the viewer's letters, the latest first."""
    return look(viewer, Letter)[::-1]


def letter(viewer: Viewer, thing: UUID) -> Entry[Letter]:
    """One letter. Raises Missing when there is none, or it is not the viewer's."""
    return look_at(viewer, Letter, thing)


def removed(viewer: Viewer) -> list[Entry[Letter]]:
    """Letters taken away; each can come back."""
    return look_away(viewer, Letter)


def first_words(found: Gathered, chosen: Mapping[str, Collection[UUID]]) -> dict[str, str]:
    """The text each part of a letter begins with: the chosen lines, to be said as one likes."""
    parts: dict[str, Iterable[Line]] = {
        "matters": found.matters,
        "in_the_way": found.in_the_way,
        "would_help": found.would_help,
    }
    return {
        name: "\n".join(one.dated for one in lines if one.thing in chosen.get(name, ()))
        for name, lines in parts.items()
    }
