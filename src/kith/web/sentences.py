"""Problems in plain words. A code without a sentence of its own takes that of its kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kith.base.problems import Clash, Flaw, Gone, Invalid, Missing, Problem, Refused

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Plain:
    """What happened, and what one can do."""

    what: Text
    then: Text


KINDS: dict[type[Problem], Plain] = {
    Invalid: Plain(
        gettext_lazy("We could not take this as it is. Nothing has changed."),
        gettext_lazy("Go back, look at what is marked, and try again."),
    ),
    Missing: Plain(
        gettext_lazy("There is nothing here for you to see."),
        gettext_lazy("It may have been taken away, or it was never yours to open."),
    ),
    Refused: Plain(
        gettext_lazy("This is not yours to do."),
        gettext_lazy("You can see it, but someone else looks after it."),
    ),
    Clash: Plain(
        gettext_lazy("Someone changed this at the same time."),
        gettext_lazy("Nothing is lost. Go back, look at both, and choose."),
    ),
    Gone: Plain(
        gettext_lazy("You erased this."),
        gettext_lazy("It cannot come back."),
    ),
}
BROKEN = Plain(
    gettext_lazy("Something went wrong on our side."),
    gettext_lazy("What was stored before is still there. Try again in a moment."),
)
_codes: dict[str, Text] = {}


def say(codes: dict[str, Text]) -> None:
    """Add the sentences of a room's own codes. Facts of a flaw fill names in braces."""
    _codes.update(codes)


def plainly(problem: Problem) -> Plain:
    """The sentences for one problem."""
    kind = next((plain for of, plain in KINDS.items() if isinstance(problem, of)), BROKEN)
    told = _codes.get(problem.code)
    return Plain(told, kind.then) if told else kind


def flaw_sentence(flaw: Flaw) -> str:
    """One flaw as a sentence, with file, row and column in front where it has them."""
    facts = dict(flaw.facts)
    told = str(_codes.get(flaw.code, flaw.code.replace("-", " "))).format_map(facts)
    if flaw.row is None and "more" in facts and "{more}" not in str(_codes.get(flaw.code)):
        told += " " + gettext("The same holds for %(more)s more rows.") % {"more": facts["more"]}
    return ": ".join(part for part in (_where(flaw), told) if part)


def flaw_sentences(flaws: Iterable[Flaw]) -> list[str]:
    """All flaws as sentences."""
    return [flaw_sentence(flaw) for flaw in flaws]


def _where(flaw: Flaw) -> str:
    places = [flaw.file]
    if flaw.row is not None:
        places.append(gettext("row %(row)d") % {"row": flaw.row})
    if flaw.column:
        places.append(gettext("column %(column)s") % {"column": flaw.column})
    return ", ".join(place for place in places if place)
