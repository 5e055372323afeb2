"""Pages for noting moments and reading them again."""

from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST

from kith.base import clock, ids
from kith.base.problems import Invalid, Missing
from kith.maps.readings import my_maps
from kith.moments import actions, days, readings
from kith.moments.beside import NOTHING, beside
from kith.moments.forms.moments import MomentForm
from kith.moments.names import Names
from kith.moments.nouns import Moment, Practice
from kith.moments.said import Said
from kith.moments.tags.readings import Lately
from kith.permissions.viewer import NOBODY, Viewer
from kith.records.models import Record
from kith.records.readings import Entry
from kith.web import shells
from kith.web.doors import hearing
from kith.web.pages import Request, anyone, page, signed_in


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """The moments noted, by day, the latest first; right after a removal, the way back."""
    until = day_asked(request.GET.get("until"))
    found = readings.latest(request.viewer, until)
    told = {
        "days": by_day(found.moments, Names(request.viewer)),
        "earlier": found.earlier,
        "until": until,
        "gone": _just_gone(request),
        "any_gone": readings.any_removed(request.viewer, Moment),
    }
    return render(request, "moments/every.html", told)


@page(signed_in, nav="moments", mine=True)
def on_day(request: Request, day: date) -> HttpResponse:
    """What was noted on one day."""
    start, end = days.begins(day), days.begins(_next(day))
    found = readings.moments(request.viewer, start=start, end=end)
    told = {"days": by_day(found, Names(request.viewer)), "one_day": day}
    return render(request, "moments/every.html", told)


@page(signed_in, nav="moments", mine=True)
@gzip_page
def write(request: Request) -> HttpResponse:
    """Note a moment: the words first, the rest only if wished."""
    form = form_for(request.viewer, request.POST or None, files=request.FILES)
    if request.method == "POST" and form.is_valid() and (made := _keep(request, form)):
        return redirect(f"{reverse('moments:moment', kwargs={'thing': made})}?kept")
    return _asked(request, form, {"back": reverse("moments:list")})


@page(anyone, nav="moments")
def shell(request: Request) -> HttpResponse:
    """The page to note a moment, empty, as a device keeps it for when there is no connection."""
    form = form_for(NOBODY, None)
    form.initial.update({"id": "", "figure_id": ""})
    told = {"form": form, "act": _("Keep this moment"), "back": ""}
    return hearing(shells.shell(request, "moments/write.html", told))


@page(signed_in, nav="moments", mine=True)
def moment(request: Request, thing: UUID) -> HttpResponse:
    """One moment, and what one can do with it.

    That it was kept just now is told by the address: a session that carried it here would be
    written twice more for each moment noted.
    """
    entry = readings.moment(request.viewer, thing)
    if "kept" in request.GET:
        messages.success(request, _("Kept. Only you see it."))
    called = Names(request.viewer)
    practices = readings.practices(request.viewer)
    told = {
        **_told(entry, called),
        "practices": [one for one in practices if readings.belongs(entry, one)],
        "rivals": entry.rivals,
        "people": called.those(entry.noun),
        "before": readings.said_before(request.viewer, entry),
        "beside": beside(request.viewer, thing),
        "noun": Said(entry.noun),
    }
    return hearing(render(request, "moments/moment.html", told))


@page(signed_in, nav="moments", mine=True)
def correct(request: Request, thing: UUID) -> HttpResponse:
    """Say a moment anew."""
    entry = readings.moment(request.viewer, thing)
    form = form_for(request.viewer, request.POST or None, entry, request.FILES)
    if request.method == "POST" and form.is_valid() and _keep(request, form):
        messages.success(request, _("Kept. What it said before is still below."))
        return redirect("moments:moment", thing=thing)
    back = reverse("moments:moment", kwargs={"thing": thing})
    return _asked(request, form, {"entry": entry, "back": back})


@page(signed_in, nav="moments", mine=True)
@require_POST
def as_before(request: Request, thing: UUID, version: UUID) -> HttpResponse:
    """Let a moment say again what it said before."""
    actions.say_as_before(request.viewer, thing, version)
    messages.success(request, _("It says again what it said before."))
    return redirect("moments:moment", thing=thing)


