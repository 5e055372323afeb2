"""Forms of a practice: what it is, and how it stands."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.base import ids
from kith.moments import days
from kith.moments.forms.fields import (
    NotingForm,
    Things,
    a_day,
    as_text,
    line,
    moment_label,
    text,
)
from kith.moments.names import Names
from kith.moments.nouns import CHOICES, STATES, Moment, Practice
from kith.records.readings import Entry


class StateForm(NotingForm):
    """How a practice stands."""

    state = forms.ChoiceField(
        label=_("How is it now"),
        choices=list(STATES.items()),
        initial="kept",
        widget=forms.RadioSelect,
    )
    since = a_day(_("Since when"), _("Leave it empty if you are not sure."))
    about = forms.BooleanField(label=_("Only the month is right, not the day"), required=False)
    arrangements = Things(_("What gets in the way"))
    words = text(
        _("In your own words"),
        _("What gets in the way, or how it is now. One line is enough."),
        rows=2,
    )
    choice = forms.ChoiceField(
        label=_("Whose choice was it"),
        choices=[*CHOICES.items(), ("", _("Rather not say"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        called: Names,
        entry: Entry[Practice] | None = None,
        again: bool = False,
    ) -> None:
        """`entry` is the practice so far; with `again`, its last state is said anew."""
        super().__init__(data, initial=_state_initial(entry) if entry and again else {"state": ""})
        old = entry.noun.arrangements if entry and again else ()
        self.offer("arrangements", lambda: called.still(old))

    def clean_since(self) -> date | None:
        return self._not_to_come("since")

    def day(self) -> date | None:
        """The day it holds from, if one was said."""
        since: date | None = self.cleaned_data["since"]
        return since

    def standing(self) -> dict[str, Any]:
        """The fields of the practice that this form says. Call when it is valid."""
        told = self.cleaned_data
        known = "month" if told["about"] else "day"
        return {
            "state": told["state"],
            "since": known if told["since"] else "",
            "arrangements": self.chosen("arrangements"),
            "words": told["words"],
            "choice": told["choice"] if told["state"] == "let go" else "",
        }


class PracticeForm(NotingForm):
    """What a practice is: its name, with whom, how often, since when, and moments of it."""

    name = line(
        _("What do you call it"),
        _("For example: tea with T. in the morning."),
        required=True,
    )
    with_whom = Things(_("With whom or what"), _("Anyone or anything from your map."))
    and_whom = line(_("Someone else"), _("Initials or a nickname are fine."))
    rhythm = line(_("How it was when it went well"), _("For example: most mornings."))
    began = line(_("Since when, roughly"), _("For example: since we met; for thirty years."))
    moments = Things(_("Moments that belong to it"), _("As many as you like, or none."))

    def __init__(
        self,
        data: Any = None,
        *,
        called: Names,
        offered: Iterable[Entry[Moment]],
        entry: Entry[Practice] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=_practice_initial(entry) if entry else dict(initial or {}))
        labels = {one.thing: moment_label(one) for one in offered}
        self.offer("with_whom", lambda: called.figures)
        self.offer("moments", lambda: labels)

    def described(self) -> dict[str, Any]:
        """The fields of the practice that this form says. Call when it is valid."""
        told = self.cleaned_data
        names = ("name", "and_whom", "rhythm", "began")
        chosen = {name: self.chosen(name) for name in ("with_whom", "moments")}
        return {name: told[name] for name in names} | chosen


class NameForm(StateForm, PracticeForm):
    """A new practice: what it is, and how it stands now."""

    now_id = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)
    field_order = ("name", "with_whom", "and_whom", "rhythm", "began", "moments", "state")

    def __init__(
        self,
        data: Any = None,
        *,
        called: Names,
        offered: Iterable[Entry[Moment]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        PracticeForm.__init__(self, data, called=called, offered=offered, initial=initial)
        self.offer("arrangements", lambda: called.arrangements)

    def noun(self) -> Practice:
        """The practice. Call when the form is valid."""
        return Practice(**self.described(), **self.standing())


def _practice_initial(entry: Entry[Practice]) -> dict[str, Any]:
    noun = entry.noun
    return {
        "name": noun.name,
        "with_whom": as_text(noun.with_whom),
        "and_whom": noun.and_whom,
        "rhythm": noun.rhythm,
        "began": noun.began,
        "moments": as_text(noun.moments),
    }


def _state_initial(entry: Entry[Practice]) -> dict[str, Any]:
    noun = entry.noun
    return {
        "state": noun.state,
        "since": days.day_of(entry.seen_on) if noun.since else None,
        "about": noun.since == "month",
        "arrangements": as_text(noun.arrangements),
        "words": noun.words,
        "choice": noun.choice,
    }
