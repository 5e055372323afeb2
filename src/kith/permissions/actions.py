"""The way in for every room: one act, one transaction, permission asked for each record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.permissions.decide import LABELS, Doing, Facts, decide
from kith.permissions.models import Grant
from kith.permissions.nouns import rule_of
from kith.permissions.pairs import FROZEN, sits_in
from kith.permissions.viewer import Viewer
from kith.records import actions as records
from kith.records.models import Record
from kith.records.nouns import Noun, noun_named, sealed_under
from kith.records.readings import head_ids
from kith.records.sealing import words_in

LONGEST = timedelta(days=90)
SILENT = timedelta(days=1)
"""How long a grant to a named person waits, in silence, before it shows anything."""
SHOWING = ("talk", "plan", "know")
"""What showing something can be for: to talk about it, to plan together, so that they know."""
PURPOSES = (*SHOWING, "request", "research")
"""What a grant can be for: showing something, asking a service for something, a study."""
NEVER = ("known", "perspective", "ours", "let-be", FROZEN)
"""Kinds that no grant shows: whom one knows here, and what only a reveal may show."""


class Act:
    """One act of a viewer. Every record asks `decide` before it is kept."""

    def __init__(self, viewer: Viewer, inner: records.Act) -> None:
        self.viewer, self._inner = viewer, inner

    def keep(self, space: UUID, noun: Noun, **where: Any) -> Record:
        """Keep a new thing in `space`.

        `where` may say `id` (made where the thing is made), `parent`, `seen_on`, `made_at`.
        Raises Missing or Refused when the viewer may not.
        """
        return self._write("make", self.viewer.me, space, type(noun), noun, where)

    def change(self, thing: UUID, noun: Noun, **where: Any) -> Record:
        """Say what `thing` is from now on (or from `seen_on`); what it was stays readable.

        Without a time of its own a change comes after what it changes, even in the same instant.
        """
        head = self._head(thing)
        if not where.get("seen_on") and not where.get("made_at"):
            where = where | {"seen_on": max(clock.now(), head.seen_on + clock.TICK)}
        return self._again("change", head, noun, where)

    def correct(self, thing: UUID, noun: Noun, **where: Any) -> Record:
        """Say anew what `thing` was, in place of its last version."""
        head = self._head(thing)
        told = {"replaces": head.id, "seen_on": head.seen_on} | where
        return self._again("change", head, noun, told)

    def remove(self, thing: UUID, **where: Any) -> Record:
        """Take `thing` away from now on. `restore` brings it back."""
        head = self._head(thing)
        if head.removed:
            return head
        return self._again("remove", head, None, {"replaces": head.id} | where)

    def restore(self, thing: UUID, **where: Any) -> Record:
        """Bring back what was removed, as it last stood. For those who may change it."""
        head = self._head(thing)
        while head.removed:
            told = {"replaces": head.id} | where
            self._again("change", head, _last_said(head, self.viewer), told)
            where.pop("id", None)
            head = self._head(thing)
        return head

    def also(self, what: str) -> None:
        """Name something besides records that this act touched, such as a grant."""
        self._inner.also(what)

    def _head(self, thing: UUID) -> Record:
        found = head_ids(thing)
        if not found:
            raise Missing
        return Record.objects.get(id=found[0])

    def _again(
        self, doing: Doing, head: Record, noun: Noun | None, where: dict[str, Any]
    ) -> Record:
        kind = type(noun) if noun else noun_named(head.kind, head.version)
        if kind.__kind__ != head.kind:
            raise Missing
        told = {"thing": head.thing, "parent": head.parent} | where
        return self._write(doing, _first_author(head), head.space, kind, noun, told)

    def _write(
        self,
        doing: Doing,
        author: UUID,
        space: UUID,
        kind: type[Noun],
        noun: Noun | None,
        where: dict[str, Any],
    ) -> Record:
        self._ask(doing, kind, space, author, where)
        draft = records.Draft(
            kind=kind,
            noun=noun,
            space=space,
            author=self.viewer.me,
            **{name: value for name, value in where.items() if value is not None},
        )
        return self._inner.keep(draft)

    def _ask(
        self, doing: Doing, kind: type[Noun], space: UUID, author: UUID, where: dict[str, Any]
    ) -> None:
        facts = Facts(
            doing=doing,
            viewer=self.viewer,
            rule=rule_of(kind),
            space=space,
            author=author,
            now=clock.now(),
            thing=where.get("thing"),
            parent=where.get("parent"),
        )
        if decide(facts).yes:
            return
        raise Refused("not-allowed") if self._knows_of(facts) else Missing

    def _knows_of(self, facts: Facts) -> bool:
        """Whether saying "you may not" tells the viewer nothing new."""
        if facts.doing == "make":
            return facts.space == self.viewer.notebook or self.viewer.has_part(facts.space, "guest")
        return decide(replace(facts, doing="see")).yes


@contextmanager
def act(viewer: Viewer, code: str) -> Iterator[Act]:
    """Do one thing: all of it is kept with one ledger line, or none of it is.

    `code` names the act in the ledger, such as "moment.note". Raises Missing for nobody.
    """
    with records.act(viewer.me, code, viewer.opened) as inner:
        yield Act(viewer, inner)


def give(
    doing: Act,
    *,
    thing: UUID | None,
    classes: Sequence[str],
    purpose: str,
    ends: datetime,
    to_circle: UUID | None = None,
    to_pair: UUID | None = None,
    alone: bool = False,
    study_ends: datetime | None = None,
    also: Sequence[UUID] = (),
) -> Grant:
    """Let the one opposite in a pair, or the team of a circle, see something until `ends`.

    It is of one's own notebook, for one purpose; `also` are things that the thing takes along.
    To a person it is given only by someone who
    says that they are `alone`, and shows nothing for a day. Raises Invalid when the end is not
    within 90 days (for a study: after it is over), Missing when the audience is not there,
    Refused when something of it is only the giver's.
    """
    viewer, now = doing.viewer, clock.now()
    _check(purpose, classes, study_ends)
    _reachable(viewer, to_circle, to_pair)
    if to_pair and not alone:
        raise Invalid("not-alone")
    starts = now + SILENT if to_pair else now
    last = study_ends if purpose == "research" and study_ends else now + LONGEST
    if not starts < ends <= last:
        raise Invalid("grant-too-long")
    if viewer.only_mine & sealed_under(classes):
        raise Refused("only-me-class")
    grant = Grant.objects.create(
        giver=viewer.me,
        space=viewer.own,
        to_circle=to_circle,
        to_pair_id=to_pair,
        classes=list(classes),
        thing=thing,
        also=[str(one) for one in also],
        purpose=purpose,
        starts=starts,
        ends=ends,
    )
    doing.also(f"grant:{grant.id}")
    return grant


def withdraw(viewer: Viewer, grant: UUID) -> None:
    """Stop showing, at once. Asks no reason; a second time changes nothing."""
    with act(viewer, "grant.withdraw") as doing:
        mine = Grant.objects.filter(id=grant, giver=viewer.me)
        if not mine.exists():
            raise Missing
        if mine.filter(withdrawn=None).update(withdrawn=clock.now()):
            doing.also(f"grant:{grant}")


def shown_of(viewer: Viewer, of: str) -> list[Grant]:
    """The viewer's own grants that show something under one class of keys."""
    mine = Grant.objects.filter(giver=viewer.me, withdrawn=None, ends__gt=clock.now())
    return [grant for grant in mine if of in sealed_under(grant.classes) | _kept_under(grant)]


