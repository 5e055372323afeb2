"""Pages that belong to no room: the neutral page one leaves to, plain words, the parts live."""

from django.http import HttpResponse
from django.shortcuts import render

from kith.web import look
from kith.web.pages import Request, anyone, page


@page(anyone)
def left(request: Request) -> HttpResponse:
    """The bland page that quick exit opens. It knows nobody."""
    return render(request, "web/left.html")


@page(anyone)
def promise(request: Request) -> HttpResponse:
    """What we do not promise, said plainly."""
    return render(request, "web/promise.html")


@page(anyone)
def parts(request: Request) -> HttpResponse:
    """Live examples of the parts every page is made of."""
    return look.look(request)
