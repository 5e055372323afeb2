"""The page of live examples at /look/: every part of the look, made by the parts themselves."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kith.web import icons
from kith.web.templatetags.look import STATES

SWATCHES = (
    "table", "sheet", "inset", "ink", "ink-2", "edge", "line",
    "accent", "accent-wash", "weld", "moss", "woad", "madder", "walnut",
)  # fmt: skip

KEPT = ((0.0, 1.0, "kept"),)
INTERRUPTED = ((0.0, 0.6, "kept"), (0.62, 1.0, "interrupted"))
RESTORED = ((0.0, 0.7, "kept"), (0.72, 0.84, "interrupted"), (0.86, 1.0, "restored"))
LET_GO = ((0.0, 0.34, "kept"), (0.34, 1.0, "let go"))

_HAPPENED = frozenset({1, 2, 14, 15, 19, 21, 22})
_COULD_NOT = frozenset({3, 4, 5, 6, 9, 10, 12})


class Example(forms.Form):
    """One field of each sort, with an answer that wants mending."""

    words = forms.CharField(
        label=_("A few words"), widget=forms.Textarea(attrs={"class": "big", "rows": 3})
    )
    happened = forms.ChoiceField(
        label=_("Did it happen"),
        choices=[("yes", _("It happened")), ("no", _("It could not happen"))],
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    with_whom = forms.MultipleChoiceField(
        label=_("With whom or what"),
        help_text=_("Anyone or anything that was part of it."),
        choices=[("t", "T."), ("m", "M."), ("b", _("B., the dog")), ("unsure", _("Not sure"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.CharField(label=_("Until"), help_text=_("It always ends."))
    place = forms.ChoiceField(
        label=_("Where"), choices=[("kitchen", _("The kitchen")), ("stairs", _("The stairs"))]
    )
    share = forms.BooleanField(label=_("J. may see this"), required=False)

    def clean_until(self) -> str:
        raise forms.ValidationError(_("There is no 31 February. Try a day such as 28 February."))


def look(request: HttpRequest) -> HttpResponse:
    """Show every part once. Nothing on the page is anyone's: it takes no records and keeps none."""
    form = Example(
        {
            "words": _("Tea with T. before anyone else was up."),
            "happened": "yes",
            "with_whom": ["t"],
            "until": "31 February",
            "place": "stairs",
        }
    )
    return render(request, "web/look.html", {"form": form, "sample": True, **_parts()})


def _parts() -> dict[str, object]:
    return {
        "swatches": SWATCHES,
        "signs": sorted(icons.NAMES),
        "states": list(STATES),
        "kept": KEPT,
        "interrupted": INTERRUPTED,
        "restored": RESTORED,
        "let_go": LET_GO,
        "days": [(day, _mark(day)) for day in range(1, 31)],
        "today": 22,
        "themes": [_("care"), _("trust"), _("companionship"), _("reciprocity"), _("intimacy")],
    }


def _mark(day: int) -> bool | None:
    """Whether the tea happened, could not happen, or nothing was noted."""
    return True if day in _HAPPENED else False if day in _COULD_NOT else None
