"""Pages of belonging: everyone one is bound to, one of them, and saying how it is now."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base import clock
from kith.maps.bonds import actions as bonds
from kith.maps.bonds import readings as said
from kith.maps.bonds.forms import SayForm
from kith.maps.bonds.items import asked
from kith.maps.nouns import Perspective
from kith.moments.belonging import readings
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """Everyone and everything on one's maps, with the two questions apart."""
    glances = readings.glances(request.viewer)
    told = {
        "told": [one for one in glances if one.is_told],
        "open": [one for one in glances if not one.is_told],
    }
    return render(request, "moments/belonging.html", told)


@page(signed_in, nav="moments", mine=True)
def one(request: Request, thing: UUID) -> HttpResponse:
    """One relationship: both questions side by side, what is good and what is hard, over time."""
    told = {"belonging": readings.belonging(request.viewer, thing)}
    return render(request, "moments/belonging_one.html", told)


@page(signed_in, nav="moments", mine=True)
def say(request: Request, thing: UUID) -> HttpResponse:
    """Say how it is now; what was said earlier today stands in the form."""
    relation = readings.relation(request.viewer, thing)
    today = said.of_day(said.perspectives(request.viewer, relation.thing), said.day_of(clock.now()))
    form = SayForm(
        request.POST or None,
        asked(readings.ASKED),
        today.noun if today else Perspective(),
        seen=today.version if today else None,
    )
    back = reverse("moments:belonging-one", kwargs={"thing": relation.thing})
    if request.method == "POST" and form.is_valid():
        seen, id = form.cleaned_data["seen"], form.record_id
        bonds.say(request.viewer, relation.map_id, relation.thing, form.told(), seen=seen, id=id)
        return redirect(back)
    told = {
        "form": form,
        "groups": {"plain": [list(form.questions(pair)) for pair in _PAIRS]},
        "name": relation.name,
        "map_id": relation.map_id,
        "thing": relation.thing,
        "then": back,
        "back": back,
        "last": True,
        "title": _("Page"),
    }
    return render(request, "maps/bonds/say.html", told, status=422 if form.errors else 200)


_PAIRS = (readings.CRITERIA, readings.FELT)
