"""What a service says of itself: its arrangements, and what its staff noticed about them."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.records.nouns import Noun, noun

SORTS: dict[str, str | Promise] = {
    "time": _("A time"),
    "door": _("A door or place"),
    "rule": _("A rule"),
    "form": _("A form"),
    "else": _("Something else"),
}
"""Code of a sort of arrangement: how it is said on pages."""


@noun("arrangement", kept_by="space", sees="guest", makes="team", changes="team")
class Arrangement(Noun, frozen=True):
    """A rule, time, door, form or habit of a service.

    `owner` is the post or team that can change it, never one person. `goes_with` are others that
    belong with it; `into` what it is told as now: one that it was joined with, or its parts.
    """

    name: str
    description: str = ""
    owner: str = ""
    sort: str = "else"
    goes_with: tuple[UUID, ...] = ()
    into: tuple[UUID, ...] = ()

    @property
    def in_words(self) -> tuple[str, ...]:
        """What it says of itself, apart from what it goes with or is told as."""
        return self.name, self.description, self.owner, self.sort

    @property
    def sort_name(self) -> str:
        """How its sort is said; a code we do not know stands for itself."""
        return str(SORTS.get(self.sort, self.sort))


@noun("noticed", seals="contributions", sees="team", makes="team")
class Noticed(Noun, frozen=True):
    """One line of what someone who works here noticed. Shown to the team without a name."""

    words: str
    arrangement: UUID | None = None
