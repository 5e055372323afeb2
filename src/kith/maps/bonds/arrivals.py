"""What a device sends about a relationship."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kith.base import ids
from kith.base.problems import Invalid
from kith.maps.bonds import actions
from kith.maps.bonds.forms import SayForm
from kith.maps.bonds.items import ITEMS, asked
from kith.permissions.viewer import Viewer
from kith.web.forms import as_posted
from kith.web.sync import on_arrival, seen_at


def say(viewer: Viewer, id: UUID, made_at: datetime, body: Mapping[str, Any]) -> UUID:
    """Answers, as the fields of their form; `map` and `about` say where they belong."""
    map_id, about = (ids.read(str(body.get(name))) for name in ("map", "about"))
    form = SayForm(as_posted(body, id=id), asked(item for item in ITEMS if item in body))
    if map_id is None or about is None or not form.is_valid():
        raise Invalid("answers-unclear")
    return actions.say(
        viewer,
        map_id,
        about,
        form.told(),
        on=form.cleaned_data["on"],
        seen=form.cleaned_data["seen"],
        id=id,
        seen_on=seen_at(made_at),
        made_at=made_at,
    )


def register() -> None:
    """Take these acts from devices."""
    on_arrival("perspective.say", say, mine=True)
