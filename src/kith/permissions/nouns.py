"""The noun of this room, and what a noun of any room asks for."""

from uuid import UUID

from kith.permissions.decide import Rule
from kith.records.nouns import Noun, noun


@noun("access", kept_by="space")
class Access(Noun, frozen=True):
    """Somebody in a role looked at what a person shows a circle. Kept in that person's notebook.

    For a named person no such line is kept at all: when they looked would tell on them.
    """

    circle: UUID
    purpose: str
    what: str


def rule_of(kind: type[Noun]) -> Rule:
    """What this kind of thing asks for, as the plain values that `decide` reads."""
    return Rule(
        see=kind.__sees__,
        make=kind.__makes__,
        change=kind.__changes__,
        kind="" if kind.__kept_by__ == "space" else kind.__kind__,
        in_notebooks=kind.__in_notebooks__,
    )
