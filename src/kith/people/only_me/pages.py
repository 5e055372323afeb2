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
from kith.people.locks import let_passkey_open, opens_with_passkey, own_keys
from kith.people.only_me import actions
from kith.people.only_me.forms import Open, OpenWithWords
from kith.people.only_me.kinds import Kind, kinds
from kith.people.only_me.opening import opened_by_passkey, ways
from kith.people.signin import passkeys
from kith.people.signin.forms import Sure
from kith.people.signin.pages import me, onward
from kith.people.signin.sure import passkey_of
from kith.permissions.actions import shown_of
from kith.permissions.viewer import Viewer
from kith.records.backup import KEYS_KEPT
from kith.records.only_me import WORDS
from kith.web.pages import Card, Request, page, signed_in


@page(signed_in)
def every(request: Request) -> HttpResponse:
    """For each kind of thing: who could open it, and the choice."""
    person = me(request)
    told = {
        "kinds": kinds(request.viewer),
        "shut": bool(request.viewer.shut),
        "sheet": own_keys(person).ways().get(WORDS),
        "has_passphrase": person.has_usable_password(),
        "passkeys": [(key, opens_with_passkey(key)) for key in person.passkeys.order_by("made")],
    }
    return render(request, "people/only.html", told)


@page(signed_in, mine=True)
def passkey(request: Request) -> HttpResponse:
    """Let a passkey of one's own open what is only one's own."""
    key = passkey_of(request, me(request), "answer")
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
    if kind.only_mine or not person.has_usable_password():
        return redirect("people:only")
    form = Sure(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose(request, person, of, form.cleaned_data["passphrase"])
        messages.success(request, _("From now on only you can open it."))
        return redirect("people:only")
    told = {
        "kind": kind,
        "form": form,
        "sheet": own_keys(person).ways().get(WORDS),
        "showing": bool(shown_of(request.viewer, of)),
        "until": _copies_until(),
    }
    return render(request, "people/only_choose.html", told)


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
        messages.success(request, _("It is open."))
        return onward(request)
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


def home_card(viewer: Viewer) -> Card | None:
    """While something is only one's own and shut: that it is there, and the way to open it."""
    return Card("people/only_card.html", {}) if viewer.shut else None


def _kind(viewer: Viewer, of: str) -> Kind:
    found = next((kind for kind in kinds(viewer) if kind.of == of), None)
    if found is None:
        raise Missing
    return found


def _copies_until() -> date:
    """The last day on which a copy of the keyring from before today may still be there."""
    return (clock.now() + KEYS_KEPT).date()
