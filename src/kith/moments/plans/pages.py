"""Pages of the emotion map: one's plans, and a week on one of them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.maps.drawing import still
from kith.maps.readings import Drawing
from kith.maps.talk.photos import photo_of
from kith.moments import days
from kith.moments.names import Names
from kith.moments.nouns import Moment
from kith.moments.plans import actions, readings
from kith.moments.plans.forms import PlanForm, PutForm, short
from kith.moments.said import Said
from kith.records.readings import Entry
from kith.web.pages import Request, page, signed_in

EARLIEST, LATEST = date(1900, 1, 1), date(9990, 1, 1)


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """One's plans, and the way to begin one."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, id = form.cleaned_data["name"], form.record_id
        return redirect("moments:plan", plan=actions.begin(request.viewer, name, id=id))
    plans, away = readings.plans(request.viewer), readings.away(request.viewer)
    told = {"form": form, "plans": plans, "away": away}
    return render(request, "moments/plans.html", told, status=422 if form.errors else 200)


@page(signed_in, nav="moments", mine=True)
def plan(request: Request, plan: UUID) -> HttpResponse:
    """A week on a plan, as a picture and in words; and a moment put on it."""
    drawn = readings.plan_of(request.viewer, plan)
    start = readings.monday_of(_day(request.GET.get("week")))
    week = readings.week_on(request.viewer, drawn, start)
    form = _put_form(request, drawn, week)
    if request.method == "POST" and form.is_valid():
        moment, place = form.cleaned_data["moment"], form.cleaned_data["place"]
        actions.put(request.viewer, plan, moment, place, id=form.record_id)
        messages.success(request, _("It is on the plan."))
        return redirect(_address(plan, start))
    status = 422 if form.errors else 200
    return render(request, "moments/plan.html", _told(request, drawn, week, form), status=status)


@page(signed_in, mine=True)
@require_POST
def take_off(request: Request, plan: UUID, thing: UUID) -> HttpResponse:
    """Take a moment off the plan; it stays among the moments, and can be put there again."""
    actions.take_off(request.viewer, plan, thing)
    messages.success(request, _("It is off the plan. The moment itself is kept."))
    return redirect(_address(plan, readings.monday_of(_day(request.POST.get("week")))))


@page(signed_in, mine=True)
@require_POST
def take_away(request: Request, plan: UUID) -> HttpResponse:
    """Take a plan away; the page of plans offers the way back."""
    actions.take_away(request.viewer, plan)
    messages.success(request, _("The plan is taken away. The moments on it are kept."))
    return redirect("moments:plans")


@page(signed_in, mine=True)
@require_POST
def bring_back(request: Request, plan: UUID) -> HttpResponse:
    """Bring a plan back."""
    actions.bring_back(request.viewer, plan)
    messages.success(request, _("It is back."))
    return redirect("moments:plan", plan=plan)


def _told(request: Request, drawn: Drawing, week: readings.Week, form: PutForm) -> dict[str, Any]:
    photo = photo_of(request.viewer, drawn.map.thing)
    called = Names(request.viewer)
    return {
        "plan": drawn.map,
        "still": still(drawn),
        "bare": not (drawn.strokes or drawn.shapes or drawn.regions or drawn.writings),
        "photo": photo if photo and not photo.away else None,
        "week": week,
        "ends": week.start + readings.WEEK - timedelta(1),
        "put": [(one, called.whom(one.entry.noun), Said(one.entry.noun).felt) for one in week.on],
        "form": form,
        "before": week.start - readings.WEEK,
        "after": week.start + readings.WEEK if week.start + readings.WEEK <= days.today() else None,
    }


def _put_form(request: Request, drawn: Drawing, week: readings.Week) -> PutForm:
    choices = [(str(one.thing), _label(one)) for one in week.off]
    choices += [
        (str(one.entry.thing), _("%(moment)s (on the plan)") % {"moment": _label(one.entry)})
        for one in week.on
    ]
    return PutForm(request.POST or None, moments=choices, rooms=readings.rooms(drawn))


def _label(entry: Entry[Moment]) -> str:
    day = date_format(days.day_of(entry.seen_on), "l")
    return _("%(day)s: %(words)s") % {"day": day, "words": short(entry.noun.words)}


def _address(plan: UUID, start: date) -> str:
    return f"{reverse('moments:plan', kwargs={'plan': plan})}?week={start.isoformat()}"


def _day(text: str | None) -> date:
    """The day that an address names; today, where it names none."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return days.today()
    return day if day and EARLIEST < day < LATEST else days.today()
