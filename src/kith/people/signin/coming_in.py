"""One door for every way in: after a passphrase, a passkey or a card it is the same session.

A device can be a shared one: chosen by whoever signs in, or said for good by a keeper. Then the
session closes after a minute without a touch, and the device remembers nobody.
"""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from kith.people.models import Person, Session

_HOST = "__Host-" if settings.KITH_HTTPS else ""
DEVICE, KNOWN = f"{_HOST}device", f"{_HOST}known"
CARD = "card"
"""Where the session of someone who typed a card's words says which card it was."""
QUARTER, YEAR = 90 * 24 * 60 * 60, 365 * 24 * 60 * 60


def admit(request: HttpRequest, person: Person, *, shared: bool = False) -> None:
    """Sign the person in. What was in the session before does not come along."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    shared = shared or is_shared_device(request)
    request.session.flush()
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    if shared:
        request.session["shared"] = True


def is_shared_device(request: HttpRequest) -> bool:
    """Whether a keeper said that this device belongs to everyone."""
    return request.get_signed_cookie(DEVICE, default="", salt=DEVICE) == "shared"


def closes_soon(request: HttpRequest) -> bool:
    """Whether what is on the screen closes after a minute without a touch."""
    signed_in = isinstance(request.user, Person) and request.session.get("shared", False)
    return signed_in or (CARD in request.session and is_shared_device(request))


def set_device(response: HttpResponse, *, shared: bool) -> None:
    """Say of the device that gets this answer whether it is a shared one, until said otherwise."""
    if shared:
        _set(response, DEVICE, "shared", YEAR)
    else:
        response.delete_cookie(DEVICE, samesite="Strict")


def know_again(request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
    """Let this browser, where `name` came in, have tries of its own from now on.

    So nobody who keeps trying that name elsewhere can make its owner wait here. The mark says
    nothing to anyone but us, and a shared device gets none.
    """
    if not request.session.get("shared"):
        _set(response, KNOWN, f"{mark_of(name)}.{get_random_string(22)}", QUARTER)
    return response


def known_as(request: HttpRequest, name: str) -> str:
    """The mark that this browser got when `name` came in with it, or nothing."""
    told = request.get_signed_cookie(KNOWN, default="", salt=KNOWN) or ""
    return told if told.partition(".")[0] == mark_of(name) else ""


def mark_of(name: str) -> str:
    """A sign-in name, as a mark that tells nobody the name."""
    return salted_hmac("kith.people.known", name.casefold(), algorithm="sha256").hexdigest()


def _set(response: HttpResponse, name: str, told: str, seconds: int) -> None:
    response.set_signed_cookie(
        name,
        told,
        salt=name,
        max_age=seconds,
        httponly=True,
        samesite="Strict",
        secure=settings.KITH_HTTPS,
    )
