"""Pages for coming in, for how one comes in, and for where one is signed in."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kith.base.problems import Missing
from kith.people.locks import opened_with_passphrase
from kith.people.models import Person
from kith.people.signin import passkeys, passphrases, sessions, sure
from kith.people.signin.coming_in import (
    admit,
    closes_soon,
    is_shared_device,
    know_again,
    set_device,
)
from kith.people.signin.forms import Choose, KeyIn, SignIn
from kith.people.signin.traces import traces
from kith.permissions.viewer import Viewer
from kith.web.pages import Request, anyone, page, signed_in


def keeps_a_circle(viewer: Viewer, **named: object) -> None:
    """Open to those who look after a circle, whichever."""
    signed_in(viewer)
    if not viewer.circles("keeper"):
        raise Missing


@page(anyone)
@sensitive_post_parameters()
def sign_in(request: Request) -> HttpResponse:
    """Sign in with a name and a passphrase."""
    form = SignIn(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person:
        admit(request, form.person, shared=form.cleaned_data.get("shared", False))
        opened_with_passphrase(request, form.person, form.cleaned_data["password"])
        return know_again(request, onward(request), form.cleaned_data["username"])
    told = {
        "form": form,
        "key_form": KeyIn(request, auto_id="key_%s"),
        "passkeys": passkeys.works_at(request),
    }
    return render(request, "people/signin.html", told)


@page(anyone)
def sign_out(request: Request) -> HttpResponse:
    """Close the notebook on this device."""
    if request.method == "POST":
        logout(request)
    response = redirect("people:home")
    # Not "storage": what waits there is sealed and not stored yet; nothing in it can be read.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@page(signed_in)
def ways(request: Request) -> HttpResponse:
    """How one comes in: the passphrase, the passkeys, and what changed about them."""
    person = me(request)
    told = {
        "name": person.handle,
        "has_passphrase": person.has_usable_password(),
        "passkeys": person.passkeys.order_by("made", "pk"),
        "traces": traces(request.viewer),
        "keys_work": passkeys.works_at(request),
        "shared": request.session.get("shared", False),
    }
    return render(request, "people/ways.html", told)


@page(signed_in)
@sensitive_post_parameters()
def passphrase(request: Request) -> HttpResponse:
    """Set a passphrase, or change it. Every other session ends."""
    person = me(request)
    if not person.has_usable_password() and (asked := sure.ask_again(request)):
        return asked
    form = Choose(person, sure.is_sure(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        ended = passphrases.change(
            request, person, told["handle"], told["passphrase"], told.get("now", "")
        )
        messages.success(request, _("Kept."))
        _say_ended(request, ended)
        return redirect("people:ways")
    return render(request, "people/passphrase.html", {"form": form})


@page(signed_in)
def where(request: Request) -> HttpResponse:
    """Where one is signed in: to see, and to end."""
    person = me(request)
    if request.method == "POST":
        return _end(request, person)
    found = sessions.places(request, person)
    return render(request, "people/where.html", {"places": found, "others": len(found) > 1})


@page(anyone)
def here(request: Request) -> HttpResponse:
    """Someone still touches the page of a shared device. Tells it to close when all is over."""
    return HttpResponse(status=204 if closes_soon(request) else 401)


@page(anyone)
def closed(request: Request) -> HttpResponse:
    """What a shared device shows when it closed by itself. It knows nobody, and ends what was open.

    Only a step from a page of ours ends the session: a picture elsewhere must not sign anyone out.
    """
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        logout(request)
    response = render(request, "people/closed.html")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@page(keeps_a_circle)
def device(request: Request) -> HttpResponse:
    """Say of this very device that everyone uses it, or that it is one's own again."""
    if request.method == "POST":
        shared = request.POST.get("shared") == "yes"
        response = redirect("people:shared")
        set_device(response, shared=shared)
        if shared:
            request.session["shared"] = True
        return response
    return render(request, "people/device.html", {"is_shared": is_shared_device(request)})


def onward(request: Request) -> HttpResponse:
    """Where one wanted to go before being asked in, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect("people:home")


def _end(request: Request, person: Person) -> HttpResponse:
    if mark := request.POST.get("mark"):
        sessions.end(person, mark)
        messages.success(request, _("That one has ended."))
    else:
        sessions.end_others(request, person)
        messages.success(request, _("All others have ended. Here you are still signed in."))
    return redirect("people:where")


def _say_ended(request: Request, ended: int) -> None:
    if ended:
        messages.success(request, _("You were signed in elsewhere too. That has ended."))


def me(request: Request) -> Person:
    """The person who asks. Raises Missing for nobody."""
    return Person.objects.get(id=request.viewer.me)
