"""Pages about a relationship: what was said of it, day by day, and saying it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.base import clock
from kith.maps import readings as maps
from kith.maps import words
from kith.maps.bonds import actions, readings
from kith.maps.bonds.forms import SayForm
from kith.maps.bonds.items import ALL, STEPS, WORK, after, asked, items_of
from kith.maps.bonds.telling import questions, telling
from kith.maps.nouns import Perspective, Tie
from kith.maps.twin.listing import between
from kith.web import shells
from kith.web.pages import Request, anyone, page, signed_in


@page(signed_in, nav="map", mine=True)
def about(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """What was said of one relationship: what belongs together side by side, each with its day."""
    told = _of(request, map_id, thing)
    views = readings.perspectives(request.viewer, thing)
    told |= {
        "views": views,
        "parts": list(telling(views, told["between"])),
        "open": list(questions(views, STEPS, told["between"])),
        "work": list(questions(views, WORK, told["between"])),
        "away": readings.taken_away(request.viewer, thing),
    }
    return render(request, "maps/bonds/about.html", told)


@page(signed_in, nav="map", mine=True)
def say(request: Request, map_id: UUID, thing: UUID, step: str) -> HttpResponse:
    """Answer one step, or all; what was said earlier today stands in the form."""
    items = items_of(step)
    told = _of(request, map_id, thing)
    views = readings.perspectives(request.viewer, thing)
    today = readings.of_day(views, readings.day_of(clock.now()))
    then = after(step)
    told |= {
        "step": step,
        "then": _address(map_id, thing, then) if then else _address(map_id, thing),
        "last": not then,
    }
    return _form(request, told, items, today, None)


@page(signed_in, nav="map", mine=True)
def anew(request: Request, map_id: UUID, thing: UUID, said: UUID) -> HttpResponse:
    """Say anew what was said on an earlier day."""
    told = _of(request, map_id, thing)
    view = readings.view_of(request.viewer, thing, said)
    told |= {"step": ALL, "then": told["back"], "view": view, "last": True}
    return _form(request, told, items_of(ALL), view, said)


@page(anyone, nav="map")
def shell(request: Request) -> HttpResponse:
    """All the questions, as a device keeps them for when there is no connection."""
    form = SayForm(None, asked(items_of(ALL)))
    form.initial["id"] = ""
    told = {"form": form, "step": ALL, "groups": _groups(form), "last": True}
    return shells.shell(request, "maps/bonds/say.html", told)


@page(signed_in, mine=True)
@require_POST
def take_away(request: Request, map_id: UUID, thing: UUID, said: UUID) -> HttpResponse:
    """Take what was said on one day away."""
    readings.about_on(request.viewer, map_id, thing)
    actions.take_away(request.viewer, thing, said)
    messages.success(request, _("Taken away. You can bring it back below."))
    return redirect("maps:about", map_id=map_id, thing=thing)


@page(signed_in, mine=True)
@require_POST
def bring_back(request: Request, map_id: UUID, thing: UUID, said: UUID) -> HttpResponse:
    """Bring it back."""
    readings.about_on(request.viewer, map_id, thing)
    actions.bring_back(request.viewer, thing, said)
    messages.success(request, _("It is back."))
    return redirect("maps:about", map_id=map_id, thing=thing)


def _of(request: Request, map_id: UUID, thing: UUID) -> dict[str, Any]:
    """What every page about it says: its name, the way to it, and whose it is."""
    noun = readings.about_on(request.viewer, map_id, thing).noun
    drawn = maps.drawing(request.viewer, map_id)
    return {
        "name": between(noun, drawn.names()) if isinstance(noun, Tie) else words.name_of(noun),
        "between": readings.between(noun, drawn.names()),
        "works": readings.looks_like_work(noun, drawn),
        "map_id": map_id,
        "thing": thing,
        "back": _address(map_id, thing),
    }


def _form(
    request: Request,
    told: dict[str, Any],
    items: tuple[str, ...],
    view: readings.View | None,
    on: UUID | None,
) -> HttpResponse:
    form = SayForm(
        request.POST or None,
        asked(items, told["between"]),
        view.noun if view else Perspective(),
        seen=view.version if view else None,
        on=on,
    )
    if request.method == "POST" and form.is_valid():
        actions.say(
            request.viewer,
            told["map_id"],
            told["thing"],
            form.told(),
            on=on,
            seen=form.cleaned_data["seen"],
            id=form.record_id,
        )
        return redirect(told["then"])
    told |= {"form": form, "groups": _groups(form)}
    return render(request, "maps/bonds/say.html", told, status=422 if form.errors else 200)


def _groups(form: SayForm) -> dict[str, Any]:
    """The questions as they stand on the page: what belongs together in one."""
    return {
        name: [list(form.questions(items)) for items in way.values() if items[0] in form.fields]
        for name, way in (("plain", STEPS), ("work", WORK))
    }


def _address(map_id: UUID, thing: UUID, step: str = "") -> str:
    here = {"map_id": map_id, "thing": thing}
    if not step:
        return reverse("maps:about", kwargs=here)
    return reverse("maps:about-say", kwargs=here | {"step": step})
