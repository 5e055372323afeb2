"""The story of a practice in sentences. Pure: plain values in, sentences out.

"Most mornings; not since 3 November: the kitchen is locked until ten."

There is never a rate, a streak or a count in them: the only numbers are days, and what the
person wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from kith.moments.nouns import CHOICES, STATES

ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class State:
    """How a practice stands from a day on.

    `kind` is kept, interrupted, restored or let go; `known` how well `day` is known ("day",
    "month" or ""); `why` what gets in its way, or how it is, in words; `choice` "mine",
    "not mine" or "".
    """

    kind: str
    day: date
    known: str = "day"
    why: str = ""
    choice: str = ""


def story(rhythm: str, began: str, states: Sequence[State], today: date) -> list[str]:
    """The sentences for `states` in their order, after how often (`rhythm`) and since when.

    The years of days are said only where they are not the year of `today`.
    """
    first = states[0] if states and states[0].kind == "kept" else None
    rest = states[1:] if first else states
    opening = _opening(flat(rhythm), _start(began, first, today))
    opening += [flat(first.why)] if first and flat(first.why) else []
    told = [_clause(state, state is states[-1], today) for state in rest]
    if len(opening) == 1 and told and not _several(opening[0]):
        joined = gettext("%(before)s; %(after)s") % {"before": opening[0], "after": told[0]}
        opening, told = [], [joined, *told[1:]]
    return [closed(clause) for clause in (*opening, *told)] or [closed(gettext("it goes on"))]


@dataclass(frozen=True, slots=True)
class Step:
    """One state told by itself: the day as it is known ("" for none), and what was so from then."""

    day: str
    told: str


def step(state: State, today: date) -> Step:
    """ "3 November", "Something gets in its way: the kitchen is locked until ten." """
    whose = CHOICES.get(state.choice, "") if state.kind == "let go" else ""
    why = gettext("; ").join(part for part in (flat(state.why), str(whose)) if part)
    told = {"told": str(STATES.get(state.kind, state.kind)), "why": why}
    day = when(state, today) if state.known else ""
    return Step(day, closed(gettext("%(told)s: %(why)s") % told if why else told["told"]))


def once(rhythm: str, began: str) -> str:
    """How it used to be, in one sentence, as far as its author said."""
    told = "; ".join(_opening(flat(rhythm), _start(began, None, date.min)))
    return closed(told) if told else ""


def when(state: State, today: date) -> str:
    """The day of a state as it is known: "3 November", "November", "3 November 2019"."""
    shape = {"day": "j F", "month": "F"}[state.known]
    return date_format(state.day, shape if state.day.year == today.year else f"{shape} Y")


def flat(text: str) -> str:
    """Words on one line, without an end mark that a longer sentence has no place for."""
    return " ".join(text.split()).rstrip(" .,;:")


def closed(clause: str) -> str:
    """Opened with a capital, closed with one end mark."""
    return clause[:1].upper() + clause[1:] + ("" if clause[-1:] in ENDS else ".")


def _opening(often: str, start: str) -> list[str]:
    """How often and since when: one clause, or two where `often` is more than a sentence."""
    if often and start and not _several(often):
        return [gettext("%(often)s, %(start)s") % {"often": often, "start": start}]
    return [part for part in (often, start) if part]


def _start(began: str, first: State | None, today: date) -> str:
    """Since when: the person's own words, or else the day of the first state if it is known."""
    said = flat(began)
    if not said:
        if not first or not first.known:
            return ""
        return gettext("since %(start)s") % {"start": when(first, today)}
    openings = gettext("since for from")
    if said.partition(" ")[0].lower() in openings.split():
        return _small(said, openings)
    return gettext("since %(start)s") % {"start": said}


def _small(text: str, openings: str) -> str:
    """`text` for the middle of a sentence: one of these opening words begins small, no other."""
    word, space, more = text.partition(" ")
    return f"{word.lower()}{space}{more}" if word.lower() in openings.split() else text


def _several(text: str) -> bool:
    """Whether there is a full stop within, so that nothing can be hung on to it."""
    return any(f"{end} " in text for end in ENDS)


def _clause(state: State, last: bool, today: date) -> str:
    say = {"interrupted": _not, "restored": _again, "let go": _let_go, "kept": _as_before}
    told = say[state.kind](when(state, today) if state.known else "", state, last)
    why = _small(flat(state.why), gettext("the a an no"))
    return gettext("%(told)s: %(why)s") % {"told": told, "why": why} if why else told


def _not(day: str, state: State, last: bool) -> str:
    if not day:
        return gettext("not now") if last else gettext("not for a while")
    said = gettext("not since %(day)s") if last else gettext("not from %(day)s")
    return said % {"day": day}


def _again(day: str, state: State, last: bool) -> str:
    if not day:
        return gettext("now again") if last else gettext("then again")
    said = gettext("again since %(day)s") if last else gettext("again from %(day)s")
    return said % {"day": day}


def _as_before(day: str, state: State, last: bool) -> str:
    if not day:
        return gettext("as before now") if last else gettext("as before for a while")
    said = gettext("as before since %(day)s") if last else gettext("as before from %(day)s")
    return said % {"day": day}


def _let_go(day: str, state: State, last: bool) -> str:
    said = {
        "day": gettext("let go on %(day)s"),
        "month": gettext("let go in %(day)s"),
        "": gettext("let go"),
    }
    told = said[state.known] % {"day": day}
    whose = {"mine": gettext("my choice"), "not mine": gettext("not my choice")}.get(state.choice)
    return gettext("%(told)s, %(whose)s") % {"told": told, "whose": whose} if whose else told
