"""What was asked about a relationship, what was said back, and what is tried since, in time."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kith.care.nouns import Answer, Change, Request
from kith.care.readings import answers_to
from kith.moments.looking.strands import About, Piece
from kith.moments.readings import moments
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

SHORT = 280


def strand(viewer: Viewer, about: About) -> Iterator[Piece]:
    """The viewer's own requests that came from a moment or practice of it, and what they led to."""
    asked = [one for one in look(viewer, Request, Q(space=viewer.notebook)) if one.noun.about]
    theirs = _things_of(viewer, about, [one.noun.about for one in asked if one.noun.about])
    for one in asked:
        if one.noun.about in theirs:
            yield from _led_to(viewer, one)


def _things_of(viewer: Viewer, about: About, things: list[UUID]) -> set[UUID]:
    """Those of these moments and practices that belong to the relationship."""
    if not things:
        return set()
    noted = {one.thing for one in moments(viewer, things) if about.has(one)}
    return noted | {one.thing for one in about.practices}


def _led_to(viewer: Viewer, asked: Entry[Request]) -> Iterator[Piece]:
    url = reverse("care:request", kwargs={"thing": asked.thing})
    yield Piece(asked.seen_on, "envelope", _("You asked"), url, [_short(asked.noun.words)])
    answers = answers_to(viewer, asked.thing)
    for one in answers:
        if one.noun.words:
            what = _("They answered")
            yield Piece(one.seen_on, "other", what, url, [_short(one.noun.words)])
    yield from _tried(viewer, answers)


def _tried(viewer: Viewer, answers: list[Entry[Answer]]) -> Iterator[Piece]:
    wanted = [thing for one in answers for thing in one.noun.changes]
    for one in look(viewer, Change, Q(thing__in=wanted)) if wanted else []:
        url = reverse("care:change", kwargs={"circle": one.space, "thing": one.thing})
        lines = [_short(one.noun.what), one.noun.state_name]
        yield Piece(one.seen_on, "change", _("A change"), url, lines)


def _short(words: str) -> str:
    return Truncator(words).chars(SHORT)
