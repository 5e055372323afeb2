"""Pages of the walk. Outside the invented village none of them is there."""

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kith.base.problems import Missing
from kith.sample.cast import CAST, is_village, someone
from kith.sample.walk import STEPS
from kith.web.pages import Request, anyone, page


@page(anyone)
def overview(request: Request) -> HttpResponse:
    """All steps of the walk, and everyone whose shoes one can step into."""
    _only_in_the_village()
    return render(request, "sample/walk.html", {"steps": STEPS, "cast": CAST})


@page(anyone)
def go(request: Request, number: int) -> HttpResponse:
    """Go to a step of the walk, in the shoes it is walked in."""
    _only_in_the_village(request)
    if not 1 <= number <= len(STEPS):
        return redirect("sample:walk")
    step = STEPS[number - 1]
    login(request, someone(step.who))
    request.session["walk"] = number - 1
    return redirect(step.place())


@page(anyone)
def be(request: Request, called: str) -> HttpResponse:
    """Step into someone's shoes."""
    _only_in_the_village(request)
    number = request.session.get("walk")
    login(request, someone(called))
    if number is not None:
        request.session["walk"] = number
    return redirect("people:home")


@page(anyone)
def stop(request: Request) -> HttpResponse:
    """Leave the walk; one stays in the village."""
    _only_in_the_village(request)
    request.session.pop("walk", None)
    return redirect("people:home")


def _only_in_the_village(acting: Request | None = None) -> None:
    if not is_village() or (acting is not None and acting.method != "POST"):
        raise Missing
