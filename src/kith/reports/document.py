"""The report as plain values, built once from readings and written as a page or as PDF.

Everything people said that stands in it has a number; sentences lead to their numbers, and each
number leads back to its words in "What this rests on".
"""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

import msgspec
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.analysis.gate import Shown
from kith.base import clock
from kith.care.nouns import SIDES, Change
from kith.care.readings import by_side, sides
from kith.inquiry import evidence, readings
from kith.inquiry.evidence import Evidence, FindingRead, ParadoxRead, RecommendationRead
from kith.inquiry.spoken import GROUPS, group_name, groups_of, spoken_roles
from kith.people.readings import is_invented
from kith.permissions.readings import look_at
from kith.permissions.viewer import Viewer
from kith.records.ledger import read_head
from kith.reports.figures import for_release

Edition = Literal["working", "release"]


class Source(msgspec.Struct, frozen=True):
    """Something a sentence rests on. Where `words` is empty it was said in the circle only."""

    number: int
    words: str
    by: str


class Finding(msgspec.Struct, frozen=True):
    """A finding, the numbers it rests on, and those that say otherwise."""

    number: int
    text: str
    rests_on: tuple[int, ...]
    dissent: tuple[Source, ...]
    lost_support: bool


class Poles(msgspec.Struct, frozen=True):
    """Two things left open on purpose, each with its numbers."""

    one: str
    ones: tuple[int, ...]
    other: str
    others: tuple[int, ...]


class Tried(msgspec.Struct, frozen=True):
    """A change that a finding rests on, and what each side said of it, side by side."""

    number: int
    what: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]


class Advice(msgspec.Struct, frozen=True):
    """A recommendation, and the findings it comes from."""

    what: str
    findings: tuple[int, ...]
    for_whom: str
    owner: str
    cost: str
    by: str
    review: str
    lost_support: bool


class Theme(msgspec.Struct, frozen=True):
    """A theme and what may be quoted of it; `placed` is false for what stands under none."""

    name: str
    quotes: tuple[Source, ...]
    placed: bool = True


class Count(msgspec.Struct, frozen=True):
    """How many, about; None is a number held back."""

    label: str
    about: int | None


class Document(msgspec.Struct, frozen=True):
    """The whole report. `head` is the ledger's last line, on an edition alone: on a page that
    changes it would tell participants that someone else wrote."""

    edition: Edition
    invented: bool
    title: str
    place: str
    day: str
    what_for: str
    everyone: Count
    groups: tuple[Count, ...]
    themes: tuple[Theme, ...]
    findings: tuple[Finding, ...]
    tried: tuple[Tried, ...]
    paradoxes: tuple[Poles, ...]
    advice: tuple[Advice, ...]
    sources: tuple[Source, ...]
    made: str
    head: str

    @property
    def theme_names(self) -> tuple[str, ...]:
        """The names of the themes, for the drawing on the cover."""
        return tuple(theme.name for theme in self.themes if theme.placed)


def build(viewer: Viewer, gathering: UUID, edition: Edition) -> Document:
    """The report of a gathering as it stands now. Raises Missing.

    A release holds no words that may not leave the circle, and counts for readers beyond it.
    """
    return _Builder(viewer, gathering, edition).document()


