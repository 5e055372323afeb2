"""The same decision for whole sets: which records a viewer may see, as a filter.

Law, tested on both databases: a record is in `scope` exactly when `decide` says yes.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from kith.permissions.decide import Given, Rule, reaches
from kith.permissions.models import Grant
from kith.permissions.viewer import Viewer

NONE = Q(pk__in=[])


def scope(viewer: Viewer, rule: Rule, now: datetime, purpose: str | None = None) -> Q:
    """The records of one kind that `viewer` may see, for `purpose` if grants are to count."""
    if viewer.person is None:
        return NONE
    where = Q(space=viewer.notebook) if viewer.notebook else NONE
    if rule.see != "nobody":
        where |= Q(author=viewer.person) | Q(space__in=viewer.circles(rule.see))
    for grant in grants_to(viewer, now, purpose):
        if rule.seals in grant.classes and reaches(grant, viewer):
            where |= _shown_by(grant)
    return where


def grants_to(viewer: Viewer, now: datetime, purpose: str | None) -> Iterable[Given]:
    """The grants in force now that may reach this viewer for this purpose."""
    if purpose is None:
        return []
    audience = Q(to_person=viewer.person) | Q(to_circle__in=viewer.circles("team"))
    found = Grant.objects.filter(
        audience, purpose=purpose, withdrawn=None, starts__lte=now, ends__gt=now
    )
    return [grant.given() for grant in found]


def _shown_by(grant: Given) -> Q:
    where = Q(space=grant.space, author=grant.giver)
    if grant.thing is not None:
        where &= Q(thing=grant.thing) | Q(parent=grant.thing)
    return where
