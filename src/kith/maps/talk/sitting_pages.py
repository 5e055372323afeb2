"""Pages of how one sits at a map, of a photo under it, and of a picture for a figure."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.base.problems import Missing
from kith.maps import readings, words
from kith.maps.talk import photos, sittings
from kith.maps.talk.forms import FaceForm, PhotoForm, StrengthForm
from kith.media.readings import pictures_of
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="map", mine=True)
def beside(request: Request, map_id: UUID | None = None) -> HttpResponse:
    """Sit down side by side, at a map or at a new one; says plainly what that means."""
    if map_id:
        readings.a_map(request.viewer, map_id)
    if request.method == "POST":
        return redirect("maps:draw", map_id=sittings.begin(request.viewer, map_id))
    return render(request, "maps/talk/beside.html", {"map_id": map_id})


@page(signed_in, nav="map", mine=True)
def end(request: Request, map_id: UUID) -> HttpResponse:
    """It ends by asking what of it stays: all of it, the drawing alone, or nothing."""
    if sittings.sitting_at(request.viewer, map_id) is None:
        raise Missing
    if request.method == "POST":
        sittings.end(request.viewer, map_id)
        return _then(request, _draw(map_id), _("All of it stays."))
    return render(request, "maps/talk/end.html", {"map_id": map_id})


@page(signed_in, nav="map", fresh=True, mine=True)
def end_without(request: Request, map_id: UUID, goes: str) -> HttpResponse:
    """The second press: erase for good what is not to stay."""
    if goes not in ("words", "all"):
        raise Missing
    told = sittings.since_then(request.viewer, map_id, goes)  # type: ignore[arg-type]
    if request.method == "POST":
        there = sittings.end(request.viewer, map_id, goes)  # type: ignore[arg-type]
        said = _("Erased. It is nowhere any more.")
        return _then(request, _draw(map_id) if there else reverse("maps:mine"), said)
    return render(request, "maps/talk/end_without.html", {"counted": told, "map_id": map_id})


@page(signed_in, nav="map", mine=True)
def photo(request: Request, map_id: UUID) -> HttpResponse:
    """A photo of a paper map, to lie under the paper."""
    there = photos.photo_of(request.viewer, map_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        photos.lay_under(
            request.viewer, map_id, told["picture"], told["strength"], id=form.record_id
        )
        return _then(request, _draw(map_id), _("It lies under the paper."))
    strength = StrengthForm(initial={"strength": there.strength}) if there else None
    told = {"form": form, "photo": there, "strength": strength, "map_id": map_id}
    return render(request, "maps/talk/photo.html", told, status=422 if form.errors else 200)


@page(signed_in, mine=True)
@require_POST
def photo_change(request: Request, map_id: UUID) -> HttpResponse:
    """Let the photo show more or less, take it off, or put it back."""
    if "strength" in request.POST:
        form = StrengthForm(request.POST)
        if not form.is_valid():
            raise Missing
        photos.let_through(request.viewer, map_id, form.cleaned_data["strength"])
        return _then(request, _draw(map_id), _("It is changed."))
    if "back" in request.POST:
        photos.put_back(request.viewer, map_id)
        return _then(request, _draw(map_id), _("It lies under the paper again."))
    photos.take_off(request.viewer, map_id)
    return _then(request, _draw(map_id), _("It is taken off. You can put it back."))


@page(signed_in, nav="map", mine=True)
def face(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """A small picture that stands for a figure, or its initials again."""
    entry = readings.figure_on(request.viewer, map_id, thing)
    there = pictures_of(request.viewer, [thing]).get(thing)
    if "off" in request.POST:
        photos.take_face(request.viewer, map_id, thing)
        return _then(request, _draw(map_id), _("Its initials stand for it again."))
    form = FaceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["picture"]
        photos.give_face(request.viewer, map_id, thing, data, id=form.record_id)
        return _then(request, _draw(map_id), _("The picture stands for it now."))
    told = {"form": form, "face": there, "name": words.name_of(entry.noun)}
    told |= {"map_id": map_id, "thing": thing}
    return render(request, "maps/talk/face.html", told, status=422 if form.errors else 200)


def _then(request: Request, where: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(where)


def _draw(map_id: UUID) -> str:
    return reverse("maps:draw", kwargs={"map_id": map_id})
