"""About how many people asked a circle for something: through the release gate, or not at all.

What is counted is people, never requests, and only those whose request the team is shown anyway.
The figure is frozen on the day it is made, and the next one stands beside every earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from kith.analysis import gate
from kith.analysis.gate import Edition, Shown, Table, Tier, tally
from kith.arrangements.readings import named, told_as
from kith.care.nouns import Counted
from kith.care.ward import about, arrived
from kith.permissions.actions import act
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.pseudonyms import pseudonym
from kith.records.readings import Entry

NAME = "everyone"


@dataclass(frozen=True, slots=True)
class Figures:
    """The last figures: of everyone, and by arrangement in the order of the list; None withheld."""

    made: Entry[Counted] | None
    everyone: int | None
    rows: Sequence[tuple[str, int | None]]

    @property
    def is_bare(self) -> bool:
        """Whether not one number may be said."""
        return self.everyone is None and all(number is None for _name, number in self.rows)


def figures(viewer: Viewer, circle: UUID) -> Figures:
    """What was last counted. Which lines there are never depends on what anyone asked."""
    editions = counted(viewer, circle)
    last = editions[-1] if editions else None
    numbers = dict(last.noun.numbers) if last else {}
    rows = [(one.noun.name, numbers.get(one.thing)) for one in named(viewer, circle)]
    return Figures(last, last.noun.everyone if last else None, rows)


def counted(viewer: Viewer, circle: UUID) -> list[Entry[Counted]]:
    """All that was ever counted in a circle, the first one first; for its team."""
    return look(viewer, Counted, Q(space=circle))


def count(viewer: Viewer, circle: UUID, *, id: UUID | None = None) -> None:
    """Count once more, if the gate lets it stand beside all that was counted before.

    Else what was counted before stays as it is; a first count that says nothing is not kept.
    Under one `id` it is counted once.
    """
    with act(viewer, "requests.count") as doing:
        earlier = counted(viewer, circle)
        table = _table(viewer, circle)
        before = [frozenset(one.noun.people) for one in earlier]
        made = _gated(table, [_edition(one) for one in earlier])
        is_new = not any(one.thing == id for one in earlier)
        says_something = bool(earlier) or made.everyone is not None
        may = gate.may_release(table.everyone, before, Tier.TEAM.threshold)
        if is_new and says_something and may:
            doing.keep(circle, made, id=id)


def _table(viewer: Viewer, circle: UUID) -> Table:
    """Who asked about what. Someone with three requests is one person."""
    came, told_so = arrived(viewer, circle), told_as(viewer, circle)

    def who(author: UUID) -> str:
        return pseudonym(circle, "person", author)

    labels = list(dict.fromkeys(one.thing for one in named(viewer, circle)))
    entries = [
        (who(one.request.author), str(thing))
        for thing in labels
        for one in about(came, told_so[thing])
    ]
    everyone = [who(one.request.author) for one in came]
    return tally(NAME, entries, [str(thing) for thing in labels], everyone)


def _gated(table: Table, earlier: Sequence[Edition]) -> Counted:
    cells = gate.count_cells(table, None, Tier.TEAM, earlier)
    return Counted(
        people=tuple(sorted(table.everyone)),
        everyone=gate.count_everyone(table, None, Tier.TEAM).about,
        numbers=tuple((UUID(one.label), one.about) for one in cells if one.about is not None),
    )


def _edition(one: Entry[Counted]) -> Edition:
    shown = (Shown(str(thing), about, False) for thing, about in one.noun.numbers)
    return Edition(NAME, frozenset(one.noun.people), tuple(shown))
