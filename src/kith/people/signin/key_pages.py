"""Pages for passkeys: coming in with one, adding, naming and taking one away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base.problems import Invalid, Missing
from kith.people.locks import is_last_to_open, opened_with_passkey
from kith.people.models import Passkey, Person
from kith.people.only_me.kinds import only_mine_of
from kith.people.signin import passkeys
from kith.people.signin.coming_in import admit
from kith.people.signin.forms import KeyIn, KeyName, TakeAway
from kith.people.signin.pages import me, onward
from kith.people.signin.resting import whose
from kith.permissions.viewer import Viewer
from kith.web.pages import Request, anyone, page, signed_in


@page(anyone)
def ask(request: Request) -> HttpResponse:
    """The question for a passkey: of the person who is to show that it is them, or of anyone."""
    _only_sent(request)
    to_open = "open" in request.GET
    return JsonResponse(passkeys.ask_for(request, whose(request), to_open=to_open))


@page(anyone)
def come_in(request: Request) -> HttpResponse:
    """Come in with a passkey, without typing a name."""
    _only_sent(request)
    form = KeyIn(request, request.POST)
    try:
        key = passkeys.answered(request, request.POST.get("answer", ""))
    except Invalid:
        messages.error(request, _("The passkey did not open. Try once more."))
        return redirect("people:signin")
    admit(request, key.person, shared=form.is_valid() and form.cleaned_data.get("shared", False))
    opened_with_passkey(request, key, request.POST.get("prf", ""))
    return onward(request)


@page(signed_in, fresh=True)
def ask_new(request: Request) -> HttpResponse:
    """The question that makes a new passkey."""
    _only_sent(request)
    return JsonResponse(passkeys.ask_to_make(request, _on_own_device(request)))


@page(signed_in, fresh=True)
def new(request: Request) -> HttpResponse:
    """Add a passkey."""
    person = _on_own_device(request)
    form = KeyName(request.POST or None)
    refused = False
    if request.method == "POST" and form.is_valid():
        refused = not _take_in(request, person, form.cleaned_data["name"])
        if not refused:
            messages.success(request, _("Kept. You can come in with it from now on."))
            return redirect("people:ways")
    told = {"form": form, "keys_work": passkeys.works_at(request), "refused": refused}
    return render(request, "people/key_new.html", told)


@page(signed_in)
def name(request: Request, key: UUID) -> HttpResponse:
    """Give a passkey another name."""
    mine = _mine(request, key)
    form = KeyName(request.POST or None, initial={"name": mine.name})
    if request.method == "POST" and form.is_valid():
        mine.name = form.cleaned_data["name"]
        mine.save(update_fields=["sealed_name"])
        return redirect("people:ways")
    told = {"form": form, "heading": _("Name a passkey"), "back": reverse("people:ways")}
    return render(request, "web/form.html", told)


@page(signed_in, fresh=True)
def away(request: Request, key: UUID) -> HttpResponse:
    """Take a passkey away, after a second press; a warning where it is the last way in."""
    mine = _mine(request, key)
    sent = request.POST if request.method == "POST" else None
    form = TakeAway(sent) if is_last_to_open(mine) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        passkeys.take_away(mine.person, mine, last=form is not None)
        messages.success(request, _("That passkey opens nothing any more."))
        return redirect("people:ways")
    told = {
        "heading": _("Take a passkey away"),
        "what": _what_goes(mine) + (_what_is_lost(request.viewer) if form else []),
        "form": form,
        "act": _("Take it away"),
        "back": reverse("people:ways"),
        "cannot_undo": True,
    }
    return render(request, "web/confirm.html", told, status=422 if form and form.errors else 200)


def _what_goes(key: Passkey) -> list[str]:
    if key.only_opens:
        return [_("%(name)s will open what is only yours no more.") % {"name": key.name}]
    told = [_("%(name)s will open your notebook no more.") % {"name": key.name}]
    if key.person.has_usable_password() or key.person.keys_in().count() > 1:
        return told
    if key.person.handle:
        told.append(_("It is your only way in. Once you are out, only two keepers can help you."))
    else:
        told.append(_("It is your only lock. Anyone at this computer could then open it."))
    return [*told, _("Choose a passphrase first, if you want another way.")]


def _what_is_lost(viewer: Viewer) -> list[str]:
    names = ", ".join(str(name) for name in only_mine_of(viewer))
    return [
        _("It is also the last key to what is only yours: %(names)s.") % {"names": names},
        _("Without it all of that stays shut for good, and you can write nothing there any more."),
        _("Before that you can make a recovery sheet, or say that it is no longer only yours."),
    ]


def _take_in(request: Request, person: Person, called: str) -> bool:
    try:
        passkeys.take_in(request, person, called, request.POST.get("answer", ""))
    except Invalid:
        return False
    return True


def _on_own_device(request: Request) -> Person:
    if request.session.get("shared"):
        raise Missing
    return me(request)


def _mine(request: Request, key: UUID) -> Passkey:
    found = Passkey.objects.select_related("person").filter(id=key, person_id=request.viewer.me)
    if (mine := found.first()) is None:
        raise Missing
    return mine


def _only_sent(request: Request) -> None:
    if request.method != "POST":
        raise Missing
