"""The way out for every room: decide, read, and leave one access line where it is owed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kith.base import clock
from kith.base.problems import Missing, Refused
from kith.permissions.decide import shows
from kith.permissions.models import Grant
from kith.permissions.nouns import Access, rule_of
from kith.permissions.scope import grants_to, scope
from kith.permissions.viewer import Viewer
from kith.records import actions as records
from kith.records.models import Record
from kith.records.nouns import Noun
from kith.records.readings import Entry, any_away, away, current, history, versions

N = TypeVar("N", bound=Noun)


def look(
    viewer: Viewer,
    noun: type[N],
    where: Q = Q(),  # noqa: B008
    *,
    as_of: datetime | None = None,
    purpose: str | None = None,
) -> list[Entry[N]]:
    """Every thing of this kind that the viewer may see and `where` picks, oldest first.

    Grants count only when a `purpose` is given; they open what is sealed apart only where they
    say so. What a team sees through a grant leaves a line in the giver's notebook, one a day
    for each who looks and each purpose.
    """
    now = clock.now()
    allowed = scope(viewer, rule_of(noun), now, purpose)
    if purpose is None:
        return current(noun, allowed & where, as_of or now, opened=viewer.opened)
    found = current(noun, allowed & where, as_of or now, labels=False, opened=viewer.opened)
    _leave_lines(viewer, noun, purpose, found)
    return _with_labels(viewer, noun, where, as_of or now, purpose, found)


def look_at(
    viewer: Viewer,
    noun: type[N],
    thing: UUID,
    *,
    as_of: datetime | None = None,
    purpose: str | None = None,
) -> Entry[N]:
    """One thing. Raises Missing when there is no such thing, or it is not for this viewer.

    Raises Refused when it is only the viewer's own, and they have not opened it.
    """
    found = look(viewer, noun, Q(thing=thing), as_of=as_of, purpose=purpose)
    if not found:
        if noun.__seals__ in viewer.shut and _own(viewer, noun, thing):
            raise Refused("only-me-shut")
        raise Missing
    return found[-1]


def look_away(viewer: Viewer, noun: type[N], where: Q = Q()) -> list[Entry[N]]:  # noqa: B008
    """What was removed and can come back, of what the viewer may see without any grant."""
    return away(noun, scope(viewer, rule_of(noun), clock.now()) & where, opened=viewer.opened)


def any_gone(viewer: Viewer, noun: type[N], where: Q = Q()) -> bool:  # noqa: B008
    """Whether there is anything in `look_away`, asked without opening it."""
    return any_away(noun, scope(viewer, rule_of(noun), clock.now()) & where)


def look_back(viewer: Viewer, noun: type[N], thing: UUID) -> list[Entry[N]]:
    """Everything said of one thing over time, of what the viewer may see without any grant."""
    allowed = scope(viewer, rule_of(noun), clock.now())
    return history(noun, thing, allowed, opened=viewer.opened)


def look_back_on(viewer: Viewer, noun: type[N], where: Q) -> list[Entry[N]]:
    """As `look_back`, of all things that `where` picks, in order."""
    return versions(noun, scope(viewer, rule_of(noun), clock.now()) & where, opened=viewer.opened)


def grants_of(viewer: Viewer) -> list[Grant]:
    """What the viewer shows to others now or after the silent day, and until when."""
    now = clock.now()
    mine = Grant.objects.filter(giver=viewer.me, withdrawn=None, ends__gt=now)
    return list(mine.order_by("ends", "id"))


def grants_over(viewer: Viewer) -> list[Grant]:
    """What the viewer showed once and no longer does, the latest first. For oneself alone."""
    over = Q(withdrawn__isnull=False) | Q(ends__lte=clock.now())
    return list(Grant.objects.filter(over, giver=viewer.me).order_by("-ends", "id"))


def grant_for(viewer: Viewer, thing: UUID) -> Grant | None:
    """The viewer's own grant on one thing that is in force, if there is one."""
    return next((grant for grant in grants_of(viewer) if grant.thing == thing), None)


def shown_to_circle(circle: UUID, purpose: str) -> Q:
    """A filter: what is granted to this very circle for this purpose, and in force."""
    now = clock.now()
    given = Grant.objects.filter(
        to_circle=circle, purpose=purpose, withdrawn=None, starts__lte=now, ends__gt=now
    )
    return Q(thing__in=[thing for thing in given.values_list("thing", flat=True) if thing])


def _own(viewer: Viewer, noun: type[Noun], thing: UUID) -> bool:
    said = Record.objects.filter(kind=noun.__kind__, thing=thing, removed=False)
    return said.filter(space=viewer.own, author=viewer.me).exists()


def _with_labels(
    viewer: Viewer, noun: type[N], where: Q, as_of: datetime, purpose: str, found: list[Entry[N]]
) -> list[Entry[N]]:
    """The same entries, with what is sealed apart where this viewer may see that too."""
    if not noun.__apart__:
        return found
    allowed = scope(viewer, rule_of(noun), clock.now(), purpose, apart=True)
    found_named = current(noun, allowed & where, as_of, opened=viewer.opened)
    named = {entry.id: entry for entry in found_named}
    return [named.get(entry.id, entry) for entry in found]


def _leave_lines(viewer: Viewer, noun: type[Noun], purpose: str, found: Iterable[Entry[N]]) -> None:
    """One access line for each giver, and circle through which their things were just shown."""
    granted = list(grants_to(viewer, clock.now(), purpose))
    owed = {
        (entry.space, grant.to_circle)
        for entry in found
        for grant in granted
        if grant.space == entry.space != viewer.notebook and shows(grant, entry.thing, entry.parent)
    }
    for space, circle in owed:
        if circle is not None:
            leave_line(viewer, space, Access(circle=circle, purpose=purpose, what=noun.__kind__))


def leave_line(viewer: Viewer, space: UUID, access: Access) -> None:
    day = clock.now() - timedelta(days=1)
    lately = Q(space=space, author=viewer.me, arrived__gt=day)
    if any(line.noun == access for line in current(Access, lately)):
        return
    with records.act(viewer.me, "look") as act:
        act.keep(records.Draft(kind=Access, noun=access, space=space, author=viewer.me))


def all_of_mine(viewer: Viewer, noun: type[N]) -> list[Entry[N]]:
    """Every version of all that the viewer ever said of this kind, in order; removals left out."""
    allowed = scope(viewer, rule_of(noun), clock.now()) & Q(author=viewer.me)
    return versions(noun, allowed, opened=viewer.opened)
