"""Pages of a map: the paper, the same in words, and a page for each figure and tie."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.base import ids
from kith.base.problems import Invalid, Missing
from kith.maps import actions, aloud, readings, ways, words
from kith.maps.bonds.readings import has_words
from kith.maps.drawing import picture, still
from kith.maps.forms import NewFigureForm, OtherForm, TieForm
from kith.maps.layers.readings import row_of
from kith.maps.layers.strip import strip_of
from kith.maps.nouns import Drawn, Figure, Tie
from kith.maps.pictures import pictures
from kith.maps.talk.panel import panel
from kith.maps.twin.forms import THINGS
from kith.maps.twin.listing import between
from kith.maps.twin.pages import back, listed
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web import shells
from kith.web.doors import hearing
from kith.web.forms import KeepForm
from kith.web.pages import Card, Request, anyone, page, signed_in

CHOICES = {
    "kinds": words.KINDS.items(),
    "shapes": words.WHATS.items(),
    "widths": words.WIDTHS.items(),
    "pens": words.PENS.items(),
    "sizes": words.SIZES.items(),
    "qualities": words.QUALITIES.items(),
    "lines": words.LINES.items(),
    "directions": words.DIRECTIONS.items(),
}


@page(signed_in, nav="map", mine=True)
def mine(request: Request) -> HttpResponse:
    """The newest map, or the way to begin one."""
    maps = readings.my_maps(request.viewer)
    if maps and "new" not in request.GET:
        return redirect("maps:draw", map_id=maps[-1].thing)
    return render(request, "maps/begin.html", {"maps": maps, "pictures": pictures()})


@page(signed_in, nav="map", mine=True)
@require_POST
def begin(request: Request) -> HttpResponse:
    """A new map, with oneself on it or with bare paper."""
    me = _("me") if request.POST.get("with") == "me" else ""
    return redirect("maps:draw", map_id=actions.begin(request.viewer, with_me=me))


@page(signed_in, nav="map", mine=True)
def draw(request: Request, map_id: UUID) -> HttpResponse:
    """The paper and its list."""
    drawn = readings.drawing(request.viewer, map_id)
    told = {
        "is_plan": drawn.map.noun.plan,
        "state": ways.state(request.viewer, drawn),
        "words": aloud.for_script(),
        "pictures": pictures(),
        "strip": strip_of(row_of(request.viewer, map_id), map_id),
        **CHOICES,
        **listed(request.viewer, drawn),
        **panel(request.viewer, drawn),
    }
    return hearing(render(request, "maps/draw.html", told))


@page(anyone, nav="map")
def shell(request: Request) -> HttpResponse:
    """Bare paper, as a device keeps it for when there is no connection."""
    told = {"state": {}, "words": aloud.for_script(), "pictures": pictures(), **CHOICES}
    return hearing(shells.shell(request, "maps/draw.html", {**told, **panel()}))


@page(signed_in, mine=True)
def steps(request: Request, map_id: UUID) -> HttpResponse:
    """Steps back, or forth again, from before those that the page brought."""
    readings.a_map(request.viewer, map_id)
    before = ids.read(request.GET.get("before", ""))
    if before is None:
        return JsonResponse({"steps": [], "more": ""})
    way: ways.Direction = "redo" if request.GET.get("way") == "redo" else "undo"
    found, more = ways.ways_before(request.viewer, map_id, way, before)
    return JsonResponse({"steps": [ways.plain_way(one) for one in found], "more": str(more or "")})


@page(signed_in, nav="map", mine=True)
def only_list(request: Request, map_id: UUID) -> HttpResponse:
    """The list alone, for the script to put in place."""
    told = listed(request.viewer, readings.drawing(request.viewer, map_id))
    return render(request, "maps/list.html", told | {"here": told["map_here"]})


@page(signed_in, nav="map", mine=True)
def paper(request: Request, map_id: UUID) -> HttpResponse:
    """A still picture with its words, to look at without a script, and to print."""
    drawn = readings.drawing(request.viewer, map_id)
    told = {"still": still(drawn), **listed(request.viewer, drawn)}
    return render(request, "maps/paper.html", told)


@page(signed_in, mine=True)
@require_POST
def save(request: Request, map_id: UUID) -> HttpResponse:
    """Keep one gesture; answers with its id once it is stored."""
    try:
        gesture = actions.read_gesture(request.body)
    except RawPostDataException:  # a form, which was read as one on the way here
        raise Invalid("gesture-unclear") from None
    return JsonResponse({"stored": str(actions.draw(request.viewer, map_id, gesture).id)})


@page(signed_in, nav="map", mine=True)
def add(request: Request, map_id: UUID) -> HttpResponse:
    """Put someone or something on the paper, by a form."""
    readings.a_map(request.viewer, map_id)
    form = NewFigureForm(request.POST or None, initial={"place": "0.5 0.2", "kind": ""})
    if request.method == "POST" and form.is_valid():
        actions.add_figure(request.viewer, map_id, form.figure, id=form.record_id)
        return back(request, map_id, _("It is on the paper."))
    told = {"form": form, "map_id": map_id, "act": _("Put on the paper")}
    return render(request, "maps/add.html", told)


@page(signed_in, nav="map", mine=True)
def one(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Everything one can do with one thing on the paper, without dragging."""
    noun = readings.on_paper(request.viewer, map_id, thing).noun
    if isinstance(noun, Tie):
        raise Missing
    kind = THINGS[noun.__kind__]
    form: Any = kind(request.POST or None, initial=_said(noun, kind))
    if request.method == "POST" and form.is_valid():
        actions.change(request.viewer, map_id, thing, **form.said())
        return back(request, map_id, _("It is changed."))
    drawn = readings.drawing(request.viewer, map_id)
    told = {
        "form": form,
        "kind": noun.__kind__,
        "name": words.called(noun),
        "place": words.place_of(noun),
        "ways": words.WAYS.items(),
        "others": OtherForm(None, _others(drawn, thing)),
        "ties": _ties_of(drawn, thing),
        "has_words": has_words(request.viewer, thing),
        "is_self": getattr(noun, "kind", "") == "self",
    }
    return render(request, "maps/figure.html", told | {"map_id": map_id, "thing": thing})


