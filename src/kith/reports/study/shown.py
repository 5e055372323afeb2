"""Showing a study one's moments and practices as tables, and seeing beforehand what it gets."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.moments.shown import my_moments, my_practices
from kith.people.showing import Showable
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window
from kith.reports.packing import Row
from kith.reports.study.codebook import ANSWERED, names_of
from kith.reports.study.tables import MARK, seen_through
from kith.web.pages import Card

Cells = list[tuple[str, str]]


def tell(window: Window) -> Card | None:
    """The very rows that a study gets; nothing where the grant is not for a study."""
    if window.given.to_circle is None or window.given.purpose != "research":
        return None
    found = seen_through(window)
    told = [(name, [in_lines(name, row) for row in rows]) for name, rows in found.items()]
    return Card("reports/study/rows.html", {"tables": told})


def in_lines(table: str, row: Row) -> tuple[Cells, Cells]:
    """A row as it can be read on a phone: the cells that say something; for each state, which."""
    columns = [name for name in names_of(table) if name in row]
    said = [(name, str(row[name])) for name in columns]
    filled = [(name, told) for name, told in said if told and not name.endswith("_state")]
    states = {name: row[f"{name}_state"] for name in columns if f"{name}_state" in row}
    open_ones = dict.fromkeys(state for state in states.values() if state != ANSWERED)
    return filled, [
        (state, ", ".join(name for name, one in states.items() if one == state))
        for state in open_ones
    ]


def things(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """Whether there is anything to show; one thing alone is not shown as a table."""
    return {} if thing else my_moments(viewer, None) | my_practices(viewer, None)


TABLES = Showable(
    code=MARK,
    kinds=(MARK, "moment", "practice"),
    text=_("Your moments, what you do, and what gets in the way, as tables for a study"),
    tell=tell,
    things=things,
    has_names=True,
    leaves_out=_("Not your name, and no name of a figure or of a ward’s rules."),
    for_study=True,
)
