"""What a person sees before going for good: what goes, what stays, and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kith.base import clock
from kith.people.kinds import counted
from kith.people.leaving import circles_alone
from kith.people.models import Membership
from kith.people.readings import names_of
from kith.permissions.readings import grants_of, look_away
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.backup import KEYS_KEPT
from kith.records.models import Record, Waiting
from kith.records.nouns import Noun, all_nouns
from kith.records.readings import Entry, current


@dataclass(frozen=True, slots=True)
class Going:
    """What goes, in words and numbers of one's own things; what stays with circles."""

    goes: list[str]
    circles_alone: list[str]
    circles_left: list[str]
    without_keeper: list[str]
    showing: int
    stays: list[str]
    keys_until: date


def going(viewer: Viewer) -> Going:
    """All that erasing the viewer would mean today."""
    alone = set(circles_alone(viewer.me))
    gone = set(erasure.of_person(viewer.me, viewer.own))
    together = Record.objects.filter(author=viewer.me).exclude(space__in=[*alone, viewer.own])
    return Going(
        goes=counted(_things(Record.objects.filter(author=viewer.me, id__in=gone))),
        circles_alone=_names(alone),
        circles_left=_names(set(viewer.parts) - alone),
        without_keeper=_names(_only_keeper(viewer) - alone),
        showing=len(grants_of(viewer)),
        stays=counted(_things(together.exclude(id__in=gone))),
        keys_until=(clock.now() + KEYS_KEPT).date(),
    )


def waiting(viewer: Viewer) -> datetime | None:
    """When the viewer is to be erased, if they asked for it."""
    return Waiting.objects.filter(owner=viewer.me).values_list("due", flat=True).first()


def taken_away(viewer: Viewer) -> list[Entry[Noun]]:
    """What the viewer took away before, and could bring back or forget; the newest first."""
    found: list[Entry[Noun]] = []
    for noun in all_nouns():
        if noun.__kept_by__ == "author":
            mine = Q(author=viewer.me)
            found += look_away(viewer, noun, mine)
            if "away" in noun.__struct_fields__:
                own = current(noun, mine & Q(space=viewer.own), opened=viewer.opened)
                found += [entry for entry in own if getattr(entry.noun, "away", False)]
    return sorted(found, key=lambda entry: entry.made_at, reverse=True)


def _things(rows: object) -> Counter[str]:
    told = rows.filter(removed=False).values_list("kind", "thing").distinct()  # type: ignore[attr-defined]
    return Counter(kind for kind, _thing in told)


def _names(circles: set[UUID]) -> list[str]:
    return list(names_of(circles).values())


def _only_keeper(viewer: Viewer) -> set[UUID]:
    """Circles that nobody else looks after."""
    mine = set(viewer.circles("keeper"))
    others = Membership.objects.filter(circle__in=mine, part="keeper").exclude(person=viewer.me)
    return mine - set(others.values_list("circle_id", flat=True))
