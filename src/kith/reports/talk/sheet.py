"""One sheet of paper for ten minutes of talk about what gets in the way. Nobody hands it in."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from kith.arrangements.nouns import Arrangement
from kith.arrangements.readings import arrangement_in, going_with, named
from kith.permissions.viewer import Viewer
from kith.reports.setting import printable, replaced, set_paper

ROOM_FOR = 24
"""So many lines stand on one sheet beside the questions; a longer list is left out."""
ACROSS = 36
"""Signs to a line, counted with care."""


def sheet(viewer: Viewer, circle: UUID, thing: UUID | None = None) -> bytes:
    """The sheet as PDF/UA: about one arrangement, or to choose one from the list. Raises Missing.

    Requests and what staff noticed are not on it: paper is passed on.
    """
    missing: set[str] = set()
    told = _about_one(viewer, circle, thing) if thing else _to_choose(viewer, circle)
    told = {name: printable(value, missing) for name, value in told.items()}
    return set_paper("talk.typ", {**told, "words": _words(), "replaced": replaced(missing)})


def _about_one(viewer: Viewer, circle: UUID, thing: UUID) -> dict[str, object]:
    this = arrangement_in(viewer, circle, thing).noun
    beside = [one.noun for one in going_with(viewer, thing)]
    return {"choose": this.name, "about": this.description, "lines": _lines([this])[0][1:],
            "list": _lines(beside), "list_name": _("It goes with")}  # fmt: skip


def _to_choose(viewer: Viewer, circle: UUID) -> dict[str, object]:
    there = [one.noun for one in named(viewer, circle)]
    found = there if sum(map(_height, there)) <= ROOM_FOR else []
    return {"choose": _("Choose one of these"), "about": "", "lines": [], "list": _lines(found),
            "list_name": ""}  # fmt: skip


def _lines(found: Sequence[Arrangement]) -> list[list[str]]:
    """Each by its name, and who can change it."""
    who = _("Looked after by %(owner)s")
    return [[one.name, who % {"owner": one.owner} if one.owner else ""] for one in found]


def _height(one: Arrangement) -> int:
    told = [one.name, one.owner] if one.owner else [one.name]
    return sum(1 + len(text) // ACROSS for text in told)


def _words() -> dict[str, object]:
    return {
        "title": _("Ten minutes together"),
        "lead": _("For a team meeting. There is nothing to hand in."),
        "none": _("A rule, a time, a door or a form that makes a small good thing hard:"),
        "asks": [
            [
                _("What does it keep safe, or make easier?"),
                _("Say it first. It is there for a reason."),
            ],
            [
                _("What does it break, for people here, for those close to them, for us?"),
                _("A cup of tea, a call at bedtime, five minutes with a colleague."),
            ],
            [
                _("What could we stop, move, shrink or try this week, at no cost?"),
                _("One thing is enough. “Nothing for now” is an answer too."),
            ],
        ],
        "try": _("We stop, move, shrink or try:"),
        "facts": [
            _("From"),
            _("Looked after by (a post, not a person)"),
            _("We look at it again on"),
        ],
        "foot": _("It is about how things are arranged. Nobody is judged by it."),
        "replaced": _("Signs that could not be printed are left out, or stand as boxes:"),
    }
