"""What is asked of a service, what it says back, what it tries, and what each side says of it."""

from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.records.nouns import Noun, noun

Names = dict[str, str | Promise]

DAYS = {7: _("One week"), 30: _("30 days"), 90: _("90 days, the longest there is")}
"""How many days a request may be shown: how that is said on pages."""

STATES: Names = {
    "proposed": _("Proposed"),
    "trying": _("Being tried"),
    "kept": _("Kept"),
    "dropped": _("Dropped"),
}
COSTS: Names = {
    "free": _("Free, this week"),
    "little": _("Costs a little"),
    "money": _("Needs money"),
}
"""Code of a cost: how it is said. The order is the one in which changes are shown."""

SIDES: Names = {
    "asked": _("Someone who asked, or stays here"),
    "close": _("Partner, relative or friend"),
    "staff": _("Staff"),
}


@noun("request", version=2, seals="contributions", apart=("about",))
class Request(Noun, frozen=True):
    """One's own message to a service. It lives in one's notebook; a grant shows it to the circle.

    `about`, the moment or practice it came from, is sealed apart: no grant ever opens it.
    `days` is how long it is to be shown once it is sent; `together` that a couple speaks.
    """

    words: str
    circle: UUID
    signed: str = ""
    together: bool = False
    helps: str = ""
    arrangement: UUID | None = None
    days: int = 30
    about: UUID | None = None


@noun("request", apart=("about",))
class RequestAtFirst(Request, frozen=True):
    """As it was kept while what is said to a service lay under the key of one's own words."""


@noun("answer", kept_by="space", sees="team", makes="team", changes="team")
class Answer(Noun, frozen=True):
    """What a team makes of a request (its parent): words back, and what it links it to.

    The team sees it, and through `readings.answers_to` the person whose request it is.
    """

    words: str = ""
    arrangements: tuple[UUID, ...] = ()
    changes: tuple[UUID, ...] = ()


@noun("counted", kept_by="space", sees="team", makes="team")
class Counted(Noun, frozen=True):
    """About how many people asked for something, as the release gate let it be said on one day.

    `numbers` are those shown, by arrangement; `people` are made-up names of those counted, so
    that the gate can hold the next one beside it. It is never counted anew, only once more.
    """

    people: tuple[str, ...]
    everyone: int | None = None
    numbers: tuple[tuple[UUID, int], ...] = ()


@noun("change", kept_by="space", sees="guest", makes="team", changes="team")
class Change(Noun, frozen=True):
    """Something a service tries. `owner` is a post; `why` says why it was kept or dropped."""

    what: str
    arrangements: tuple[UUID, ...] = ()
    owner: str = ""
    cost: str = "free"
    cost_words: str = ""
    starts: date | None = None
    review: date | None = None
    state: str = "proposed"
    why: str = ""

    @property
    def state_name(self) -> str:
        """How its state is said; a code we do not know stands for itself."""
        return str(STATES.get(self.state, self.state))

    @property
    def cost_name(self) -> str:
        """How its cost is said; a code we do not know stands for itself."""
        return str(COSTS.get(self.cost, self.cost))


@noun("side", seals="contributions", sees="guest", makes="guest")
class Side(Noun, frozen=True):
    """What one of those concerned says happened when a change (its parent) was tried."""

    words: str
    speaks_as: str
