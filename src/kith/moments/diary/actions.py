"""Keeping what stood on a week's sheet: all of it in one act."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kith.moments.nouns import Moment
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer


def keep_week(viewer: Viewer, rows: Iterable[tuple[UUID, Moment, datetime]]) -> None:
    """Keep a moment for each row, under its id, of its own day. Sent twice, it is kept once."""
    with act(viewer, "moment.note") as doing:
        for id, moment, seen_on in rows:
            doing.keep(viewer.own, moment, id=id, seen_on=seen_on)
