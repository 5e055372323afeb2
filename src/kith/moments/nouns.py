"""Moments, the practices they add up to, and a card for others to read."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.records.nouns import Noun, noun

KINDS: dict[str, str | Promise] = {
    "routine": _("Something we always do"),
    "own": _("Our own thing"),
    "impromptu": _("Out of the blue"),
}
"""Code of a kind of moment: how it is said on pages. A moment can be several, or none."""

STATES: dict[str, str | Promise] = {
    "kept": _("It goes on"),
    "interrupted": _("Something gets in its way"),
    "restored": _("It is back"),
    "let go": _("It was let go"),
}
"""Code of how a practice stands: how it is said on pages. Drawn threads use the same codes."""

CHOICES: dict[str, str | Promise] = {
    "mine": _("My choice"),
    "not mine": _("Not my choice"),
}
"""Whose choice it was to let a practice go; nobody has to say."""

OCCASIONS: dict[str, str | Promise] = {
    "bedside": _("For the bedside"),
    "visit": _("For a visit"),
    "plan": _("For the care plan"),
    "leaving": _("For the day of leaving hospital"),
}
"""Code of what a card is for: how it is said on pages. A card can be for none of these."""


FLOWS: dict[str, str | Promise] = {
    "given": _("I gave something"),
    "received": _("I was given something"),
    "shared": _("We shared something"),
}
"""Code of which way something went: how it is said on pages. Any of them together, or none."""

FEELINGS: dict[str, str | Promise] = {
    "glad": _("glad"),
    "sad": _("sad"),
    "calm": _("calm"),
    "tense": _("tense"),
    "warm": _("warm"),
    "angry": _("angry"),
    "close": _("close"),
    "alone": _("alone"),
    "safe": _("safe"),
    "afraid": _("afraid"),
    "awake": _("awake"),
    "tired": _("tired"),
}
"""Code of a feeling: its name. Each has a drawn face; two and two are opposites, and both of a
pair can be chosen."""

OWN: dict[str, str | Promise] = {
    "money": _("Money"),
    "distance": _("Too far"),
    "time": _("No time"),
    "felt": _("How I felt"),
    "health": _("My health"),
}
"""Code of what of one's own got in the way, where it was no service's doing."""

TIMES: dict[str, str | Promise] = {"about": _("About then")}
"""Code of how well the day of a moment is known, where it is not known for sure."""

MOMENT_CODES = {"kinds": KINDS, "flow": FLOWS, "felt": FEELINGS, "own": OWN}
"""The fields of a moment that hold codes, and the codes each may hold."""


@noun("moment")
class Moment(Noun, frozen=True):
    """Something that happened, or could not happen, on the day it is `seen_on`.

    `with_whom` are figures of the author's map, `part_of` practices it belongs to,
    `arrangements` what got in its way by name, `own` what of one's own did; `kinds`, `flow`,
    `felt` and `own` are codes, `tags` words of one's own or of a circle. `about_then` says how
    well the day is known. The other texts are free words, and stand beside every code.
    """

    words: str
    happened: bool = True
    with_whom: tuple[UUID, ...] = ()
    and_whom: str = ""
    kinds: tuple[str, ...] = ()
    part_of: tuple[UUID, ...] = ()
    arrangements: tuple[UUID, ...] = ()
    in_the_way: str = ""
    flow: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    felt_words: str = ""
    place: str = ""
    helped: str = ""
    own: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    about_then: str = ""


@noun("tag", kept_by="space", sees="guest", makes="team", changes="team")
class Tag(Noun, frozen=True):
    """A word that a circle offers to its people for their own moments. Its use is never told."""

    word: str


@noun("practice")
class Practice(Noun, frozen=True):
    """A moment that comes again and keeps a bond going: what it is, and how it stands.

    Each state is a version with a `seen_on` of its own. `since` says how well that day is known:
    "day", "month", or "" when `seen_on` is only the day it was said. `words` tell in free words
    what gets in the way, or how it is now. `moments` are those it was named out of.
    """

    name: str
    with_whom: tuple[UUID, ...] = ()
    and_whom: str = ""
    rhythm: str = ""
    began: str = ""
    moments: tuple[UUID, ...] = ()
    state: str = "kept"
    since: str = ""
    arrangements: tuple[UUID, ...] = ()
    words: str = ""
    choice: str = ""

    @property
    def standing(self) -> tuple[object, ...]:
        """How it stands, apart from what it is: equal for two versions that say the same."""
        return self.state, self.since, self.arrangements, self.words, self.choice


@noun("let-be")
class LetBe(Noun, frozen=True):
    """Something that comes again and is not to be suggested as a practice any more.

    It is known by with whom (one figure, or one name) and the words that came again, and by the
    moments that were shown with it; it holds for moments to come, until it is taken back.
    """

    figure: UUID | None = None
    name: str = ""
    words: tuple[str, ...] = ()
    moments: tuple[UUID, ...] = ()


@noun("ours")
class Ours(Noun, frozen=True):
    """One side says that a practice, its parent, belongs to the two of them.

    `known` is who the other is to them, `word` what the two call it. The other is told only if
    they say so too, of the same word (`permissions.reveals`).
    """

    known: UUID
    word: str


@noun("card")
class Card(Noun, frozen=True):
    """What someone chose to print for others: practices, moments, and words of their own.

    `called` is what they want to be called on it, `occasion` what it is for. The texts themselves
    stay where they are.
    """

    called: str = ""
    practices: tuple[UUID, ...] = ()
    moments: tuple[UUID, ...] = ()
    words: str = ""
    occasion: str = ""
