"""The rows of a week on paper, as one types them in. A blank row is a blank day."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.moments import days
from kith.moments.forms.fields import DAY, LONG, line
from kith.moments.nouns import KINDS, Moment
from kith.web.forms import KeepForm, PlainForm

WEEK = 7
MOST = 70
"""Rows of one week; more is no week on paper."""
_ROW = re.compile(r"^r(\d{1,2})-id$")


class FirstForm(PlainForm):
    """The day that a week on paper begins with."""

    first = forms.DateField(label=_("The first day on your sheet"), widget=DAY)

    def clean_first(self) -> date:
        said: date = self.cleaned_data["first"]
        if not date.min < said <= days.today():
            raise forms.ValidationError(
                _("That day has not come yet. Choose today, or a day before.")
            )
        return said


class RowForm(KeepForm):
    """One row: a moment of the day that is `at` days after the first."""

    at = forms.IntegerField(min_value=0, max_value=WEEK - 1, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What happened, or could not"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )
    and_whom = line(_("With whom"))
    in_the_way = line(_("What got in the way"))
    felt_words = line(_("How it felt"))
    happened = forms.ChoiceField(
        label=_("Did it happen"),
        choices=[("yes", _("It happened")), ("no", _("It could not happen"))],
        initial="yes",
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What kind of moment"),
        choices=list(KINDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    FREE = ("and_whom", "in_the_way", "felt_words")
    SAID = ("words", "kinds", *FREE)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into it; then it is no moment."""
        return not any(self.cleaned_data.get(name) for name in self.SAID)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("words") and not self.is_blank and "words" not in self.errors:
            self.add_error("words", _("Say in a word what it was, or leave the whole row blank."))
        return told

    def moment(self) -> Moment:
        """What the row says. Call when it is valid and not blank."""
        told = self.cleaned_data
        return Moment(
            words=told["words"],
            happened=told["happened"] == "yes",
            kinds=tuple(told["kinds"]),
            **{name: told[name] for name in self.FREE},
        )


class Week:
    """A week as it is typed in: its first day and its rows, as they are sent or still bare."""

    def __init__(self, first: FirstForm, day: date | None, rows: list[RowForm]) -> None:
        self.first, self.day, self.rows = first, day, rows
        self.bare = RowForm(None, prefix="r__", initial={"id": "", "at": ""})

    def days(self) -> Iterator[tuple[date | None, bool, list[RowForm]]]:
        """Each day, whether it is still to come, and its rows. An empty page knows no day yet."""
        for at in range(WEEK):
            day = self.day + timedelta(at) if self.day else None
            rows = [row for row in self.rows if _at(row) == at]
            yield day, bool(day and day > days.today()), rows

    def is_valid(self) -> bool:
        """Whether all of it can be kept; if not, each row says what to mend."""
        found = [row.is_valid() for row in self.rows]
        for row in self.rows:
            if self.day and row.is_valid() and not row.is_blank and self._day(row) > days.today():
                row.add_error("words", _("This day has not come yet."))
                found.append(False)
        return self.first.is_valid() and all(found)

    @property
    def has_flaws(self) -> bool:
        """Whether there is something to mend."""
        return bool(self.first.errors) or any(row.errors for row in self.rows)

    def moments(self) -> list[tuple[RowForm, datetime]]:
        """The rows in which something is written, each with the time it is of."""
        written = [row for row in self.rows if not row.is_blank]
        return [(row, days.noon(self._day(row))) for row in written]

    def _day(self, row: RowForm) -> date:
        return (self.day or days.today()) + timedelta(row.cleaned_data["at"])


def bare_week(first: date | None) -> Week:
    """A week with nothing in it, one row a day; for a device, also without a day."""
    made = {} if first else {"id": ""}
    rows = [RowForm(None, prefix=f"r{at}", initial={"at": at, **made}) for at in range(WEEK)]
    return Week(FirstForm(initial={"first": first}), first, rows)


def sent_week(data: Any) -> Week:
    """A week as it was sent."""
    first = FirstForm(data)
    numbers = sorted(int(found[1]) for name in data if (found := _ROW.match(name)))[:MOST]
    rows = [RowForm(data, prefix=f"r{number}") for number in numbers]
    return Week(first, first.cleaned_data["first"] if first.is_valid() else None, rows)


def _at(row: RowForm) -> int:
    said = str(row["at"].value())
    return int(said) if said.isdecimal() and len(said) == 1 else 0
