"""Pages for letting go of what nothing opens any more, and for thinking again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.base.problems import Missing
from kith.people.locks import own_keys
from kith.people.only_me import letting_go
from kith.people.signin.pages import me
from kith.permissions.decide import LABELS
from kith.records.erasure import WAIT
from kith.records.only_me import PASSPHRASE, WORDS
from kith.web.pages import Request, page, signed_in


@page(signed_in, fresh=True)
def let_go(request: Request) -> HttpResponse:
    """What is lost, what stays, what may still open it; then let go after the waiting time."""
    if not request.viewer.shut:
        return redirect("people:only")
    if request.method == "POST":
        letting_go.ask_to_let_go(request.viewer)
        return redirect("people:home")
    there = own_keys(me(request)).ways()
    told = {
        "lost": letting_go.lost(request.viewer),
        "stays": letting_go.stays(request.viewer),
        "names_go": LABELS in request.viewer.shut,
        "waiting": letting_go.waiting(request.viewer),
        "days": WAIT.days,
        "by_passphrase": there.get(PASSPHRASE),
        "by_passkey": bool(there.keys() - {PASSPHRASE, WORDS}),
        "sheet": there.get(WORDS),
    }
    return render(request, "people/only_let_go.html", told)


@page(signed_in, fresh=True)
def now(request: Request) -> HttpResponse:
    """The second press: let go at once."""
    if not request.viewer.shut:
        return redirect("people:only")
    if request.method == "POST":
        letting_go.let_go(request.viewer)
        messages.success(request, _("You have let go of it. You can keep new things there now."))
        return redirect("people:only")
    told = {"lost": letting_go.lost(request.viewer), "names_go": LABELS in request.viewer.shut}
    return render(request, "people/only_let_go_now.html", told)


@page(signed_in)
def keep(request: Request) -> HttpResponse:
    """Think again: one press."""
    if request.method != "POST":
        raise Missing
    letting_go.keep_waiting(request.viewer)
    messages.success(request, _("It stays where it is, shut."))
    return redirect("people:home")
