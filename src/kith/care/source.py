"""What a request may begin with: words and an arrangement, from a moment or practice."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kith.base.problems import Missing
from kith.moments.nouns import Practice
from kith.moments.readings import moment, practice
from kith.permissions.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words to begin with, to be changed as one likes, and what was in the way."""

    words: str = ""
    arrangements: tuple[UUID, ...] = ()


def beginning(viewer: Viewer, about: UUID | None) -> Beginning:
    """What a request begins with. Raises Missing when `about` is nothing of the viewer's own."""
    if about is None:
        return Beginning()
    try:
        said = practice(viewer, about).noun
    except Missing:
        found = moment(viewer, about).noun
        return Beginning(found.words, found.arrangements)
    return Beginning(_wish(said), said.arrangements)


def _wish(said: Practice) -> str:
    name = {"name": said.name}
    if said.state == "kept":
        return _("I would like to keep this going: %(name)s.") % name
    return _("I would like to have this again: %(name)s.") % name
