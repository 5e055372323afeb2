"""What one shows to whom: what can be shown, a draft to look through, and what is shown to me.

A room says at start-up what it lets people show (`on_show`): the kinds of record it takes, and
how they are told through a window. The preview and the page of whoever is shown it use the same
windows and the same template, so that one sees exactly what they will see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from kith.base import clock
from kith.base.problems import Missing
from kith.people.known import known
from kith.people.models import Person
from kith.people.readings import names_of
from kith.permissions.actions import act, give, withdraw
from kith.permissions.decide import LABELS, Given
from kith.permissions.models import Grant
from kith.permissions.pairs import my_will, my_wills_of_ours, revealed, spent
from kith.permissions.readings import grants_of, grants_over
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window, preview, shown_here, shown_to_me
from kith.web.pages import Card


@dataclass(frozen=True, slots=True)
class Showable:
    """Something people can show: its kinds of record, the first of which gives it its name.

    `things` names what a viewer could show of it: one thing, or without one what there is (where
    `every` says that all of it can be shown at once, the last of it will do). `tell` makes the
    card that a window shows. `takes` names what one thing takes along, such as what is on a card;
    what is added to it later is not shown by the same grant. With `for_study` it can be shown to
    a study alone.
    """

    code: str
    kinds: tuple[str, ...]
    text: str | Promise
    tell: Callable[[Window], Card | None]
    things: Callable[[Viewer, UUID | None], dict[UUID, str]]
    every: bool = True
    has_names: bool = False
    leaves_out: str | Promise = ""
    takes: Callable[[Viewer, UUID], Sequence[UUID]] | None = None
    for_study: bool = False


_showables: dict[str, Showable] = {}


def on_show(showable: Showable) -> None:
    """Let people show this."""
    _showables[showable.code] = showable


def showables() -> Iterable[Showable]:
    """Everything that can be shown."""
    return _showables.values()


def showable_of(grant: Given | Grant) -> Showable | None:
    """What a grant shows, if it is something that pages show."""
    named = set(grant.classes)
    fitting = [one for one in showables() if one.kinds[0] in named]
    return max(fitting, key=lambda one: len(named.intersection(one.kinds)), default=None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A grant that someone thinks of giving: what, with names or not, to whom, for what, until."""

    code: str
    thing: UUID | None
    names: bool
    pair: UUID | None
    circle: UUID | None
    purpose: str
    ends: datetime
    study_ends: datetime | None = None

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of data it names."""
        what = _showables[self.code]
        return (*what.kinds, LABELS) if self.names and what.has_names else what.kinds

    def also(self, viewer: Viewer) -> Sequence[UUID]:
        """What the thing takes along, as it is now."""
        takes = _showables[self.code].takes
        return takes(viewer, self.thing) if takes and self.thing else ()

    def window(self, viewer: Viewer) -> Window:
        """What the other would look through."""
        draft = Given(
            giver=viewer.me,
            space=viewer.own,
            to_person=None,
            to_circle=self.circle,
            classes=frozenset(self.classes),
            thing=self.thing,
            purpose=self.purpose,
            starts=clock.now(),
            ends=self.ends,
            also=frozenset(self.also(viewer)),
        )
        return preview(viewer, draft)


@dataclass(frozen=True, slots=True)
class Shown:
    """A window ready for its template: whose it is, for what, until when, and what is in it."""

    giver: str
    purpose: str
    ends: datetime
    card: Card | None


def show(viewer: Viewer, draft: Draft, *, alone: bool, instead: UUID | None = None) -> Grant:
    """Give what was previewed; a grant named `instead` stops at the same moment."""
    with act(viewer, "grant.give") as doing:
        if instead:
            withdraw(viewer, instead)
        return give(
            doing,
            thing=draft.thing,
            classes=draft.classes,
            purpose=draft.purpose,
            ends=draft.ends,
            to_circle=draft.circle,
            to_pair=draft.pair,
            alone=alone,
            study_ends=draft.study_ends,
            also=draft.also(viewer),
        )


def previewed(viewer: Viewer, draft: Draft) -> Shown:
    """Exactly what the other would see."""
    return _shown([draft.window(viewer)])[0]


def leaves_out(draft: Draft) -> str | Promise:
    """What of it they will not see, in words."""
    return _showables[draft.code].leaves_out


def seen_by_me(viewer: Viewer) -> list[Shown]:
    """What people show the viewer right now."""
    return _shown(shown_to_me(viewer))


def seen_here(viewer: Viewer, circle: UUID) -> list[Shown]:
    """What the team of a circle is shown right now. Raises Missing for anyone not on it."""
    return _shown(shown_here(viewer, circle))


@dataclass(frozen=True, slots=True)
class Showing:
    """Something the viewer shows, or showed: what, to whom, for what, from when until when."""

    grant: UUID
    what: str | Promise
    to: str
    to_circle: UUID | None
    purpose: str
    starts: datetime
    ends: datetime
    withdrawn: datetime | None

    @property
    def waits(self) -> bool:
        """Whether it has not begun: the silent day is not over."""
        return self.starts > clock.now()

    @property
    def over(self) -> datetime:
        """When it ended, by itself or because it was stopped."""
        return min(self.withdrawn or self.ends, self.ends)


def showing(viewer: Viewer) -> list[Showing]:
    """All that the viewer shows to others now, or will when the silent day is over."""
    return _told(viewer, grants_of(viewer))


def showing_thing(viewer: Viewer, thing: UUID) -> list[Showing]:
    """To whom the viewer shows this very thing."""
    return _told(viewer, [one for one in grants_of(viewer) if one.thing == thing])


def showed(viewer: Viewer) -> list[Showing]:
    """All that the viewer once showed, for themselves alone to read."""
    return _told(viewer, grants_over(viewer))


def showing_one(viewer: Viewer, grant: UUID) -> Showing:
    """One thing the viewer shows. Raises Missing when it is not theirs, or over."""
    found = next((one for one in showing(viewer) if one.grant == grant), None)
    if found is None:
        raise Missing
    return found


def draft_of(viewer: Viewer, grant: UUID) -> Draft:
    """A grant of the viewer's as a draft, to change it. Raises Missing; requests have their own."""
    found = next((one for one in grants_of(viewer) if one.id == grant), None)
    what = showable_of(found) if found else None
    if found is None or what is None:
        raise Missing
    names = LABELS in found.classes
    pair = found.to_pair_id
    return Draft(what.code, found.thing, names, pair, found.to_circle, found.purpose, found.ends)


