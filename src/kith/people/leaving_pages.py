"""Pages for going for good, thinking again, and forgetting a single thing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.base.problems import Missing
from kith.people import leaving
from kith.people.going import going, taken_away, waiting
from kith.people.telling import in_short
from kith.permissions.viewer import Viewer
from kith.records.erasure import WAIT
from kith.web.pages import Card, Request, anyone, page, signed_in


@page(signed_in, fresh=True)
def erase(request: Request) -> HttpResponse:
    """What goes, what stays and why; then erase after the waiting time."""
    if request.method == "POST":
        leaving.ask_to_be_erased(request.viewer)
        return redirect("people:home")
    told = {
        "going": going(request.viewer),
        "waiting": waiting(request.viewer),
        "days": WAIT.days,
    }
    return render(request, "people/erase.html", told)


@page(signed_in, fresh=True)
def erase_now(request: Request) -> HttpResponse:
    """The second press: erase at once."""
    if request.method == "POST":
        leaving.erase_me(request.viewer)
        logout(request)
        return redirect("people:gone")
    return render(request, "people/erase_now.html", {"going": going(request.viewer)})


@page(signed_in)
def stay(request: Request) -> HttpResponse:
    """Think again: one press."""
    if request.method != "POST":
        raise Missing
    leaving.stay(request.viewer)
    messages.success(request, _("You stay. Everything is as it was."))
    return redirect("people:home")


@page(anyone)
def gone(request: Request) -> HttpResponse:
    """After it is done. The same page for everyone who opens it."""
    # Not "storage": others may have sealed words waiting on this device. The page's script
    # lets go of what the one who was just here had waiting.
    request.here = "erased"  # type: ignore[attr-defined]
    response = render(request, "people/gone.html")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@page(signed_in)
def away(request: Request) -> HttpResponse:
    """What one took away and could still bring back, each with a way to forget it for good."""
    found = [(entry, in_short(entry.noun)) for entry in taken_away(request.viewer)]
    return render(request, "people/away.html", {"found": found})


@page(signed_in, fresh=True)
def forget(request: Request, thing: UUID) -> HttpResponse:
    """Forget one thing for good, after plain words."""
    found = next((one for one in taken_away(request.viewer) if one.thing == thing), None)
    if found is None:
        raise Missing
    if request.method == "POST":
        leaving.forget(request.viewer, thing)
        messages.success(request, _("Forgotten for good."))
        return redirect("people:away")
    return render(request, "people/forget.html", {"entry": found, "said": in_short(found.noun)})


def waiting_card(viewer: Viewer) -> Card | None:
    """While one waits to be erased: until when, and the way back, first on the home page."""
    due = waiting(viewer)
    return Card("people/waiting.html", {"due": due}) if due else None
