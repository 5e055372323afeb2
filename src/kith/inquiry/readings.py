"""What one can see of a gathering: itself, its lines, its themes, who took part by role."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils import timezone

from kith.analysis.gate import Shown, Tier, count_cells, count_everyone, tally
from kith.base.problems import Missing
from kith.inquiry.nouns import Contribution, Gathering, Theme, Voice
from kith.inquiry.spoken import GROUPS, STANCE_ICONS, STANCE_NAMES, groups_of, spoken_roles
from kith.permissions.readings import look, look_at, look_away, look_back
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun
from kith.records.readings import Entry

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True, slots=True)
class Line:
    """A contribution as a page or a report shows it. `quotable`: it may leave the room.

    `roles` are codes (or free words from a file), `themes` things, `mine` is the viewer's own.
    `time` is when it was said, as far as anyone knows.
    """

    thing: UUID
    version: UUID
    words: str
    roles: tuple[str, ...]
    table: str
    themes: tuple[UUID, ...]
    stance: str
    quotable: bool
    kept_out: bool
    said_at: datetime
    time: str
    mine: bool

    @property
    def speaks_from(self) -> tuple[str, ...]:
        """The roles in words."""
        return spoken_roles(self.roles)

    @property
    def stance_name(self) -> str:
        """How it was meant, in words; empty for what was simply said."""
        return "" if self.stance == "said" else str(STANCE_NAMES.get(self.stance, self.stance))

    @property
    def sign(self) -> str:
        """The name of the sign beside it, if any."""
        return STANCE_ICONS.get(self.stance, "")


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """A theme and the lines in it, each line possibly in several themes."""

    thing: UUID
    version: UUID
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TookPart:
    """How many took part, and by group of roles, as far as the gate lets it be said.

    The labels of `roles` are codes of `spoken.GROUPS`.
    """

    everyone: Shown
    roles: tuple[Shown, ...]


def gatherings(viewer: Viewer, circle: UUID) -> list[Entry[Gathering]]:
    """The gatherings of a circle, the latest day first."""
    found = look(viewer, Gathering, Q(space=circle))
    return sorted(found, key=lambda entry: entry.noun.starts or entry.seen_on, reverse=True)


def gathering(viewer: Viewer, thing: UUID, as_of: datetime | None = None) -> Entry[Gathering]:
    """One gathering. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Gathering, thing, as_of=as_of)


def gathering_in(viewer: Viewer, circle: UUID, thing: UUID) -> Entry[Gathering]:
    """One gathering of this very circle. Raises Missing for any other."""
    found = gathering(viewer, thing)
    if found.space != circle:
        raise Missing
    return found


def lines(viewer: Viewer, gathering: UUID, as_of: datetime | None = None) -> list[Line]:
    """Everything said at a gathering and not taken back, in the order it was said."""
    found = look(viewer, Contribution, Q(parent=gathering), as_of=as_of)
    placed = _placed(look(viewer, Theme, Q(parent=gathering), as_of=as_of))
    made = [line_of(viewer, entry, placed) for entry in found]
    rows = {entry.thing: entry.noun.row for entry in found}
    return sorted(made, key=lambda line: (line.said_at, rows[line.thing]))


def line(viewer: Viewer, gathering: UUID, thing: UUID) -> Entry[Contribution]:
    """One contribution of this gathering, to change or take back. Raises Missing."""
    found = look_at(viewer, Contribution, thing)
    if found.parent != gathering:
        raise Missing
    return found


def line_of(
    viewer: Viewer, entry: Entry[Contribution], placed: dict[UUID, tuple[UUID, ...]]
) -> Line:
    """The line that a contribution is. Where versions contradict each other, the shyest counts."""
    versions = (entry.noun, *(rival.noun for rival in entry.rivals))
    said = entry.noun
    return Line(
        thing=entry.thing,
        version=entry.id,
        words=said.words,
        roles=said.roles,
        table=said.table,
        themes=tuple(dict.fromkeys((*said.themes, *placed.get(entry.thing, ())))),
        stance=said.stance,
        quotable=all(version.may_be_quoted for version in versions),
        kept_out=any(version.kept_out for version in versions),
        said_at=entry.seen_on,
        time=said.said_at if said.row else _clock(entry.seen_on),
        mine=entry.author == viewer.person,
    )


