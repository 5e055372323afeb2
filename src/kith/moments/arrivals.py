"""What a device sends to this room: moments noted, said anew, taken away and brought back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kith.base import ids
from kith.base.problems import Invalid, Missing
from kith.moments import actions
from kith.moments.nouns import Moment
from kith.moments.pages.moments import form_for, kept
from kith.permissions.readings import look_back
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web.forms import as_files, as_posted
from kith.web.sync import on_arrival, seen_at

Body = Mapping[str, Any]
UNSAID = {"happened": "yes", "when": "now"}
"""What the form asks for in any case, where a device did not say it."""


def note(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A moment, as the fields of its form."""
    return _keep(viewer, id, made_at, body)


def correct(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A moment said anew; `seen` is the version that its author had before them."""
    seen = ids.read(str(body.get("seen")))
    entry = next((one for one in look_back(viewer, Moment, _thing(body)) if one.id == seen), None)
    if entry is None:
        raise Missing
    return _keep(viewer, id, made_at, body, entry)


def remove(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A moment taken away."""
    return actions.remove(viewer, Moment, _thing(body), id=id).id


def restore(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A moment brought back."""
    back = actions.restore(viewer, Moment, _thing(body))
    return back.id if back else _thing(body)


def _keep(
    viewer: Viewer, id: UUID, made_at: datetime, body: Body, entry: Entry[Moment] | None = None
) -> UUID:
    files = as_files(body, "picture", "sound")
    form = form_for(viewer, as_posted({**UNSAID, **body}, id=id), entry, files)
    if not form.is_valid():
        raise Invalid("not-as-it-is")
    seen = entry.id if entry else None
    return kept(viewer, form, seen_at(made_at), made_at, seen).id


def _thing(body: Body) -> UUID:
    thing = ids.read(str(body.get("thing")))
    if thing is None:
        raise Invalid("not-as-it-is")
    return thing


def register() -> None:
    """Take these acts from devices."""
    on_arrival("moment.note", note, mine=True)
    on_arrival("moment.correct", correct, mine=True)
    on_arrival("moment.remove", remove, mine=True)
    on_arrival("moment.restore", restore, mine=True)
