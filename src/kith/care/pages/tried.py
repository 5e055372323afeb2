"""Pages about what is tried: planning it, where it stands, and what each side says of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.arrangements.readings import named, told_as
from kith.care import readings, trying
from kith.care.forms import ChangeForm, MoveForm, SideForm
from kith.care.nouns import COSTS, Change
from kith.care.ward import arrived, taken_up
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web.pages import Card, Request, in_circle, page

guest = page(in_circle("guest"), nav="together")
team = page(in_circle("team"), nav="together")


@guest
def every(request: Request, circle: UUID) -> HttpResponse:
    """What a circle tries: being tried, proposed (what is free first), kept, dropped and why."""
    found = readings.changes(request.viewer, circle)
    told = {
        "trying": _in_state(found, "trying"),
        "proposed": [(name, _costing(found, code)) for code, name in COSTS.items()],
        "any_proposed": _in_state(found, "proposed"),
        "kept": _in_state(found, "kept"),
        "dropped": _in_state(found, "dropped"),
        "any": found,
    }
    return _show(request, "tried", circle, told)


@guest
def one(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """One change: what, who, cost, course, and what each side says, side by side."""
    return _change_page(request, circle, thing)


@guest
def speak(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Say what happened, from one's own side."""
    readings.change_in(request.viewer, circle, thing)
    form = _side_form(request, circle, request.POST or None)
    if form.is_valid():
        trying.speak(request.viewer, thing, form.said, id=form.record_id)
        messages.success(
            request, _("Kept. Everyone in this circle can read it, without your name.")
        )
        return redirect("care:change", circle, thing)
    return _change_page(request, circle, thing, side=form)


@guest
def unsay(request: Request, circle: UUID, thing: UUID, side: UUID) -> HttpResponse:
    """Take back what one said: this page is the first press, its button the second."""
    if request.method == "POST":
        trying.unsay(request.viewer, side)
        messages.success(request, _("Taken back. Others may still remember what they read."))
        return redirect("care:change", circle, thing)
    readings.my_side(request.viewer, side)
    told = {
        "heading": _("Take it back"),
        "what": [_("Nobody here sees it from the moment you press. Nobody asks why.")],
        "act": _("Yes, take it back"),
        "back": reverse("care:change", args=[circle, thing]),
    }
    return render(request, "web/confirm.html", told)


@guest
def say_again(request: Request, circle: UUID, thing: UUID, side: UUID) -> HttpResponse:
    """Bring back what one took back."""
    if request.method == "POST":
        trying.say_again(request.viewer, side)
        messages.success(request, _("It is there again."))
    return redirect("care:change", circle, thing)


@team
def plan(request: Request, circle: UUID) -> HttpResponse:
    """Write down something to try."""
    asked_from = {
        "arrangements": request.GET.getlist("about"),
        "requests": request.GET.getlist("for"),
    }
    form = _change_form(request, circle, asked_from)
    if form.is_valid():
        kept = trying.plan(
            request.viewer, circle, form.said, requests=form.chosen_requests, id=form.record_id
        )
        messages.success(request, _("Written down. Everyone in this circle can read it."))
        return redirect("care:change", circle, kept.thing)
    return _fill_in(request, form, _("Something to try"), reverse("care:tried", args=[circle]))


