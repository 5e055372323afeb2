"""What one can say about a figure or a tie. Nothing is required."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.maps.nouns import Figure, Tie
from kith.maps.words import DIRECTIONS, KINDS, LINES, PENS, QUALITIES, SIZES, name_of
from kith.records.readings import Entry
from kith.web.forms import KeepForm

BAR = {"data-look": "seg"}
PLACES = {
    "0.5 0.5": _("in the middle"),
    "0.2 0.2": _("top left"),
    "0.5 0.2": _("top"),
    "0.8 0.2": _("top right"),
    "0.2 0.5": _("left"),
    "0.8 0.5": _("right"),
    "0.2 0.8": _("bottom left"),
    "0.5 0.8": _("bottom"),
    "0.8 0.8": _("bottom right"),
}


class FigureForm(KeepForm):
    """Who or what it is, as far as one likes to say."""

    label = forms.CharField(
        label=_("Name"),
        help_text=_("Initials, a nickname, a word. You can leave it empty."),
        max_length=200,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What it is, if you like"),
        choices=list(KINDS.items()),
        required=False,
        widget=forms.RadioSelect,
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=list(PENS.items()), initial="ink", widget=forms.RadioSelect
    )
    size = forms.ChoiceField(
        label=_("Size"),
        choices=list(SIZES.items()),
        initial="middle",
        widget=forms.RadioSelect(attrs=BAR),
    )

    def said(self) -> dict[str, Any]:
        """The fields of a figure that were filled in."""
        return {name: self.cleaned_data[name] for name in ("label", "kind", "colour", "size")}


class NewFigureForm(FigureForm):
    """A new figure, and where on the paper it starts."""

    place = forms.ChoiceField(
        label=_("Where on the paper"),
        help_text=_("It can move later. Where it stands means what you want it to mean."),
        choices=list(PLACES.items()),
        widget=forms.RadioSelect,
    )

    @property
    def figure(self) -> Figure:
        """The new figure."""
        x, y = (float(share) for share in self.cleaned_data["place"].split())
        return Figure(x, y, **self.said())


class TieForm(KeepForm):
    """What is between two figures."""

    qualities = forms.MultipleChoiceField(
        label=_("What it is like"),
        help_text=_("Any that fit. Opposite ones can both be true."),
        choices=list(QUALITIES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In your words"), max_length=500, required=False, widget=forms.TextInput
    )
    line = forms.ChoiceField(
        label=_("Line"),
        choices=list(LINES.items()),
        initial="plain",
        widget=forms.RadioSelect(attrs=BAR),
    )
    direction = forms.ChoiceField(
        label=_("Arrows"),
        choices=list(DIRECTIONS.items()),
        required=False,
        widget=forms.RadioSelect,
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=list(PENS.items()), initial="ink", widget=forms.RadioSelect
    )

    def __init__(self, data: Any, tie: Tie, a: str, b: str) -> None:
        """The form as this tie stands, with the names of its two ends for the arrows."""
        stands = {name: getattr(tie, name) for name in self.base_fields if name != "id"}
        super().__init__(data, initial=stands)
        told = {"to": _("to %(name)s") % {"name": b}, "from": _("to %(name)s") % {"name": a}}
        self.fields["direction"].choices = list((DIRECTIONS | told).items())  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """The fields of a tie that were filled in."""
        names = ("words", "line", "direction", "colour")
        told = {name: self.cleaned_data[name] for name in names}
        return told | {"qualities": tuple(self.cleaned_data["qualities"])}


class OtherForm(forms.Form):
    """One other figure on the same map: to tie with, or to stand beside."""

    other = forms.TypedChoiceField(label=_("With whom or what"), coerce=UUID)

    def __init__(self, data: Any, others: Iterable[Entry[Figure]]) -> None:
        super().__init__(data)
        choices = [(str(entry.thing), name_of(entry.noun)) for entry in others]
        self.fields["other"].choices = choices  # type: ignore[attr-defined]
