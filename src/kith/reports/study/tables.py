"""Moments, practices and obstacles of those who show them to a study, as tables.

Only their own author's grant brings anything in here, and only while it is in force. What belongs
to others (the names of a ward's arrangements, of figures) is not theirs to give: it stays behind a
made-up name that holds for this study alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kith.moments import days
from kith.moments.nouns import Moment, Practice
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window, shown_here
from kith.records.pseudonyms import pseudonym
from kith.records.readings import Entry
from kith.reports.packing import Row, writer, zipped
from kith.reports.study.codebook import (
    ANSWERED,
    NO_ANSWER,
    NOT_ASKED,
    NOT_GRANTED,
    TABLES,
    names_of,
    read_me,
    rows,
)

MARK = "tables"
"""The class that a grant names besides the kinds, so that it is for tables."""
Tables = dict[str, list[Row]]


def as_files(viewer: Viewer, study: UUID, end: str) -> bytes:
    """The tables as "csv" or "parquet" in a zip, with the codebook. Raises Missing."""
    write, found = writer(end), tables(viewer, study)
    made = [(f"{name}.{end}", write(names_of(name), found[name])) for name in TABLES]
    book = writer("csv")(("table", "column", "means", "codes"), list(rows()))
    return zipped([*made, ("codebook.csv", book), ("read-me.txt", read_me().encode())])


def tables(viewer: Viewer, study: UUID) -> Tables:
    """What people show this study now, and nothing else. Raises Missing for who is not on it."""
    found: Tables = {name: [] for name in TABLES}
    for window in shown_here(viewer, study):
        if window.given.purpose == "research" and MARK in window.given.classes:
            for name, told in seen_through(window).items():
                found[name] += told
    return {name: sorted(told, key=lambda row: tuple(row.values())[:2])
            for name, told in found.items()}  # fmt: skip


def seen_through(window: Window) -> Tables:
    """The rows that one person's grant brings: the preview and the file are both made of these."""
    one = _Telling(window)
    moments, practices = window.look(Moment), window.look(Practice)
    told: list[Entry[Any]] = [*moments, *practices]
    return {
        "people": [one.person()],
        "moments": [one.moment(entry) for entry in moments],
        "practices": [one.practice(entry) for entry in practices],
        "obstacles": [row for entry in told for row in one.obstacles(entry)],
    }


@dataclass(frozen=True, slots=True)
class _Telling:
    """One grant, told as rows."""

    window: Window

    def person(self) -> Row:
        given = self.window.given
        return {
            "person": self._who,
            "shown_from": _day(given.starts),
            "shown_until": _day(given.ends),
            "names": int(self.window.with_names),
        }

    def moment(self, entry: Entry[Moment]) -> Row:
        noun = entry.noun
        return {
            "moment": self._name("moment", entry.thing),
            "person": self._who,
            "day": _day(entry.seen_on),
            "day_known": noun.about_then or "hour",
            "happened": int(noun.happened),
            "words": noun.words,
            **_lists(noun, "kinds", "flow", "felt", "tags", "own"),
            **_texts(noun, "felt_words", "place", "helped", "in_the_way"),
            **_asked("practices", self._names("practice", noun.part_of)),
            **self._shared(noun),
        }

    def practice(self, entry: Entry[Practice]) -> Row:
        noun = entry.noun
        gone = noun.state == "let go"
        choice = {"choice": noun.choice, "choice_state": _state(noun.choice)}
        return {
            "practice": self._name("practice", entry.thing),
            "person": self._who,
            "name": noun.name,
            **_texts(noun, "rhythm", "began", "words"),
            "state": noun.state,
            "day": _day(entry.seen_on),
            "day_known": noun.since or "not",
            **(choice if gone else {"choice": "", "choice_state": NOT_ASKED}),
            **self._shared(noun),
        }

    def obstacles(self, entry: Entry[Moment] | Entry[Practice]) -> Iterator[Row]:
        """Each thing in the way on a line of its own; words stand beside what was chosen."""
        noun = entry.noun
        source = noun.__kind__
        where = {
            "source": source,
            "of": self._name(source, entry.thing),
            "person": self._who,
            "day": _day(entry.seen_on),
        }
        for thing in noun.arrangements:
            yield {**where, "sort": "arrangement", "what": self._name("arrangement", thing)}
        for code in noun.own if isinstance(noun, Moment) else ():
            yield {**where, "sort": "own", "what": code}
        words = noun.in_the_way if isinstance(noun, Moment) else _in_its_way(noun)
        if words:
            yield {**where, "sort": "words", "what": words}

    def _shared(self, noun: Moment | Practice) -> Row:
        and_whom = _asked("and_whom", noun.and_whom)
        return {
            **_asked("with_figures", self._names("figure", noun.with_whom)),
            **(and_whom if self.window.with_names else _not_granted("and_whom")),
            **_asked("arrangements", self._names("arrangement", noun.arrangements)),
        }

    @property
    def _who(self) -> str:
        return self._name("person", self.window.given.giver)

    def _names(self, sort: str, things: Iterable[UUID]) -> str:
        return ";".join(self._name(sort, thing) for thing in things)

    def _name(self, sort: str, thing: UUID) -> str:
        study = self.window.given.to_circle
        return pseudonym(study, sort, thing) if study else ""


def _lists(noun: Moment, *names: str) -> Row:
    told = {name: ";".join(getattr(noun, name)) for name in names}
    return {key: value for name in names for key, value in _asked(name, told[name]).items()}


def _texts(noun: Moment | Practice, *names: str) -> Row:
    told = {name: getattr(noun, name) for name in names}
    return {key: value for name in names for key, value in _asked(name, told[name]).items()}


def _asked(name: str, value: str) -> dict[str, str]:
    return {name: value, f"{name}_state": _state(value)}


def _not_granted(name: str) -> dict[str, str]:
    return {name: "", f"{name}_state": NOT_GRANTED}


def _state(value: str) -> str:
    return ANSWERED if value else NO_ANSWER


def _in_its_way(noun: Practice) -> str:
    """The words of a practice tell what is in its way only while something is."""
    return noun.words if noun.state == "interrupted" else ""


def _day(at: datetime) -> str:
    return days.day_of(at).isoformat()
