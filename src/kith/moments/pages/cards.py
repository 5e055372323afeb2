"""Pages for the card "what keeps us us": choosing, looking, printing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base.problems import Invalid, Missing
from kith.moments import actions, readings
from kith.moments.forms.cards import CardForm
from kith.moments.nouns import Card
from kith.people.showing import showing_thing
from kith.records.readings import Entry
from kith.web.pages import Request, page, signed_in

PAPERS = ("a4", "a5")


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """One's cards, and those taken away."""
    told = {
        "cards": readings.cards(request.viewer),
        "gone": readings.removed(request.viewer, Card),
    }
    return render(request, "moments/cards.html", told)


@page(signed_in, nav="moments", mine=True)
def write(request: Request) -> HttpResponse:
    """Choose what is on a card."""
    form = _form(request)
    if request.method == "POST" and form.is_valid() and (made := _keep(request, form)):
        return redirect("moments:card", thing=made)
    told = {"form": form, "back": reverse("moments:cards")}
    return render(request, "moments/choose.html", told)


@page(signed_in, nav="moments", mine=True)
def card(request: Request, thing: UUID) -> HttpResponse:
    """A card exactly as it is printed."""
    entry = readings.card(request.viewer, thing)
    asked = request.GET.get("paper", "")
    told = {
        "laid": readings.lay(request.viewer, entry),
        "paper": asked if asked in PAPERS else PAPERS[0],
        "papers": PAPERS,
        "shows": showing_thing(request.viewer, thing),
    }
    return render(request, "moments/card.html", told)


@page(signed_in, nav="moments", mine=True)
def correct(request: Request, thing: UUID) -> HttpResponse:
    """Choose anew what is on a card."""
    entry = readings.card(request.viewer, thing)
    form = _form(request, entry)
    if request.method == "POST" and form.is_valid() and _keep(request, form, entry):
        return redirect("moments:card", thing=thing)
    back = reverse("moments:card", kwargs={"thing": thing})
    return render(request, "moments/choose.html", {"form": form, "entry": entry, "back": back})


@page(signed_in, nav="moments", mine=True)
def remove(request: Request, thing: UUID) -> HttpResponse:
    """Take a card away; what it was made of stays."""
    if request.method != "POST":
        raise Missing
    actions.remove(request.viewer, Card, thing)
    messages.success(request, _("The card is away. Below is the way back."))
    return redirect("moments:cards")


@page(signed_in, nav="moments", mine=True)
def restore(request: Request, thing: UUID) -> HttpResponse:
    """Bring a card back."""
    if request.method != "POST":
        raise Missing
    actions.restore(request.viewer, Card, thing)
    return redirect("moments:card", thing=thing)


def _form(request: Request, entry: Entry[Card] | None = None) -> CardForm:
    chosen = entry.noun.moments if entry else ()
    kept = readings.moments(request.viewer, chosen) if chosen else []
    last = [one for one in readings.latest(request.viewer).moments if one.thing not in chosen]
    practices = {one.thing: one.noun.name for one in readings.practices(request.viewer)}
    return CardForm(request.POST or None, practices=practices, offered=[*kept, *last], entry=entry)


def _keep(request: Request, form: CardForm, entry: Entry[Card] | None = None) -> UUID | None:
    """Keep the choice; None when nothing was chosen, and then the form says so."""
    try:
        if entry:
            return actions.correct_card(
                request.viewer, entry.thing, form.noun(), id=form.record_id
            ).thing
        return actions.make_card(request.viewer, form.noun(), id=form.record_id).thing
    except Invalid as problem:
        form.object_to(problem)
        return None
