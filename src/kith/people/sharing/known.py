"""Pages for whom one knows here: handing over a code, typing one, and what one calls them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base.problems import Missing
from kith.people import known
from kith.people.codes import square
from kith.people.nouns import BY_WORK
from kith.people.sharing.forms import CodeForm, DescribeForm, MeetForm
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="sharing", mine=True)
def every(request: Request) -> HttpResponse:
    """Whom one knows here, under one's own names for them."""
    return render(request, "people/known.html", {"known": known.known(request.viewer)})


@page(signed_in, nav="sharing", mine=True)
def meet(request: Request) -> HttpResponse:
    """A name for someone, and then a code to hand to them."""
    form = MeetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["who"] == BY_WORK:
            form.add_error("who", _("In your work, leave it to them: ask them for a code."))
        else:
            told = form.cleaned_data
            made = known.meet(request.viewer, told["called"], told["who"], id=form.record_id)
            return redirect("people:known-code", thing=made.thing)
    told = {"form": form, "back": reverse("people:known"), "act": _("Go on")}
    return render(request, "people/meet.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="sharing", mine=True)
def code(request: Request, thing: UUID) -> HttpResponse:
    """A code for one person, shown once, to hand over."""
    entry = known.known_one(request.viewer, thing)
    if not known.can_make_code(request.viewer, entry):
        raise Missing
    told: dict[str, Any] = {"entry": entry}
    if request.method == "POST":
        made = known.make_code(request.viewer, thing)
        address = request.build_absolute_uri(f"{reverse('people:come-by')}?c={made}")
        told |= {"code": made, "square": square(address)}
    return render(request, "people/known_code.html", told)


@page(signed_in, nav="sharing", mine=True)
def come_by(request: Request) -> HttpResponse:
    """Type the code someone handed over, and say what one calls them."""
    form = CodeForm(request.viewer, request.POST or None, initial={"code": request.GET.get("c")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = known.come_by(
            request.viewer, told["code"], told["called"], told["who"], id=form.record_id
        )
        messages.success(request, _("Kept. Nothing is shown to anyone by this."))
        return redirect("people:known-one", thing=made.thing)
    told = {"form": form, "back": reverse("people:known")}
    return render(request, "people/come_by.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="sharing", mine=True)
def one(request: Request, thing: UUID) -> HttpResponse:
    """What one calls someone, who they are to one, and what one wants between the two."""
    entry = known.known_one(request.viewer, thing)
    noun = entry.noun
    first = {"called": noun.called, "who": noun.who, "unsafe": noun.unsafe, "open": noun.open}
    form = DescribeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        known.describe(request.viewer, thing, form.said(entry), id=form.record_id)
        messages.success(request, _("Kept."))
        return redirect("people:known-one", thing=thing)
    told = {
        "form": form,
        "entry": entry,
        "can_make_code": known.can_make_code(request.viewer, entry),
    }
    return render(request, "people/known_one.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="sharing", mine=True)
def forget(request: Request, thing: UUID) -> HttpResponse:
    """Know someone no longer, after a second press. They are not told."""
    entry = known.known_one(request.viewer, thing)
    if request.method == "POST":
        known.forget(request.viewer, thing)
        messages.success(request, _("Done. Nothing reaches across any more, either way."))
        return redirect("people:known")
    told = {
        "heading": _("Let %(name)s go from here") % {"name": entry.noun.called},
        "what": [
            _("Nothing of yours is shown to them from now on, and nothing of theirs to you."),
            _("They are not told, and nobody asks why. To begin again, you need a new code."),
        ],
        "act": _("Yes, let them go"),
        "back": reverse("people:known-one", args=[thing]),
    }
    return render(request, "web/confirm.html", told)
