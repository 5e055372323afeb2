"""What a circle says about itself, and whom a person knows here."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.records.nouns import Noun, noun

BY_WORK, SUPPORTED = "for", "from"
KIN: dict[str, str | Promise] = {
    "partner": _("My partner"),
    "ex": _("Someone I used to be with"),
    "family": _("Family"),
    "friend": _("A friend or neighbour"),
    SUPPORTED: _("Someone who supports me in their work"),
    BY_WORK: _("Someone I support in my work"),
    "colleague": _("Someone I work with"),
    "other": _("Someone else"),
}
"""Code of who someone is to one: how it is said on pages. Nobody has to say."""


@noun("turn-to", kept_by="space", sees="guest", makes="keeper", changes="keeper")
class TurnTo(Noun, frozen=True):
    """Someone to turn to: a name or place, how to reach them, and when."""

    who: str
    reach: str
    when: str = ""


@noun("known", seals="labels")
class Known(Noun, frozen=True):
    """Someone met through a code, as one side keeps them: a name for them, and a pair.

    `unsafe` is "I would not feel safe"; `open` lets a reveal happen although the two are, or
    were, partners. Both are for oneself: the other side is never told, and sees no difference.
    """

    called: str
    pair: UUID
    who: str = ""
    unsafe: bool = False
    open: bool = False

    @property
    def by_work(self) -> bool:
        """Whether one of the two supports the other in their work: then a third must be there."""
        return self.who in (BY_WORK, SUPPORTED)

    @property
    def may_begin(self) -> bool:
        """Whether it is this side that can begin to sit down with a third."""
        return self.who == SUPPORTED

    @property
    def may_reveal(self) -> bool:
        """Whether this side can be willing at all. Off between partners until it is opened."""
        return not self.unsafe and (self.open or self.who not in ("partner", "ex"))