@team
def replan(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Say anew what is tried."""
    now = readings.change_in(request.viewer, circle, thing)
    form = _change_form(request, circle, _fields(request, circle, now))
    if form.is_valid():
        trying.replan(
            request.viewer, thing, form.said, requests=form.chosen_requests, id=form.record_id
        )
        messages.success(request, _("Changed."))
        return redirect("care:change", circle, thing)
    back = reverse("care:change", args=[circle, thing])
    return _fill_in(request, form, _("What we try"), back)


@team
def move(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Begin, keep, drop or propose anew."""
    now = readings.change_in(request.viewer, circle, thing)
    form = _move_form(now, request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        trying.move(
            request.viewer, thing, told["state"], told["why"],
            id=form.record_id, seen_on=form.seen_on,
        )  # fmt: skip
        messages.success(request, _("Kept. How it went before stays readable."))
        return redirect("care:change", circle, thing)
    return _fill_in(
        request, form, _("Where it stands"), reverse("care:change", args=[circle, thing])
    )


def circle_card(viewer: Viewer, circle: UUID) -> Card | None:
    """What is being tried now, on the page of a circle."""
    found = readings.changes(viewer, circle)
    is_team = viewer.has_part(circle, "team")
    if not found and not is_team:
        return None
    told = {
        "circle": circle,
        "trying": _in_state(found, "trying"),
        "any": bool(found),
        "is_team": is_team,
        "due": {one.thing for one in readings.to_look_back_on(found, readings.today())},
    }
    return Card("care/tried_card.html", told)


def beside(viewer: Viewer, circle: UUID) -> dict[UUID, Card]:
    """What is tried, to stand beside the arrangements it is about."""
    tried = readings.by_state(viewer, circle)
    about = {
        thing: [one for one in tried if these.intersection(one.noun.arrangements)]
        for thing, these in told_as(viewer, circle).items()
    }
    return {
        thing: Card("care/beside.html", {"circle": circle, "found": found})
        for thing, found in about.items()
        if found
    }


def _change_page(
    request: Request, circle: UUID, thing: UUID, side: SideForm | None = None
) -> HttpResponse:
    viewer = request.viewer
    change = readings.change_in(viewer, circle, thing)
    told = {
        "change": change,
        "arrangements": readings.arrangements_of(viewer, change),
        "requests": taken_up(arrived(viewer, circle), thing),
        "course": readings.course(viewer, thing),
        "voices": readings.by_side(readings.sides(viewer, thing)),
        "taken_back": readings.sides_away(viewer, thing),
        "due": bool(readings.to_look_back_on([change], readings.today())),
        "form": side or _side_form(request, circle, None),
    }
    status = 422 if side and side.errors else 200
    return _show(request, "change", circle, told, status)


def _show(
    request: Request, name: str, circle: UUID, told: dict[str, Any], status: int = 200
) -> HttpResponse:
    around = {
        "circle": circle,
        "space_name": request.circle_names[circle],
        "is_team": request.viewer.has_part(circle, "team"),
    }
    return render(request, f"care/{name}.html", told | around, status=status)


def _fill_in(request: Request, form: Any, heading: str, back: str) -> HttpResponse:
    told = {"form": form, "heading": heading, "back": back, "act": _("Keep"), "title": _("Page")}
    return render(request, "web/form.html", told, status=422 if form.errors else 200)


def _change_form(request: Request, circle: UUID, initial: dict[str, Any]) -> ChangeForm:
    viewer = request.viewer
    return ChangeForm(
        request.POST or None,
        named=named(viewer, circle),
        arrived=arrived(viewer, circle),
        initial=initial,
    )


def _move_form(now: Entry[Change], post: Any) -> MoveForm:
    initial = {"state": now.noun.state, "why": now.noun.why, "since": readings.today()}
    return MoveForm(post, last=now.seen_on, initial=initial)


def _side_form(request: Request, circle: UUID, post: Any) -> SideForm:
    return SideForm(post, is_team=request.viewer.has_part(circle, "team"))


def _fields(request: Request, circle: UUID, now: Entry[Change]) -> dict[str, Any]:
    said = now.noun
    linked = taken_up(arrived(request.viewer, circle), now.thing)
    return {
        "what": said.what,
        "cost": said.cost,
        "cost_words": said.cost_words,
        "arrangements": [str(one.thing) for one in readings.arrangements_of(request.viewer, now)],
        "requests": [str(one.request.thing) for one in linked],
        "owner": said.owner,
        "starts": said.starts,
        "review": said.review,
    }


def _in_state(found: list[Entry[Change]], state: str) -> list[Entry[Change]]:
    return [one for one in found if one.noun.state == state]


def _costing(found: list[Entry[Change]], cost: str) -> list[Entry[Change]]:
    return [one for one in _in_state(found, "proposed") if one.noun.cost == cost]
