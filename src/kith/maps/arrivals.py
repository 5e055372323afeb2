"""What a device sends to this room: a map begun, and each gesture on one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kith.base import ids
from kith.base.problems import Invalid
from kith.maps import actions
from kith.permissions.viewer import Viewer
from kith.web.sync import on_arrival

Body = Mapping[str, Any]


def begin(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A new map, under the id its device gave it."""
    return actions.begin(viewer, with_me=str(body.get("with_me", "")), id=id)


def draw(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """One gesture; `map` says on which map, `do` what was done."""
    map_id = ids.read(str(body.get("map")))
    if map_id is None:
        raise Invalid("gesture-unclear")
    told = {
        name: body[name] for name in ("kind", "thing", "body", "undoes", "away") if name in body
    }
    try:
        gesture = msgspec.convert(
            {**told, "act": body.get("do"), "id": id, "made_at": made_at}, actions.Gesture
        )
    except msgspec.ValidationError:
        raise Invalid("gesture-unclear") from None
    return actions.draw(viewer, map_id, gesture).id


def register() -> None:
    """Take these acts from devices."""
    on_arrival("map.begin", begin, mine=True)
    on_arrival("map.draw", draw, mine=True)
