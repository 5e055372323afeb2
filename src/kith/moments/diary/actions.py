"""Keeping what stood on a week's sheet: all of it in one act."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kith.base import clock
from kith.moments.nouns import Moment
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer


def keep_week(viewer: Viewer, rows: Sequence[tuple[UUID, Moment, datetime]]) -> None:
    """Keep a moment for each row, under its id, of its own day. Sent twice, it is kept once.

    Those of one day stay in the order in which they stood on paper.
    """
    typed = clock.now() - len(rows) * clock.TICK
    with act(viewer, "moment.note") as doing:
        for at, (id, moment, seen_on) in enumerate(rows):
            made_at = typed + at * clock.TICK
            doing.keep(viewer.own, moment, id=id, seen_on=seen_on, made_at=made_at)
