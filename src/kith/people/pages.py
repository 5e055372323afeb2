"""Pages for beginning, coming in by a card, circles, and who can look at one's things."""

import re
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kith.base import clock
from kith.base.problems import Missing
from kith.people import actions, forms, locks, readings
from kith.people.codes import square
from kith.people.models import Installation, Person
from kith.people.nouns import TurnTo
from kith.people.roles import role_names
from kith.people.signin.coming_in import admit, is_shared_device
from kith.people.signin.pages import onward
from kith.web.pages import Request, anyone, circle_cards, home_cards, in_circle, page, signed_in

NUMBER = re.compile(r"\s*\+?(?:[\s()./-]*[0-9]){3,}[\s()./-]*")
NOT_DIALLED = re.compile(r"(?<=[0-9 ])\(0\)|[^0-9+]")  # +44 (0)20 is rung as +4420


@page(anyone, nav="home")
def home(request: Request) -> HttpResponse:
    """The way in, or what one has."""
    if request.viewer.person is None:
        told = {"local": _is_local(request), "next": request.GET.get("next", "")}
        return render(request, "people/welcome.html", told)
    return render(request, "people/home.html", {"cards": home_cards(request.viewer)})


@page(anyone)
def start(request: Request) -> HttpResponse:
    """Begin, or go on with, a notebook of one's own on this computer: one tap, no account."""
    if request.method != "POST" or not _is_local(request):
        return redirect("people:home")
    login(request, readings.local_person() or actions.begin())
    return onward(request)


@page(anyone)
@sensitive_post_parameters()
def join(request: Request) -> HttpResponse:
    """Come into a circle with the code on a card; make an account on the way if one has none."""
    known = request.viewer.person is not None
    begun = {"code": request.GET.get("c")}
    form = forms.Join(request, request.POST or None, known=known, initial=begun)
    if request.method == "POST" and form.is_valid():
        if not known:
            admit(request, form.new_person(), shared=form.cleaned_data.get("shared", False))
        circle = actions.join(
            readings.viewer_of(request.user), form.cleaned_data["code"], form.cleaned_data["roles"]
        )
        return redirect("people:circle", circle=circle)
    return render(request, "people/join.html", {"form": form})


@page(signed_in)
def account(request: Request) -> HttpResponse:
    """What one is called, and the ways to how one comes in and where one is signed in."""
    me = Person.objects.get(id=request.viewer.me)
    form = forms.Account(request.POST or None, initial={"called": me.called})
    if request.method == "POST" and form.is_valid():
        me.called = form.cleaned_data["called"]
        me.save(update_fields=["sealed_called"])
        messages.success(request, _("Kept."))
        return redirect("people:account")
    told = {"form": form, "no_sheet": locks.lacks_sheet(request.viewer)}
    return render(request, "people/account.html", told)


@page(signed_in, nav="together")
def together(request: Request) -> HttpResponse:
    """One's circles, a way to come into another, and a way to open one."""
    return render(request, "people/together.html", {"circles": request.circle_names})


