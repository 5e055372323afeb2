"""What the forms of this room are made of."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.base.problems import Invalid
from kith.moments import days
from kith.moments.nouns import Moment
from kith.records.readings import Entry
from kith.web.forms import KeepForm
from kith.web.sentences import flaw_sentence

LONG, SHORT, WORD = 4000, 120, 60
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


class Things(forms.TypedMultipleChoiceField):
    """Chips, each for one thing with an id; none is needed."""

    def __init__(self, label: "Text", help_text: "Text" = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            coerce=UUID,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class Words(forms.MultipleChoiceField):
    """Chips, each for a word; one that is offered no more is kept as it is."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return len(value) <= WORD


def chips(
    label: "Text", codes: Mapping[str, "str | Promise"], help_text: "Text" = ""
) -> forms.MultipleChoiceField:
    """Chips, each for a code; none is needed."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=list(codes.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def line(label: "Text", help_text: "Text" = "", *, required: bool = False) -> forms.CharField:
    """One line of free words."""
    return forms.CharField(label=label, help_text=help_text, max_length=SHORT, required=required)


def text(label: "Text", help_text: "Text" = "", *, rows: int = 3) -> forms.CharField:
    """Some lines of free words."""
    field = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONG, required=False, widget=field
    )


def a_day(label: "Text", help_text: "Text" = "") -> forms.DateField:
    """A day up to today."""
    return forms.DateField(label=label, help_text=help_text, required=False, widget=DAY)


class NotingForm(KeepForm):
    """What the forms of this room share: chips show only where there is something to choose."""

    def offer(self, name: str, things: Callable[[], Mapping[UUID, str]]) -> None:
        """Offer these things as chips; they are read only if chips are shown or chosen."""
        field = self.fields[name]
        field.choices = lambda: [(str(t), label) for t, label in things().items()]  # type: ignore[attr-defined]

    def without_empty(self, *names: str) -> None:
        """Leave away the fields with nothing to choose."""
        for name in names:
            if not list(self.fields[name].choices):  # type: ignore[attr-defined]
                del self.fields[name]

    def chosen(self, name: str) -> tuple[UUID, ...]:
        """The things chosen on the chips."""
        return tuple(self.cleaned_data.get(name) or ())

    def object_to(self, problem: Invalid) -> None:
        """Show every flaw that an action found at its field."""
        for flaw in problem.flaws:
            self.add_error(flaw.field if flaw.field in self.fields else None, flaw_sentence(flaw))

    def _not_to_come(self, name: str) -> date | None:
        """A day that was said, if it has come by now."""
        said: date | None = self.cleaned_data.get(name)
        if said and said > days.today():
            raise forms.ValidationError(
                _("That day has not come yet. Choose today, or a day before.")
            )
        return said


def moment_label(entry: Entry[Moment]) -> str:
    """The day and first words of a moment, for a chip."""
    day = date_format(days.day_of(entry.seen_on), "j F")
    words = Truncator(" ".join(entry.noun.words.split())).chars(50)
    return gettext("%(day)s: %(words)s") % {"day": day, "words": words}


def as_text(things: Iterable[UUID]) -> list[str]:
    return [str(thing) for thing in things]
