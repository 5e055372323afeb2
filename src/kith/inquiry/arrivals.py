"""What a device sends to this room: lines written or said, taken back and brought back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kith.base import ids
from kith.base.problems import Invalid
from kith.inquiry import actions, readings
from kith.inquiry.forms import LineForm, OwnLine, ScribeForm
from kith.inquiry.nouns import Contribution, Gathering
from kith.inquiry.pages.lines import choices, from_seat
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web.forms import as_posted
from kith.web.pages import in_circle
from kith.web.sync import on_arrival

Body = Mapping[str, Any]


def write(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """The scribe's line, as the fields of its form; for those on the team, as the page is."""
    known = _gathering(viewer, body)
    in_circle("team")(viewer, circle=known.space)
    line = _line(ScribeForm, viewer, known, id, body)
    return actions.say(viewer, known.thing, line, id, made_at).id


def say(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A line of one's own, from the seat one has when it arrives."""
    known = _gathering(viewer, body)
    line = from_seat(
        _line(OwnLine, viewer, known, id, body), readings.my_voice(viewer, known.thing)
    )
    return actions.say(viewer, known.thing, line, id, made_at).id


def take_back(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A line taken back."""
    return actions.take_back(viewer, _id(body, "line"), id).id


def bring_back(viewer: Viewer, id: UUID, made_at: datetime, body: Body) -> UUID:
    """A line brought back."""
    return actions.bring_back(viewer, _id(body, "line")).id


def _gathering(viewer: Viewer, body: Body) -> Entry[Gathering]:
    return readings.gathering_in(viewer, _id(body, "circle"), _id(body, "gathering"))


def _line(
    kind: type[LineForm], viewer: Viewer, known: Entry[Gathering], id: UUID, body: Body
) -> Contribution:
    form = kind(as_posted(body, id=id), **choices(viewer, known))
    if not form.is_valid():
        raise Invalid("line-unclear")
    return form.noun()


def _id(body: Body, name: str) -> UUID:
    found = ids.read(str(body.get(name)))
    if found is None:
        raise Invalid("line-unclear")
    return found


def register() -> None:
    """Take these acts from devices."""
    on_arrival("contribution.write", write)
    on_arrival("contribution.say", say)
    on_arrival("contribution.take-back", take_back)
    on_arrival("contribution.bring-back", bring_back)
