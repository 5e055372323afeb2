"""A circle's gatherings: the list, one of them, and taking a seat."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.base import clock
from kith.inquiry import actions, evidence, readings
from kith.inquiry.forms import ChangedGathering, NewGathering, SeatForm, VoiceForm
from kith.people.readings import my_roles
from kith.permissions.viewer import Viewer
from kith.web.pages import Card, Request, in_circle, page


def circle_card(viewer: Viewer, circle: UUID) -> Card:
    """What a circle's page says about gatherings: those to come, or the last one."""
    every = readings.gatherings(viewer, circle)
    coming = [one for one in every if one.noun.starts and one.noun.starts >= clock.now()]
    told = {
        "circle": circle,
        "shown": list(reversed(coming))[:3] or every[:1],
        "more": len(every) > 1,
        "may_open": viewer.has_part(circle, "team"),
    }
    return Card("inquiry/card.html", told)


@page(in_circle("guest"), nav="together")
def every(request: Request, circle: UUID) -> HttpResponse:
    """All gatherings of a circle."""
    told = {
        "circle": circle,
        "gatherings": readings.gatherings(request.viewer, circle),
        "may_open": request.viewer.has_part(circle, "team"),
    }
    return render(request, "inquiry/every.html", told)


@page(in_circle("team"), nav="together")
def new(request: Request, circle: UUID) -> HttpResponse:
    """Open a gathering."""
    form = NewGathering(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.open_gathering(request.viewer, circle, form.noun(), form.record_id)
        return redirect("inquiry:gathering", circle=circle, thing=made.thing)
    return render(request, "inquiry/open.html", {"form": form, "circle": circle})


@page(in_circle("team"), nav="together")
def edit(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Say anew what a gathering is."""
    known = readings.gathering_in(request.viewer, circle, thing)
    said = ChangedGathering.said(known.noun) | {"seen": known.id}
    form = ChangedGathering(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        actions.change_gathering(request.viewer, thing, form.noun(), form.cleaned_data["seen"])
        messages.success(request, _("Kept."))
        return redirect("inquiry:gathering", circle=circle, thing=thing)
    told = {"form": form, "circle": circle, "gathering": known}
    return render(request, "inquiry/open.html", told)


@page(in_circle("guest"), nav="together")
def gathering(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """One gathering: what it is for, what was said, what was made of it."""
    viewer = request.viewer
    known = readings.gathering_in(viewer, circle, thing)
    found = readings.themes(viewer, thing)
    told = {
        "circle": circle,
        "gathering": known,
        "themes": found,
        "names": [theme.name for theme in found],
        "loose": [line for line in readings.lines(viewer, thing) if not line.themes],
        "paradoxes": evidence.paradoxes(viewer, thing),
        "findings": evidence.findings(viewer, thing),
        "advice": evidence.recommendations(viewer, thing),
        "seated": readings.my_voice(viewer, thing) is not None,
        "team": viewer.has_part(circle, "team"),
    }
    return render(request, "inquiry/gathering.html", told)


@page(in_circle("guest"), nav="together")
def seat(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Take a seat: the roles one speaks from here. Nobody sees a list of who came."""
    viewer = request.viewer
    known = readings.gathering_in(viewer, circle, thing)
    mine = readings.my_voice(viewer, thing)
    said = (
        {"roles": mine.noun.roles, "table": mine.noun.table, "comes_from": mine.noun.comes_from}
        if mine
        else {"roles": my_roles(viewer, circle)}
    )
    form = SeatForm(request.POST or None, initial=said, tables=known.noun.tables)
    if request.method == "POST" and form.is_valid():
        actions.take_seat(viewer, thing, form.noun())
        messages.success(request, _("Stored. You can change it whenever you like."))
        return redirect("inquiry:say", circle=circle, thing=thing)
    told = {"form": form, "circle": circle, "gathering": known, "seated": mine is not None}
    return render(request, "inquiry/seat.html", told)


@page(in_circle("team"), nav="together")
def voice(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Add someone who is at the table without a device."""
    known = readings.gathering_in(request.viewer, circle, thing)
    form = VoiceForm(request.POST or None, tables=known.noun.tables)
    if request.method == "POST" and form.is_valid():
        actions.add_voice(request.viewer, thing, form.noun(), form.record_id)
        messages.success(request, _("Stored. They are among those who took part."))
        return redirect("inquiry:write", circle=circle, thing=thing)
    told = {"form": form, "circle": circle, "gathering": known}
    return render(request, "inquiry/voice.html", told)
