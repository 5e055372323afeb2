"""Moments and practices as others see them through a window: their words, nobody's name."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.moments import days, readings, sentences
from kith.moments.nouns import OCCASIONS, STATES, Moment, Practice
from kith.moments.nouns import Card as OnPaper
from kith.people.showing import Showable
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window
from kith.records.readings import Entry
from kith.web.pages import Card


def moments(window: Window) -> Card:
    """Each moment: the day, whether it happened, and the words."""
    found = reversed(window.look(Moment))
    return Card(
        "moments/shown.html", {"moments": [(days.day_of(e.seen_on), e.noun) for e in found]}
    )


def practices(window: Window) -> Card:
    """Each practice: its name, how often, and how it stands now."""
    found = sorted(
        window.look(Practice), key=lambda entry: (entry.noun.name.casefold(), entry.thing)
    )
    told = [(entry.noun, STATES.get(entry.noun.state, "")) for entry in found]
    return Card("moments/shown.html", {"practices": told})


def card(window: Window) -> Card:
    """A card as it is now: its words, and what was on it when it was shown."""
    found = [entry.noun for entry in window.look(OnPaper)]
    if not found:
        return Card("moments/shown_card.html", {})
    noun, today = found[-1], days.today()
    there = {entry.thing: entry for entry in window.look(Practice)}
    noted = {entry.thing: entry for entry in window.look(Moment)}
    told = {
        "card": noun,
        "occasion": OCCASIONS.get(noun.occasion, ""),
        "practices": [_in_a_line(there[one], today) for one in noun.practices if one in there],
        "moments": [(days.day_of(one.seen_on), one.noun) for one in _chosen(noun, noted)],
    }
    return Card("moments/shown_card.html", told)


def _chosen(noun: OnPaper, noted: Mapping[UUID, Entry[Moment]]) -> list[Entry[Moment]]:
    return [noted[one] for one in noun.moments if one in noted]


def _in_a_line(entry: Entry[Practice], today: date) -> tuple[str, str]:
    """The name of a practice, and how it stands now, in its author's own words alone."""
    noun, day = entry.noun, days.day_of(entry.seen_on)
    state = sentences.State(noun.state, day, noun.since, noun.words, noun.choice)
    return noun.name, " ".join(sentences.story(noun.rhythm, noun.began, [state], today))


def my_moments(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's moments, or the last, by its first words."""
    found = readings.moments(viewer, [thing]) if thing else readings.latest(viewer, count=1).moments
    return {one.thing: Truncator(one.noun.words).chars(60) for one in found}


def my_practices(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's practices, or all of them, by name."""
    found = readings.practices(viewer)
    return {one.thing: one.noun.name for one in found if thing in (None, one.thing)}


def my_cards(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's cards, or all of them, by the day they were made."""
    found = readings.cards(viewer)
    return {one.thing: _named(one) for one in found if thing in (None, one.thing)}


def _named(entry: Entry[OnPaper]) -> str:
    day = date_format(days.day_of(entry.made_at), "j F Y")
    told = str(OCCASIONS.get(entry.noun.occasion, ""))
    named = gettext("Your card of %(day)s") % {"day": day}
    return f"{named} · {told}" if told else named


def on_card(viewer: Viewer, thing: UUID) -> Sequence[UUID]:
    """What is on a card of the viewer's: its practices and moments."""
    noun = readings.card(viewer, thing).noun
    return (*noun.practices, *noun.moments)


CARDS = Showable(
    code="card",
    kinds=("card", "practice", "moment"),
    text=_("A card of what keeps you you"),
    tell=card,
    things=my_cards,
    every=False,
    leaves_out=_(
        "Not with whom, and of what gets in the way only your own words. What you put on the "
        "card later is not shown either."
    ),
    takes=on_card,
)
MOMENTS = Showable(
    code="moments",
    kinds=("moment",),
    text=_("All your moments, also those you note until then"),
    tell=moments,
    things=my_moments,
    leaves_out=_(
        "Not with whom, where or how it felt, and not what got in the way, unless your words "
        "say it. No photo and no sound."
    ),
)
PRACTICES = Showable(
    code="practices",
    kinds=("practice",),
    text=_("All the things you do, also those you name until then"),
    tell=practices,
    things=my_practices,
    leaves_out=_("Not with whom, and not what gets in the way, unless your words say it."),
)
