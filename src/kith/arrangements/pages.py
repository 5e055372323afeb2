"""Pages about what gets in the way in a circle."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.arrangements import actions, readings
from kith.arrangements.beside import cards_beside
from kith.arrangements.forms import ArrangementForm, NoticedForm, OthersForm, PartsForm
from kith.arrangements.nouns import Arrangement
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web.pages import Card, Request, in_circle, page

guest = page(in_circle("guest"), nav="together")
team = page(in_circle("team"), nav="together")


@guest
def every(request: Request, circle: UUID) -> HttpResponse:
    """All arrangements of a circle."""
    viewer = request.viewer
    beside = cards_beside(viewer, circle)
    told = {
        "rows": [(one, beside.get(one.thing, [])) for one in readings.named(viewer, circle)],
        "noticed": readings.noticed(viewer, circle),
        "away": viewer.has_part(circle, "team") and readings.taken_away(viewer, circle),
        "form": NoticedForm(named=()),
    }
    return _show(request, "every", circle, told)


@guest
def one(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """One arrangement: what it is, what it was, and what stands beside it."""
    viewer = request.viewer
    told = {
        "arrangement": readings.arrangement_in(viewer, circle, thing),
        "before": readings.before(viewer, thing),
        "noticed": readings.noticed(viewer, circle, thing),
        "beside": cards_beside(viewer, circle).get(thing, []),
        "goes_with": readings.going_with(viewer, thing),
        "now": readings.now_told_as(viewer, thing),
        "also": [
            other for other in readings.told_elsewhere(viewer, circle) if thing in other.noun.into
        ],
        "form": NoticedForm(named=(), initial={"arrangement": thing}),
    }
    return _show(request, "one", circle, told)


@team
def add(request: Request, circle: UUID) -> HttpResponse:
    """Put an arrangement on the list."""
    form = ArrangementForm(request.POST or None)
    if form.is_valid():
        kept = actions.add(request.viewer, circle, form.said(Arrangement("")), id=form.record_id)
        messages.success(request, _("It is on the list now."))
        return redirect("arrangements:one", circle, kept.thing)
    return _fill_in(request, form, _("Something that gets in the way"), _back(circle))


@team
def change(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Say what an arrangement is from now on."""
    now = readings.arrangement_in(request.viewer, circle, thing)
    form = ArrangementForm(request.POST or None, initial=_fields(now))
    if form.is_valid():
        actions.change(request.viewer, thing, form.said(now.noun), id=form.record_id)
        messages.success(request, _("Changed. What it was can still be read below."))
        return redirect("arrangements:one", circle, thing)
    back = reverse("arrangements:one", args=[circle, thing])
    return _fill_in(request, form, _("How is it now"), back)