class _Builder:
    """Gives every source its number the first time it is met."""

    def __init__(self, viewer: Viewer, gathering: UUID, edition: Edition) -> None:
        self.viewer, self.gathering, self.edition = viewer, gathering, edition
        self.sources: dict[UUID, Source] = {}
        self.changes: dict[UUID, int] = {}
        self.circle: UUID | None = None

    def document(self) -> Document:
        where = readings.gathering(self.viewer, self.gathering)
        meeting, self.circle = where.noun, where.space
        found = evidence.findings(self.viewer, self.gathering)
        order = {one.thing: number for number, one in enumerate(found, 1)}
        findings = tuple(self._finding(order[one.thing], one) for one in found)
        both = tuple(map(self._poles, evidence.paradoxes(self.viewer, self.gathering)))
        advised = evidence.recommendations(self.viewer, self.gathering)
        everyone, groups = self._who()
        return Document(
            edition=self.edition,
            invented=is_invented(),
            title=meeting.title,
            place=meeting.place,
            day=date_format(meeting.starts, "j F Y") if meeting.starts else "",
            what_for=meeting.what_for,
            everyone=everyone,
            groups=groups,
            themes=self._themes(),
            findings=findings,
            tried=tuple(self._tried(thing, number) for thing, number in self.changes.items()),
            paradoxes=both,
            advice=tuple(_advice(one, order) for one in advised),
            sources=tuple(self.sources.values()),
            made=date_format(clock.now(), "j F Y"),
            head=(read_head() or (0, ""))[1][:16] if self.edition == "release" else "",
        )

    def _who(self) -> tuple[Count, tuple[Count, ...]]:
        took = readings.who_by_role(self.viewer, self.gathering)
        if self.edition == "release":
            took = for_release(self.viewer, self.gathering).shown
        return _count(_("Everyone"), took.everyone), tuple(
            _count(group_name(shown.label), shown) for shown in took.roles
        )

    def _finding(self, number: int, one: FindingRead) -> Finding:
        rests_on = self._numbers(one.evidence)
        dissent = tuple(self._source(said) for said in one.dissent)
        return Finding(number, one.text, rests_on, dissent, one.lost_support)

    def _poles(self, one: ParadoxRead) -> Poles:
        return Poles(one.one, self._numbers(one.ones), one.other, self._numbers(one.others))

    def _themes(self) -> tuple[Theme, ...]:
        """What may be quoted, theme by theme, and what stands under no theme yet."""
        found = readings.themes(self.viewer, self.gathering)
        placed = {line.thing for one in found for line in one.lines}
        rest = [
            one for one in readings.lines(self.viewer, self.gathering) if one.thing not in placed
        ]
        told = [Theme(one.name, self._quotes(one.lines)) for one in found]
        told.append(Theme(_("Under no theme yet"), self._quotes(rest), placed=False))
        return tuple(theme for theme in told if theme.quotes)

    def _quotes(self, lines: Iterable[readings.Line]) -> tuple[Source, ...]:
        """A quote carries a number where a sentence rests on it, else 0."""
        return tuple(
            self.sources.get(one.thing) or Source(0, one.words, self._by(one.roles))
            for one in lines
            if one.quotable and one.words
        )

    def _by(self, roles: Iterable[str]) -> str:
        """Who speaks; in a release by wide group only, since a rare role would point at someone."""
        if self.edition == "working":
            return ", ".join(spoken_roles(roles))
        return ", ".join(group_name(code) for code in GROUPS if code in groups_of(roles))

    def _tried(self, thing: UUID, number: int) -> Tried:
        said = by_side(sides(self.viewer, thing)) if self.edition == "working" else []
        columns = ((str(SIDES.get(name, name)), _words(given)) for name, given in said)
        return Tried(number, self.sources[thing].words, tuple(columns))

    def _numbers(self, found: tuple[Evidence, ...]) -> tuple[int, ...]:
        return tuple(self._source(one).number for one in found)

    def _source(self, one: Evidence) -> Source:
        told = one.words if self.edition == "working" or self._may_leave(one) else ""
        by = _("something that was tried") if one.kind == "change" else self._by(one.roles)
        fresh = Source(len(self.sources) + 1, told, by)
        kept = self.sources.setdefault(one.thing, fresh)
        if one.kind == "change" and kept.words:
            self.changes.setdefault(one.thing, kept.number)
        return kept

    def _may_leave(self, one: Evidence) -> bool:
        """Words that were let go; and of what is tried only what this circle tries itself."""
        if one.kind == "change" and not one.elsewhere:
            return look_at(self.viewer, Change, one.thing).space == self.circle
        return one.quotable


def _words(given: list) -> tuple[str, ...]:  # type: ignore[type-arg]
    return tuple(entry.noun.words for entry in given)


def _count(label: str, shown: Shown) -> Count:
    return Count(label, None if shown.withheld else shown.about)


def _advice(one: RecommendationRead, order: dict[UUID, int]) -> Advice:
    return Advice(
        what=one.what,
        findings=tuple(order[found.thing] for found in one.findings if found.thing in order),
        for_whom=one.for_whom,
        owner=one.owner,
        cost=one.cost,
        by=date_format(one.by, "j F Y") if one.by else "",
        review=date_format(one.review, "j F Y") if one.review else "",
        lost_support=one.lost_support,
    )
