"""Pages for what is only one's own: how it stands, choosing it, opening it, the sheet."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kith.base import clock
from kith.base.problems import Missing
from kith.people.codes import square
from kith.people.locks import (
    let_passkey_open,
    opened,
    opens_with_passkey,
    own_keys,
    secret_in,
    way_of,
)
from kith.people.models import Person
from kith.people.only_me import actions
from kith.people.only_me.forms import Less, Open, OpenWithWords
from kith.people.only_me.kinds import Kind, kinds, only_mine_of
from kith.people.only_me.letting_go import waiting
from kith.people.only_me.opening import opened_by_passkey, ways
from kith.people.signin import passkeys
from kith.people.signin.forms import Sure
from kith.people.signin.pages import me, onward
from kith.people.signin.sure import passkey_of
from kith.permissions.actions import shown_of
from kith.permissions.viewer import Viewer
from kith.records.backup import KEYS_KEPT
from kith.records.only_me import PASSPHRASE, WORDS, as_secret
from kith.web.pages import Card, Request, page, signed_in


@page(signed_in)
def every(request: Request) -> HttpResponse:
    """For each kind of thing: who could open it, and the choice."""
    person = me(request)
    opening = own_keys(person).ways()
    told = {
        "kinds": kinds(request.viewer),
        "shut": bool(request.viewer.shut),
        "sheet": opening.get(WORDS),
        "can_choose": person.has_way_in(),
        "has_passphrase": person.has_usable_password(),
        "by_passphrase": PASSPHRASE in opening,
        "passkeys": [(key, opens_with_passkey(key)) for key in person.passkeys.order_by("made")],
        "ways": len(opening),
    }
    return render(request, "people/only.html", told)


@page(signed_in, mine=True)
def passkey(request: Request) -> HttpResponse:
    """Let a passkey of one's own open what is only one's own."""
    key = passkey_of(request, me(request), "answer", to_open=True)
    if key and let_passkey_open(request, key, request.POST.get("prf", "")):
        messages.success(request, _("That passkey opens it from now on."))
        return redirect("people:only")
    told = {"keys_work": passkeys.works_at(request), "refused": request.method == "POST"}
    return render(request, "people/only_passkey.html", told)


@page(signed_in, mine=True)
@sensitive_post_parameters()
def choose(request: Request, of: str) -> HttpResponse:
    """Keep one kind of thing to oneself alone, after everything it means was said."""
    kind, person = _kind(request.viewer, of), me(request)
    if kind.only_mine or not person.has_way_in():
        return redirect("people:only")
    form = Sure(person, request.POST if "passphrase" in request.POST else None)
    if way := _brought(request, person, form):
        actions.choose(request, person, of, *way)
        messages.success(request, _("From now on only you can open it."))
        return redirect("people:only")
    told = {
        "kind": kind,
        "form": form,
        "sheet": opened(request) and own_keys(person).ways().get(WORDS),
        "showing": bool(shown_of(request.viewer, of)),
        "until": _copies_until(),
        "by_passphrase": person.has_usable_password(),
        "by_passkey": person.keys_in().exists(),
        "keys_work": passkeys.works_at(request),
        "refused": _why_not(request),
    }
    return render(request, "people/only_choose.html", told)


@page(signed_in, fresh=True, mine=True)
def less(request: Request) -> HttpResponse:
    """Let one way open it no longer; the last one only after it was said what is lost."""
    person = me(request)
    form = Less(person, request.POST if "way" in request.POST else None)
    if form.is_valid():
        actions.drop(person, form.cleaned_data["way"], last=form.last)
        messages.success(request, _("That opens it no longer."))
        return redirect("people:only")
    told = {"form": form, "names": only_mine_of(request.viewer)}
    return render(request, "people/only_less.html", told, status=422 if form.errors else 200)


@page(signed_in, fresh=True, mine=True)
def give_back(request: Request, of: str) -> HttpResponse:
    """Let whoever runs the server be able to open it again, after a second press."""
    kind = _kind(request.viewer, of)
    if request.method == "POST":
        actions.give_back(request, me(request), of)
        messages.success(request, _("It is as it was. You can change it again."))
        return redirect("people:only")
    told = {
        "heading": _("No longer only yours"),
        "what": [
            kind.name,
            _("Whoever runs this server could then technically open it. Nobody is told."),
            _("It no longer depends on your passphrase or your sheet: you cannot lose it by them."),
        ],
        "act": _("Change it back"),
        "back": reverse("people:only"),
    }
    return render(request, "web/confirm.html", told)


@page(signed_in)
@sensitive_post_parameters()
def open_(request: Request) -> HttpResponse:
    """Open what is only one's own."""
    if not request.viewer.shut:
        return onward(request)
    person = me(request)
    form = Open(request, person, request.POST if "passphrase" in request.POST else None)
    if form.is_valid() or opened_by_passkey(request, person):
        return onward(request)
    told = {"form": form, "next": request.GET.get("next", ""), **ways(request, person)}
    return render(request, "people/only_open.html", told)


