"""What of a map goes into a file, and what sort of file it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.maps.nouns import By
from kith.reports.packing import has_parquet
from kith.web.forms import PlainForm

FORMS = [
    ("pdf", _("Paper, with the map in words (PDF)")),
    ("png", _("A picture (PNG)")),
    ("svg", _("A picture that stays sharp at any size (SVG)")),
    ("csv", _("Tables of all layers (CSV)")),
    ("parquet", _("Tables of all layers (Parquet)")),
]
NAMES = [
    ("letters", _("First letters only. Words that you wrote stay behind.")),
    ("all", _("All names and words, as you wrote them")),
]
TALK: list[tuple[By, Any]] = [
    ("said", _("What the drawer said")),
    ("described", _("What someone describes")),
    ("interpreted", _("What someone makes of it")),
]


class OutForm(PlainForm):
    """A file of one map."""

    form = forms.ChoiceField(
        label=_("What sort of file"), choices=[], initial="pdf", widget=forms.RadioSelect
    )
    names = forms.ChoiceField(
        label=_("Names"),
        help_text=_("The people on your map have not been asked."),
        choices=NAMES,
        initial="letters",
        widget=forms.RadioSelect,
    )
    pictures = forms.BooleanField(
        label=_("The photo under it, and pictures you gave to figures"),
        help_text=_("Only together with all names, and not in tables."),
        required=False,
    )
    talk = forms.MultipleChoiceField(
        label=_("Words about it, on paper"),
        help_text=_("Only together with all names."),
        choices=TALK,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        there = [one for one in FORMS if one[0] != "parquet" or has_parquet()]
        self.fields["form"].choices = there  # type: ignore[attr-defined]

    @property
    def with_names(self) -> bool:
        """Whether names and words go along."""
        return bool(self.cleaned_data["names"] == "all")

    @property
    def kinds(self) -> list[By]:
        """The kinds of talk that go along."""
        return [by for by, _name in TALK if by in self.cleaned_data["talk"]]
