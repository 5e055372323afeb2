"""Pages for looking back: what one looks for, a calm month, all about one relationship."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kith.moments import readings
from kith.moments.looking.forms import LookForm
from kith.moments.looking.readings import look_back
from kith.moments.looking.relationship import relationship
from kith.moments.names import Names
from kith.moments.pages.moments import by_day, day_asked
from kith.moments.pages.practices import month_of
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="moments", mine=True)
def find(request: Request) -> HttpResponse:
    """Look for moments. What was typed travels in the body, never in an address."""
    called = Names(request.viewer)
    offered: dict[str, Any] = {
        "figures": called.figures,
        "practices": {one.thing: one for one in readings.practices(request.viewer)},
    }
    form = LookForm(request.POST or None, **offered)
    told: dict[str, Any] = {"form": form, **offered}
    if request.method == "POST" and form.is_valid():
        return render(request, "moments/looking/found.html", told | _found(request, form, called))
    return render(request, "moments/looking/find.html", told | month_of(request))


def _found(request: Request, form: LookForm, called: Names) -> dict[str, Any]:
    found = look_back(request.viewer, form.wanted().fits(called), form.cleaned_data["until"])
    again = {name: form.cleaned_data.get(name) or "" for name in form.WANTS}
    return {
        "days": by_day(found.moments, called),
        "earlier": found.earlier,
        "until": form.cleaned_data["until"],
        "again": again,
    }


@page(signed_in, nav="moments", mine=True)
def relation(request: Request, thing: UUID) -> HttpResponse:
    """All about one relationship in time, the latest first."""
    until = day_asked(request.GET.get("until"))
    told = relationship(request.viewer, thing, until)
    return render(request, "moments/looking/relation.html", {"told": told, "until": until})
