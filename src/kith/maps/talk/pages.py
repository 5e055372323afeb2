"""Pages of talk over a map: notes of three kinds kept apart, prompts, paper that keeps nothing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.base.problems import Missing
from kith.maps import aloud, readings
from kith.maps.nouns import By
from kith.maps.pages import CHOICES
from kith.maps.pictures import pictures
from kith.maps.talk import prompts, talking, telling
from kith.maps.talk.forms import (
    AnewForm,
    PartForm,
    PasteForm,
    PromptsForm,
    TalkForm,
    part_forms,
)
from kith.maps.talk.panel import panel
from kith.web import shells
from kith.web.doors import hearing
from kith.web.pages import Request, anyone, page, signed_in

TOLD: tuple[By, ...] = ("said", "described")


@page(anyone, nav="map")
def once(request: Request) -> HttpResponse:
    """Bare paper of which nothing is kept, unless the drawer says so before they close it."""
    told: dict[str, Any] = {"state": {}, "words": aloud.for_script(), **CHOICES}
    told |= {"pictures": pictures(), "once": True, **panel()}
    return hearing(shells.shell(request, "maps/draw.html", told))


@page(signed_in, nav="map", mine=True)
def notes(request: Request, map_id: UUID) -> HttpResponse:
    """What was said, and what can be seen, each for itself. What someone makes of it lies apart."""
    drawn = readings.drawing(request.viewer, map_id)
    names = telling.named(drawn)
    every = talking.about(request.viewer, map_id)
    told = {
        "kinds": telling.apart(every, TOLD, names),
        "away": [telling.tell(entry, names) for entry in talking.away(request.viewer, map_id)],
        "map_id": map_id,
    }
    return hearing(render(request, "maps/talk/notes.html", told))


@page(signed_in, nav="map", mine=True)
def say(request: Request, map_id: UUID) -> HttpResponse:
    """Words or a sound about the whole map, or about something on it."""
    return _say(request, map_id, None, _address("talk", map_id))


@page(signed_in, nav="map", mine=True)
def meaning(request: Request, map_id: UUID) -> HttpResponse:
    """What someone makes of it: after a pause, and never among what was said."""
    readings.a_map(request.viewer, map_id)
    if request.method != "POST" and "on" not in request.GET:
        return render(request, "maps/talk/pause.html", {"map_id": map_id})
    return _say(request, map_id, "interpreted", f"{_address('meaning', map_id)}?on")


@page(signed_in, nav="map", mine=True)
def note(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """One note: say it anew, or take it away."""
    entry = talking.one(request.viewer, map_id, thing)
    groups = telling.choices(readings.drawing(request.viewer, map_id))
    form = AnewForm(
        groups,
        request.POST or None,
        by="interpreted" if entry.noun.by == "interpreted" else None,
        has_sound=bool(entry.noun.sound),
        initial={"by": entry.noun.by, "about": entry.noun.about, "words": entry.noun.words},
    )
    back = _back_of(map_id, entry.noun.by)
    if request.method == "POST" and form.is_valid():
        talking.correct(request.viewer, map_id, thing, form.said(), id=form.record_id)
        return _then(request, back, _("It is kept as you say it now."))
    told = {"form": form, "map_id": map_id, "entry": entry, "back": back}
    status = 422 if form.errors else 200
    return hearing(render(request, "maps/talk/note.html", told, status=status))


@page(signed_in, mine=True)
@require_POST
def take_away(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Take a note away; it can be brought back."""
    by = talking.one(request.viewer, map_id, thing).noun.by
    talking.take_away(request.viewer, map_id, thing)
    back = _back_of(map_id, by)
    return _then(request, back, _("It is taken away. You can bring it back under the notes."))


@page(signed_in, mine=True)
@require_POST
def bring_back(request: Request, map_id: UUID, thing: UUID) -> HttpResponse:
    """Bring a note back."""
    talking.bring_back(request.viewer, map_id, thing)
    back = _back_of(map_id, talking.one(request.viewer, map_id, thing).noun.by)
    return _then(request, back, _("It is there again."))


