"""What one can do with moments, practices and cards: one act each, in one's own notebook.

Everything can be said anew, taken away and brought back.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kith.base import clock
from kith.base.problems import Flaw, Invalid, Missing
from kith.maps.actions import add_figure
from kith.maps.nouns import Figure
from kith.maps.readings import drawing, my_maps
from kith.moments import days, readings
from kith.moments.beside import NO_CHANGE, Attached, attach
from kith.moments.nouns import (
    CHOICES,
    MOMENT_CODES,
    OCCASIONS,
    STATES,
    TIMES,
    Card,
    Moment,
    Practice,
)
from kith.people import leaving
from kith.permissions.actions import Act, act
from kith.permissions.readings import look_at, look_back
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.nouns import Noun
from kith.records.readings import EVER, Entry

DAY = timedelta(days=1)
INSTANT = timedelta(milliseconds=1)
"""What sets two states of one day apart."""


def note(
    viewer: Viewer,
    moment: Moment,
    *,
    id: UUID | None = None,
    seen_on: datetime | None = None,
    made_at: datetime | None = None,
    attached: Attached = NO_CHANGE,
) -> Record:
    """Note a moment, of now or of an earlier time. Raises Invalid for what cannot be kept."""
    _check(_moment_flaws(moment, seen_on))
    with act(viewer, "moment.note") as doing:
        kept = doing.keep(_notebook(viewer), moment, id=id, seen_on=seen_on, made_at=made_at)
        attach(doing, kept, attached)
        return kept


def correct_moment(
    viewer: Viewer,
    thing: UUID,
    moment: Moment,
    *,
    id: UUID | None = None,
    seen_on: datetime | None = None,
    made_at: datetime | None = None,
    seen: UUID | None = None,
    attached: Attached = NO_CHANGE,
) -> Record:
    """Say a moment anew, in place of what it said. Raises Invalid, or Missing.

    `seen` is the version that was corrected, where it was read some time ago: if it was corrected
    elsewhere meanwhile, both stand side by side; if it was taken away, it stays away.
    """
    _check(_moment_flaws(moment, seen_on))
    with act(viewer, "moment.correct") as doing:
        if seen is None:
            told: dict[str, Any] = {"seen_on": look_at(viewer, Moment, thing).seen_on}
        else:
            told = {"replaces": seen, "seen_on": _version(viewer, thing, seen).seen_on}
        told |= {"id": id, "made_at": made_at} | ({"seen_on": seen_on} if seen_on else {})
        kept = doing.correct(thing, moment, **told)
        attach(doing, kept, attached)
        return kept


def say_as_before(viewer: Viewer, thing: UUID, version: UUID) -> Record:
    """Let a moment say again what it said before, on the day it said. Raises Missing."""
    said = _version(viewer, thing, version)
    return correct_moment(viewer, thing, said.noun, seen_on=said.seen_on)


def forget_moment(viewer: Viewer, thing: UUID) -> None:
    """Erase a moment for good: all it ever said, its photo and its sound. Raises Missing."""
    remove(viewer, Moment, thing)
    leaving.forget(viewer, thing)


def name_practice(
    viewer: Viewer,
    practice: Practice,
    *,
    id: UUID | None = None,
    now_id: UUID | None = None,
    day: date | None = None,
) -> Record:
    """Name a practice: how it was, and with a second record how it stands now, from `day` on.

    It began with the first of its moments, or the day before `day`; what is not known better is
    kept as not known. Raises Invalid, with a flaw for each field that cannot be kept.
    """
    _check(_practice_flaws(practice, day) + _day_flaws(practice, day))
    was = practice if practice.state == "kept" else _as_it_was(practice)
    begun = _begun(viewer, practice, day)
    with act(viewer, "practice.name") as doing:
        first = doing.keep(_notebook(viewer), was, id=id, seen_on=begun)
        if practice.state != "kept":
            doing.change(first.thing, practice, id=now_id, seen_on=days.noon(day or days.today()))
        return first


def change_practice(
    viewer: Viewer,
    thing: UUID,
    now: Practice,
    *,
    id: UUID | None = None,
    day: date | None = None,
) -> Record:
    """Say how a practice stands from `day` on, or from now where the day is not known.

    Raises Invalid when that would put it before something that is known to be so later.
    """
    _check(_practice_flaws(now, day) + _day_flaws(now, day))
    with act(viewer, "practice.change") as doing:
        told = [one for one in readings.story(viewer, thing) if one.id != id]
        if not told:
            raise Missing
        seen_on = days.noon(day) if day else clock.now()
        if day and day < days.day_of(told[-1].seen_on):
            _make_room(doing, told, day)
        elif seen_on <= told[-1].seen_on:
            seen_on = min(clock.now(), told[-1].seen_on + INSTANT)
        return doing.change(thing, now, id=id, seen_on=seen_on)


def correct_practice(
    viewer: Viewer,
    thing: UUID,
    practice: Practice,
    *,
    id: UUID | None = None,
    day: date | None = None,
) -> Record:
    """Say the last version of a practice anew: its name and the like, or how it stands.

    With `day` the state holds from that day on. Raises Invalid, or Missing.
    """
    _check(_practice_flaws(practice, day))
    return _correct(viewer, thing, practice, id=id, seen_on=_moved(viewer, thing, day))


def make_card(viewer: Viewer, card: Card, *, id: UUID | None = None) -> Record:
    """Keep the choice of what is on a card. Raises Invalid when nothing is chosen."""
    _check(_card_flaws(card))
    with act(viewer, "card.make") as doing:
        return doing.keep(_notebook(viewer), card, id=id)


def correct_card(viewer: Viewer, thing: UUID, card: Card, *, id: UUID | None = None) -> Record:
    """Choose anew what is on a card. Raises Invalid, or Missing."""
    _check(_card_flaws(card))
    return _correct(viewer, thing, card, id=id)


def remove(viewer: Viewer, kind: type[Noun], thing: UUID, *, id: UUID | None = None) -> Record:
    """Take a moment, practice or card away; twice is once. Raises Missing for anything else."""
    with act(viewer, f"{kind.__kind__}.remove") as doing:
        if not any(one.thing == thing for one in readings.removed(viewer, kind)):
            look_at(viewer, kind, thing, as_of=EVER)
        return doing.remove(thing, id=id)


def restore(viewer: Viewer, kind: type[Noun], thing: UUID) -> Record | None:
    """Bring back what was taken away, on the day it stood; None when it is there already."""
    gone = next((one for one in readings.removed(viewer, kind) if one.thing == thing), None)
    if gone is None:
        look_at(viewer, kind, thing)
        return None
    with act(viewer, f"{kind.__kind__}.restore") as doing:
        return doing.restore(thing, seen_on=gone.seen_on)


@transaction.atomic
def put_on_map(viewer: Viewer, label: str, id: UUID) -> UUID | None:
    """Put someone new on the viewer's newest map, where there is room; None without a map."""
    maps = my_maps(viewer)
    if not maps:
        return None
    here = maps[-1].thing
    there = drawing(viewer, here).figures
    if any(figure.thing == id for figure in there):
        return id
    x, y = _free_place([(figure.noun.x, figure.noun.y) for figure in there])
    return add_figure(viewer, here, Figure(x, y, label=label), id=id).thing


