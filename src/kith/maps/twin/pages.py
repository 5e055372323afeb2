"""Pages beside the paper: its order, its description, what lies under it, adding, forgetting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kith.base import ids
from kith.base.problems import Invalid, Missing
from kith.maps import readings, words
from kith.maps.actions import add
from kith.maps.bonds.readings import with_words
from kith.maps.readings import Drawing
from kith.maps.twin import actions
from kith.maps.twin.binding import goes_with
from kith.maps.twin.forms import (
    DescribeForm,
    HelpsForm,
    NewRegionForm,
    NewShapeForm,
    NewStrokeForm,
    NewWritingForm,
    SeveralForm,
)
from kith.maps.twin.listing import between, rows
from kith.maps.twin.readings import helps_of, order_of, told
from kith.maps.under import under
from kith.permissions.viewer import Viewer
from kith.web.forms import KeepForm
from kith.web.pages import Request, page, signed_in

_HEADINGS = {
    "writing": gettext_lazy("Words on the paper"),
    "shape": gettext_lazy("A shape"),
    "region": gettext_lazy("A line round some of it"),
    "stroke": gettext_lazy("A line"),
}
_SAID = {
    "up": gettext_lazy("Further up: %(name)s."),
    "down": gettext_lazy("Further down: %(name)s."),
    "first": gettext_lazy("Now the first: %(name)s."),
}


@page(signed_in, nav="map", mine=True)
def order(request: Request, map_id: UUID) -> HttpResponse:
    """The list in the drawer's own order; the paper stays as it is."""
    if request.method == "POST":
        thing, way = ids.read(request.POST.get("thing", "")), request.POST.get("way", "")
        if thing is None:
            raise Invalid("way-unclear")
        actions.arrange(request.viewer, map_id, thing, way)
        name = words.called(readings.on_paper(request.viewer, map_id, thing).noun)
        messages.success(request, str(_SAID[way]) % {"name": name})
        here = reverse("maps:order", kwargs={"map_id": map_id})
        return redirect(f"{here}?at={thing}&way={way}")
    drawn = readings.drawing(request.viewer, map_id)
    listed = rows(drawn, order_of(request.viewer, drawn))
    at = {"at": ids.read(request.GET.get("at", "")), "way": request.GET.get("way", "")}
    return render(request, "maps/twin/order.html", {"rows": listed, "map_id": map_id, **at})


@page(signed_in, nav="map", mine=True)
def describe(request: Request, map_id: UUID) -> HttpResponse:
    """The map in the drawer's own words, beside ours."""
    drawn = readings.drawing(request.viewer, map_id)
    said = told(request.viewer, drawn, order_of(request.viewer, drawn))
    if "away" in request.POST:
        actions.undescribe(request.viewer, map_id)
        return back(request, map_id, _("Your words are taken away. Ours go on."))
    fresh = "fresh" in request.POST
    form = DescribeForm(request.POST if request.POST and not fresh else None)
    if request.method == "POST" and not fresh and form.is_valid():
        actions.describe(request.viewer, map_id, form.cleaned_data["words"])
        return back(request, map_id, _("Your words stand beside the map."))
    form.initial = {"words": said.sentences if fresh else said.own}
    return render(
        request, "maps/twin/describe.html", {"form": form, "said": said, "map_id": map_id}
    )


@page(signed_in, nav="map", mine=True)
def helps(request: Request, map_id: UUID) -> HttpResponse:
    """What lies under the map: nothing, until the drawer chooses something."""
    form = HelpsForm(request.POST or None, helps_of(request.viewer, map_id))
    if request.method == "POST" and form.is_valid():
        actions.lay_under(request.viewer, map_id, form.helps())
        return back(request, map_id, _("The paper is as you chose."))
    return render(request, "maps/twin/helps.html", {"form": form, "map_id": map_id})


@page(signed_in, mine=True)
@require_POST
def part(request: Request, map_id: UUID) -> HttpResponse:
    """Move figures that lie on each other apart."""
    moved = actions.part(request.viewer, map_id)
    said = _("They have room now. Undo puts them back.") if moved else ""
    return back(request, map_id, said or _("None of them lie on each other."))


