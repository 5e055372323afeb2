"""Pages that belong to no room: the neutral page one leaves to, plain words, the parts live."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render

from kith.web import look
from kith.web.pages import Request, anyone, page


@page(anyone)
def left(request: Request) -> HttpResponse:
    """The bland page that quick exit opens. It knows nobody, and closes the notebook behind one.

    Only a step from a page of ours ends the session: a picture elsewhere must not sign anyone out.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if ours:
        logout(request)
    response = render(request, "web/left.html")
    if ours:
        response.headers["X-Left"] = "yes"  # for the worker, which leaves again until it reads this
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@page(anyone)
def promise(request: Request) -> HttpResponse:
    """What we do not promise, said plainly."""
    return render(request, "web/promise.html")


@page(anyone)
def parts(request: Request) -> HttpResponse:
    """Live examples of the parts every page is made of."""
    return look.look(request)
