"""Pages for what comes again: looking at it, letting it be, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.moments.suggesting import actions, readings
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="moments", mine=True)
def recurs(request: Request) -> HttpResponse:
    """What comes again, to be named or let be; nobody is ever sent here."""
    offered = readings.offered(request.viewer)
    if request.method == "POST":
        found = next((one for one in offered if one.key == request.POST.get("of")), None)
        if found:
            actions.let_be(request.viewer, found.recurs)
            messages.success(request, _("We will not suggest that again."))
        return redirect("moments:recurs")
    told = {"offered": offered, "let_be": readings.let_be_told(request.viewer)}
    return render(request, "moments/recurs.html", told)


@page(signed_in, nav="moments", mine=True)
@require_POST
def again(request: Request, thing: UUID) -> HttpResponse:
    """Let it be suggested again."""
    actions.suggest_again(request.viewer, thing)
    return redirect("moments:recurs")
