"""Bringing notes from a file into a gathering: all or nothing, and the same file twice is once."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kith.base import clock
from kith.base.problems import Gone, Missing, Refused
from kith.formats.notes import NoteLine, Notes
from kith.inquiry.actions import start_themes
from kith.inquiry.nouns import Contribution, Gathering, Theme, Voice
from kith.inquiry.readings import gathering_in, gatherings, theme_names
from kith.people.roles import ROLES
from kith.permissions.actions import Act, act
from kith.permissions.readings import look, look_away
from kith.permissions.viewer import Viewer

STANCES = {"other view": "another-view"}
"""Where a file says it in another way than we do."""

ROLE_WORDS = {
    "uses-service": "service user|user|patient|survivor|lived experience"
    "|person with lived experience|expert by experience|brukare|egen erfarenhet"
    "|person med egen erfarenhet",
    "close": "carer|caregiver|relative|family|family member|partner|parent|mother|father|friend"
    "|anhörig|närstående|förälder|mamma|pappa|vän",
    "peer-worker": "peer worker|peer supporter",
    "nurse": "nurse|psychiatric nurse|healthcare assistant|care worker|sjuksköterska|skötare"
    "|undersköterska|vårdare",
    "doctor": "doctor|psychiatrist|läkare|psykiater",
    "therapist": "psychologist|therapist|occupational therapist|psykolog|terapeut|arbetsterapeut",
    "social-worker": "social worker|support worker|kurator|socionom|socialsekreterare"
    "|boendestödjare|stödassistent",
    "manager": "manager|ward manager|chef|enhetschef",
    "researcher": "researcher|academic|philosopher|sociologist|anthropologist|forskare|filosof"
    "|sociolog|antropolog",
    "student": "student|trainee|studerande",
    "policy": "policy maker|commissioner|politician|civil servant|beslutsfattare|politiker"
    "|tjänsteman",
}
"""Code of a role: the words that files use for it."""

_CODES = {word: code for code, words in ROLE_WORDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class Brought:
    """Where the notes went, how many lines came in, and how many were there already."""

    gathering: UUID
    added: int
    known: int


def bring_in(
    viewer: Viewer,
    circle: UUID,
    gathering: UUID | None,
    notes: Notes,
    *,
    quote: bool = False,
    title: str = "",
) -> Brought:
    """Keep every contribution of `notes`, with its themes and voices, in one transaction.

    `gathering` None takes the gathering of the circle that is called `title` (the name of the
    file, if none), and opens it if there is none. `quote` says that the words are public
    already, or that everyone agreed to be quoted. Lines that were brought in before, and those
    that were taken back or erased since, stay as they are. Raises Missing or Refused.
    """
    if not viewer.has_part(circle, "team"):
        raise Refused("not-allowed") if viewer.has_part(circle, "guest") else Missing
    with act(viewer, "notes.bring-in") as doing:
        place = _place(doing, circle, gathering, title or notes.source.name)
        starts = gathering_in(viewer, circle, place).noun.starts
        before = _there(viewer, place)
        ids = {made_of(place, "line", line.key): line for line in notes.contributions}
        fresh = {id: line for id, line in ids.items() if id not in before}
        themes = _themes(doing, circle, place, fresh.values())
        voices = _voices(doing, circle, place, fresh.values())
        added = [
            _keep(doing, circle, place, id, _said(line, themes, voices, quote), _day(line, starts))
            for id, line in fresh.items()
        ]
    return Brought(place, sum(added), len(notes.contributions) - sum(added))


def made_of(space: UUID, *parts: str) -> UUID:
    """The id of what comes from a file: always the same here, and telling nothing of the words.

    A keyed hash: whoever holds only ids cannot try out words on them.
    """
    digest = salted_hmac("kith.inquiry.notes", f"{space}:{':'.join(parts)}", algorithm="sha256")
    return UUID(bytes=digest.digest()[:16], version=4)


def role_code(word: str) -> str:
    """Our code for a role in a file; what we do not know stays the file's own word."""
    plain = " ".join(re.sub(r"[-_\s]+", " ", word).casefold().split())
    one = plain.removesuffix("s")
    known = {plain, plain.replace(" ", "-")} & set(ROLES)
    return next(iter(known), _CODES.get(plain) or _CODES.get(one) or word.strip())


