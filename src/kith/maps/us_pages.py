"""Pages of the two of us: answering alone, being willing, and what both see."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.base import clock
from kith.base.problems import Missing
from kith.maps import us as two
from kith.maps.nouns import Said
from kith.people.known import known_one
from kith.people.sharing.forms import AloneForm
from kith.permissions.reveals import meeting
from kith.web.forms import KeepForm, PlainForm
from kith.web.pages import Request, page, signed_in


class SayForm(KeepForm):
    """An answer in one's own words, or one of the other ways in which it can stand."""

    words = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "big", "rows": 4}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=list(two.STANDINGS.items()),
        widget=forms.RadioSelect,
        initial="answered",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("state") == "answered" and not told.get("words", "").strip():
            self.add_error("words", _("A few words, or choose one of the other answers below."))
        return told

    def said(self) -> Said:
        """What was filled in."""
        return Said(self.cleaned_data["state"], self.cleaned_data["words"])


class WillingForm(PlainForm):
    """Which of one's answers one is willing to show."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Which of your answers"),
        help_text=gettext_lazy("They see only those that both of you chose."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one, or go back.")},
    )

    def __init__(self, told: list[two.Told], *args: Any) -> None:
        super().__init__(*args)
        given = [(one.item, str(one.text)) for one in told if one.said.state != "not-asked"]
        self.given = given
        self.fields["items"].choices = given  # type: ignore[attr-defined]


class WithThird(PlainForm):
    """Whether whoever is the third may see it too."""

    third = forms.BooleanField(
        label=gettext_lazy("The third person may see it too, if they wish the same"),
        help_text=gettext_lazy("Else the third person sees nothing of it."),
        required=False,
    )


@page(signed_in, nav="sharing", mine=True)
def us(request: Request, thing: UUID) -> HttpResponse:
    """One's own answers about the two, and what both chose to show, once that is so."""
    told = {
        "known": known_one(request.viewer, thing),
        "answers": two.answers(request.viewer, thing),
        "between": two.between(request.viewer, thing),
        "daily": daily(),
    }
    return render(request, "maps/us.html", told)


@page(signed_in, nav="sharing", mine=True)
def say(request: Request, thing: UUID, item: str) -> HttpResponse:
    """Answer one item, alone."""
    now = next((one for one in two.answers(request.viewer, thing) if one.item == item), None)
    if now is None:
        raise Missing
    state = "answered" if now.said.state == "not-asked" else now.said.state
    form = SayForm(request.POST or None, initial={"words": now.said.words, "state": state})
    if request.method == "POST" and form.is_valid():
        two.answer(request.viewer, thing, item, form.said(), id=form.record_id)
        messages.success(request, _("Kept. Only you see it."))
        return redirect("maps:us", thing=thing)
    told = {"form": form, "heading": now.text, "back": _address(thing), "unwatched": True}
    return render(request, "maps/us_say.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="sharing", fresh=True, mine=True)
def willing(request: Request, thing: UUID) -> HttpResponse:
    """Choose answers, see exactly what they would see, and be willing; the other is not told."""
    known = known_one(request.viewer, thing)
    form = WillingForm(two.answers(request.viewer, thing), request.POST or None)
    told = {"known": known, "form": form, "back": _address(thing)}
    if not form.is_bound or "again" in request.POST or not form.is_valid():
        status = 422 if form.errors and "again" not in request.POST else 200
        return render(request, "maps/us_willing.html", told, status=status)
    items = form.cleaned_data["items"]
    alone = AloneForm(request.POST if "show" in request.POST else None)
    if "show" in request.POST and alone.is_valid():
        return _willing(request, thing, items, alone.cleaned_data["alone"] == "yes")
    told |= {
        "daily": daily(),
        "alone": alone,
        "third": WithThird(request.POST if "show" in request.POST else None),
        "items": items,
        "told": two.chosen(request.viewer, thing, items),
    }
    return render(request, "maps/us_preview.html", told, status=422 if alone.errors else 200)


@page(signed_in, nav="sharing", mine=True)
def take_back(request: Request, thing: UUID) -> HttpResponse:
    """Be willing no longer: this page is the first press, its button the second."""
    known_one(request.viewer, thing)
    if request.method == "POST":
        two.take_back(request.viewer, thing)
        messages.success(request, _("Taken back. What was seen may be remembered."))
        return redirect("maps:us", thing=thing)
    told = {
        "heading": _("Take it back"),
        "what": [
            _("From the moment you press, nothing of this is shown, to either of you."),
            _("Nobody asks why. What was seen may be remembered."),
        ],
        "act": _("Yes, take it back"),
        "back": _address(thing),
    }
    return render(request, "web/confirm.html", told)


@page(signed_in, nav="sharing", mine=True)
def together(request: Request, thing: UUID) -> HttpResponse:
    """One's own answers in large letters, to look at side by side on one screen."""
    told = {"known": known_one(request.viewer, thing), "answers": _said(request, thing)}
    return render(request, "maps/us_together.html", told)


def _willing(request: Request, thing: UUID, items: list[str], alone: bool) -> HttpResponse:
    if alone:
        third = request.POST.get("third") == "on"
        two.be_willing(request.viewer, thing, items, alone=alone, third=third)
        messages.success(request, _("Kept. They are not told."))
    else:
        messages.success(request, _("Nothing has changed. You can come back at any time."))
    return redirect("maps:us", thing=thing)


def _said(request: Request, thing: UUID) -> list[two.Told]:
    every = two.answers(request.viewer, thing)
    return [one for one in every if one.said.state != "not-asked"]


def daily() -> str:
    """The time of day at which reveals happen, as the clock on the wall has it here."""
    return time_format(localtime(meeting(clock.now())), "H.i")


def _address(thing: UUID) -> str:
    return reverse("maps:us", kwargs={"thing": thing})
