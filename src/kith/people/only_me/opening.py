"""The door to what is only one's own: it asks where it stands, and one goes on where one was."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.people.locks import opened_with_passkey, opens_with_passkey, own_keys
from kith.people.models import Person
from kith.people.only_me.forms import Open
from kith.people.signin import passkeys
from kith.people.signin.sure import go_on, kept, passkey_of
from kith.records.only_me import PASSPHRASE, WORDS

OURS = frozenset({"csrfmiddlewaretoken", "open-passphrase", "open-answer", "open-prf", "sure-then"})


def ask_to_open(request: HttpRequest) -> HttpResponse | None:
    """The page that asks for the passphrase; None when this very request brings the right one."""
    person = request.user
    if not isinstance(person, Person):
        return None
    typed = request.POST if "open-passphrase" in request.POST else None
    form = Open(request, person, typed, prefix="open")
    if form.is_valid() or opened_by_passkey(request, person):
        return go_on(request, OURS)
    then = request.POST.get("sure-then") or ("send" if request.method == "POST" else "open")
    told = {"form": form, "then": then, "kept": kept(request, OURS), **ways(request, person)}
    return render(request, "people/only_open.html", told, status=_status(request, then))


def ways(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the page that asks says of the other ways one has."""
    return {
        "by_passphrase": PASSPHRASE in own_keys(person).ways(),
        "sheet": WORDS in own_keys(person).ways(),
        "by_passkey": any(opens_with_passkey(key) for key in person.passkeys.all()),
        "keys_work": passkeys.works_at(request),
        "refused": "open-answer" in request.POST,
    }


def opened_by_passkey(request: HttpRequest, person: Person) -> bool:
    """Whether this very request brings the answer of a passkey that opens it; then it is open."""
    key = passkey_of(request, person, "open-answer", to_open=True)
    return key is not None and opened_with_passkey(request, key, request.POST.get("open-prf", ""))


def _status(request: HttpRequest, then: str) -> int:
    """A page to read, or for a form or script an answer that what it brought is not kept yet."""
    asked_by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return 423 if then == "send" or asked_by_script else 200
