"""Lines: the scribe's fast page, one's own lines, the list that refreshes, taking back.

Every page here works without script. Where the script of the page asks (it says so in a
header), the answer is a small JSON object instead of a page: `lines` is the list as HTML.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.base import clock, ids
from kith.base.problems import Missing
from kith.inquiry import actions, readings
from kith.inquiry.forms import ChangedLine, LineForm, OwnLine, ScribeForm
from kith.inquiry.nouns import Contribution, Gathering, Voice
from kith.inquiry.spoken import spoken_roles
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.web import shells
from kith.web.pages import Request, anyone, in_circle, page

SHOWN_TO_SCRIBE = 6
"""How many of the last lines stand above the scribe's field."""


@page(in_circle("team"), nav="together")
def write(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """The scribe's page: a line a contribution."""
    known = readings.gathering_in(request.viewer, circle, thing)
    form = ScribeForm(
        request.POST or None, **choices(request.viewer, known), initial=_kept(request, known)
    )
    if request.method == "POST" and form.is_valid():
        actions.say(request.viewer, thing, form.noun(), form.record_id)
        _keep_choice(request, known)
        return _stored(request, known, "inquiry:write")
    if request.method == "POST" and _asked_by_script(request):
        return _not_taken(form)
    return render(request, "inquiry/write.html", _around(request, known, form))


@page(in_circle("guest"), nav="together")
def say(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Add a line of one's own, beside what everyone says."""
    known = readings.gathering_in(request.viewer, circle, thing)
    seat = readings.my_voice(request.viewer, thing)
    start = {"table": seat.noun.table} if seat else {}
    form = OwnLine(request.POST or None, **choices(request.viewer, known), initial=start)
    if request.method == "POST" and form.is_valid():
        actions.say(request.viewer, thing, from_seat(form.noun(), seat), form.record_id)
        return _stored(request, known, "inquiry:say")
    if request.method == "POST" and _asked_by_script(request):
        return _not_taken(form)
    told = _around(request, known, form) | {"seat": seat}
    told["speaks"] = spoken_roles(seat.noun.roles) if seat else ()
    return render(request, "inquiry/say.html", told)


@page(anyone, nav="together")
def write_shell(request: Request) -> HttpResponse:
    """The scribe's page, empty, as a device keeps it for when there is no connection."""
    form = ScribeForm(None, themes={}, initial={"id": "", "stance": "said"})
    return shells.shell(request, "inquiry/write.html", {"form": form})


@page(anyone, nav="together")
def say_shell(request: Request) -> HttpResponse:
    """The page to add a line of one's own, empty, for the same."""
    form = OwnLine(None, themes={}, initial={"id": "", "stance": "said"})
    return shells.shell(request, "inquiry/say.html", {"form": form})


@page(in_circle("guest"))
def lines(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """The list alone, for the script that refreshes it; nothing when nothing changed."""
    known = readings.gathering_in(request.viewer, circle, thing)
    scribe = "last" in request.GET
    told = _lines(request, known, scribe)
    if request.GET.get("seen") == told["stamp"]:
        return HttpResponse(status=204)
    return _as_json(request, told)


@page(in_circle("guest"), nav="together")
def line(request: Request, circle: UUID, thing: UUID, line: UUID) -> HttpResponse:
    """One's own line: say it anew, let it be quoted or not, take it back."""
    viewer = request.viewer
    known = readings.gathering_in(viewer, circle, thing)
    entry = readings.line(viewer, thing, line)
    mine = entry.author == viewer.person
    if not mine and not viewer.has_part(circle, "keeper"):
        raise Missing
    told: dict[str, Any] = {"circle": circle, "gathering": known, "line": entry, "mine": mine}
    if mine:
        form = ChangedLine(
            request.POST or None,
            initial=_said(entry.noun) | {"seen": entry.id},
            **choices(request.viewer, known),
        )
        if request.method == "POST" and form.is_valid():
            changed = form.noun(entry.noun)
            actions.correct_line(viewer, line, changed, form.cleaned_data["seen"])
            messages.success(request, _("Stored."))
            return redirect("inquiry:say", circle=circle, thing=thing)
        told["form"] = form
    return render(request, "inquiry/line.html", told)


@page(in_circle("guest"))
def quote(request: Request, circle: UUID, thing: UUID, line: UUID) -> HttpResponse:
    """Let one's own line be quoted, or stop that at once."""
    readings.line(request.viewer, thing, line)
    if request.method == "POST":
        may = request.POST.get("may") == "yes"
        actions.let_quote(request.viewer, line, may)
        said = _("Stored. It may be quoted.") if may else _("Stopped. It is no longer quoted.")
        messages.success(request, said)
    return redirect("inquiry:line", circle=circle, thing=thing, line=line)


@page(in_circle("guest"))
def take_back(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Take a line away: the second press, or the scribe's own last line."""
    known = readings.gathering_in(request.viewer, circle, thing)
    if request.method == "POST":
        actions.take_back(request.viewer, _posted_line(request))
        return _stored(request, known, _way_back(request), _("Taken back."))
    return redirect("inquiry:say", circle=circle, thing=thing)


@page(in_circle("guest"))
def bring_back(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Bring back one's own line."""
    known = readings.gathering_in(request.viewer, circle, thing)
    if request.method == "POST":
        actions.bring_back(request.viewer, _posted_line(request))
        return _stored(request, known, _way_back(request), _("It is back."))
    return redirect("inquiry:say", circle=circle, thing=thing)


def _posted_line(request: Request) -> UUID:
    found = ids.read(request.POST.get("line", ""))
    if found is None:
        raise Missing
    return found


def _way_back(request: Request) -> str:
    return "inquiry:write" if request.POST.get("from") == "write" else "inquiry:say"


def choices(viewer: Viewer, known: Entry[Gathering]) -> dict[str, Any]:
    """What a line can be given: the themes and tables of its gathering."""
    return {"themes": readings.theme_names(viewer, known.thing), "tables": known.noun.tables}


def from_seat(line: Contribution, seat: Entry[Voice] | None) -> Contribution:
    """A line of one's own, with the roles of the seat one took."""
    return line.but(voice=seat.thing, roles=seat.noun.roles) if seat else line


def _keep_choice(request: Request, known: Entry[Gathering]) -> None:
    """Themes and table stay from line to line; who speaks does not. Ids and numbers only."""
    tables, table = known.noun.tables, request.POST.get("table")
    place = tables.index(table) if table in tables else None
    themes = [told for told in request.POST.getlist("themes") if ids.read(told)]
    request.session["scribe"] = {"themes": themes, "table": place}


def _kept(request: Request, known: Entry[Gathering]) -> dict[str, Any]:
    kept = request.session.get("scribe", {})
    place, tables = kept.get("table"), known.noun.tables
    table = tables[place] if place is not None and place < len(tables) else ""
    return {"themes": kept.get("themes", []), "table": table}


def _said(line: Any) -> dict[str, Any]:
    said = {name: getattr(line, name) for name in line.__struct_fields__}
    return said | {"themes": [str(theme) for theme in line.themes]}


def _around(request: Request, known: Entry[Gathering], form: LineForm) -> dict[str, Any]:
    scribe = isinstance(form, ScribeForm)
    told = {"circle": known.space, "gathering": known, "form": form}
    return told | _lines(request, known, scribe)


def _lines(request: Request, known: Entry[Gathering], scribe: bool) -> dict[str, Any]:
    """The list: all of it, the latest first; or for the scribe the last lines above the field."""
    found = readings.lines(request.viewer, known.thing)
    names = readings.theme_names(request.viewer, known.thing)
    told: dict[str, Any] = {
        "stamp": readings.stamp(found),
        "circle": known.space,
        "thing": known.thing,
        "scribe": scribe,
        "keeper": request.viewer.has_part(known.space, "keeper"),
    }
    if scribe:
        told["last"] = next((line for line in reversed(found) if line.mine), None)
        told["away"] = readings.last_away(request.viewer, known.thing)
    found = found[-SHOWN_TO_SCRIBE:] if scribe else found[::-1]
    told["rows"] = [(line, [names[one] for one in line.themes if one in names]) for line in found]
    return told


def _asked_by_script(request: Request) -> bool:
    return request.headers.get("X-Asked-By") == "script"


def _stored(request: Request, known: Entry[Gathering], way: str, said: str = "") -> HttpResponse:
    """Say "Stored": as a page, or to the script that asked."""
    if _asked_by_script(request):
        return _as_json(request, _lines(request, known, way == "inquiry:write"))
    messages.success(request, said or _("Stored."))
    return redirect(way, circle=known.space, thing=known.thing)


def _as_json(request: Request, told: dict[str, Any]) -> HttpResponse:
    html = render_to_string("inquiry/lines.html", told, request)
    at = timezone.localtime(clock.now()).strftime("%H.%M")
    return JsonResponse({"stored": True, "lines": html, "stamp": told["stamp"], "at": at})


def _not_taken(form: LineForm) -> HttpResponse:
    why = [str(one) for found in form.errors.values() for one in found]
    return JsonResponse({"stored": False, "why": why}, status=422)
