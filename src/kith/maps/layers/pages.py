"""Pages of layers: begin one, name and order them, look at two, slide through them all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.base import ids
from kith.base.problems import Missing
from kith.maps import readings
from kith.maps.drawing import still
from kith.maps.layers import actions
from kith.maps.layers.arrivals import begin_as_asked
from kith.maps.layers.forms import BeginForm, ChangeForm, DifferenceForm
from kith.maps.layers.laid import lay
from kith.maps.layers.readings import (
    apart,
    asked_day,
    difference,
    first_of,
    one_of,
    row_of,
    taken_away,
)
from kith.maps.layers.strip import strip_of
from kith.maps.layers.words import sentences, title
from kith.maps.pictures import pictures
from kith.web import shells
from kith.web.pages import Request, anyone, page, signed_in


@page(signed_in, nav="map", mine=True)
def every(request: Request, map_id: UUID) -> HttpResponse:
    """All layers of a drawing: their names and order, and those taken away."""
    row = row_of(request.viewer, map_id)
    gone = taken_away(request.viewer, first_of(row[0]))
    told = {
        "rows": [_row(one, at, len(row)) for at, one in enumerate(row)],
        "first": first_of(row[0]),
        "gone": [(one.thing, title(one.noun)) for one in gone],
        **_about(row, map_id),
    }
    return render(request, "maps/layers/every.html", told)


@page(signed_in, nav="map", mine=True)
def begin(request: Request, map_id: UUID) -> HttpResponse:
    """A new layer: which time, and what it begins with."""
    row = row_of(request.viewer, map_id)
    form = BeginForm(request.POST or None, row, **_asked(request, map_id))
    if request.method == "POST" and form.is_valid():
        made = begin_as_asked(request.viewer, map_id, form)
        messages.success(request, _("It is there, beside the others."))
        return redirect("maps:draw", map_id=made)
    told = {"form": form, "act": _("Begin"), **_about(row, map_id)}
    return render(request, "maps/layers/begin.html", told)


@page(anyone, nav="map")
def shell(request: Request) -> HttpResponse:
    """The same without a connection, with no id: each layer that is begun from it has its own."""
    form = BeginForm()
    form.initial["id"] = ""
    return shells.shell(request, "maps/layers/begin.html", {"form": form, "act": _("Begin")})


@page(signed_in, nav="map", mine=True)
def change(request: Request, map_id: UUID) -> HttpResponse:
    """Name a layer anew, and say of which time it is."""
    found = readings.a_map(request.viewer, map_id)
    form = ChangeForm(request.POST or None, found.noun)
    if request.method == "POST" and form.is_valid():
        actions.say(request.viewer, map_id, form.said())
        messages.success(request, _("It is changed."))
        return redirect("maps:layers", map_id=map_id)
    told = {"form": form, "map_id": map_id, "title": title(found.noun)}
    return render(request, "maps/layers/change.html", told)


@page(signed_in, mine=True)
@require_POST
def move(request: Request, map_id: UUID) -> HttpResponse:
    """Move a layer one place in the drawer's own order."""
    actions.move(request.viewer, map_id, request.POST.get("way", ""))
    return redirect("maps:layers", map_id=map_id)


@page(signed_in, mine=True)
@require_POST
def take_away(request: Request, map_id: UUID) -> HttpResponse:
    """Take a layer away."""
    first = first_of(readings.a_map(request.viewer, map_id))
    actions.take_away(request.viewer, map_id)
    messages.success(request, _("The layer is away. Below is the way back."))
    return redirect("maps:layers", map_id=first)


@page(signed_in, mine=True)
@require_POST
def bring_back(request: Request, map_id: UUID) -> HttpResponse:
    """Bring back a layer of this map that was taken away."""
    readings.a_map(request.viewer, map_id)
    layer = ids.read(request.POST.get("layer", ""))
    if layer is None:
        raise Missing
    actions.bring_back(request.viewer, layer, map_id)
    messages.success(request, _("It is there again."))
    return redirect("maps:layers", map_id=map_id)


@page(signed_in, nav="map", mine=True)
def ghost(request: Request, map_id: UUID) -> HttpResponse:
    """A layer as a picture without words, for the script to lay under another one."""
    drawn = readings.drawing(request.viewer, map_id)
    return render(request, "maps/still.html", {"still": still(drawn), "names": False})


@page(signed_in, nav="map", mine=True)
def slide(request: Request, map_id: UUID) -> HttpResponse:
    """All layers on one line; one of them is seen at a time."""
    row = row_of(request.viewer, map_id)
    laid = [lay(readings.drawn_on(request.viewer, one)) for one in row]
    told = {"laid": laid, "pictures": pictures(), **_about(row, map_id)}
    return render(request, "maps/layers/slide.html", told)


@page(signed_in, nav="map", mine=True)
def two(request: Request, map_id: UUID, other: UUID) -> HttpResponse:
    """Two layers beside each other, and what is different between them."""
    row = row_of(request.viewer, map_id)
    one_of(row, other)
    if other == map_id:
        raise Missing
    said = difference(request.viewer, map_id, other)
    form = DifferenceForm(
        request.POST or None, initial={"words": said.noun.words} if said else None
    )
    if request.method == "POST" and form.is_valid():
        actions.tell_difference(
            request.viewer, map_id, other, form.cleaned_data["words"], id=form.record_id
        )
        messages.success(request, _("It is kept."))
        return redirect("maps:two", map_id=map_id, other=other)
    laid = [lay(readings.drawn_on(request.viewer, one_of(row, one))) for one in (map_id, other)]
    told = {
        "form": form,
        "laid": laid,
        "sentences": sentences(laid[0].title, laid[1].title, apart(request.viewer, map_id, other)),
        "pairs": _pairs(row, map_id, other),
        "pictures": pictures(),
        **_about(row, map_id),
    }
    return render(request, "maps/layers/two.html", told)


def _about(row: list[Any], map_id: UUID) -> dict[str, Any]:
    return {
        "map_id": map_id,
        "title": title(one_of(row, map_id).noun),
        "strip": strip_of(row, map_id),
    }


def _row(one: Any, at: int, of: int) -> dict[str, Any]:
    return {
        "thing": one.thing,
        "title": title(one.noun),
        "earlier": at > 0,
        "later": at < of - 1,
        "first": one.noun.of is None,
    }


def _pairs(row: list[Any], one: UUID, other: UUID) -> list[dict[str, Any]]:
    """The other layers that one can lay beside this one."""
    return [
        {
            "title": title(each.noun),
            "url": reverse("maps:two", kwargs={"map_id": one, "other": each.thing}),
            "here": each.thing == other,
        }
        for each in row
        if each.thing != one
    ]


def _asked(request: Request, map_id: UUID) -> dict[str, object]:
    day = asked_day(request.GET.get("on", ""))
    return {"source": str(map_id), **({"day": day, "take": "all", "layer": "other"} if day else {})}