@page(signed_in, nav="together")
def open_circle(request: Request) -> HttpResponse:
    """Open a circle and look after it."""
    form = forms.OpenCircle(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.open_circle(request.viewer, **form.cleaned_data)
        return redirect("people:circle", circle=made.id)
    return render(request, "people/open_circle.html", {"form": form})


@page(in_circle("guest"), nav="together")
def circle(request: Request, circle: UUID) -> HttpResponse:
    """The page of one circle: what goes on there, made of the cards of all rooms."""
    told = {
        "circle": readings.circle(request.viewer, circle),
        "cards": circle_cards(request.viewer, circle),
        "today": localdate(clock.now()),
        "roles": role_names(readings.my_roles(request.viewer, circle)),
        "keeps": request.viewer.has_part(circle, "keeper"),
    }
    return render(request, "people/circle.html", told)


@page(in_circle("guest"), nav="together")
def roles(request: Request, circle: UUID) -> HttpResponse:
    """Say which roles one speaks from here: several, or none."""
    mine = readings.my_roles(request.viewer, circle)
    form = forms.Roles(request.POST or None, initial={"roles": mine})
    if request.method == "POST" and form.is_valid():
        actions.speak_from(request.viewer, circle, form.cleaned_data["roles"])
        messages.success(request, _("Kept."))
        return redirect("people:circle", circle=circle)
    return render(request, "people/roles.html", {"form": form, "circle": circle})


@page(in_circle("keeper"), nav="together")
def days(request: Request, circle: UUID) -> HttpResponse:
    """When a study ends, or until when reveals rest here."""
    form = forms.Days(readings.circle(request.viewer, circle), request.POST or None)
    if not form.fields:
        raise Missing
    if request.method == "POST" and form.is_valid():
        actions.set_days(request.viewer, circle, **form.told())
        messages.success(request, _("Kept."))
        return redirect("people:circle", circle=circle)
    told = {"form": form, "heading": _("A day that matters here")}
    told["back"] = reverse("people:circle", kwargs={"circle": circle})
    return render(request, "web/form.html", told, status=422 if form.errors else 200)


@page(in_circle("guest"), nav="together")
def leave(request: Request, circle: UUID) -> HttpResponse:
    """Leave a circle, after a second press."""
    if request.method == "POST":
        actions.leave(request.viewer, circle)
        messages.success(request, _("You have left."))
        return redirect("people:together")
    return render(request, "people/leave.html", {"circle": circle})


@page(in_circle("keeper"), nav="together", fresh=True)
def cards(request: Request, circle: UUID) -> HttpResponse:
    """Cards with a code that let others in; shown once, to print or read aloud."""
    form = forms.Invite(request.POST or None)
    code = ""
    if request.method == "POST" and form.is_valid():
        code = actions.invite(request.viewer, circle, **form.cleaned_data)
    told = {
        "form": form,
        "circle": readings.circle(request.viewer, circle),
        "code": code,
        "square": square(request.build_absolute_uri(f"/come/?c={code}")) if code else "",
        "cards": readings.invitations(request.viewer, circle),
    }
    return render(request, "people/cards.html", told)


@page(signed_in)
def stop_card(request: Request, card: UUID) -> HttpResponse:
    """Make a card worthless."""
    if request.method != "POST":
        raise Missing
    circle = actions.stop_invitation(request.viewer, card)
    messages.success(request, _("That card no longer works."))
    return redirect("people:cards", circle=circle)


@page(anyone)
def turn(request: Request) -> HttpResponse:
    """People to turn to, as each circle named them."""
    found = readings.turn_to(request.viewer) if request.viewer.person else []
    return render(request, "web/turn.html", {"turn": [_turn(entry.noun) for entry in found]})


@page(in_circle("keeper"), nav="together")
def turn_to(request: Request, circle: UUID) -> HttpResponse:
    """Fill in whom people in this circle can turn to."""
    form = forms.TurnToForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.name_turn_to(request.viewer, circle, form.noun(), form.record_id)
        messages.success(request, _("Kept."))
        return redirect("people:turn-to", circle=circle)
    named = [one for one in readings.turn_to(request.viewer) if one.space == circle]
    return render(request, "people/turn_to.html", {"form": form, "named": named, "circle": circle})


@page(signed_in)
def turn_away(request: Request, thing: UUID) -> HttpResponse:
    """Take someone off the list of whom to turn to."""
    if request.method != "POST":
        raise Missing
    removed = actions.take_away_turn_to(request.viewer, thing)
    return redirect("people:turn-to", circle=removed.space)


def _turn(noun: TurnTo) -> dict[str, str]:
    # Only what is a number and nothing else can be rung: "Room 112" must not dial 112.
    if not NUMBER.fullmatch(noun.reach):
        return {"name": noun.who, "words": noun.reach, "hours": noun.when}
    dial = NOT_DIALLED.sub("", noun.reach)
    return {"name": noun.who, "number": noun.reach, "dial": dial, "hours": noun.when}


def _is_local(request: Request) -> bool:
    """Whether the notebook without an account may be opened: on this very computer alone."""
    here = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
    real = not Installation.objects.filter(invented=True).exists()
    return bool(settings.KITH_LOCAL and here and real and not is_shared_device(request))
