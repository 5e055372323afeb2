"""The prompt on the home page, for whoever asked for one."""

from kith.moments.reminders import readings
from kith.permissions.viewer import Viewer
from kith.web.pages import Card


def card(viewer: Viewer) -> Card | None:
    """What one asked to be reminded of by now; nothing at all for everyone else."""
    found = readings.due(viewer)
    return Card("moments/reminders/prompt.html", {"due": found}) if found else None
