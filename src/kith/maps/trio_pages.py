"""Pages for trio down with a third: beginning it, coming as the third, opening and ending it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.maps import trio as sit
from kith.people.codes import square
from kith.people.known import known_one
from kith.people.readings import resting_until
from kith.people.sharing.forms import AloneForm
from kith.people.signin import tries
from kith.people.signin.forms import refuse_while_waiting
from kith.permissions import trios
from kith.permissions.viewer import Viewer
from kith.web.forms import PlainForm
from kith.web.pages import Card, Request, page, signed_in


class ThirdForm(PlainForm):
    """The code that someone handed over; being valid means that one is the third."""

    code = forms.CharField(
        label=gettext_lazy("The code they gave you"),
        help_text=gettext_lazy("Ten letters, such as ABCDE-FGHJK."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, viewer: Viewer, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.viewer = viewer

    def clean_code(self) -> UUID:
        mark = tries.hashed("code", str(self.viewer.me))
        refuse_while_waiting(tries.take(mark))
        try:
            found = sit.come_as_third(self.viewer, self.cleaned_data["code"])
        except Missing:
            raise forms.ValidationError(
                _("We do not know this code, or its time is over. Ask for another.")
            ) from None
        except Invalid:
            raise forms.ValidationError(_("This is your own code. Hand it to a third.")) from None
        except Refused:
            raise forms.ValidationError(
                _("You are one of the two. Someone else has to be the third.")
            ) from None
        tries.forget(mark)
        return found.id


class AllHereForm(PlainForm):
    """The third says that nobody is missing."""

    here = forms.BooleanField(
        label=gettext_lazy("All three of us are in one room, and both told me that they want this"),
        error_messages={"required": gettext_lazy("Only when all three are here and both want it.")},
    )


@page(signed_in, nav="sharing", fresh=True, mine=True)
def begin(request: Request, thing: UUID) -> HttpResponse:
    """Begin to sit down with a third, alone and after what it means was said; or end it."""
    known = known_one(request.viewer, thing)
    if not known.noun.may_begin:
        raise Missing
    if "stop" in request.POST:
        sit.stop(request.viewer, thing)
        messages.success(request, _("Ended. They may remember what they saw."))
        return redirect("maps:us", thing=thing)
    form = AloneForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"known": known, "form": form}
    if form.is_valid() and form.cleaned_data["alone"] != "yes":
        messages.success(request, _("Nothing has changed. You can come back at any time."))
        return redirect("maps:us", thing=thing)
    if form.is_valid():
        code = sit.begin(request.viewer, thing, alone=True)
        address = request.build_absolute_uri(f"{reverse('maps:third')}?c={code}")
        told |= {"code": code, "square": square(address)}
    told |= {"rests": resting_until(request.viewer), "now": clock.now()}
    told["trio"] = sit.begun(request.viewer, thing)
    return render(request, "maps/trio_begin.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="sharing", mine=True)
def third(request: Request) -> HttpResponse:
    """Come as the third, with the code that someone handed over."""
    form = ThirdForm(request.viewer, request.POST or None, initial={"code": request.GET.get("c")})
    if request.method == "POST" and form.is_valid():
        return redirect("maps:trio", trio=form.cleaned_data["code"])
    told = {"form": form, "back": reverse("people:known"), "act": _("Go on")}
    return render(request, "maps/trio_third.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="sharing", mine=True)
def trio(request: Request, trio: UUID) -> HttpResponse:
    """As the third: open it when all three are there, and end it."""
    there, now = trios.trio(request.viewer, trio), clock.now()
    form = AllHereForm(request.POST if "open" in request.POST else None)
    if "end" in request.POST:
        sit.end_it(request.viewer, trio)
        messages.success(request, _("Ended. Nothing more is shown to anyone."))
        return redirect("people:known")
    if form.is_valid():
        sit.open_it(request.viewer, trio, all_here=True)
        return redirect("maps:trio", trio=trio)
    told = {
        "trio": there,
        "form": form,
        "over": there.closes <= now,
        "both": sit.seen_by_third(request.viewer, trio),
    }
    return render(request, "maps/trio.html", told, status=422 if form.errors else 200)


def home_card(viewer: Viewer) -> Card | None:
    """On the home page of the third: the way to what they were asked for, while it is not over."""
    there = trios.third_in(viewer)
    return Card("maps/trio_card.html", {"trios": there}) if there else None
