"""Pages of time: the map of any day, and how a drawing came about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.maps import readings
from kith.maps.layers import actions
from kith.maps.layers.forms import OrderForm
from kith.maps.layers.laid import lay, pieces, told_steps
from kith.maps.layers.readings import asked_day, on_day
from kith.maps.layers.readings import days as days_of
from kith.maps.layers.replay import replay as replay_of
from kith.maps.layers.words import title
from kith.maps.pictures import pictures
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="map", mine=True)
def days(request: Request, map_id: UUID) -> HttpResponse:
    """The days on which something changed; and the map as it was on one of them."""
    found = readings.a_map(request.viewer, map_id)
    day = asked_day(request.GET.get("on", ""))
    told = {
        "map_id": map_id,
        "title": title(found.noun),
        "days": days_of(request.viewer, map_id),
        "day": day,
        "laid": lay(on_day(request.viewer, found, day)) if day else None,
        "pictures": pictures(),
    }
    return render(request, "maps/layers/days.html", told)


@page(signed_in, nav="map", mine=True)
def replay(request: Request, map_id: UUID) -> HttpResponse:
    """How a drawing came about, if its drawer agreed to keep its order; else, the question."""
    found = readings.a_map(request.viewer, map_id)
    told = {"map_id": map_id, "title": title(found.noun), "agreed": found.noun.keeps_order}
    told["form"] = OrderForm(initial={"with_erased": found.noun.with_erased})
    course = replay_of(request.viewer, found)
    if course:
        steps = told_steps(course)
        at = _at(request.GET.get("step", ""), len(steps) - 1)
        told |= {"steps": list(enumerate(steps)), "at": at, "last": len(steps) - 1}
        told |= {"before": max(at - 1, 0), "after": min(at + 1, len(steps) - 1)}
        told |= {"pieces": pieces(found, course), "pictures": pictures(), "now": steps[at]}
    return render(request, "maps/layers/replay.html", told)


@page(signed_in, mine=True)
@require_POST
def order(request: Request, map_id: UUID) -> HttpResponse:
    """Agree that the order may be replayed, or take it back."""
    agreed = request.POST.get("act") == "agree"
    erased = agreed and "with_erased" in request.POST
    actions.keep_order(request.viewer, map_id, agreed=agreed, with_erased=erased)
    said = _("From now on it can be replayed.") if agreed else _("The replay is gone.")
    messages.success(request, said)
    return redirect("maps:replay", map_id=map_id)


def _at(asked: str, last: int) -> int:
    """The step that an address asks for; the last one, if it names none."""
    return min(int(asked), last) if asked.isascii() and asked.isdigit() and len(asked) < 9 else last
