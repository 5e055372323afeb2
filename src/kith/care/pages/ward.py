"""The page of a service: what it was asked, what gets in the way, what its staff noticed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.arrangements.forms import NoticedForm
from kith.arrangements.readings import named, noticed, told_as
from kith.care import figures as counting
from kith.care import readings, trying
from kith.care.forms import AnswerForm
from kith.care.nouns import Answer, Change
from kith.care.pages.asking import message
from kith.care.ward import Arrived, about, arrived, arrived_one
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web.forms import KeepForm
from kith.web.pages import Card, Request, in_circle, page

team = page(in_circle("team"), nav="together")


@team
def ward(request: Request, circle: UUID) -> HttpResponse:
    """Everything a team needs for a conversation. Nothing on it counts anybody."""
    viewer = request.viewer
    came, tried = arrived(viewer, circle), readings.by_state(viewer, circle)
    told_so = told_as(viewer, circle)
    told = {
        "circle": circle,
        "space_name": request.circle_names[circle],
        "requests": [_row(request, circle, one) for one in came],
        "rows": [
            (one, about(came, told_so[one.thing]), _about_it(tried, told_so[one.thing]))
            for one in named(viewer, circle)
        ],
        "noticed": noticed(viewer, circle),
        "form": NoticedForm(named=()),
    }
    return render(request, "care/ward.html", told)


@team
def answer(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Say something back to one request, and what it is about."""
    came = arrived_one(request.viewer, circle, thing)
    before = came.answers[-1].noun if came.answers else Answer()
    links = [str(one) for one in before.arrangements]
    form = AnswerForm(
        request.POST or None,
        named=named(request.viewer, circle),
        initial={"words": before.words, "arrangements": links},
    )
    if form.is_valid():
        said = form.said(before)
        trying.answer(request.viewer, circle, thing, said, id=form.record_id)
        messages.success(request, _("Kept. Whoever asked can read what you say back."))
        return redirect("care:ward", circle)
    told = _row(request, circle, came) | {"form": form, "circle": circle}
    return render(request, "care/answer.html", told, status=422 if form.errors else 200)


@team
def figures(request: Request, circle: UUID) -> HttpResponse:
    """What was last counted, as far as the gate lets it be said; else an invitation to talk."""
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        counting.count(request.viewer, circle, id=form.record_id)
        return redirect("care:figures", circle)
    told = {
        "circle": circle,
        "space_name": request.circle_names[circle],
        "figures": counting.figures(request.viewer, circle),
        "form": form,
    }
    return render(request, "care/figures.html", told)


def circle_card(viewer: Viewer, circle: UUID) -> Card | None:
    """The way to the requests, for the team alone. It reads none, so it leaves no access line."""
    if not viewer.has_part(circle, "team"):
        return None
    return Card("care/ward_card.html", {"circle": circle})


def _row(request: Request, circle: UUID, one: Arrived) -> dict[str, Any]:
    viewer = request.viewer
    own = {one.request.noun.arrangement}
    told_so = told_as(viewer, circle)
    return {
        "one": one,
        "message": message(request, one.request.noun, one.ends),
        "linked": [
            a
            for a in named(viewer, circle)
            if told_so[a.thing] & one.arrangements and not told_so[a.thing] & own
        ],
        "tried": [c for c in readings.by_state(viewer, circle) if c.thing in one.changes],
    }


def _about_it(tried: list[Entry[Change]], these: frozenset[UUID]) -> list[Entry[Change]]:
    return [one for one in tried if these.intersection(one.noun.arrangements)]
