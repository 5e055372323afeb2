"""What findings, paradoxes and recommendations rest on, asked afresh at every reading.

A citation holds ids only. It resolves to the words as they stand now, if they may still be
quoted; what was taken back resolves to nothing, and nothing tells which one it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kith.care.nouns import SIDES, Change, Side
from kith.inquiry.nouns import Cite, Contribution, Finding, Paradox, Recommendation
from kith.inquiry.readings import Line, in_order, line_of, lines
from kith.inquiry.spoken import spoken_roles
from kith.permissions.readings import look, look_at, look_back
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun
from kith.records.readings import Entry, current

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a sentence rests on, as it stands now: what was said, a change, a side.

    `quotable`: its words may leave the circle (what a side said may not, without asking).
    `changed`: its words are no longer those that were read when it was cited.
    `elsewhere`: it belongs to a circle this viewer is not in, so it has no words here.
    """

    kind: str
    thing: UUID
    version: UUID
    words: str
    roles: tuple[str, ...] = ()
    table: str = ""
    themes: tuple[UUID, ...] = ()
    stance: str = "said"
    quotable: bool = True
    changed: bool = False
    elsewhere: bool = False

    @property
    def cite(self) -> Cite:
        """The citation of what is shown here."""
        return Cite(self.kind, self.thing, self.version)

    @property
    def by(self) -> str:
        """Who speaks, by role and never by name."""
        return ", ".join(spoken_roles(self.roles))


@dataclass(frozen=True, slots=True)
class FindingRead:
    """A finding with its evidence as it stands now.

    `lost_support`: something it rested on is gone, or says something else; someone has to look
    again. Writing the finding anew, with what is left, clears it.
    """

    thing: UUID
    version: UUID
    text: str
    evidence: tuple[Evidence, ...]
    dissent: tuple[Evidence, ...]
    lost_support: bool


@dataclass(frozen=True, slots=True)
class ParadoxRead:
    """Two poles, each with what was said for it."""

    thing: UUID
    version: UUID
    one: str
    other: str
    ones: tuple[Evidence, ...]
    others: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RecommendationRead:
    """What should be done, and the findings it comes from that are still there."""

    thing: UUID
    version: UUID
    what: str
    for_whom: str
    owner: str
    cost: str
    by: date | None
    review: date | None
    findings: tuple[FindingRead, ...]
    lost_support: bool


def findings(viewer: Viewer, gathering: UUID, as_of: datetime | None = None) -> list[FindingRead]:
    """Every finding of a gathering, with its evidence and dissent as they stand."""
    found = in_order(viewer, Finding, Q(parent=gathering), as_of)
    return [_finding(viewer, entry) for entry in found]


def finding(viewer: Viewer, thing: UUID) -> FindingRead:
    """One finding. Raises Missing."""
    return _finding(viewer, look_at(viewer, Finding, thing))


def paradoxes(viewer: Viewer, gathering: UUID, as_of: datetime | None = None) -> list[ParadoxRead]:
    """Every paradox of a gathering, held open."""
    found = in_order(viewer, Paradox, Q(parent=gathering), as_of)
    return [_paradox(viewer, entry) for entry in found]


def paradox(viewer: Viewer, thing: UUID) -> ParadoxRead:
    """One paradox. Raises Missing."""
    return _paradox(viewer, look_at(viewer, Paradox, thing))


def recommendations(
    viewer: Viewer, gathering: UUID, as_of: datetime | None = None
) -> list[RecommendationRead]:
    """Every recommendation of a gathering, with the findings it comes from."""
    known = {one.thing: one for one in findings(viewer, gathering, as_of)}
    found = in_order(viewer, Recommendation, Q(parent=gathering), as_of)
    return [_recommendation(entry, known) for entry in found]


def recommendation(viewer: Viewer, thing: UUID) -> RecommendationRead:
    """One recommendation. Raises Missing."""
    entry = look_at(viewer, Recommendation, thing)
    known = {one.thing: one for one in findings(viewer, entry.parent or thing)}
    return _recommendation(entry, known)


def may_issue(viewer: Viewer, gathering: UUID) -> list[str]:
    """Why a report may not be issued now: codes; an empty list when nothing stands in the way.

    `finding-lost-support`: someone has to look at a finding again;
    `recommendation-lost-support`: the same for what a recommendation comes from;
    `nothing-found`: there is no finding yet.
    """
    found = findings(viewer, gathering)
    advice = recommendations(viewer, gathering)
    reasons = {
        "nothing-found": not found,
        "finding-lost-support": any(one.lost_support for one in found),
        "recommendation-lost-support": any(one.lost_support for one in advice),
    }
    return [code for code, stands in reasons.items() if stands]


def resolve(viewer: Viewer, circle: UUID, cites: Iterable[Cite]) -> tuple[Evidence, ...]:
    """What these citations lead to now, in their order; what is gone is simply not there."""
    wanted = tuple(cites)
    there = {
        **_contributions(viewer, circle, _of_kind(wanted, "contribution")),
        **_elsewhere(Change, _of_kind(wanted, "change")),
        **_elsewhere(Side, _of_kind(wanted, "side")),
        **_changes(viewer, _of_kind(wanted, "change")),
        **_sides(viewer, _of_kind(wanted, "side")),
    }
    return tuple(there[one.thing] for one in wanted if one.thing in there)