def _free_place(taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Of a few places spread over the paper, the one with most room around it."""
    places = [(x / 8, y / 8) for y in range(1, 8) for x in range(1, 8)]

    def room(place: tuple[float, float]) -> float:
        return min(((place[0] - x) ** 2 + (place[1] - y) ** 2 for x, y in taken), default=1.0)

    return max(places, key=room)


def _version(viewer: Viewer, thing: UUID, id: UUID) -> Entry[Moment]:
    found = next((one for one in look_back(viewer, Moment, thing) if one.id == id), None)
    if found is None:
        raise Missing
    return found


def _notebook(viewer: Viewer) -> UUID:
    if viewer.notebook is None:
        raise Missing
    return viewer.notebook


def _correct(
    viewer: Viewer,
    thing: UUID,
    noun: Noun,
    *,
    id: UUID | None = None,
    seen_on: datetime | None = None,
) -> Record:
    kind = type(noun)
    with act(viewer, f"{kind.__kind__}.correct") as doing:
        head = look_at(viewer, kind, thing)
        return doing.correct(thing, noun, id=id, seen_on=seen_on or head.seen_on)


# Days of a practice


def _as_it_was(practice: Practice) -> Practice:
    return practice.but(state="kept", since="", arrangements=(), words="", choice="")


def _begun(viewer: Viewer, practice: Practice, day: date | None) -> datetime:
    """When a practice that is named now was there at the latest."""
    known = [entry.seen_on for entry in readings.moments(viewer, practice.moments)]
    if practice.state == "kept":
        known.append(days.noon(day) if day else clock.now())
    else:
        known.append(days.noon((day or days.today()) - DAY))
    return min(known)


def _make_room(doing: Act, told: list[Entry[Practice]], day: date) -> None:
    """Let the last state, whose day was not known, have begun the day before `day`."""
    last, floor = told[-1], told[-2].seen_on if len(told) > 1 else None
    moved = days.noon(day - DAY)
    if last.noun.since or (floor and days.day_of(floor) >= day):
        raise Invalid("day-before-last", [Flaw("day-before-last", field="since")])
    if floor and moved <= floor:
        moved = floor + INSTANT
    doing.correct(last.thing, last.noun, seen_on=moved)


def _moved(viewer: Viewer, thing: UUID, day: date | None) -> datetime | None:
    """Where the last state goes when its day is said anew: never before the one before it."""
    told = readings.story(viewer, thing)
    if not day or not told or day == days.day_of(told[-1].seen_on):
        return told[-1].seen_on if told else None
    seen_on = days.noon(day)
    if len(told) > 1 and seen_on <= told[-2].seen_on:
        if day < days.day_of(told[-2].seen_on):
            raise Invalid("day-before-last", [Flaw("day-before-last", field="since")])
        return told[-2].seen_on + INSTANT
    return seen_on


# What cannot be kept


def _check(flaws: list[Flaw]) -> None:
    if flaws:
        raise Invalid("not-as-it-is", flaws)


def _moment_flaws(moment: Moment, seen_on: datetime | None) -> list[Flaw]:
    flaws = _said(moment.words, "words")
    for field, codes in MOMENT_CODES.items():
        if not set(getattr(moment, field)) <= set(codes):
            flaws.append(Flaw("not-a-choice", field=field))
    if moment.about_then not in ("", *TIMES):
        flaws.append(Flaw("not-a-choice", field="when"))
    if seen_on and seen_on > clock.now():
        flaws.append(Flaw("day-to-come", field="day"))
    return flaws


def _practice_flaws(practice: Practice, day: date | None) -> list[Flaw]:
    flaws = _said(practice.name, "name")
    if practice.state not in STATES:
        flaws.append(Flaw("not-a-choice", field="state"))
    if practice.choice not in ("", *CHOICES):
        flaws.append(Flaw("not-a-choice", field="choice"))
    if day and day > days.today():
        flaws.append(Flaw("day-to-come", field="since"))
    if practice.since not in ("day", "month", ""):
        flaws.append(Flaw("not-a-choice", field="since"))
    return flaws


def _day_flaws(practice: Practice, day: date | None) -> list[Flaw]:
    """A new state that claims to know its day must say it."""
    return [Flaw("day-not-said", field="since")] if practice.since and not day else []


def _card_flaws(card: Card) -> list[Flaw]:
    if card.occasion not in ("", *OCCASIONS):
        return [Flaw("not-a-choice", field="occasion")]
    if card.words.strip() or card.practices or card.moments:
        return []
    return [Flaw("nothing-chosen", field="words")]


def _said(text: str, field: str) -> list[Flaw]:
    return [] if text.strip() else [Flaw("nothing-said", field=field)]
