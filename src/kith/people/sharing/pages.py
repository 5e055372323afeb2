"""Pages for showing something to someone, for stopping, and for who can look."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kith.base import ids
from kith.base.problems import Missing
from kith.people import readings
from kith.people.known import known
from kith.people.sharing.forms import AloneForm, ShowForm, first_fields
from kith.people.showing import (
    draft_of,
    leaves_out,
    previewed,
    revealing,
    seen_by_me,
    seen_here,
    show,
    showed,
    showing,
    showing_one,
)
from kith.permissions.actions import withdraw
from kith.permissions.viewer import Viewer
from kith.web.pages import Card, Request, in_circle, page, signed_in


@page(signed_in, nav="sharing")
def looking(request: Request) -> HttpResponse:
    """Who can look at my things, for what, until when; and which teams did."""
    told = {
        "showing": showing(request.viewer),
        "looked": readings.looked(request.viewer),
        "revealing": revealing(request.viewer),
        "circles": request.circle_names,
    }
    return render(request, "people/looking.html", told)


@page(signed_in, nav="sharing")
def before(request: Request) -> HttpResponse:
    """What one showed once and no longer does; nobody else ever sees this list."""
    return render(request, "people/before.html", {"showed": showed(request.viewer)})


@page(signed_in, nav="sharing", fresh=True, mine=True)
def choose(request: Request, thing: UUID | None = None) -> HttpResponse:
    """Choose what to show to whom, see exactly what they will see, and then show it."""
    return _choose(request, thing, None, initial=_first(request))


@page(signed_in, nav="sharing", fresh=True, mine=True)
def change(request: Request, grant: UUID) -> HttpResponse:
    """Change what one shows: the old stops at the moment the new is given."""
    draft = draft_of(request.viewer, grant)
    return _choose(request, draft.thing, grant, initial=first_fields(draft))


@page(signed_in, nav="sharing")
def stop_showing(request: Request, grant: UUID) -> HttpResponse:
    """Stop showing: the second press. No reason is asked."""
    shown = showing_one(request.viewer, grant)
    if request.method == "POST":
        withdraw(request.viewer, grant)
        messages.success(request, _("Stopped. They may still remember what they saw."))
        return redirect("people:looking")
    return render(request, "people/stop_showing.html", {"shown": shown})


@page(signed_in, nav="sharing")
def seen(request: Request) -> HttpResponse:
    """What others show me right now. Nothing of theirs is kept here."""
    return render(request, "people/seen.html", {"windows": seen_by_me(request.viewer)})


@page(in_circle("team"), nav="together")
def team(request: Request, circle: UUID) -> HttpResponse:
    """What the team of a circle is shown right now. Whoever shows it can read that one looked."""
    told = {"windows": seen_here(request.viewer, circle), "circle": circle}
    return render(request, "people/seen.html", told)


def circle_card(viewer: Viewer, circle: UUID) -> Card | None:
    """The way to what a team is shown; the same whether it is shown anything or not."""
    if not viewer.has_part(circle, "team"):
        return None
    return Card("people/shown_card.html", {"circle": circle})


def _choose(
    request: Request, thing: UUID | None, instead: UUID | None, **named: Any
) -> HttpResponse:
    form = ShowForm(request.viewer, request.circle_names, request.POST or None, thing, **named)
    told = {"form": form, "back": reverse("people:looking"), "act": _("See what they will see")}
    if not form.is_bound or "again" in request.POST or not form.is_valid():
        if thing and not form.offered:
            raise Missing
        status = 422 if form.is_bound and form.errors else 200
        return render(request, "people/choose.html", told, status=status)
    return _preview(request, form, instead)


def _first(request: Request) -> dict[str, str]:
    """The form as it begins: for whoever one came from, if one knows them."""
    whom = ids.read(request.GET.get("to", ""))
    found = next((one for one in known(request.viewer) if one.thing == whom), None)
    return {"whom": f"pair:{found.noun.pair}"} if found else {}


def _preview(request: Request, form: ShowForm, instead: UUID | None) -> HttpResponse:
    draft = form.draft()
    asks = draft.pair is not None
    alone = AloneForm(request.POST if "show" in request.POST else None)
    if "show" in request.POST and (not asks or alone.is_valid()):
        yes = asks and alone.cleaned_data["alone"] == "yes"
        if asks and not yes:
            messages.success(request, _("Nothing is shown. You can come back at any time."))
            return redirect("people:looking")
        grant = show(request.viewer, draft, alone=yes, instead=instead)
        messages.success(request, _shown(grant.starts, asks))
        return redirect("people:looking")
    told = {
        "form": form,
        "window": previewed(request.viewer, draft),
        "to": form.chosen("whom"),
        "alone": alone if asks else None,
        "leaves_out": leaves_out(draft),
        "fields": form.kept(draft),
    }
    return render(request, "people/preview.html", told, status=422 if alone.errors else 200)


def _shown(starts: datetime, waits: bool) -> str:
    if not waits:
        return _("They can see it now. You can stop at any time.")
    day = date_format(localtime(starts), "j F, H.i")
    return _("They can see it from %(day)s. Until then you can change or stop it.") % {"day": day}
