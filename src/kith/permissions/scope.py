"""The same decision for whole sets: which records a viewer may see, as a filter.

Law, tested on both databases: a record is in `scope` exactly when `decide` says yes.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from kith.permissions.decide import Given, Rule, covers, reaches
from kith.permissions.models import Grant
from kith.permissions.pairs import given_by_reveals, my_pairs
from kith.permissions.reveals import REVEAL
from kith.permissions.viewer import Viewer

NONE = Q(pk__in=[])


def scope(
    viewer: Viewer, rule: Rule, now: datetime, purpose: str | None = None, *, apart: bool = False
) -> Q:
    """The records of one kind that `viewer` may see, for `purpose` if grants are to count.

    With `apart`, only those of which the viewer may also see what is sealed apart.
    """
    if viewer.person is None:
        return NONE
    where = Q(space=viewer.notebook) if viewer.notebook else NONE
    if rule.see != "nobody":
        where |= Q(author=viewer.person) | Q(space__in=viewer.circles(rule.see))
    for grant in grants_to(viewer, now, purpose):
        if covers(grant, rule, apart=apart) and reaches(grant, viewer):
            where |= shown_by(grant)
    return where


def grants_to(viewer: Viewer, now: datetime, purpose: str | None) -> Iterable[Given]:
    """The grants in force now that may reach this viewer for this purpose."""
    if purpose is None:
        return []
    if purpose == REVEAL:
        return [given for given in given_by_reveals(viewer, now) if given.in_force(now)]
    return [grant.given() for grant in rows_to(viewer, now, Q(purpose=purpose))]


def rows_to(viewer: Viewer, now: datetime, where: Q) -> QuerySet[Grant]:
    """The rows of grants in force now to a circle in which the viewer works, or through a pair."""
    audience = Q(to_pair__in=my_pairs(viewer)) | Q(to_circle__in=viewer.circles("team"))
    found = Grant.objects.filter(where & audience, withdrawn=None, starts__lte=now, ends__gt=now)
    return found.select_related("to_pair").order_by("ends", "id")


def shown_by(grant: Given) -> Q:
    """The records, of the kinds that it covers, that a grant shows."""
    where = Q(space=grant.space, author=grant.giver)
    if grant.thing is not None:
        named = Q(thing=grant.thing) | Q(parent=grant.thing)
        where &= named | Q(thing__in=grant.also) if grant.also else named
    return where
