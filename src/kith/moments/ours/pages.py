"""Pages for what two people call theirs: saying so alone, seeing what would show, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.maps.us_pages import daily
from kith.moments.ours import actions, readings
from kith.moments.ours.forms import OursForm
from kith.moments.readings import practice
from kith.people.sharing.forms import AloneForm
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """All that one calls theirs together."""
    return render(request, "moments/ours_all.html", {"named": readings.named(request.viewer)})


@page(signed_in, nav="moments", fresh=True, mine=True)
def call(request: Request, thing: UUID) -> HttpResponse:
    """Choose with whom and the word, see exactly what they would see, and say so alone."""
    entry = practice(request.viewer, thing)
    back = reverse("moments:practice", kwargs={"thing": thing})
    form = OursForm(request.viewer, request.POST or None)
    told: dict[str, Any] = {"entry": entry, "form": form, "back": back}
    if not form.is_bound or "again" in request.POST or not form.is_valid():
        status = 422 if form.errors and "again" not in request.POST else 200
        return render(request, "moments/ours.html", told, status=status)
    alone = AloneForm(request.POST if "show" in request.POST else None)
    if "show" in request.POST and alone.is_valid():
        _call(request, thing, form, alone.cleaned_data["alone"] == "yes")
        return redirect(back)
    told |= {"alone": alone, "copy": readings.copy(request.viewer, thing), "daily": daily()}
    status = 422 if alone.errors else 200
    return render(request, "moments/ours_preview.html", told, status=status)


@page(signed_in, nav="moments", mine=True)
def take_back(request: Request, thing: UUID) -> HttpResponse:
    """Call it theirs no longer: this page is the first press, its button the second."""
    readings.one_of_mine(request.viewer, thing)
    back = reverse("moments:ours-all")
    if request.method == "POST":
        actions.take_back(request.viewer, thing)
        messages.success(request, _("Taken back. What was seen may be remembered."))
        return redirect(back)
    told = {
        "heading": _("Take it back"),
        "what": [
            _("From the moment you press, nothing of this is shown, to either of you."),
            _("Nobody asks why. What was seen may be remembered."),
        ],
        "act": _("Yes, take it back"),
        "back": back,
    }
    return render(request, "web/confirm.html", told)


def _call(request: Request, thing: UUID, form: OursForm, alone: bool) -> None:
    if not alone:
        messages.success(request, _("Nothing has changed. You can come back at any time."))
        return
    told = form.cleaned_data
    actions.call_ours(
        request.viewer, thing, told["known"], told["word"], alone=True, id=form.record_id
    )
    messages.success(request, _("Kept. They are not told."))
