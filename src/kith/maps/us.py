"""The two of us: what each side answers alone, and what both chose to show each other.

Each side sees its own answers only. Being willing is told to nobody; what is revealed are
frozen copies of the answers that both chose, to both at the same moment (`permissions.reveals`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.base import clock
from kith.base.problems import Invalid, Refused
from kith.maps.nouns import Frozen, Perspective, Said
from kith.people.known import known_one
from kith.permissions.actions import act
from kith.permissions.models import Willing
from kith.permissions.pairs import my_will, revealed, spent, unwill, will
from kith.permissions.readings import look
from kith.permissions.reveals import REVEAL
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

ITEMS: dict[str, str | Promise] = {
    "value": _("What I value in us"),
    "keeps": _("An everyday moment that keeps us"),
    "way": _("What gets in the way"),
    "stay": _("What I would like to stay as it is"),
    "try": _("Something I would like to try"),
}
"""Code of each item: how it is said on pages. Open, own-worded, and none has to be answered."""

STANDINGS: dict[str, str | Promise] = {
    "answered": _("This is my answer"),
    "unsure": _("I am not sure"),
    "depends": _("It depends"),
    "rather-not": _("I would rather not say"),
    "cannot-tell": _("I cannot tell"),
    "no-answer": _("I asked myself, and found no answer"),
    "not-asked": _("I have not come to this"),
}
"""Code of how an answer stands: how it is said on pages."""


@dataclass(frozen=True, slots=True)
class Told:
    """One item and one answer, ready to be read; the same for oneself and for the other."""

    item: str
    text: str | Promise
    said: Said

    @property
    def standing(self) -> str | Promise:
        """How the answer stands, in words."""
        return STANDINGS[self.said.state]


@dataclass(frozen=True, slots=True)
class Both:
    """One item that both chose to reveal: what each of the two said."""

    mine: Told
    theirs: Told


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between the two, as one side sees it at one moment."""

    willing: tuple[Told, ...]
    both: tuple[Both, ...]
    ends: datetime | None
    over: bool
    sits: bool = False


def perspective(viewer: Viewer, thing: UUID) -> Entry[Perspective] | None:
    """The viewer's own view of the two. Raises Missing where they know nobody like that."""
    known_one(viewer, thing)
    mine = look(viewer, Perspective, Q(parent=thing, space=viewer.notebook))
    return mine[-1] if mine else None


def answers(viewer: Viewer, thing: UUID) -> list[Told]:
    """Every item with the viewer's own answer."""
    entry = perspective(viewer, thing)
    noun = entry.noun if entry else Perspective()
    return [Told(item, text, noun.on(item)) for item, text in ITEMS.items()]


def chosen(viewer: Viewer, thing: UUID, items: Iterable[str]) -> list[Told]:
    """The viewer's own answers to these items, exactly as they would be copied."""
    wanted = set(items)
    return [one for one in answers(viewer, thing) if one.item in wanted]


def between(viewer: Viewer, thing: UUID) -> Between:
    """What one is willing to show, and what both see of each other right now."""
    pair, now = known_one(viewer, thing).noun.pair, clock.now()
    mine = copies_of(look(viewer, Frozen, Q(parent=thing, space=viewer.notebook)))
    theirs = copies_of(look(viewer, Frozen, ~Q(space=viewer.notebook), purpose=REVEAL))
    shown = next(iter(revealed(viewer, pair, now)), None)
    wish = my_will(viewer, pair)
    over = wish is not None and spent(viewer, pair, wish.id, now)
    return Between(
        willing=_told(wish, mine) if wish and not over else (),
        both=both_of(shown.things(viewer.me), mine, theirs) if shown else (),
        ends=shown.seen_until(now) if shown else None,
        over=over and shown is None,
        sits=shown is not None and shown.trios is not None,
    )


def answer(viewer: Viewer, thing: UUID, item: str, said: Said, *, id: UUID | None = None) -> Record:
    """Say how one sees one item now. What was copied before stays as it was."""
    if item not in ITEMS:
        raise Invalid("no-such-item")
    if said.state == "answered" and not said.words.strip():
        raise Invalid("answer-without-words")
    entry = perspective(viewer, thing)
    told = {**(entry.noun.answers if entry else {}), item: said}
    with act(viewer, "perspective.answer") as doing:
        if entry:
            return doing.change(entry.thing, Perspective(answers=told), id=id)
        return doing.keep(viewer.own, Perspective(answers=told), parent=thing, id=id)


@transaction.atomic
def be_willing(
    viewer: Viewer, thing: UUID, items: Iterable[str], *, alone: bool, third: bool = False
) -> Willing:
    """Be willing to reveal these answers, copied as they are now. The other is not told.

    Where one of the two works for the other, in a trio only; and with `third`, whoever is the
    third there may see it too if the other wishes the same.
    Raises Refused where one switched this off, Invalid without an answer to show.
    """
    known = known_one(viewer, thing).noun
    if not known.may_reveal:
        raise Refused("reveal-is-off")
    if not alone:
        raise Invalid("not-alone")
    told = [one for one in chosen(viewer, thing, items) if one.said.state != "not-asked"]
    with act(viewer, "reveal.willing") as doing:
        copies = {
            one.item: doing.keep(viewer.own, Frozen(one.item, one.said), parent=thing).thing
            for one in told
        }
        made = will(viewer, known.pair, copies, sits=known.by_work, third=third)
        doing.also(f"willing:{made.id}")
    return made


def take_back(viewer: Viewer, thing: UUID) -> None:
    """Be willing no longer, also after a reveal. At once; a second time changes nothing."""
    pair = known_one(viewer, thing).noun.pair
    with act(viewer, "reveal.take-back") as doing:
        unwill(viewer, pair, of="")
        doing.also(f"pair:{pair}")


def both_of(
    things: Iterable[tuple[UUID, UUID]], mine: Mapping[UUID, Frozen], theirs: Mapping[UUID, Frozen]
) -> tuple[Both, ...]:
    return tuple(
        Both(_tell(mine[a]), _tell(theirs[b])) for a, b in things if a in mine and b in theirs
    )


def copies_of(found: Iterable[Entry[Frozen]]) -> dict[UUID, Frozen]:
    return {entry.thing: entry.noun for entry in found}


def _tell(copy: Frozen) -> Told:
    return Told(copy.item, ITEMS.get(copy.item, copy.item), copy.said)


def _told(wish: Willing, mine: Mapping[UUID, Frozen]) -> tuple[Told, ...]:
    things = wish.will().copies.values()
    return tuple(_tell(mine[thing]) for thing in things if thing in mine)
