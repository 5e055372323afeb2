"""Calling a practice theirs together with someone, and taking that back. The other is not told."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kith.base.problems import Flaw, Invalid, Refused
from kith.maps.nouns import Frozen
from kith.moments import readings as moments
from kith.moments.nouns import Ours
from kith.moments.ours import readings
from kith.moments.ours.readings import ITEM, mark
from kith.people.known import known_one
from kith.permissions.actions import act
from kith.permissions.pairs import unwill, will
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer


@transaction.atomic
def call_ours(
    viewer: Viewer, practice: UUID, known: UUID, word: str, *, alone: bool, id: UUID | None = None
) -> UUID:
    """Say that this practice is theirs together, under a word; a copy is taken as it stands now.

    Raises Refused where one switched this off or one of the two works for the other, Invalid for
    no word or not alone, Missing for what is not the viewer's.
    """
    moments.practice(viewer, practice)
    who = known_one(viewer, known).noun
    if not who.may_reveal or who.by_work:
        raise Refused("reveal-is-off")
    if not word.strip():
        raise Invalid("not-as-it-is", [Flaw("nothing-said", field="word")])
    if not alone:
        raise Invalid("not-alone")
    of = mark(who.pair, word)
    there = look(viewer, Ours, Q(space=viewer.notebook, parent=practice))
    same = [one for one in there if one.noun.known == known and mark(who.pair, one.noun.word) == of]
    with act(viewer, "practice.call-ours") as doing:
        copied = Frozen(ITEM, readings.copy(viewer, practice))
        thing = doing.keep(viewer.own, copied, parent=known).thing
        made = will(viewer, who.pair, {ITEM: thing}, of=of)
        doing.also(f"willing:{made.id}")
        if same:
            return same[-1].thing
        return doing.keep(viewer.own, Ours(known, word.strip()), parent=practice, id=id).thing


@transaction.atomic
def take_back(viewer: Viewer, thing: UUID) -> None:
    """Call it theirs no longer, also after both saw it: at once, for both."""
    said = readings.one_of_mine(viewer, thing)
    pair = known_one(viewer, said.noun.known).noun.pair
    with act(viewer, "practice.take-back") as doing:
        unwill(viewer, pair, of=mark(pair, said.noun.word))
        doing.also(f"pair:{pair}")
        doing.remove(thing)
