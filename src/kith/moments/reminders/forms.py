"""The form to ask to be reminded, and what one can say to a prompt."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kith.moments import days
from kith.moments.forms.fields import NotingForm, line
from kith.moments.reminders.nouns import ANSWERS, SHOWN, Reminder
from kith.web.forms import PlainForm

HOW_LONG = {
    "7": _("One week"),
    "14": _("Two weeks"),
    "28": _("Four weeks"),
    "90": _("90 days, the longest there is"),
}


def _hour(label: Any, *, required: bool = False) -> forms.TimeField:
    field = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    wrong = _("Write a time such as 18:30.")
    return forms.TimeField(
        label=label, required=required, widget=field, error_messages={"invalid": wrong}
    )


class ReminderForm(NotingForm):
    """In which words, when and for how long."""

    words = line(
        _("What shall it say"),
        _("You see it when you open Kith. For example: a minute for today. It can stay empty."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        help_text=_("None chosen means every day."),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first_time = _hour(_("At what time"), required=True)
    second_time = _hour(_("And at, if you like"))
    third_time = _hour(_("And at"))
    how_long = forms.ChoiceField(
        label=_("For how long"),
        choices=list(HOW_LONG.items()),
        initial="14",
        widget=forms.RadioSelect,
    )
    calendar = line(
        _("What a calendar may say"),
        _(
            "Only if you take a file for your calendar. Others may see your calendar. "
            "Left empty, it says “Notes”."
        ),
    )

    def __init__(self, data: Any = None, *, now: Reminder | None = None) -> None:
        """`now` is the reminder that is changed, if it is not a new one."""
        super().__init__(data, initial=_as_asked(now) if now else {"first_time": time(18)})
        self.end = now.last if now and now.last >= days.today() else None
        if self.end:
            as_now = _("Until %(day)s, as it is") % {"day": date_format(self.end, "j F Y")}
            self.fields["how_long"].choices = [("", as_now), *HOW_LONG.items()]  # type: ignore[attr-defined]
            self.fields["how_long"].required = False

    def noun(self) -> Reminder:
        """What the form says, from today on. Call when it is valid."""
        told, today = self.cleaned_data, days.today()
        hours = (told["first_time"], told["second_time"], told["third_time"])
        return Reminder(
            first=today,
            last=self._last(today),
            times=tuple(sorted({hour.strftime("%H:%M") for hour in hours if hour})),
            weekdays=tuple(sorted(told["weekdays"])),
            words=told["words"],
            calendar=told["calendar"],
        )

    def _last(self, today: date) -> date:
        long = self.cleaned_data["how_long"]
        return self.end if self.end and not long else today + timedelta(days=int(long) - 1)


def _as_asked(now: Reminder) -> dict[str, Any]:
    hours = dict(zip(("first_time", "second_time", "third_time"), now.times, strict=False))
    return {
        **{name: time.fromisoformat(hour) for name, hour in hours.items()},
        "words": now.words,
        "weekdays": now.weekdays,
        "calendar": now.calendar,
        "how_long": "" if now.last >= days.today() else "14",
    }


class PromptForm(PlainForm):
    """Which planned time it is about, and what became of it."""

    at = forms.CharField(widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=[(code, code) for code in (SHOWN, *ANSWERS)])

    def clean_at(self) -> datetime:
        try:
            at = datetime.fromisoformat(self.cleaned_data["at"])
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            raise forms.ValidationError(_("This prompt is over."))
        return at
