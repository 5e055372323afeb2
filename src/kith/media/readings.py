"""What one can see and hear: the viewer first."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kith.base.problems import Missing
from kith.media.nouns import Picture, Sound
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

M = TypeVar("M", Picture, Sound)


def a_picture(viewer: Viewer, thing: UUID) -> Entry[Picture]:
    """One picture of the viewer's own. Raises Missing."""
    return _one(look(viewer, Picture, _own(viewer) & Q(thing=thing)))


def a_sound(viewer: Viewer, thing: UUID) -> Entry[Sound]:
    """One sound of the viewer's own. Raises Missing."""
    return _one(look(viewer, Sound, _own(viewer) & Q(thing=thing)))


def pictures_of(viewer: Viewer, things: Iterable[UUID]) -> dict[UUID, UUID]:
    """For each of these things that has a picture, which one: the newest."""
    return _of(viewer, Picture, things)


def sounds_of(viewer: Viewer, things: Iterable[UUID]) -> dict[UUID, UUID]:
    """For each of these things that has a sound, which one: the newest."""
    return _of(viewer, Sound, things)


def _of(viewer: Viewer, kind: type[M], things: Iterable[UUID]) -> dict[UUID, UUID]:
    found = look(viewer, kind, _own(viewer) & Q(parent__in=list(things)))
    return {entry.parent: entry.thing for entry in found if entry.parent}


def _own(viewer: Viewer) -> Q:
    return Q(space=viewer.notebook)


def _one(found: list[Entry[M]]) -> Entry[M]:
    if not found:
        raise Missing
    return found[-1]