@page(signed_in, mine=True)
@require_POST
def move(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Move something a little, or a figure beside another."""
    if "way" in request.POST:
        actions.move(request.viewer, map_id, thing, request.POST["way"])
    else:
        actions.move_beside(request.viewer, map_id, thing, _other(request, map_id, thing))
    placed = words.place_of(readings.on_paper(request.viewer, map_id, thing).noun)
    messages.success(request, _("Moved. It now stands here: %(place)s.") % {"place": placed})
    return redirect("maps:figure", map_id=map_id, thing=thing)


@page(signed_in, mine=True)
@require_POST
def connect(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Tie a figure to another one, then say what is between them."""
    other = _other(request, map_id, thing)
    tied = actions.add_tie(request.viewer, map_id, thing, other)
    return redirect("maps:tie", map_id=map_id, thing=tied)


@page(signed_in, nav="map", mine=True)
def tie(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """What is between two figures."""
    entry = readings.tie_on(request.viewer, map_id, thing)
    names = readings.drawing(request.viewer, map_id).names()
    a, b = (words.name_of(names.get(end)) for end in (entry.noun.a, entry.noun.b))
    form = TieForm(request.POST or None, entry.noun, a, b)
    if request.method == "POST" and form.is_valid():
        actions.change(request.viewer, map_id, thing, **form.said())
        return back(request, map_id, _("It is changed."))
    told = {"form": form, "name": between(entry.noun, names), "map_id": map_id, "thing": thing}
    told |= {"has_words": has_words(request.viewer, thing)}
    return render(request, "maps/tie.html", told)


@page(signed_in, mine=True)
@require_POST
def take_off(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Take something off the paper."""
    actions.take_off(request.viewer, map_id, thing)
    return back(request, map_id, _("It is off the paper. Undo brings it back."))


@page(signed_in, mine=True)
@require_POST
def put_back(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Put back what was taken off the paper."""
    actions.put_back(request.viewer, map_id, thing)
    return back(request, map_id, _("It is on the paper again."))


@page(signed_in, mine=True)
@require_POST
def step(request: Request, map_id: UUID) -> HttpResponse:
    """Undo the last step, or do it again."""
    if request.POST.get("act") == "redo":
        said = _("The step is done again.") if actions.redo(request.viewer, map_id) else ""
    else:
        said = _("The last step is undone.") if actions.undo(request.viewer, map_id) else ""
    return back(request, map_id, said or _("There is no such step."))


def home_card(viewer: Viewer) -> Card:
    """The newest map in small, or an invitation to begin one."""
    maps = readings.my_maps(viewer)
    if not maps:
        return Card("maps/card.html", {})
    newest = maps[-1].thing
    return Card("maps/card.html", {"still": picture(viewer, newest), "map_id": newest})


def _ties_of(drawn: readings.Drawing, thing: UUID) -> list[tuple[UUID, str, str]]:
    """The ties of one figure: what they are between, and what they are like."""
    names = drawn.names()
    mine = (tie for tie in drawn.ties if thing in (tie.noun.a, tie.noun.b))
    return [(t.thing, between(t.noun, names), words.qualities_of(t.noun)) for t in mine]


def _said(noun: Drawn, form: type[KeepForm]) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in form.base_fields if name != "id"}


def _others(drawn: readings.Drawing, thing: UUID) -> list[Entry[Figure]]:
    return [entry for entry in drawn.figures if entry.thing != thing]


def _other(request: Request, map_id: UUID, thing: UUID) -> UUID:
    drawn = readings.drawing(request.viewer, map_id)
    form = OtherForm(request.POST, _others(drawn, thing))
    if not form.is_valid():
        raise Invalid("tie-needs-two")
    other: UUID = form.cleaned_data["other"]
    return other