@page(signed_in, nav="map", mine=True)
def paste(request: Request, map_id: UUID) -> HttpResponse:
    """A longer text, taken in in parts; each says what it is about."""
    readings.a_map(request.viewer, map_id)
    back = _address("talk", map_id)
    if "parts" in request.POST:
        return _parts(request, map_id, back)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        groups = telling.choices(readings.drawing(request.viewer, map_id))
        parts = part_forms(groups, texts=talking.in_parts(form.cleaned_data["text"]))
        return render(request, "maps/talk/parts.html", {"parts": parts, "back": back})
    told = {
        "form": form,
        "back": back,
        "heading": _("Take in a text"),
        "lead": _("A transcript, for example. It is cut into parts, and no word is left out."),
        "act": _("Cut it into parts"),
    }
    return render(request, "web/form.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="map", mine=True)
def arc(request: Request) -> HttpResponse:
    """The prompts of the four touchpoints, to read, to word anew and to print."""
    return render(request, "maps/talk/arc.html", {"arc": prompts.arc(request.viewer)})


@page(signed_in, nav="map", mine=True)
def word(request: Request, code: str) -> HttpResponse:
    """Word the prompts of one touchpoint anew, or have ours back."""
    part = next((one for one in prompts.arc(request.viewer) if one.code == code), None)
    if part is None:
        raise Missing
    form = PromptsForm(request.POST or None, initial={"lines": "\n".join(part.asks)})
    ours = "ours" in request.POST
    if request.method == "POST" and (ours or form.is_valid()):
        lines = [] if ours else form.cleaned_data["lines"].splitlines()
        prompts.word(request.viewer, code, lines, id=None if ours else form.record_id)
        return _then(request, reverse("maps:arc"), _("It is kept."))
    told = {"form": form, "part": part, "back": reverse("maps:arc")}
    return render(request, "maps/talk/word.html", told, status=422 if form.errors else 200)


def _say(request: Request, map_id: UUID, by: By | None, back: str) -> HttpResponse:
    drawn = readings.drawing(request.viewer, map_id)
    groups = telling.choices(drawn)
    start = {"about": request.GET.get("about", "")}
    form = TalkForm(groups, request.POST or None, request.FILES or None, by=by, initial=start)
    if request.method == "POST" and form.is_valid():
        heard, id = form.heard, form.record_id
        talking.say(request.viewer, map_id, form.said(), heard=heard, id=id)
        return _then(request, back, _("It is kept."))
    told: dict[str, Any] = {"form": form, "map_id": map_id, "back": back}
    if by:
        every = talking.about(request.viewer, map_id)
        told |= {"by": by, "kinds": telling.apart(every, [by], telling.named(drawn))}
        told["back"] = _address("talk", map_id)
    status = 422 if form.errors else 200
    return hearing(render(request, "maps/talk/say.html", told, status=status))


def _parts(request: Request, map_id: UUID, back: str) -> HttpResponse:
    groups = telling.choices(readings.drawing(request.viewer, map_id))
    forms: list[PartForm] = part_forms(groups, request.POST)
    valid = [form.is_valid() for form in forms]  # each says what is wrong with it
    if not all(valid):
        told = {"parts": forms, "back": back}
        return render(request, "maps/talk/parts.html", told, status=422)
    parts = [part for form in forms if (part := form.part())]
    talking.say_all(request.viewer, map_id, parts)
    return _then(request, back, _("All of it is kept."))


def _then(request: Request, where: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(where)


def _back_of(map_id: UUID, by: By) -> str:
    return f"{_address('meaning', map_id)}?on" if by == "interpreted" else _address("talk", map_id)


def _address(name: str, map_id: UUID) -> str:
    return reverse(f"maps:{name}", kwargs={"map_id": map_id})
