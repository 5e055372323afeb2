"""What each column of a study's tables means. The tables are made from this list, and no other."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.moments.nouns import FEELINGS, FLOWS, KINDS, OWN
from kith.moments.nouns import STATES as STANDS

ANSWERED, NO_ANSWER = "answered", "asked-no-answer"
NOT_ASKED, NOT_GRANTED = "not-asked", "not-granted"
STATES = {
    ANSWERED: _("something was said"),
    NO_ANSWER: _("the question stood there and was left open; that does not mean no"),
    NOT_ASKED: _("there was nothing to ask in this case"),
    NOT_GRANTED: _("names are not shown to this study; whether there is one is not told"),
}
"""The states in which a cell can be missing, kept apart in a column of their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it means, its codes; with `asked` its state stands beside it."""

    name: str
    means: str | Promise
    codes: str = ""
    asked: bool = False


SEVERAL = "%s; several by ;"
_STATE_OF = _("the state of %(column)s")
PERSON = Column("person", _("who said it, under a name made for this study alone"))
DAY = Column("day", _("the day it is about (ISO 8601); how well it is known stands beside it"))
WITH = (
    Column(
        "with_figures", _("with whom, as figures of their map, under made-up names"), asked=True
    ),
    Column("and_whom", _("with whom, in words"), asked=True),
)
ARRANGEMENTS = Column(
    "arrangements",
    _("arrangements that got in the way, under made-up names; they are not the giver’s"),
    asked=True,
)
TABLES: dict[str, tuple[Column, ...]] = {
    "people": (
        PERSON,
        Column("shown_from", _("the day from which they show it to this study")),
        Column("shown_until", _("the day it ends, if they do not end it sooner")),
        Column("names", _("whether names in words are shown too"), "1 yes, 0 no"),
    ),
    "moments": (
        Column("moment", _("the moment, under a made-up name")),
        PERSON,
        DAY,
        Column("day_known", _("how well the time is known"), "hour, day, about"),
        Column("happened", _("whether it happened"), "1 it happened, 0 it could not happen"),
        Column("words", _("their own words")),
        Column("kinds", _("what sort of moment"), SEVERAL % ", ".join(KINDS), asked=True),
        Column("flow", _("which way it went"), SEVERAL % ", ".join(FLOWS), asked=True),
        Column(
            "felt",
            _("how it felt; opposite ones can be together"),
            SEVERAL % ", ".join(FEELINGS),
            asked=True,
        ),
        Column("felt_words", _("how it felt, in words"), asked=True),
        Column("place", _("where"), asked=True),
        Column("helped", _("what helped"), asked=True),
        Column("tags", _("words they put on it"), "words by ;", asked=True),
        Column("practices", _("practices it belongs to, under made-up names"), asked=True),
        *WITH,
        ARRANGEMENTS,
        Column("own", _("what of their own got in the way"), SEVERAL % ", ".join(OWN), asked=True),
        Column("in_the_way", _("what got in the way, in words"), asked=True),
    ),
    "practices": (
        Column("practice", _("the practice, under a made-up name")),
        PERSON,
        Column("name", _("what they call it")),
        Column("rhythm", _("how often, in their words; never a rate"), asked=True),
        Column("began", _("since when, in their words"), asked=True),
        Column("state", _("how it stands now"), ", ".join(STANDS)),
        DAY,
        Column("day_known", _("how well the day of this state is known"), "day, month, not"),
        Column("choice", _("whose choice it was to let it go"), "mine, not mine", asked=True),
        *WITH,
        ARRANGEMENTS,
        Column("words", _("what gets in its way or how it is, in words"), asked=True),
    ),
    "obstacles": (
        Column("source", _("what it was in the way of"), "moment, practice"),
        Column("of", _("that moment or practice, under its made-up name")),
        PERSON,
        DAY,
        Column("sort", _("what sort of obstacle"), "arrangement, own, words"),
        Column("what", _("the arrangement under a made-up name, the code, or their words")),
    ),
}
OPENING = (
    _("Pseudonymised personal data, for this study alone. It is not anonymous."),
    _("Words and days can point to someone."),
    _("Everything here is shown by whoever said it, and by nobody else."),
    _("When someone stops showing it, it is in no later file. Leave it out of earlier ones too."),
    _("Nothing was worked out. A day without a moment says nothing."),
    _("Do not count one person’s moments against another’s."),
    _("How much someone notes is not how much happened."),
)


def names_of(table: str) -> list[str]:
    """The columns of a table in order, each with its state beside it where it has one."""
    return [name for column in TABLES[table] for name in _with_state(column)]


def rows() -> Iterator[dict[str, str]]:
    """The codebook itself as a table."""
    for table, columns in TABLES.items():
        for one in columns:
            means = str(one.means)
            yield {"table": table, "column": one.name, "means": means, "codes": one.codes}
            if one.asked:
                means, codes = _STATE_OF % {"column": one.name}, ", ".join(STATES)
                name = f"{one.name}_state"
                yield {"table": table, "column": name, "means": means, "codes": codes}


def read_me() -> str:
    """The same to read: first what to mind, then what a missing cell can be."""
    states = [f"{code}: {means}" for code, means in STATES.items()]
    why = gettext("Where a cell is empty, its state says why:")
    return "\n".join([*map(str, OPENING), "", why, *states, ""])


def _with_state(column: Column) -> tuple[str, ...]:
    return (column.name, f"{column.name}_state") if column.asked else (column.name,)