def _place(doing: Act, circle: UUID, gathering: UUID | None, title: str) -> UUID:
    viewer = doing.viewer
    if gathering is not None:
        return gathering_in(viewer, circle, gathering).thing
    named = (one for one in gatherings(viewer, circle) if _alike(one.noun.title, title))
    found = next(named, None)
    return found.thing if found else _open(doing, circle, title)


def _open(doing: Act, circle: UUID, title: str) -> UUID:
    made = doing.keep(circle, Gathering(title), id=made_of(circle, "gathering", title.casefold()))
    start_themes(doing, circle, made.thing)
    return made.thing


def _there(viewer: Viewer, gathering: UUID) -> set[UUID]:
    """Lines that are there, or that were there and were taken back."""
    where = Q(parent=gathering)
    found = (*look(viewer, Contribution, where), *look_away(viewer, Contribution, where))
    return {entry.thing for entry in found}


def _themes(
    doing: Act, circle: UUID, gathering: UUID, lines: Iterable[NoteLine]
) -> dict[str, UUID]:
    """The theme of each name in the file; new ones are made."""
    known = theme_names(doing.viewer, gathering)
    things = {name.casefold(): thing for thing, name in known.items()}
    for name in dict.fromkeys(name for line in lines for name in line.themes):
        if name.casefold() not in things:
            made = doing.keep(circle, Theme(name), parent=gathering)
            things[name.casefold()] = made.thing
    return things


def _voices(
    doing: Act, circle: UUID, gathering: UUID, lines: Iterable[NoteLine]
) -> dict[str, UUID]:
    """A voice for each code in the file, with every role that its lines have."""
    roles: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.voice:
            roles[line.voice].update(map(role_code, line.roles))
    known = {one.thing: one.noun for one in look(doing.viewer, Voice, Q(parent=gathering))}
    things = {code: made_of(gathering, "voice", code) for code in roles}
    for code, thing in things.items():
        if thing not in known:
            doing.keep(circle, Voice(tuple(sorted(roles[code]))), id=thing, parent=gathering)
        elif not roles[code] <= set(known[thing].roles):
            every = tuple(sorted(roles[code] | set(known[thing].roles)))
            doing.change(thing, known[thing].but(roles=every))
    return things


def _said(
    line: NoteLine, themes: dict[str, UUID], voices: dict[str, UUID], quote: bool
) -> Contribution:
    return Contribution(
        words=line.words,
        roles=tuple(dict.fromkeys(map(role_code, line.roles))),
        table=line.table or "",
        themes=tuple(dict.fromkeys(themes[name.casefold()] for name in line.themes)),
        stance=STANCES.get(line.stance, line.stance),
        voice=voices[line.voice] if line.voice else None,
        said_at=_time(line),
        quote=quote,
        row=line.row,
    )


def _time(line: NoteLine) -> str:
    """When the file says it was said: how far into the recording, or by the clock here."""
    if line.into is not None:
        return str(line.into).partition(".")[0]
    return timezone.localtime(line.said_at).strftime("%H.%M") if line.said_at else ""


def _day(line: NoteLine, starts: datetime | None) -> datetime | None:
    """When it was said, as far as is known; never a day to come, for then nobody would see it."""
    told = line.said_at or starts
    return told if told and told <= clock.now() else None


def _keep(
    doing: Act, circle: UUID, gathering: UUID, id: UUID, line: Contribution, day: datetime | None
) -> int:
    """One line; what its author erased stays away."""
    try:
        doing.keep(circle, line, id=id, parent=gathering, seen_on=day)
    except Gone:
        return 0
    return 1


def _alike(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
