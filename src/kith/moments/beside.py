"""A photo and a sound that belong to a moment: kept with it, shown beside it, taken away."""

from dataclasses import dataclass
from uuid import UUID

from kith.base import ids
from kith.media import actions as media
from kith.media.pictures import picture
from kith.media.readings import pictures_of, sounds_of
from kith.media.sounds import sound
from kith.permissions.actions import Act
from kith.permissions.viewer import Viewer
from kith.records.models import Record


@dataclass(frozen=True, slots=True)
class Attached:
    """The bytes of what comes with a moment, and which of the two is to go without a new one."""

    picture: bytes = b""
    sound: bytes = b""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Which picture and which sound belong to a moment."""

    picture: UUID | None = None
    sound: UUID | None = None


NOTHING, NO_CHANGE = Beside(), Attached()


def beside(viewer: Viewer, thing: UUID) -> Beside:
    """The picture and the sound of one moment of the viewer's."""
    return Beside(pictures_of(viewer, [thing]).get(thing), sounds_of(viewer, [thing]).get(thing))


def attach(doing: Act, moment: Record, attached: Attached) -> None:
    """Keep what comes with a moment, in place of what was there. Raises Invalid."""
    if attached == NO_CHANGE:
        return
    there = beside(doing.viewer, moment.thing)
    new = {
        "picture": attached.picture and picture(attached.picture),
        "sound": attached.sound and sound(attached.sound),
    }
    for name, said in new.items():
        id, old = ids.beside(moment.id, name), getattr(there, name)
        if old and old != id and (said or name in attached.gone):
            doing.remove(old)
        if said:
            media.keep(doing, said, moment.thing, id=id)
