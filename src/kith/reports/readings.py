"""What one can see of reports: the live one is built in `document`; here are those issued."""

from uuid import UUID

from django.db.models import Q

from kith.permissions.readings import look, look_at
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.nouns import Report


def editions(viewer: Viewer, gathering: UUID) -> list[Entry[Report]]:
    """Every issued edition of a gathering's report, the first one first."""
    return look(viewer, Report, Q(parent=gathering))


def edition(viewer: Viewer, thing: UUID) -> Entry[Report]:
    """One issued edition, exactly as it was issued. Raises Missing."""
    return look_at(viewer, Report, thing)
