"""Letting a suggestion be, for good; and taking that back."""

from uuid import UUID

from kith.moments import actions
from kith.moments.nouns import LetBe
from kith.moments.suggesting.recurring import Recurs
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def let_be(viewer: Viewer, recurs: Recurs) -> Record:
    """Never suggest this again, also when more such moments come."""
    who = recurs.who
    noun = LetBe(
        figure=who if isinstance(who, UUID) else None,
        name=who if isinstance(who, str) else "",
        words=recurs.words,
        moments=recurs.things,
    )
    with act(viewer, "practice.let-be") as doing:
        return doing.keep(viewer.own, noun)


def suggest_again(viewer: Viewer, thing: UUID) -> None:
    """Let it be suggested as before. A second time changes nothing; raises Missing for no such."""
    actions.remove(viewer, LetBe, thing)
