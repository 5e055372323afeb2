"""Pages for one's own requests: write, see exactly what arrives, send, take back."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kith.arrangements.readings import named
from kith.base import clock
from kith.care import actions, readings
from kith.care.forms import LongerForm, RequestForm, SendForm
from kith.care.nouns import Request as Asking
from kith.care.source import Beginning, beginning
from kith.people.models import Circle
from kith.people.readings import circles_to_ask
from kith.permissions.viewer import Viewer
from kith.web.pages import Card, Request, page, signed_in

mine = page(signed_in, nav="together", mine=True)
giving = page(signed_in, nav="together", fresh=True, mine=True)


@mine
def every(request: Request) -> HttpResponse:
    """What one asked, and what one began to ask."""
    told = {
        "rows": [(one, _circle_name(request, one)) for one in readings.my_requests(request.viewer)],
        "can_ask": circles_to_ask(request.viewer),
    }
    return render(request, "care/every.html", told)


@mine
def write(request: Request, circle: UUID | None = None, about: UUID | None = None) -> HttpResponse:
    """Write a request: from a moment or practice, or from nothing."""
    to_ask = circles_to_ask(request.viewer)
    to = _chosen(to_ask, circle)
    begin = beginning(request.viewer, about)
    if to is None:
        return render(request, "care/whom.html", {"circles": to_ask, "about": about})
    there = named(request.viewer, to.id)
    initial = _first_fields(begin, {one.thing for one in there})
    form = RequestForm(request.POST or None, named=there, initial=initial)
    if form.is_valid():
        kept = actions.write(request.viewer, form.said(to.id, about), id=form.record_id)
        return redirect("care:request", kept.thing)
    return _form(request, form, to.name, reverse("care:mine"))


@mine
def rewrite(request: Request, thing: UUID) -> HttpResponse:
    """Change the words of a request that nobody sees."""
    asked = readings.my_request(request.viewer, thing)
    if asked.ends:
        return redirect("care:request", thing)
    now = asked.request.noun
    named_there = named(request.viewer, now.circle)
    form = RequestForm(request.POST or None, named=named_there, initial=_fields(now))
    if form.is_valid():
        said = form.said(now.circle, now.about)
        actions.rewrite(request.viewer, thing, said, id=form.record_id)
        return redirect("care:request", thing)
    name = request.circle_names.get(now.circle, "")
    return _form(request, form, name, reverse("care:request", args=[thing]))


@mine
def one(request: Request, thing: UUID) -> HttpResponse:
    """Exactly what arrives; whether it is sent, until when, and what came back."""
    asked = readings.my_request(request.viewer, thing)
    ends = asked.ends or _end(asked.request.noun.days)
    told = {
        "asked": asked,
        "message": message(request, asked.request.noun, ends),
        "answers": readings.answers_to(request.viewer, thing),
        "tried": {one.thing: one for one in readings.changes(request.viewer)},
        "form": SendForm(initial={"previewed": asked.request.id, "ends": ends.isoformat()}),
    }
    return render(request, "care/request.html", told)


@giving
def send(request: Request, thing: UUID) -> HttpResponse:
    """Send what was just previewed."""
    form = SendForm(request.POST or None)
    if form.is_valid():
        actions.send(request.viewer, thing, **form.cleaned_data)
        messages.success(request, _("Sent. You can take it back at any time."))
    return redirect("care:request", thing)


@giving
def longer(request: Request, thing: UUID) -> HttpResponse:
    """Show a request for longer, or for a shorter time."""
    asked = readings.my_request(request.viewer, thing)
    form = LongerForm(request.POST or None)
    if form.is_valid():
        actions.show_until(request.viewer, thing, _end(form.cleaned_data["days"]))
        messages.success(request, _("Kept. It ends on the new day."))
        return redirect("care:request", thing)
    told = {
        "form": form,
        "heading": _("Until when"),
        "lead": _("Now until %(day)s.") % {"day": _day(asked.ends)} if asked.ends else "",
        "back": reverse("care:request", args=[thing]),
    }
    return render(request, "web/form.html", told, status=422 if form.errors else 200)


@mine
def take_back(request: Request, thing: UUID) -> HttpResponse:
    """Take a request back: this page is the first press, its button the second."""
    told = {
        "heading": _("Take it back"),
        "what": [
            _("They no longer see it from the moment you press. Nobody asks why."),
            _("They may still remember what they saw."),
        ],
        "act": _("Yes, take it back"),
    }
    done = _("Taken back. They no longer see it. They may still remember what they saw.")
    return _second_press(request, thing, actions.take_back, told, done)


@mine
def remove(request: Request, thing: UUID) -> HttpResponse:
    """Take a request out of one's own list as well."""
    told = {
        "heading": _("Remove it"),
        "what": [_("It goes from your list, and nobody sees it. You can bring it back at once.")],
        "act": _("Remove"),
    }
    if request.method == "POST":
        actions.remove(request.viewer, thing)
        return render(request, "care/removed.html", {"thing": thing})
    return _second_press(request, thing, actions.remove, told, "")


@mine
def restore(request: Request, thing: UUID) -> HttpResponse:
    """Bring a removed request back. It stays with oneself until it is sent anew."""
    if request.method == "POST":
        actions.restore(request.viewer, thing)
        messages.success(request, _("It is back on your list. Nobody else sees it."))
    return redirect("care:request", thing)


def home_card(viewer: Viewer) -> Card | None:
    """One's requests, on the home page."""
    found, to_ask = readings.my_requests(viewer), circles_to_ask(viewer)
    if not found and not to_ask:
        return None
    return Card("care/home_card.html", {"found": found[:4], "can_ask": bool(to_ask)})


def message(request: Request, said: Asking, ends: datetime) -> dict[str, Any]:
    """What the template of a message takes; the same for the preview and for the ward."""
    return {
        "said": said,
        "to": request.circle_names.get(said.circle, ""),
        "ends": ends,
        "arrangement": readings.arrangement_name(request.viewer, said),
    }


def _second_press(
    request: Request,
    thing: UUID,
    do: Callable[[Viewer, UUID], object],
    told: dict[str, Any],
    done: str,
) -> HttpResponse:
    if request.method == "POST":
        do(request.viewer, thing)
        messages.success(request, done)
        return redirect("care:request", thing)
    readings.my_request(request.viewer, thing)
    back = reverse("care:request", args=[thing])
    return render(request, "web/confirm.html", told | {"back": back})


def _form(request: Request, form: RequestForm, to: str, back: str) -> HttpResponse:
    told = {"form": form, "to": to, "back": back, "act": _("See what arrives"), "unwatched": True}
    return render(request, "care/write.html", told, status=422 if form.errors else 200)


def _chosen(to_ask: list[Circle], circle: UUID | None) -> Circle | None:
    if circle is None and len(to_ask) == 1:
        return to_ask[0]
    return next((one for one in to_ask if one.id == circle), None)


def _circle_name(request: Request, one: readings.Asked) -> str:
    return request.circle_names.get(one.request.noun.circle, "")


def _end(days: int) -> datetime:
    return clock.now().replace(microsecond=0) + timedelta(days=days)


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")


def _first_fields(begin: Beginning, there: Collection[UUID]) -> dict[str, Any]:
    in_the_way = (str(thing) for thing in begin.arrangements if thing in there)
    return {"words": begin.words, "arrangement": next(in_the_way, "")}


def _fields(now: Asking) -> dict[str, Any]:
    return {
        "words": now.words,
        "helps": now.helps,
        "arrangement": str(now.arrangement or ""),
        "together": "yes" if now.together else "",
        "signed": now.signed,
        "days": now.days,
    }
