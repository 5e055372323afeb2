"""The page to type a week in, from the sheet it was written on."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.moments import days
from kith.moments.diary.actions import keep_week
from kith.moments.diary.forms import WEEK, Week, bare_week, sent_week
from kith.web import shells
from kith.web.pages import Request, anyone, page, signed_in


@page(signed_in, nav="moments", mine=True)
def week(request: Request) -> HttpResponse:
    """A row for each day; each that is not blank becomes a moment of that day."""
    if request.method != "POST":
        return _show(request, bare_week(_last_whole_week()))
    told = sent_week(request.POST)
    if "show" in request.POST or not told.is_valid():
        return _show(request, told, 200 if "show" in request.POST else 422)
    found = told.moments()
    keep_week(request.viewer, [(row.record_id, row.moment(), at) for row, at in found])
    if found:
        messages.success(request, _("Kept. Only you see it."))
    return redirect("moments:list")


@page(anyone, nav="moments")
def shell(request: Request) -> HttpResponse:
    """The same, bare, as a device keeps it for when there is no connection."""
    told = {"week": bare_week(None), "back": ""}
    return shells.shell(request, "moments/week.html", told)


def _last_whole_week() -> date:
    """The Monday of the last week that is over, or ends today: the sheet begins on a Monday."""
    then = days.today() - timedelta(WEEK - 1)
    return then - timedelta(then.weekday())


def _show(request: Request, told: Week, status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {"week": told, "back": reverse("moments:list")}
    return render(request, "moments/week.html", values, status=status)