@page(signed_in)
@sensitive_post_parameters()
def words(request: Request) -> HttpResponse:
    """Open it with the words on the recovery sheet."""
    person = me(request)
    if WORDS not in own_keys(person).ways():
        raise Missing
    form = OpenWithWords(request, person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "passphrase" in form.fields:
            messages.success(request, _("It is open."))
            return onward(request)
        messages.success(request, _("It is open, this once. Let a passkey of today open it too."))
        return redirect("people:only")
    told = {"form": form, "act": _("Open it"), "back": reverse("people:home")}
    return render(request, "people/only_words.html", told)


@page(signed_in, mine=True)
@sensitive_post_parameters()
def renew(request: Request) -> HttpResponse:
    """Let the passphrase of today open it, after it was opened in another way."""
    person = me(request)
    form = Sure(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.renew(request, person, form.cleaned_data["passphrase"])
        messages.success(request, _("Your passphrase opens it from now on."))
        return redirect("people:only")
    told = {
        "form": form,
        "heading": _("Open it with your passphrase of today"),
        "lead": _("For when you chose a new passphrase, and it does not open what is only yours."),
        "act": _("Go on"),
        "back": reverse("people:only"),
    }
    return render(request, "web/form.html", told)


@page(signed_in, fresh=True, mine=True)
def sheet(request: Request) -> HttpResponse:
    """A new recovery sheet to print: shown once, when it is asked for."""
    person = me(request)
    if request.method != "POST":
        made = own_keys(person).ways().get(WORDS)
        return render(request, "people/only_sheet.html", {"made": made, "until": _copies_until()})
    made_words = actions.new_sheet(request, person)
    told = {
        "words": made_words,
        "square": square(" ".join(made_words)),
        "day": clock.today(),
    }
    return render(request, "people/only_sheet_made.html", told)


def _brought(request: Request, person: Person, form: Sure) -> tuple[str, bytes] | None:
    """The way that this very request brings, and its secret: the passphrase, or a passkey's."""
    if form.is_valid():
        return PASSPHRASE, as_secret(form.cleaned_data["passphrase"])
    key, secret = passkey_of(request, person, "answer"), secret_in(request.POST.get("prf", ""))
    return (way_of(key), secret) if key and secret else None


def _why_not(request: Request) -> str:
    """Why a passkey that was tried could not be chosen with; nothing where none was tried."""
    if "answer" not in request.POST:
        return ""
    if secret_in(request.POST.get("prf", "")):
        return _("The passkey did not open. Nothing has changed. Try once more.")
    return _(
        "This passkey cannot do that: it can let you in, but it works out no secret to lock "
        "things with. Nothing has changed. Another passkey may, and a passphrase can."
    )


def home_card(viewer: Viewer) -> Card | None:
    """While something is only one's own and shut: that it is there, and the way to open it."""
    return Card("people/only_card.html", {"due": waiting(viewer)}) if viewer.shut else None


def _kind(viewer: Viewer, of: str) -> Kind:
    found = next((kind for kind in kinds(viewer) if kind.of == of), None)
    if found is None:
        raise Missing
    return found


def _copies_until() -> date:
    """The last day on which a copy of the keyring from before today may still be there."""
    return (clock.now() + KEYS_KEPT).date()
