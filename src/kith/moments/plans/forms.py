"""Beginning a plan, and putting a moment on it."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kith.maps.forms import PLACES
from kith.moments.forms.fields import line
from kith.moments.plans.readings import Place
from kith.web.forms import KeepForm

_PLACE = re.compile(r"^(0(?:\.\d{1,4})?|1(?:\.0{1,4})?) (0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$")


class PlanForm(KeepForm):
    """A new plan."""

    name = line(_("What you call this place"), _("Home, the ward, a friend’s flat."))


class PutForm(KeepForm):
    """One moment, and where on the plan it was."""

    moment = forms.TypedChoiceField(label=_("Which moment"), coerce=UUID, widget=forms.Select)
    place = forms.CharField(label=_("Where it was"), widget=forms.Select)

    def __init__(
        self,
        data: Any = None,
        *,
        moments: Sequence[tuple[str, str]],
        rooms: Sequence[tuple[str, Place]],
    ) -> None:
        super().__init__(data)
        self.fields["moment"].choices = moments  # type: ignore[attr-defined]
        self.fields["place"].widget.choices = _places(rooms)

    def clean_place(self) -> Place:
        """A place that was chosen from the list, or tapped: "0.25 0.5"."""
        said = _PLACE.match(self.cleaned_data["place"])
        if said is None:
            raise forms.ValidationError(_t("Choose a place on the plan."))
        return float(said[1]), float(said[2])


def short(words: str) -> str:
    """The first words of a moment, for a choice."""
    return Truncator(" ".join(words.split())).chars(60)


def _places(rooms: Sequence[tuple[str, Place]]) -> list[Any]:
    """The named parts of the plan first, then where on the paper."""
    named = [(f"{x:.4f} {y:.4f}", short(name)) for name, (x, y) in rooms]
    anywhere = (_t("A part of the paper"), list(PLACES.items()))
    return [(_t("On this plan"), named), anywhere] if named else [anywhere]
