"""A reminder that someone asked for, and what became of the times it was planned at."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.records.nouns import Noun, noun

ANSWERS: dict[str, str | Promise] = {
    "noted": _("You went to note something"),
    "nothing": _("Nothing to note, you said"),
    "passed": _("You let it pass"),
}
"""Code of what someone made of a prompt: how it is said on pages."""
SHOWN = "shown"
"""A prompt that was in sight, and nothing more is known."""


@noun("reminder")
class Reminder(Noun, frozen=True):
    """What someone wants to be reminded of, on which weekdays (0 is Monday; none is every day).

    `times` are hours of the place, such as "18:00"; it holds from the day `first` to the day
    `last`. `words` are shown in Kith; `calendar` is all that a calendar file says, so that nobody
    reads there what was not meant for it. While it is `stopped`, nothing is planned.
    """

    first: date
    last: date
    times: tuple[str, ...]
    weekdays: tuple[int, ...] = ()
    words: str = ""
    calendar: str = ""
    stopped: bool = False


@noun("prompted")
class Prompted(Noun, frozen=True):
    """What became of one time `at` which a reminder (its parent) was planned.

    Where there is none of a planned time, nothing was shown: Kith was not opened, or could not
    tell. One that stays "shown" was seen and not answered. Neither is read as "nothing happened".
    """

    at: datetime
    state: str = SHOWN
