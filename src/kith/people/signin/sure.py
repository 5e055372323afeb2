"""Asking again: before what matters, the passphrase or passkey once more, unless it is fresh.

The question is answered at the very address where it was asked. What one had already filled in
travels along in the page and back, is kept nowhere else, and the form goes on as if nothing
had happened.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kith.base import clock
from kith.base.problems import Invalid
from kith.people import locks
from kith.people.models import Passkey, Person
from kith.people.signin import passkeys
from kith.people.signin.forms import Sure

FRESH = timedelta(minutes=10)
OURS = frozenset({"csrfmiddlewaretoken", "sure-passphrase", "sure-answer", "sure-prf", "sure-then"})


def is_sure(request: HttpRequest) -> bool:
    """Whether the person of this session showed within ten minutes that it is them."""
    since: float = clock.now().timestamp() - request.session.get("sure", 0)
    return 0 <= since < FRESH.total_seconds()


def make_sure(request: HttpRequest) -> None:
    """It is them: from now on for ten minutes nothing is asked again."""
    request.session["sure"] = clock.now().timestamp()


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """The page that asks again; None when one may go on. One without a way to show it may."""
    person = request.user
    if not isinstance(person, Person) or not person.has_way_in() or is_sure(request):
        return None
    return ask(request, person, make_sure)


def ask(
    request: HttpRequest, person: Person, right: Callable[[HttpRequest], None]
) -> HttpResponse | None:
    """Ask whether it is `person`; if this very request answers rightly, do `right` and go on."""
    typed = request.POST if "sure-passphrase" in request.POST else None
    form = Sure(person, typed, prefix="sure")
    key = None if form.is_valid() else passkey_of(request, person, "sure-answer")
    if not form.is_valid() and key is None:
        return _question(request, person, form)
    right(request)
    if key is not None:
        locks.opened_with_passkey(request, key, request.POST.get("sure-prf", ""))
    else:
        locks.opened_with_passphrase(request, person, form.cleaned_data["passphrase"])
    return go_on(request)


def passkey_of(
    request: HttpRequest, person: Person, field: str, *, to_open: bool = False
) -> Passkey | None:
    """The passkey of theirs whose answer this very request brings, if it does."""
    answer = request.POST.get(field, "")
    try:
        key = passkeys.answered(request, answer, to_open=to_open) if answer else None
    except Invalid:
        return None
    return key if key and key.person == person else None


def go_on(request: HttpRequest, ours: frozenset[str] = OURS) -> HttpResponse | None:
    """Go on where one was asked, with what was filled in and without the answer (`ours`)."""
    if request.POST.get("sure-then") == "open":
        return redirect(request.get_full_path())
    filled_in = request.POST.copy()
    for name in ours:
        filled_in.pop(name, None)
    request.POST = filled_in  # type: ignore[assignment]
    return None


def _question(request: HttpRequest, person: Person, form: Sure) -> HttpResponse:
    then = request.POST.get("sure-then") or ("send" if request.method == "POST" else "open")
    told: dict[str, Any] = {"form": form, "then": then, "kept": kept(request)}
    told["files"] = bool(request.FILES)
    told["by_passphrase"] = person.has_usable_password()
    told["by_passkey"] = person.keys_in().exists()
    told["keys_work"] = passkeys.works_at(request)
    told["refused"] = "sure-answer" in request.POST
    return render(request, "people/sure.html", told, status=403 if then == "send" else 200)


def kept(request: HttpRequest, ours: frozenset[str] = OURS) -> list[tuple[str, str]]:
    """What was filled in, to travel along in the page that asks."""
    every = request.POST.lists()
    return [(name, str(one)) for name, values in every if name not in ours for one in values]
