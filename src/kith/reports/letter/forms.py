"""Choosing what goes into a letter, its words, and what sort of file it is taken as."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kith.moments.forms.fields import Things
from kith.records.readings import Entry
from kith.reports.letter.gathering import Gathered, Line
from kith.reports.nouns import Letter
from kith.web.forms import KeepForm, PlainForm

FORMS = [
    ("pdf", _("Paper (PDF)")),
    ("docx", _("Word, to change it further")),
    ("txt", _("Plain text")),
]
PARTS = ("matters", "in_the_way", "would_help")


class ChooseForm(PlainForm):
    """The lines that a letter begins with."""

    matters = Things(_("What matters"))
    in_the_way = Things(_("What gets in the way"))
    would_help = Things(_("What would help"))

    def __init__(self, data: Any, found: Gathered) -> None:
        super().__init__(data)
        for name in PARTS:
            lines = getattr(found, name)
            self.fields[name].choices = _chips(lines)  # type: ignore[attr-defined]
            if not lines:
                del self.fields[name]

    @property
    def chosen(self) -> dict[str, tuple[UUID, ...]]:
        """The things chosen for each part."""
        return {name: tuple(self.cleaned_data.get(name) or ()) for name in PARTS}


class LetterForm(KeepForm):
    """A letter, part by part; every part can stay empty."""

    to = forms.CharField(
        label=_("Whom it is for"),
        help_text=_("Such as: the team of Ward 6. Leave it empty if you like."),
        max_length=120,
        required=False,
    )
    matters = forms.CharField(label=_("What matters"), max_length=6000, required=False)
    in_the_way = forms.CharField(label=_("What gets in the way"), max_length=6000, required=False)
    would_help = forms.CharField(
        label=_("What would help"),
        help_text=_("A time, a door or a rule is easier to change than a person."),
        max_length=6000,
        required=False,
    )
    signed = forms.CharField(
        label=_("Signed"),
        help_text=_("What you want to be called. Initials are fine; so is nothing."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, **named: Any) -> None:
        super().__init__(data, **named)
        for name in PARTS:
            self.fields[name].widget = forms.Textarea(attrs={"rows": 6, "maxlength": 6000})

    def clean(self) -> dict[str, Any]:
        """A letter says something."""
        told = super().clean() or self.cleaned_data
        if not any(told.get(name, "").strip() for name in PARTS) and not self.errors:
            self.add_error("matters", _("A few words in any of the three parts are enough."))
        return told

    @property
    def said(self) -> Letter:
        """The letter as it was filled in."""
        told = self.cleaned_data
        names = ("to", *PARTS, "signed")
        return Letter(**{name: told[name].replace("\r\n", "\n") for name in names})


class TakeForm(PlainForm):
    """What sort of file."""

    form = forms.ChoiceField(
        label=_("What sort of file"), choices=FORMS, initial="pdf", widget=forms.RadioSelect
    )


def fields_of(entry: Entry[Letter]) -> dict[str, str]:
    """The form as it would have been filled in for this letter."""
    return {name: getattr(entry.noun, name) for name in ("to", *PARTS, "signed")}


def _chips(lines: Iterable[Line]) -> list[tuple[str, str]]:
    return [(str(one.thing), Truncator(one.dated).chars(160)) for one in lines]