@team
def link(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Say which others belong with an arrangement."""
    with_it = [str(one.thing) for one in readings.going_with(request.viewer, thing)]
    form = _others(request, circle, thing, {"others": with_it})
    if request.method == "POST" and form.is_valid():
        actions.put_beside(request.viewer, thing, form.chosen)
        messages.success(request, _("Kept. They stand beside each other."))
        return redirect("arrangements:one", circle, thing)
    lead = _("Those that you choose stand beside it, and it beside them.")
    return _about(request, circle, thing, form, _("What goes with it"), lead)


@team
def join(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Tell others as one with an arrangement."""
    form = _others(request, circle, thing)
    if request.method == "POST" and form.is_valid():
        if form.chosen:
            actions.join(request.viewer, thing, form.chosen)
            messages.success(request, _("They are one now. Each can stand alone again."))
            return redirect("arrangements:one", circle, thing)
        form.add_error("others", _("Choose at least one other."))
    lead = _("Those that you choose leave the list. All that was said of them stands here.")
    return _about(request, circle, thing, form, _("The same thing, said twice"), lead)


@team
def split(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Tell an arrangement as two or more."""
    readings.arrangement_in(request.viewer, circle, thing)
    form = PartsForm(request.POST or None)
    if form.is_valid():
        parts = form.cleaned_data["parts"].splitlines()
        actions.split(request.viewer, thing, parts, id=form.record_id)
        messages.success(request, _("Each part stands on the list now."))
        return redirect("arrangements:one", circle, thing)
    lead = _("All that was said of it so far stands beside each part.")
    return _about(request, circle, thing, form, _("Two things in one"), lead)


@team
def stand_alone(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Put back on the list what was told as another, or as parts."""
    readings.arrangement_in(request.viewer, circle, thing)
    if request.method == "POST":
        actions.stand_alone(request.viewer, thing)
        messages.success(request, _("It stands on the list by itself again."))
    return redirect("arrangements:one", circle, thing)


@team
def take_away(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Take an arrangement off the list, after asking once."""
    if request.method == "POST":
        actions.take_away(request.viewer, thing)
        messages.success(
            request, _("It is off the list. You can bring it back from below the list.")
        )
        return redirect("arrangements:every", circle)
    now = readings.arrangement_in(request.viewer, circle, thing)
    what = [_("“%(name)s” goes off the list.") % {"name": now.noun.name}, _("It can come back.")]
    back = reverse("arrangements:one", args=[circle, thing])
    told = {
        "heading": _("Take it off the list"),
        "what": what,
        "act": _("Take it off"),
        "back": back,
    }
    return render(request, "web/confirm.html", told)


@team
def bring_back(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Put an arrangement back on the list."""
    if request.method == "POST":
        actions.bring_back(request.viewer, thing)
        messages.success(request, _("It is back on the list."))
    return redirect("arrangements:every", circle)


@team
def notice(request: Request, circle: UUID) -> HttpResponse:
    """Keep one line of what someone on the team noticed."""
    named = readings.named(request.viewer, circle)
    about = request.GET.get("about", "")
    form = NoticedForm(request.POST or None, named=named, initial={"arrangement": about})
    if form.is_valid():
        actions.notice(request.viewer, circle, form.said, id=form.record_id)
        messages.success(request, _("Kept. The team sees it, without your name."))
        return redirect("arrangements:every", circle)
    return _fill_in(request, form, _("What did you notice"), _back(circle))


@team
def unnotice(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Take back a line one kept oneself."""
    if request.method == "POST":
        actions.unnotice(request.viewer, thing)
        messages.success(request, _("Taken away. The team no longer sees it."))
    return redirect("arrangements:every", circle)


@team
def talk(request: Request, circle: UUID) -> HttpResponse:
    """A sheet to print, for ten minutes in a team meeting."""
    return _show(request, "talk", circle, {"named": readings.named(request.viewer, circle)})


def circle_card(viewer: Viewer, circle: UUID) -> Card | None:
    """What gets in the way, on the page of a circle."""
    named = readings.named(viewer, circle)
    is_team = viewer.has_part(circle, "team")
    if not named and not is_team:
        return None
    told = {"named": named, "circle": circle, "is_team": is_team}
    return Card("arrangements/circle_card.html", told)


def _show(request: Request, name: str, circle: UUID, told: dict[str, Any]) -> HttpResponse:
    around = {
        "circle": circle,
        "space_name": request.circle_names[circle],
        "is_team": request.viewer.has_part(circle, "team"),
    }
    return render(request, f"arrangements/{name}.html", told | around)


def _fill_in(request: Request, form: Any, heading: str, back: str) -> HttpResponse:
    told = {"form": form, "heading": heading, "back": back, "act": _("Keep"), "title": _("Page")}
    return render(request, "web/form.html", told, status=422 if form.errors else 200)


def _others(
    request: Request, circle: UUID, thing: UUID, initial: dict[str, Any] | None = None
) -> OthersForm:
    readings.arrangement_in(request.viewer, circle, thing)
    there = [one for one in readings.named(request.viewer, circle) if one.thing != thing]
    return OthersForm(request.POST or None, named=there, initial=initial)


def _about(
    request: Request, circle: UUID, thing: UUID, form: Any, heading: str, lead: str
) -> HttpResponse:
    told = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "note": readings.arrangement_in(request.viewer, circle, thing).noun.name,
        "back": reverse("arrangements:one", args=[circle, thing]),
    }
    return render(request, "web/form.html", told, status=422 if form.errors else 200)


def _back(circle: UUID) -> str:
    return reverse("arrangements:every", args=[circle])


def _fields(now: Entry[Arrangement]) -> dict[str, str]:
    said = now.noun
    return {
        "name": said.name,
        "description": said.description,
        "owner": said.owner,
        "sort": said.sort,
    }
