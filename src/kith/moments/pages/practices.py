"""Pages for what people do again and again: naming it, how it stands, its month."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base import ids
from kith.base.problems import Invalid, Missing
from kith.moments import actions, calendars, days, readings
from kith.moments.forms.practices import NameForm, PracticeForm, StateForm
from kith.moments.names import Names
from kith.moments.nouns import Moment, Practice
from kith.moments.ours.readings import ours
from kith.moments.pages.moments import by_day
from kith.records.readings import Entry
from kith.web.pages import Request, page, signed_in

OFFERED = 24
"""How many of the last moments are offered as chips."""


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """Everything one does again and again, in sentences, beside a calm month."""
    found = readings.tell_all(request.viewer)
    told = {
        "practices": found,
        "gone": _just_gone(request),
        "any_gone": readings.any_removed(request.viewer, Practice),
        **month_of(request),
    }
    return render(request, "moments/practices.html", told)


@page(signed_in, nav="moments", mine=True)
def name(request: Request) -> HttpResponse:
    """Name something one does, out of moments or by hand."""
    form = _name_form(request)
    if request.method == "POST" and form.is_valid() and (made := _name(request, form)):
        messages.success(request, _("Kept. Only you see it."))
        return redirect("moments:practice", thing=made)
    told = {"form": form, "back": reverse("moments:practices")}
    return render(request, "moments/name.html", told)


@page(signed_in, nav="moments", mine=True)
def practice(request: Request, thing: UUID) -> HttpResponse:
    """One thing one does: its sentences, its thread, its month."""
    entry = readings.practice(request.viewer, thing)
    told = {
        "told": readings.tell(request.viewer, entry),
        "together": ours(request.viewer, thing),
        **month_of(request, entry),
    }
    return render(request, "moments/practice.html", told)


@page(signed_in, nav="moments", mine=True)
def now(request: Request, thing: UUID) -> HttpResponse:
    """Say how it is now, or from which day on."""
    entry = readings.practice(request.viewer, thing)
    form = StateForm(request.POST or None, called=Names(request.viewer), entry=entry)
    if request.method == "POST" and form.is_valid() and _change(request, form, entry):
        messages.success(request, _("Kept."))
        return redirect("moments:practice", thing=thing)
    return render(request, "moments/now.html", _about(form, entry))


@page(signed_in, nav="moments", mine=True)
def now_again(request: Request, thing: UUID) -> HttpResponse:
    """Say the last state anew, because it was not quite so."""
    entry = readings.practice(request.viewer, thing)
    form = StateForm(request.POST or None, called=Names(request.viewer), entry=entry, again=True)
    if request.method == "POST" and form.is_valid():
        noun = entry.noun.but(**form.standing())
        if _correct(request, form, entry, noun, form.day()):
            return redirect("moments:practice", thing=thing)
    return render(request, "moments/now.html", {**_about(form, entry), "again": True})


@page(signed_in, nav="moments", mine=True)
def correct(request: Request, thing: UUID) -> HttpResponse:
    """Say anew what it is: name, with whom, how often, and which moments belong to it."""
    entry = readings.practice(request.viewer, thing)
    offered = _offered(request, entry.noun.moments)
    called = Names(request.viewer)
    form = PracticeForm(request.POST or None, called=called, offered=offered, entry=entry)
    if request.method == "POST" and form.is_valid():
        noun = entry.noun.but(**form.described())
        if _correct(request, form, entry, noun):
            return redirect("moments:practice", thing=thing)
    return render(request, "moments/name.html", _about(form, entry))


@page(signed_in, nav="moments", mine=True)
def remove(request: Request, thing: UUID) -> HttpResponse:
    """Take it away; the list then offers the way back."""
    if request.method != "POST":
        raise Missing
    actions.remove(request.viewer, Practice, thing)
    return redirect(f"{reverse('moments:practices')}?gone={thing}")


@page(signed_in, nav="moments", mine=True)
def restore(request: Request, thing: UUID) -> HttpResponse:
    """Bring it back."""
    if request.method != "POST":
        raise Missing
    actions.restore(request.viewer, Practice, thing)
    messages.success(request, _("It is back."))
    return redirect("moments:practice", thing=thing)


def month_of(request: Request, entry: Entry[Practice] | None = None) -> dict[str, Any]:
    """The month asked for, or this one, with what was noted in it: of one practice, or all."""
    shown = _asked_month(request.GET.get("month", ""))
    month = calendars.month(shown, [], days.today())
    start, end = days.begins(month.first), days.begins(month.next)
    found = readings.moments(request.viewer, start=start, end=end)
    if entry:
        found = [one for one in found if readings.belongs(one, entry)]
    marks = [(days.day_of(one.seen_on), one.noun.happened) for one in found]
    return {
        "month": calendars.month(shown, marks, days.today()),
        "days": by_day(found[::-1], Names(request.viewer)) if entry else [],
        "weekdays": calendars.weekdays(),
    }


def _asked_month(text: str) -> date:
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return days.today()
    return min(asked, days.today()) if asked.year > 1 else days.today()


def _name_form(request: Request) -> NameForm:
    read = (ids.read(text) for text in request.GET.getlist("moment"))
    asked = tuple(one for one in read if one)
    return NameForm(
        request.POST or None,
        called=Names(request.viewer),
        offered=_offered(request, asked),
        initial=_from_moments(request, asked) if asked else {},
    )


def _from_moments(request: Request, asked: tuple[UUID, ...]) -> dict[str, Any]:
    """What moments already say, when one names a practice out of them: who was there each time,
    and how the last one went. Raises Missing.
    """
    found = [readings.moment(request.viewer, one) for one in asked]
    noun = max(found, key=lambda one: one.seen_on).noun
    always = set.intersection(*(set(one.noun.with_whom) for one in found))
    return {
        "moments": [str(one) for one in asked],
        "with_whom": [str(thing) for thing in noun.with_whom if thing in always],
        "and_whom": noun.and_whom,
        "state": "kept" if noun.happened else "interrupted",
        "arrangements": [str(thing) for thing in noun.arrangements],
        "words": noun.in_the_way,
    }


def _offered(request: Request, chosen: tuple[UUID, ...]) -> list[Entry[Moment]]:
    """The last moments, after those chosen before."""
    kept = readings.moments(request.viewer, chosen) if chosen else []
    last = readings.latest(request.viewer, count=OFFERED).moments[:OFFERED]
    return [*kept, *(one for one in last if one.thing not in chosen)]


def _name(request: Request, form: NameForm) -> UUID | None:
    told = form.cleaned_data
    try:
        made = actions.name_practice(
            request.viewer, form.noun(), id=form.record_id, now_id=told["now_id"], day=form.day()
        )
    except Invalid as problem:
        form.object_to(problem)
        return None
    return made.thing


def _change(request: Request, form: StateForm, entry: Entry[Practice]) -> bool:
    noun = entry.noun.but(**form.standing())
    try:
        actions.change_practice(
            request.viewer, entry.thing, noun, id=form.record_id, day=form.day()
        )
    except Invalid as problem:
        form.object_to(problem)
        return False
    return True


def _correct(
    request: Request,
    form: StateForm | PracticeForm,
    entry: Entry[Practice],
    noun: Practice,
    day: date | None = None,
) -> bool:
    try:
        actions.correct_practice(request.viewer, entry.thing, noun, id=form.record_id, day=day)
    except Invalid as problem:
        form.object_to(problem)
        return False
    messages.success(request, _("Kept."))
    return True


def _about(form: StateForm | PracticeForm, entry: Entry[Practice]) -> dict[str, Any]:
    back = reverse("moments:practice", kwargs={"thing": entry.thing})
    return {"form": form, "entry": entry, "back": back}


def _just_gone(request: Request) -> Entry[Practice] | None:
    thing = ids.read(request.GET.get("gone", ""))
    if thing is None:
        return None
    return next((e for e in readings.removed(request.viewer, Practice) if e.thing == thing), None)
