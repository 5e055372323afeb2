"""Asking a service for something: writing, sending, showing longer, taking back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kith.arrangements.readings import named
from kith.base.problems import Clash, Flaw, Invalid, Missing, Refused
from kith.care.nouns import DAYS, Request
from kith.care.readings import my_request, request_grants
from kith.care.ward import PURPOSE
from kith.people.readings import circles_to_ask
from kith.permissions.actions import Act, act, give, withdraw
from kith.permissions.models import Grant
from kith.permissions.readings import look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def write(
    viewer: Viewer, said: Request, *, id: UUID | None = None, seen_on: datetime | None = None
) -> Record:
    """Write a request into one's own notebook. Nobody sees it until it is sent.

    Raises Missing when the circle is not one to ask, Invalid naming every bad field.
    """
    _check(viewer, said)
    with act(viewer, "request.write") as doing:
        return doing.keep(_notebook(viewer), said, id=id, seen_on=seen_on)


def rewrite(viewer: Viewer, thing: UUID, said: Request, *, id: UUID | None = None) -> Record:
    """Say a request anew. Raises Invalid while it is shown: what was seen does not change."""
    _check(viewer, said)
    if my_request(viewer, thing).ends:
        raise Invalid("request-sent")
    with act(viewer, "request.rewrite") as doing:
        return doing.correct(thing, said, id=id)


def send(viewer: Viewer, thing: UUID, *, previewed: UUID, ends: datetime) -> Grant:
    """Show a request to the team it is addressed to, until `ends` (90 days at most).

    `previewed` is the id of the version that was looked at just before; Clash if it is no
    longer the current one. A request that is shown already stays as it is.
    """
    with act(viewer, "request.send") as doing:
        asked = my_request(viewer, thing)
        if asked.request.id != previewed:
            raise Clash("request-changed")
        _may_ask(viewer, asked.request.noun.circle)
        return _grant(viewer, thing) or _show(doing, thing, asked.request.noun.circle, ends)


def show_until(viewer: Viewer, thing: UUID, ends: datetime) -> Grant:
    """Show a sent request until another day: a new grant in place of the old one."""
    asked = my_request(viewer, thing)
    if asked.ends is None:
        raise Invalid("request-not-sent")
    with transaction.atomic():
        take_back(viewer, thing)
        with act(viewer, "request.show-until") as doing:
            return _show(doing, thing, asked.request.noun.circle, ends)


def take_back(viewer: Viewer, thing: UUID) -> None:
    """Stop showing a request, at once. A second time changes nothing."""
    my_request(viewer, thing)
    with transaction.atomic():
        for grant in request_grants(viewer):
            if grant.thing == thing:
                withdraw(viewer, grant.id)


def remove(viewer: Viewer, thing: UUID) -> Record | None:
    """Take a request back and out of one's own list. A second time changes nothing (None)."""
    if any(one.thing == thing for one in look_away(viewer, Request)):
        return None
    with transaction.atomic():
        take_back(viewer, thing)
        with act(viewer, "request.remove") as doing:
            return doing.remove(thing)


def restore(viewer: Viewer, thing: UUID) -> Record:
    """Bring a removed request back into one's own list. It is not shown to anyone by that."""
    if not any(one.thing == thing for one in look_away(viewer, Request)):
        my_request(viewer, thing)
    with act(viewer, "request.restore") as doing:
        return doing.restore(thing)


def _show(doing: Act, thing: UUID, circle: UUID, ends: datetime) -> Grant:
    asked = my_request(doing.viewer, thing).request.noun
    if asked.__seals__ in doing.viewer.only_mine:
        raise Refused("only-me-class")
    return give(
        doing, thing=thing, classes=("request",), purpose=PURPOSE, ends=ends, to_circle=circle
    )


def _grant(viewer: Viewer, thing: UUID) -> Grant | None:
    return next((one for one in request_grants(viewer) if one.thing == thing), None)


def _may_ask(viewer: Viewer, circle: UUID) -> None:
    if circle not in {one.id for one in circles_to_ask(viewer)}:
        raise Missing


def _check(viewer: Viewer, said: Request) -> None:
    _may_ask(viewer, said.circle)
    flaws = []
    if not said.words.strip():
        flaws.append(Flaw("words-missing", field="words"))
    if said.days not in DAYS:
        flaws.append(Flaw("days-unknown", field="days"))
    there = {one.thing for one in named(viewer, said.circle)}
    if said.arrangement and said.arrangement not in there:
        flaws.append(Flaw("arrangement-elsewhere", field="arrangement"))
    if flaws:
        raise Invalid("request-unclear", flaws)


def _notebook(viewer: Viewer) -> UUID:
    if viewer.notebook is None:
        raise Missing
    return viewer.notebook
