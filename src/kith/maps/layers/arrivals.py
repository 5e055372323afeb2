"""A layer begun on a page or on a device: the same form, the same act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kith.base import ids
from kith.base.problems import Invalid
from kith.maps.layers import actions
from kith.maps.layers.forms import BeginForm
from kith.maps.layers.readings import end_of, row_of, was_begun
from kith.permissions.viewer import Viewer
from kith.web.forms import as_posted
from kith.web.sync import on_arrival

Body = Mapping[str, Any]
UNSAID = {"take": "nothing", "layer": "other"}
"""What the form asks for in any case, where a device did not say it."""


def begin(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A layer, as the fields of its form; `map` says beside which map."""
    if was_begun(viewer, id):
        return id
    map_id = ids.read(str(body.get("map")))
    if map_id is None:
        raise Invalid("gesture-unclear")
    form = BeginForm(as_posted({**UNSAID, **body}, id=id), row_of(viewer, map_id))
    if not form.is_valid():
        raise Invalid("gesture-unclear")
    return begin_as_asked(viewer, map_id, form, made_at)


def begin_as_asked(
    viewer: Viewer, map_id: UUID, form: BeginForm, made_at: datetime | None = None
) -> UUID:
    """Begin the layer that a checked form asks for."""
    asked = form.cleaned_data
    return actions.begin(
        viewer,
        map_id,
        form.said(),
        take=asked["take"],
        source=asked.get("source") or None,
        as_of=end_of(asked["day"]) if asked["day"] else None,
        id=form.record_id,
        made_at=made_at,
    )


def register() -> None:
    """Take these acts from devices."""
    on_arrival("layer.begin", begin, mine=True)
