"""What this room puts on the home page."""

from kith.moments import readings
from kith.permissions.viewer import Viewer
from kith.web.pages import Card

LAST = 3


def moments_card(viewer: Viewer) -> Card:
    """A button to note a moment, and the last few."""
    last = readings.latest(viewer, count=LAST).moments[:LAST]
    return Card("moments/home_moments.html", {"moments": last})


def practices_card(viewer: Viewer) -> Card:
    """What one does again and again, in sentences and threads."""
    return Card("moments/home_practices.html", {"practices": readings.tell_all(viewer)})
