"""What a device sends of talk: words and sounds, a photo, a picture for a figure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kith.base import ids
from kith.base.problems import Invalid
from kith.maps.nouns import Strength, Talk
from kith.maps.talk import photos, talking
from kith.permissions.viewer import Viewer
from kith.web.forms import bytes_of
from kith.web.sync import on_arrival, seen_at

Body = Mapping[str, Any]


def say(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """Words, a sound or both; `map` says about which map."""
    heard = bytes_of(body, "sound") if body.get("sound") else b""
    map_id, said = _id(body, "map"), _talk(body)
    return talking.say(viewer, map_id, said, heard=heard, id=id, seen_on=seen_at(made_at)).id


def correct(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A note said anew."""
    return talking.correct(viewer, _id(body, "map"), _id(body, "thing"), _talk(body), id=id).id


def lay_under(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A photo under the paper."""
    strength: Strength = _converted(body.get("strength", "faint"), Strength)
    return photos.lay_under(viewer, _id(body, "map"), bytes_of(body, "picture"), strength, id=id).id


def give_face(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A picture for a figure."""
    figure, data = _id(body, "thing"), bytes_of(body, "picture")
    return photos.give_face(viewer, _id(body, "map"), figure, data, id=id).id


def register() -> None:
    """Take these acts from devices."""
    on_arrival("talk.say", say, mine=True)
    on_arrival("talk.correct", correct, mine=True)
    on_arrival("photo.lay", lay_under, mine=True)
    on_arrival("face.give", give_face, mine=True)


def _talk(body: Body) -> Talk:
    words = str(body.get("words", "")).strip()
    told = {"by": body.get("by"), "about": body.get("about") or None, "words": words}
    said: Talk = _converted(told, Talk)
    return said


def _converted(told: object, kind: Any) -> Any:
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError:
        raise Invalid("not-as-it-is") from None


def _id(body: Body, name: str) -> UUID:
    found = ids.read(str(body.get(name)))
    if found is None:
        raise Invalid("not-as-it-is")
    return found
