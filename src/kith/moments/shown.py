"""Moments and practices as others see them through a window: their words, nobody's name."""

from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kith.moments import days, readings
from kith.moments.nouns import STATES, Moment, Practice
from kith.people.showing import Showable
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window
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


def my_moments(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's moments, or the last, by its first words."""
    found = readings.moments(viewer, [thing]) if thing else readings.latest(viewer, count=1).moments
    return {one.thing: Truncator(one.noun.words).chars(60) for one in found}


def my_practices(viewer: Viewer, thing: UUID | None) -> dict[UUID, str]:
    """One of the viewer's practices, or all of them, by name."""
    found = readings.practices(viewer)
    return {one.thing: one.noun.name for one in found if thing in (None, one.thing)}


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