def _kept_under(grant: Grant) -> set[str]:
    """What the granted thing itself is sealed under: an older one may lie under another class."""
    if grant.thing is None:
        return set()
    things = [grant.thing, *grant.also]
    rows = Record.objects.filter(thing__in=things).values_list("kind", "version").distinct()
    return {noun_named(*row).__seals__ for row in rows}


def withdraw_class(viewer: Viewer, of: str) -> None:
    """Stop showing everything under one class of keys: it is to be only the viewer's."""
    with act(viewer, "grant.withdraw") as doing:
        ended = shown_of(viewer, of)
        Grant.objects.filter(id__in=[one.id for one in ended]).update(withdrawn=clock.now())
        for grant in ended:
            doing.also(f"grant:{grant.id}")


def _check(purpose: str, classes: Sequence[str], study_ends: datetime | None) -> None:
    if purpose not in PURPOSES or (purpose == "research" and study_ends is None):
        raise Invalid("purpose-unknown")
    if not set(classes) - {LABELS} or set(classes) & set(NEVER):
        raise Invalid("nothing-to-show")


def _reachable(viewer: Viewer, to_circle: UUID | None, to_pair: UUID | None) -> None:
    """An audience is a circle one is in, or whoever sits opposite; nobody is found otherwise."""
    if to_circle is not None and not viewer.has_part(to_circle, "guest"):
        raise Missing
    if to_pair is not None:
        sits_in(viewer, to_pair)


def _first_author(head: Record) -> UUID:
    """Whose the thing is: the author of its first record, which gave the thing its id."""
    first = Record.objects.filter(id=head.thing).values_list("author", flat=True).first()
    return first or head.author


def _last_said(removal: Record, viewer: Viewer) -> Noun:
    """What a removal took away, however many removals lie on top of each other."""
    here = removal
    while here.removed:
        here = Record.objects.get(id=here.replaces or here.thing)
    noun = words_in(here, opened=viewer.opened)
    if noun is None:  # pragma: no cover - the loop above ended on a record with words
        raise Missing
    return noun
