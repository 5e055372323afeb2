"""Letting go of what nothing opens any more: what it is, asking, thinking again, and doing it.

Whoever lost everything that opens what is *only me* has no key to it, and nobody else has one. By
their own choice it is erased, and its classes have fresh keys then, which the server can open.
Until that day whatever still opens it does, and opening it means that it is kept.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.timezone import localdate

from kith.base import clock
from kith.base.problems import Missing
from kith.people.kinds import counted
from kith.people.models import Person
from kith.people.only_me.kinds import NAMES
from kith.people.readings import viewer_of
from kith.permissions.actions import act
from kith.permissions.decide import LABELS
from kith.permissions.pairs import leave_all
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.erasure import said_under, under
from kith.records.journal import Erasure
from kith.records.models import LettingGo
from kith.records.only_me import CHOICES, OwnKeys
from kith.records.sealing import is_let_go, keyring

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Lost:
    """One class that is shut: what it is called, how much is in it, and when the last came."""

    of: str
    name: Text
    what: Text
    held: list[str]
    last: date | None


def lost(viewer: Viewer) -> list[Lost]:
    """Every class that is only the viewer's and shut, and what lies there."""
    return [_lost(viewer, of) for of in CHOICES if of in viewer.shut]


def stays(viewer: Viewer) -> list[Text]:
    """What the other classes are called: they stay as they are."""
    return [NAMES[of][0] for of in CHOICES if of not in viewer.shut]


def waiting(viewer: Viewer) -> datetime | None:
    """When the viewer is to let go of it, if they asked for that."""
    return LettingGo.objects.filter(owner=viewer.me).values_list("due", flat=True).first()


def ask_to_let_go(viewer: Viewer) -> datetime:
    """Let go of it after the waiting time. Asked again, the first asking counts."""
    return _note(viewer, erasure.WAIT).due


def let_go(viewer: Viewer) -> None:
    """Let go of it now, for good."""
    noted = _note(viewer, timedelta(0))
    LettingGo.objects.filter(owner=viewer.me).update(due=clock.now())
    _carry_out(noted)


def let_go_due() -> int:
    """Let go of everything whose waiting time is over. How many people it was."""
    due = list(LettingGo.objects.filter(due__lte=clock.now()))
    for one in due:
        _carry_out(one)
    return len(due)


def keep_waiting(viewer: Viewer) -> None:
    """Think again: it stays where it is, shut."""
    with act(viewer, "only-me.keep") as doing:
        if LettingGo.objects.filter(owner=viewer.me).delete()[0]:
            doing.also("letting-go")


def _note(viewer: Viewer, wait: timedelta) -> LettingGo:
    """Raises Missing where nothing is shut."""
    if not viewer.shut:
        raise Missing
    now, theirs = clock.now(), OwnKeys(keyring(), viewer.me)
    what = {"mark": theirs.mark(), "classes": sorted(viewer.shut)}
    with act(viewer, "only-me.ask") as doing:
        noted, new = LettingGo.objects.get_or_create(
            owner=viewer.me, defaults=what | {"asked": now, "due": now + wait}
        )
        if new:
            doing.also("letting-go")
    return noted


def _carry_out(one: LettingGo) -> None:
    """Erase what lay there, with its keys; then what somebody with the old key just still kept."""
    theirs = OwnKeys(keyring(), one.owner)
    if theirs.mark() == one.mark:
        _erase(one, under(one.owner, one.classes), lost=one.mark, classes=tuple(one.classes))
    late = [row.id for row in said_under(one.owner, one.classes).iterator() if is_let_go(row)]
    if late:
        _erase(one, late)
    with transaction.atomic():
        if LABELS in one.classes and theirs.has_let_go(one.mark):
            leave_all(viewer_of(Person.objects.get(id=one.owner)))  # nobody can tell who they are
        LettingGo.objects.filter(owner=one.owner).delete()


def _erase(one: LettingGo, ids: Iterable[UUID], **keys: object) -> None:
    told = {"act": "only-me.let-go", "actor": one.owner, "records": tuple(ids)}
    erasure.erase(Erasure(**told, **keys))  # type: ignore[arg-type]


def _lost(viewer: Viewer, of: str) -> Lost:
    rows = said_under(viewer.me, [of])
    things = rows.filter(removed=False).values_list("kind", "thing").distinct()
    last = rows.aggregate(last=Max("arrived"))["last"]
    held = counted(Counter(kind for kind, _thing in things))
    return Lost(of, *NAMES[of], held, localdate(last) if last else None)
