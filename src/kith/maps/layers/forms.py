"""What one can say of a layer. Nothing but a press is required."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.maps.layers.words import TAKES, TIMES, title
from kith.maps.nouns import Map
from kith.records.readings import Entry
from kith.web.forms import KeepForm

_LONG = 200


class TimeForm(KeepForm):
    """Of which time a layer is, and what it is called."""

    layer = forms.ChoiceField(
        label=_("Which time"),
        choices=list(TIMES.items()),
        initial="before",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("A name of its own"),
        help_text=_("If you like. It stands in place of the time."),
        max_length=_LONG,
        required=False,
    )
    when = forms.CharField(
        label=_("When that was, or will be"),
        help_text=_("A day, a year, or words: when I lived by the sea."),
        max_length=_LONG,
        required=False,
    )

    def said(self) -> dict[str, Any]:
        """The fields of a layer that were filled in."""
        told = ("layer", "name", "when")
        return {name: self.cleaned_data[name] for name in told if name in self.fields}


class ChangeForm(TimeForm):
    """A layer that is there already; the first map may leave its time open."""

    def __init__(self, data: Any, layer: Map) -> None:
        stands = {name: getattr(layer, name) for name in ("layer", "name", "when")}
        super().__init__(data, initial=stands)
        if layer.of is None:
            self.fields["layer"].choices = [("", _("leave open")), *TIMES.items()]  # type: ignore[attr-defined]
            self.fields["layer"].required = False
        if layer.layer == "part":  # it is of no time
            del self.fields["layer"]


class BeginForm(TimeForm):
    """A new layer, and what it begins with. Without a connection only this map can be traced."""

    take = forms.ChoiceField(
        label=_("What it begins with"),
        help_text=_("What you take along is traced. The other drawing stays as it is."),
        choices=list(TAKES.items()),
        initial="nothing",
        widget=forms.RadioSelect,
    )
    source = forms.TypedChoiceField(
        label=_("Traced from"), coerce=UUID, required=False, widget=forms.RadioSelect
    )
    day = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, row: Iterable[Entry[Map]] = (), **initial: object) -> None:
        super().__init__(data, initial=initial)
        choices = [(str(one.thing), title(one.noun)) for one in row]
        if choices:
            self.fields["source"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["source"]


class DifferenceForm(KeepForm):
    """What is different between two layers."""

    words = forms.CharField(
        label=_("What is different?"),
        help_text=_("In your own words, as much or as little as you like."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OrderForm(forms.Form):
    """Whether the order of a drawing may be replayed, and with what was taken off."""

    with_erased = forms.BooleanField(label=_("Also show what I took off the paper"), required=False)
