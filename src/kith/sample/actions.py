"""Settling the invented village, through the same actions that pages call."""

from django.db import transaction

from kith.people.actions import begin, invite, join, open_circle
from kith.people.models import Installation
from kith.permissions.viewer import Viewer
from kith.sample import gathering_story, map_story, ward_story, year_story
from kith.sample.cast import CAST, WARD, as_viewer
from kith.sample.home_story import tell as tell_home
from kith.sample.time import days_ago, told_now


def settle() -> None:
    """Make everyone and everything in the village: all of it or nothing."""
    with transaction.atomic(), told_now():
        _settle()


def _settle() -> None:
    Installation.objects.create(pk=1, invented=True)
    with days_ago(185):
        for called in CAST:
            begin(called)
        _open_ward(as_viewer("K."))
    ward_story.tell_arrangements()
    tell_home()
    map_story.tell()
    year_story.tell()
    ward_story.tell_requests_and_changes()
    gathering_story.tell()


def _open_ward(keeper: Viewer) -> None:
    circle = open_circle(keeper, WARD, "ward").id
    keeper = as_viewer("K.")
    for called, role in CAST.items():
        part = "guest" if role in ("uses-service", "close") else "team"
        join(as_viewer(called), invite(keeper, circle, part, 1), [role])