@page(signed_in, nav="moments", mine=True, fresh=True)
def forget(request: Request, thing: UUID) -> HttpResponse:
    """Forget a moment for good, after plain words of what goes with it."""
    entry = readings.moment(request.viewer, thing)
    if request.method == "POST":
        actions.forget_moment(request.viewer, thing)
        messages.success(request, _("Forgotten for good."))
        return redirect("moments:list")
    told = {"entry": entry, "beside": beside(request.viewer, thing)}
    return render(request, "moments/forget.html", told)


@page(signed_in, nav="moments", mine=True)
def remove(request: Request, thing: UUID) -> HttpResponse:
    """Take a moment away; the list then offers the way back."""
    if request.method != "POST":
        raise Missing
    actions.remove(request.viewer, Moment, thing)
    return redirect(f"{reverse('moments:list')}?gone={thing}")


@page(signed_in, nav="moments", mine=True)
def restore(request: Request, thing: UUID) -> HttpResponse:
    """Bring a moment back."""
    if request.method != "POST":
        raise Missing
    actions.restore(request.viewer, Moment, thing)
    messages.success(request, _("It is back."))
    return redirect("moments:moment", thing=thing)


@page(signed_in, nav="moments", mine=True)
def gone(request: Request) -> HttpResponse:
    """What was taken away here and can come back."""
    told = {
        "moments": readings.removed(request.viewer, Moment),
        "practices": readings.removed(request.viewer, Practice),
    }
    return render(request, "moments/gone.html", told)


def by_day(found: list[Entry[Moment]], called: Names) -> list[tuple[date, list[dict[str, Any]]]]:
    """Moments ready to be shown, under the day they were on."""
    groups = groupby(found, key=lambda entry: days.day_of(entry.seen_on))
    return [(day, [_told(entry, called) for entry in group]) for day, group in groups]


def _told(entry: Entry[Moment], called: Names) -> dict[str, Any]:
    return {
        "entry": entry,
        "day": days.day_of(entry.seen_on),
        "whom": called.whom(entry.noun),
        "in_the_way": called.in_the_way(entry.noun),
    }


def form_for(
    viewer: Viewer, data: Any, entry: Entry[Moment] | None = None, files: Any = None
) -> MomentForm:
    """The form of a moment, with what this viewer can choose from."""
    return MomentForm(
        data,
        files or None,
        called=Names(viewer),
        practices=lambda: {one.thing: one.noun.name for one in readings.practices(viewer)},
        lately=Lately(viewer),
        entry=entry,
        beside=beside(viewer, entry.thing) if entry else NOTHING,
    )


def _asked(request: Request, form: MomentForm, also: dict[str, Any]) -> HttpResponse:
    told = {"form": form, "act": _("Keep this moment"), "has_map": bool(my_maps(request.viewer))}
    return hearing(render(request, "moments/write.html", told | also))


def _keep(request: Request, form: MomentForm) -> UUID | None:
    """Keep what the form says; None when it cannot be kept, and then the form says why."""
    try:
        return kept(request.viewer, form, clock.now()).thing
    except Invalid as problem:
        form.object_to(problem)
        return None


def kept(
    viewer: Viewer,
    form: MomentForm,
    now: datetime,
    made_at: datetime | None = None,
    seen: UUID | None = None,
) -> Record:
    """Keep what a valid form says, told at `now`; a new moment, or one said anew."""
    noun, newcomer = form.noun(), form.newcomer()
    if newcomer and (figure := actions.put_on_map(viewer, *newcomer)):
        noun = noun.but(with_whom=(*noun.with_whom, figure), and_whom="")
    told: dict[str, Any] = {"id": form.record_id, "seen_on": form.seen_on(now), "made_at": made_at}
    told["attached"] = form.attached()
    if form.entry:
        return actions.correct_moment(viewer, form.entry.thing, noun, seen=seen, **told)
    return actions.note(viewer, noun, **told)


def _just_gone(request: Request) -> Entry[Moment] | None:
    """The moment that was taken away a moment ago, to offer the way back."""
    thing = ids.read(request.GET.get("gone", ""))
    if thing is None:
        return None
    return next((e for e in readings.removed(request.viewer, Moment) if e.thing == thing), None)


def day_asked(text: str | None) -> date | None:
    """The day that an address names, if it is one."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