@page(signed_in, mine=True)
@require_POST
def several(request: Request, map_id: UUID) -> HttpResponse:
    """Put several names on the paper; then the field is there for the next."""
    form = SeveralForm(request.POST)
    names = form.told if form.is_valid() else []
    if not names:
        return back(request, map_id, _("No name was there. Nothing has changed."), at="several")
    actions.add_several(request.viewer, map_id, names)
    said = _("On the paper: %(names)s.") % {"names": ", ".join(names)}
    return back(request, map_id, said, at="several")


@page(signed_in, nav="map", mine=True)
def new(request: Request, map_id: UUID, kind: str) -> HttpResponse:
    """Put words, a shape, a line, or a line round figures on the paper, by a form."""
    drawn = readings.drawing(request.viewer, map_id)
    form: Any = _new_form(kind, request.POST or None, drawn)
    if request.method == "POST" and form.is_valid():
        add(request.viewer, map_id, form.noun(), id=form.record_id)
        return back(request, map_id, _("It is on the paper."))
    shown = {"form": form, "map_id": map_id, "act": _("Put on the paper")}
    return render(request, "maps/add.html", shown | {"heading": _HEADINGS[kind]})


def _new_form(kind: str, data: Any, drawn: Drawing) -> KeepForm:
    if kind == "region":
        return NewRegionForm(data, drawn.figures)
    forms = {"writing": NewWritingForm, "shape": NewShapeForm, "stroke": NewStrokeForm}
    if kind not in forms:
        raise Missing
    return forms[kind](data)


@page(signed_in, nav="map", mine=True, fresh=True)
def forget(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Forget one thing for good, after plain words of what goes with it."""
    found = readings.of_map(request.viewer, map_id, thing).noun
    drawn = readings.drawing(request.viewer, map_id)
    if request.method == "POST":
        actions.forget(request.viewer, map_id, thing)
        return back(request, map_id, _("Forgotten for good."))
    is_tie = found.__kind__ == "tie"
    shown = {
        "name": between(found, drawn.names()) if is_tie else words.called(found),
        "kind": found.__kind__,
        "goes": goes_with(request.viewer, thing),
        "own": told(request.viewer, drawn, ()).own,
        "map_id": map_id,
    }
    return render(request, "maps/twin/forget.html", shown)


def back(request: Request, map_id: UUID, said: str, at: str = "") -> HttpResponse:
    """To the map again, saying what happened."""
    messages.success(request, said)
    here = reverse("maps:draw", kwargs={"map_id": map_id})
    return redirect(f"{here}?at={at}#{at}" if at else here)


def listed(viewer: Viewer, drawn: Drawing) -> dict[str, Any]:
    """The map in words, for its list."""
    order = order_of(viewer, drawn)
    every = rows(drawn, order)
    by_hand = [row for row in every if row.kind == "stroke"]
    bare = not every
    return {
        "map_id": drawn.map.thing,
        "map_here": reverse("maps:draw", kwargs={"map_id": drawn.map.thing}),
        "rows": [row for row in every if row.kind != "stroke"],
        "by_hand": by_hand,
        "off": [_off(one, drawn) for one in drawn.off],
        "said": told(viewer, drawn, order),
        "under": under(drawn.helps),
        "more": with_words(viewer, drawn.map.thing),
        "only_me": [row.kind for row in every] == ["figure"] and _is_self(drawn),
        "bare": bare,
        "crowd": len(drawn.figures) > 1,
    }


def _is_self(drawn: Drawing) -> bool:
    return [entry.noun.kind for entry in drawn.figures] == ["self"]


def _off(entry: Any, drawn: Drawing) -> tuple[UUID, str]:
    if entry.noun.__kind__ != "tie":
        return entry.thing, words.called(entry.noun)
    return entry.thing, _("A tie: %(ends)s") % {"ends": between(entry.noun, _all_names(drawn))}


def _all_names(drawn: Drawing) -> dict[UUID, Any]:
    off = {one.thing: one.noun for one in drawn.off if one.noun.__kind__ == "figure"}
    return {**off, **drawn.names()}
