"""The arrangements of the viewer's circles, and what teams noticed about them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.arrangements.nouns import Arrangement, Noticed
from kith.base.problems import Missing
from kith.permissions.readings import look, look_at, look_away, look_back
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


def named(
    viewer: Viewer, circle: UUID | None = None, *, as_of: datetime | None = None
) -> list[Entry[Arrangement]]:
    """All arrangements of one circle, or of every circle the viewer is in, by name."""
    found = look(viewer, Arrangement, _of(circle), as_of=as_of)
    return sorted(found, key=lambda entry: (entry.noun.name.casefold(), entry.id))


def arrangement(viewer: Viewer, thing: UUID) -> Entry[Arrangement]:
    """One arrangement. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Arrangement, thing)


def arrangement_in(viewer: Viewer, circle: UUID, thing: UUID) -> Entry[Arrangement]:
    """One arrangement of this very circle. Raises Missing for any other."""
    found = arrangement(viewer, thing)
    if found.space != circle:
        raise Missing
    return found


def before(viewer: Viewer, thing: UUID) -> list[Entry[Arrangement]]:
    """What an arrangement was before it is what it is now, the latest first."""
    now = arrangement(viewer, thing)
    return [said for said in reversed(look_back(viewer, Arrangement, thing)) if said.id != now.id]


def taken_away(viewer: Viewer, circle: UUID) -> list[Entry[Arrangement]]:
    """What was taken off the list of a circle and can come back."""
    return look_away(viewer, Arrangement, _of(circle))


def noticed(viewer: Viewer, circle: UUID, about: UUID | None = None) -> list[Entry[Noticed]]:
    """What the team of a circle noticed, the latest first; for the team alone.

    With `about`, only what they noticed of that arrangement. Nothing names who noticed it.
    """
    found = reversed(look(viewer, Noticed, _of(circle)))
    return [entry for entry in found if about in (None, entry.noun.arrangement)]


def mine_noticed(viewer: Viewer, thing: UUID) -> Entry[Noticed]:
    """One line that the viewer noticed. Raises Missing for another's, or when it is gone."""
    found = look_at(viewer, Noticed, thing)
    if found.author != viewer.person:
        raise Missing
    return found


def _of(circle: UUID | None) -> Q:
    return Q(space=circle) if circle else Q()