def in_order(
    viewer: Viewer, noun: type[N], where: Q, as_of: datetime | None = None
) -> list[Entry[N]]:
    """What `look` finds, in the order in which it was first said, whatever changed since."""
    found = look(viewer, noun, where, as_of=as_of)
    return sorted(found, key=lambda entry: _first(viewer, noun, entry))


def last_away(viewer: Viewer, gathering: UUID) -> Entry[Contribution] | None:
    """The viewer's own line that can be brought back: the last one of those they took away."""
    mine = Q(parent=gathering, author=viewer.person)
    return next(reversed(look_away(viewer, Contribution, mine)), None)


def stamp(found: Iterable[Line]) -> str:
    """A short mark that changes whenever these lines do, so that a page can ask cheaply."""
    versions = b"".join(line.version.bytes + bytes([line.mine]) for line in found)
    return hashlib.sha256(versions).hexdigest()[:16]


def theme_names(viewer: Viewer, gathering: UUID) -> dict[UUID, str]:
    """The themes of a gathering: thing and name, the six to start with first."""
    return {entry.thing: entry.noun.name for entry in _theme_entries(viewer, gathering)}


def theme(viewer: Viewer, thing: UUID) -> Entry[Theme]:
    """One theme. Raises Missing."""
    return look_at(viewer, Theme, thing)


def themes(viewer: Viewer, gathering: UUID, as_of: datetime | None = None) -> list[ThemeLines]:
    """Every theme with its lines. A line stands in each of its themes."""
    said = lines(viewer, gathering, as_of)
    return [
        ThemeLines(
            entry.thing,
            entry.id,
            entry.noun.name,
            tuple(line for line in said if entry.thing in line.themes),
        )
        for entry in _theme_entries(viewer, gathering, as_of)
    ]


def seat_id(gathering: UUID, person: UUID) -> UUID:
    """The id of the one voice that a person has at a gathering."""
    return uuid5(gathering, f"seat:{person}")


def my_voice(viewer: Viewer, gathering: UUID) -> Entry[Voice] | None:
    """The viewer's own seat at a gathering, if they took one."""
    if viewer.person is None:
        return None
    found = look(viewer, Voice, Q(thing=seat_id(gathering, viewer.person)))
    return found[-1] if found else None


def who_by_role(viewer: Viewer, gathering: UUID, tier: Tier = Tier.TEAM) -> TookPart:
    """How many took part by role. Nothing here is known without passing the gate.

    Tier.TEAM is for this viewer alone (one of them, or beside them); Tier.BEYOND is for an
    edition that anybody may read. People are counted, not lines; the groups overlap.
    """
    voices = look(viewer, Voice, Q(parent=gathering))
    table = tally(
        "everyone",
        [(str(voice.thing), group) for voice in voices for group in groups_of(voice.noun.roles)],
        list(GROUPS),
        [str(voice.thing) for voice in voices],
        {str(v.thing): frozenset({v.noun.comes_from}) for v in voices if v.noun.comes_from},
    )
    reader = _reader(viewer, gathering) if tier is Tier.TEAM else None
    return TookPart(count_everyone(table, reader, tier), count_cells(table, reader, tier))


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H.%M")


def _first(viewer: Viewer, noun: type[N], entry: Entry[N]) -> tuple[datetime, datetime]:
    """When a thing was first said. Its first record gave it its id."""
    if entry.id != entry.thing:
        entry = look_back(viewer, noun, entry.thing)[0]
    return entry.seen_on, entry.made_at


def _reader(viewer: Viewer, gathering: UUID) -> str:
    own = my_voice(viewer, gathering)
    return str(own.thing) if own else "not-among-them"


def _theme_entries(
    viewer: Viewer, gathering: UUID, as_of: datetime | None = None
) -> list[Entry[Theme]]:
    return in_order(viewer, Theme, Q(parent=gathering), as_of)


def _placed(themes: Iterable[Entry[Theme]]) -> dict[UUID, tuple[UUID, ...]]:
    """Which themes the team put each line in."""
    placed: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for entry in themes:
        for line in entry.noun.lines:
            placed[line].append(entry.thing)
    return {line: tuple(inside) for line, inside in placed.items()}
