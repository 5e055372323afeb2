"""What can be said about the whole map, and things other than figures, without dragging."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kith.maps.forms import BAR, PLACES, FigureForm
from kith.maps.nouns import Drawn, Figure, Helps, Region, Shape, Stroke, Writing
from kith.maps.twin.around import line_round
from kith.maps.twin.quick import names_in
from kith.maps.words import BACKGROUNDS, PENS, SIZES, WHATS, WIDTHS, Choices, name_of
from kith.records.readings import Entry
from kith.web.forms import KeepForm, PlainForm

_EXTENT = 0.14  # from the middle of a new shape to its edge


def _chosen(label: Any, choices: Choices, initial: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices.items()),
        initial=initial,
        widget=forms.RadioSelect(**more),
    )


def _colour(initial: str = "ink") -> forms.ChoiceField:
    return _chosen(_("Colour"), PENS, initial)


def _place(label: Any, initial: str) -> forms.ChoiceField:
    return _chosen(label, PLACES, initial)


def _at(place: str) -> tuple[float, float]:
    x, y = (float(share) for share in place.split())
    return x, y


class ThingForm(KeepForm):
    """One thing on the paper. `says` names the fields of its noun that the form asks for."""

    says: tuple[str, ...] = ()

    def said(self) -> dict[str, Any]:
        """The fields of the noun that were filled in."""
        return {name: self.cleaned_data[name] for name in self.says}


class WritingForm(ThingForm):
    """Words on the paper."""

    says = ("words", "size", "colour")
    words = forms.CharField(label=_("What it says"), max_length=500)
    size = _chosen(_("Size"), SIZES, "middle", attrs=BAR)
    colour = _colour()


class ShapeForm(ThingForm):
    """A plain shape or a stamp."""

    says = ("what", "colour")
    what = _chosen(_("Which"), WHATS, "ring")
    colour = _colour()


class RegionForm(ThingForm):
    """A part of the paper with a line round it."""

    says = ("label", "colour")
    label = forms.CharField(
        label=_("Name"), help_text=_("You can leave it empty."), max_length=200, required=False
    )
    colour = _colour("weld")


class StrokeForm(ThingForm):
    """A line drawn by hand."""

    says = ("pen", "width")
    pen = _colour()
    width = _chosen(_("Width"), WIDTHS, "middle", attrs=BAR)


class NewWritingForm(WritingForm):
    """Words, and where on the paper they begin."""

    place = _place(_("Where on the paper"), "0.5 0.2")

    def noun(self) -> Drawn:
        """The new writing."""
        x, y = _at(self.cleaned_data["place"])
        return Writing(x, y, **self.said())


class NewShapeForm(ShapeForm):
    """A shape, and where its middle is."""

    place = _place(_("Where on the paper"), "0.5 0.5")

    def noun(self) -> Drawn:
        """The new shape."""
        x, y = _at(self.cleaned_data["place"])
        left, right = round(x - _EXTENT, 4), round(x + _EXTENT, 4)
        top, bottom = round(y - _EXTENT, 4), round(y + _EXTENT, 4)
        return Shape(x=left, y=top, x2=right, y2=bottom, **self.said())


class NewRegionForm(RegionForm):
    """A line round some figures."""

    figures = forms.TypedMultipleChoiceField(
        label=_("Round whom or what"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("figures",)

    def __init__(self, data: Any, figures: Iterable[Entry[Figure]]) -> None:
        super().__init__(data)
        self.there = {entry.thing: entry.noun for entry in figures}
        named = [(str(thing), name_of(noun)) for thing, noun in self.there.items()]
        self.fields["figures"].choices = named  # type: ignore[attr-defined]

    def noun(self) -> Drawn:
        """The new region."""
        chosen = [self.there[thing] for thing in self.cleaned_data["figures"]]
        return Region(line_round(chosen), **self.said())


class NewStrokeForm(StrokeForm):
    """A line from one place to another."""

    begins = _place(_("From"), "0.2 0.2")
    ends = _place(pgettext_lazy("a line", "To"), "0.8 0.2")

    def noun(self) -> Drawn:
        """The new line."""
        points = tuple((*_at(self.cleaned_data[name]), 0.6) for name in ("begins", "ends"))
        return Stroke(points, **self.said())


THINGS: dict[str, type[KeepForm]] = {
    "figure": FigureForm,
    "writing": WritingForm,
    "shape": ShapeForm,
    "region": RegionForm,
    "stroke": StrokeForm,
}


class SeveralForm(PlainForm):
    """Several names at once."""

    names = forms.CharField(max_length=4000, strip=False)

    @property
    def told(self) -> list[str]:
        """Each name."""
        return names_in(self.cleaned_data["names"])


class DescribeForm(PlainForm):
    """The map in the drawer's own words."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class HelpsForm(PlainForm):
    """What may lie under the map; nothing until it is chosen."""

    rings = forms.TypedChoiceField(
        label=_("Rings"),
        help_text=_("They mean nothing by themselves."),
        coerce=int,
        choices=[(0, _("none")), *((n, str(n)) for n in range(1, 6))],
        widget=forms.RadioSelect,
    )
    ring_names = forms.CharField(
        label=_("What the rings are called, if you like"),
        help_text=_("From the inside out, one on each line."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sectors = forms.TypedChoiceField(
        label=_("Parts, like slices"),
        coerce=int,
        choices=[(0, _("none")), *((n, str(n)) for n in range(2, 9))],
        widget=forms.RadioSelect,
    )
    sector_names = forms.CharField(
        label=_("What the parts are called, if you like"),
        help_text=_("Clockwise from the top, one on each line."),
        required=False,
        max_length=1600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    background = _chosen(_("Paper"), BACKGROUNDS, "plain")
    near = forms.CharField(
        label=_("Does near or far mean something on your map?"),
        help_text=_("Only if you say so, in your words: “near means I trust them”."),
        required=False,
        max_length=500,
        widget=forms.TextInput,
    )

    def __init__(self, data: Any, helps: Helps) -> None:
        """The form as the map stands."""
        stands = {name: getattr(helps, name) for name in self.base_fields}
        stands |= {name: "\n".join(stands[name]) for name in ("ring_names", "sector_names")}
        super().__init__(data, initial=stands)

    def helps(self) -> Helps:
        """What was chosen."""
        told = self.cleaned_data
        rows = {
            name: tuple(row.strip()[:200] for row in told[f"{name}_names"].splitlines())
            for name in ("ring", "sector")
        }
        return Helps(
            rings=told["rings"],
            ring_names=rows["ring"][: told["rings"]],
            sectors=told["sectors"],
            sector_names=rows["sector"][: told["sectors"]],
            background=told["background"],
            near=told["near"],
        )