def citable(viewer: Viewer, gathering: UUID) -> list[Evidence]:
    """Everything that a finding of this gathering may rest on.

    What was said here and may be quoted; changes that the viewer's circles try, and what each
    side said of them.
    """
    said = [_of_line(line) for line in lines(viewer, gathering) if line.quotable]
    tried = [_of_change(entry) for entry in look(viewer, Change)]
    return [*said, *tried, *(_of_side(entry) for entry in look(viewer, Side))]


def _finding(viewer: Viewer, entry: Entry[Finding]) -> FindingRead:
    said = entry.noun
    evidence, dissent = (resolve(viewer, entry.space, c) for c in (said.cites, said.dissent))
    there = (*evidence, *dissent)
    gone = len(there) < len(said.cites) + len(said.dissent)
    lost = gone or any(one.changed for one in there)
    return FindingRead(entry.thing, entry.id, said.text, evidence, dissent, lost)


def _paradox(viewer: Viewer, entry: Entry[Paradox]) -> ParadoxRead:
    said = entry.noun
    ones, others = (resolve(viewer, entry.space, c) for c in (said.ones, said.others))
    return ParadoxRead(entry.thing, entry.id, said.one, said.other, ones, others)


def _recommendation(
    entry: Entry[Recommendation], known: dict[UUID, FindingRead]
) -> RecommendationRead:
    said = entry.noun
    rests = tuple(known[thing] for thing in said.findings if thing in known)
    lost = len(rests) < len(said.findings) or any(one.lost_support for one in rests)
    return RecommendationRead(
        thing=entry.thing,
        version=entry.id,
        what=said.what,
        for_whom=said.for_whom,
        owner=said.owner,
        cost=said.cost,
        by=said.by,
        review=said.review,
        findings=rests,
        lost_support=lost,
    )


def _of_kind(cites: Iterable[Cite], kind: str) -> dict[UUID, UUID]:
    """The things that are cited of this kind, and the version that was seen of each."""
    return {one.thing: one.version for one in cites if one.kind == kind}


def _contributions(viewer: Viewer, circle: UUID, seen: dict[UUID, UUID]) -> dict[UUID, Evidence]:
    """Contributions of this very circle that may be quoted now."""
    found = look(viewer, Contribution, Q(space=circle, thing__in=list(seen))) if seen else []
    said = {entry.thing: (entry, line_of(viewer, entry, {})) for entry in found}
    return {
        thing: _of_line(line, _changed(viewer, entry, seen[thing]))
        for thing, (entry, line) in said.items()
        if line.quotable
    }


def _changes(viewer: Viewer, seen: dict[UUID, UUID]) -> dict[UUID, Evidence]:
    found = look(viewer, Change, Q(thing__in=list(seen))) if seen else []
    return {
        entry.thing: _of_change(entry, _changed(viewer, entry, seen[entry.thing]))
        for entry in found
    }


def _sides(viewer: Viewer, seen: dict[UUID, UUID]) -> dict[UUID, Evidence]:
    found = look(viewer, Side, Q(thing__in=list(seen))) if seen else []
    return {entry.thing: _of_side(entry) for entry in found}


def _elsewhere(noun: type[Noun], seen: dict[UUID, UUID]) -> dict[UUID, Evidence]:
    """What is still there, whoever may see it: a circle's change may support another's finding.

    Nothing is shown of it, so this asks no permission; else "lost support" would depend on who
    reads.
    """
    there = current(noun, Q(thing__in=list(seen))) if seen else []
    kind = noun.__kind__
    return {
        one.thing: Evidence(kind, one.thing, seen[one.thing], "", quotable=False, elsewhere=True)
        for one in there
    }


def _of_line(line: Line, changed: bool = False) -> Evidence:
    return Evidence(
        kind="contribution",
        thing=line.thing,
        version=line.version,
        words=line.words,
        roles=line.roles,
        table=line.table,
        themes=line.themes,
        stance=line.stance,
        changed=changed,
    )


def _of_change(entry: Entry[Change], changed: bool = False) -> Evidence:
    return Evidence("change", entry.thing, entry.id, entry.noun.what, changed=changed)


def _of_side(entry: Entry[Side]) -> Evidence:
    speaks = (str(SIDES.get(entry.noun.speaks_as, entry.noun.speaks_as)),)
    return Evidence("side", entry.thing, entry.id, entry.noun.words, speaks, quotable=False)


def _changed(viewer: Viewer, entry: Entry[N], seen: UUID) -> bool:
    """Whether the words are others than those of the version that was cited."""
    if entry.id == seen:
        return False
    versions = {one.id: one.noun for one in look_back(viewer, type(entry.noun), entry.thing)}
    return seen not in versions or _text(versions[seen]) != _text(entry.noun)


def _text(noun: Noun) -> str:
    return str(getattr(noun, "words", getattr(noun, "what", "")))
