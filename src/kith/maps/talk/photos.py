"""A photo of a paper map under the paper, and a picture that stands for a figure."""

from uuid import UUID

from django.db.models import Q

from kith.base import ids
from kith.base.problems import Missing
from kith.maps import readings
from kith.maps.nouns import Photo, Strength
from kith.media import actions as media
from kith.media.pictures import FACE, picture
from kith.media.readings import pictures_of
from kith.permissions.actions import act
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry


def lay_under(
    viewer: Viewer,
    map_id: UUID,
    data: bytes,
    strength: Strength = "faint",
    *,
    id: UUID | None = None,
) -> Record:
    """Lay a photo under the paper of a map of one's own, in place of the one that lay there.

    Raises Missing, or Invalid for what is no picture of ours.
    """
    readings.a_map(viewer, map_id)
    seen, there = picture(data), _photo(viewer, map_id)
    fresh = id or ids.new()
    said = Photo(ids.beside(fresh, "picture"), strength)
    with act(viewer, "photo.lay") as doing:
        if there and there.thing != fresh:
            kept = doing.change(there.thing, said, id=fresh)
        else:
            kept = doing.keep(viewer.own, said, parent=map_id, id=fresh)
        media.keep(doing, seen, kept.thing, id=said.picture)
    return kept


def let_through(viewer: Viewer, map_id: UUID, strength: Strength) -> Record:
    """Let the photo show through more or less."""
    return _again(viewer, map_id, "photo.change", strength=strength)


def take_off(viewer: Viewer, map_id: UUID) -> Record:
    """Take the photo off from under the paper. It can be put back."""
    return _again(viewer, map_id, "photo.take-off", away=True)


def put_back(viewer: Viewer, map_id: UUID) -> Record:
    """Put the photo back under the paper."""
    return _again(viewer, map_id, "photo.put-back", away=False)


def photo_of(viewer: Viewer, map_id: UUID) -> Photo | None:
    """The photo under a map's paper, also one that was taken off. Raises Missing."""
    readings.a_map(viewer, map_id)
    there = _photo(viewer, map_id)
    return there.noun if there else None


def give_face(
    viewer: Viewer, map_id: UUID, figure: UUID, data: bytes, *, id: UUID | None = None
) -> Record:
    """Let a small picture stand for a figure, in place of an earlier one."""
    readings.figure_on(viewer, map_id, figure)
    seen = picture(data, FACE)
    with act(viewer, "face.give") as doing:
        for old in pictures_of(viewer, [figure]).values():
            if old != id:
                doing.remove(old)
        return media.keep(doing, seen, figure, id=id)


def take_face(viewer: Viewer, map_id: UUID, figure: UUID) -> None:
    """Let its initials stand for it again."""
    readings.figure_on(viewer, map_id, figure)
    with act(viewer, "face.take") as doing:
        for old in pictures_of(viewer, [figure]).values():
            doing.remove(old)


def faces(viewer: Viewer, drawn: readings.Drawing) -> dict[UUID, UUID]:
    """Which figures on the paper have a picture of their own, and which it is."""
    return pictures_of(viewer, [figure.thing for figure in drawn.figures])


def _photo(viewer: Viewer, map_id: UUID) -> Entry[Photo] | None:
    found = look(viewer, Photo, Q(space=viewer.notebook, parent=map_id))
    return found[-1] if found else None


def _again(viewer: Viewer, map_id: UUID, code: str, **said: object) -> Record:
    readings.a_map(viewer, map_id)
    there = _photo(viewer, map_id)
    if there is None:
        raise Missing
    with act(viewer, code) as doing:
        return doing.change(there.thing, there.noun.but(**said))
