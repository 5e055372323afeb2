"""The one decision. A pure function over plain facts: no clock, no database, no request.

What one may see:

- one's own notebook, and what one said oneself in a circle;
- what a circle keeps, with the part in it that this kind of thing asks for;
- what a grant in force shows: the giver's own, in the giver's notebook, to this person or to
  a circle in which this person is at least on the team, for the purpose asked for, of a kind
  that was granted, until it ends; what is sealed apart (names, labels) only where the grant says
  so too. Grants do not chain and do not widen. A reveal in force comes here as grants.

What one may make, change or remove: in one's own notebook anything that may be kept there;
in a circle what one's part allows; one's own words there always; and the keeper of a circle
may take anything of it away.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from kith.permissions.viewer import Viewer

Doing = Literal["see", "make", "change", "remove"]


LABELS = "labels"
"""The class of what is sealed apart: a grant names it besides the kind, or it stays shut."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of thing asks for in a circle; "nobody" keeps the kind out of circles.

    `kind` is the class of data that a grant has to name; "" is never shown by a grant.
    """

    see: str = "nobody"
    make: str = "nobody"
    change: str = "nobody"
    kind: str = ""
    in_notebooks: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """A grant, as plain values. `thing` None means everything of the granted classes.

    `also` are things that one thing takes along: what a card names. They are named one by one when
    it is given, so that what is put on the card later is not shown by it.
    """

    giver: UUID
    space: UUID
    to_person: UUID | None
    to_circle: UUID | None
    classes: frozenset[str]
    thing: UUID | None
    purpose: str
    starts: datetime
    ends: datetime
    withdrawn: datetime | None = None
    also: frozenset[UUID] = frozenset()

    def in_force(self, now: datetime) -> bool:
        """Whether it counts at `now`. Asked at every reading, so its end needs no job to run."""
        return self.starts <= now < self.ends and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the decision rests on. `apart` asks for what is sealed apart as well."""

    doing: Doing
    viewer: Viewer
    rule: Rule
    space: UUID
    author: UUID
    now: datetime
    thing: UUID | None = None
    parent: UUID | None = None
    purpose: str | None = None
    grants: Collection[Given] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and the stable code of the reason."""

    yes: bool
    why: str


def decide(facts: Facts) -> Answer:
    """Whether the viewer may do this. Everything that is not allowed here is refused."""
    if facts.viewer.person is None:
        return Answer(False, "nobody")
    return _see(facts) if facts.doing == "see" else _do(facts)


def _see(facts: Facts) -> Answer:
    viewer = facts.viewer
    if facts.space == viewer.notebook:
        return Answer(True, "own")
    if facts.author == viewer.person and not _in_another_notebook(facts):
        return Answer(True, "said-it")
    if viewer.has_part(facts.space, facts.rule.see):
        return Answer(True, "circle")
    if any(fits(grant, facts) for grant in facts.grants):
        return Answer(True, "granted")
    return Answer(False, "not-granted")


def _do(facts: Facts) -> Answer:
    viewer, rule = facts.viewer, facts.rule
    if facts.space == viewer.notebook:
        return Answer(rule.in_notebooks, "own" if rule.in_notebooks else "not-for-notebooks")
    if not viewer.has_part(facts.space, "guest"):
        return Answer(facts.doing == "remove" and _said_here(facts), "not-here")
    if facts.doing != "make" and facts.author == viewer.person:
        return Answer(True, "said-it")
    if facts.doing == "remove" and viewer.has_part(facts.space, "keeper"):
        return Answer(True, "keeper")
    asked = rule.make if facts.doing == "make" else rule.change
    return Answer(viewer.has_part(facts.space, asked), "circle")


def fits(grant: Given, facts: Facts) -> bool:
    """Whether this grant shows this thing to this viewer for this purpose now."""
    return (
        grant.in_force(facts.now)
        and grant.purpose == facts.purpose
        and covers(grant, facts.rule, apart=facts.apart)
        and (grant.giver, grant.space) == (facts.author, facts.space)
        and shows(grant, facts.thing, facts.parent)
        and reaches(grant, facts.viewer)
    )


def shows(grant: Given, thing: UUID | None, parent: UUID | None) -> bool:
    """Whether the grant is for everything, for this very thing, or for what it is a part of."""
    return grant.thing in (None, thing, parent) or thing in grant.also


def covers(grant: Given, rule: Rule, *, apart: bool = False) -> bool:
    """Whether the grant is for this kind of thing, and for its labels where they are asked for."""
    needed = {rule.kind, LABELS} if apart else {rule.kind}
    return "" not in needed and needed <= grant.classes


def reaches(grant: Given, viewer: Viewer) -> bool:
    """Whether the grant is given to this viewer: by person, or through a team they are on."""
    if grant.to_circle is not None:
        return viewer.has_part(grant.to_circle, "team")
    return grant.to_person is not None and grant.to_person == viewer.person


def _said_here(facts: Facts) -> bool:
    return facts.author == facts.viewer.person and facts.rule.see != "nobody"


def _in_another_notebook(facts: Facts) -> bool:
    """Kinds that live in notebooks only: what was left in another's notebook is theirs."""
    return facts.rule.see == "nobody"