@dataclass(frozen=True, slots=True)
class Revealing:
    """Someone to whom the viewer is willing to reveal something, or did; and until when."""

    known: UUID
    to: str
    willing: bool
    ends: datetime | None
    ours: bool = False


def revealing(viewer: Viewer) -> list[Revealing]:
    """Where the viewer is willing, or a reveal is in force. Nothing else tells of the other."""
    found = []
    for one in known(viewer):
        ends = _seen_until(viewer, one.noun.pair)
        willing = my_will(viewer, one.noun.pair) is not None
        if willing or ends:
            found.append(Revealing(one.thing, one.noun.called, willing, ends))
    return found + _ours(viewer)


def _ours(viewer: Viewer) -> list[Revealing]:
    """The same of what the viewer calls theirs together with someone."""
    called, found = {one.noun.pair: one for one in known(viewer)}, []
    for wish in my_wills_of_ours(viewer):
        ends = _seen_until(viewer, wish.pair_id, wish.of)
        over = not ends and spent(viewer, wish.pair_id, wish.id, clock.now())
        if (one := called.get(wish.pair_id)) and not over:
            found.append(Revealing(one.thing, one.noun.called, True, ends, ours=True))
    return found


def _seen_until(viewer: Viewer, pair: UUID, of: str = "") -> datetime | None:
    now = clock.now()
    return max((each.seen_until(now) for each in revealed(viewer, pair, now, of)), default=None)


def _shown(windows: list[Window]) -> list[Shown]:
    names = _names(window.given.giver for window in windows)
    return [_one(window, names.get(window.given.giver, "")) for window in windows]


def _one(window: Window, giver: str) -> Shown:
    what, given = showable_of(window.given), window.given
    giver = "" if what and what.for_study else giver
    return Shown(giver, given.purpose, given.ends, what.tell(window) if what else None)


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    found = Person.objects.filter(id__in=list(people))
    return {one.id: one.called for one in found}


def _told(viewer: Viewer, grants: list[Grant]) -> list[Showing]:
    circles = names_of({one.to_circle for one in grants if one.to_circle})
    names: dict[UUID | None, str] = dict(circles.items())
    names |= {one.noun.pair: one.noun.called for one in known(viewer)}
    return [
        Showing(
            grant=one.id,
            what=what.text if (what := showable_of(one)) else "",
            to=names.get(one.to_circle or one.to_pair_id, ""),
            to_circle=one.to_circle,
            purpose=one.purpose,
            starts=one.starts,
            ends=one.ends,
            withdrawn=one.withdrawn,
        )
        for one in grants
    ]
