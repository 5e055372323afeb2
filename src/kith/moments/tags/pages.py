"""The words that a circle offers for moments: the list, and what its team can do with it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kith.base.problems import Refused
from kith.moments.forms.fields import WORD
from kith.moments.nouns import Tag
from kith.moments.tags import actions, readings
from kith.permissions.viewer import Viewer
from kith.web.forms import KeepForm
from kith.web.pages import Card, Request, in_circle, page


class TagForm(KeepForm):
    """One word, or a few."""

    word = forms.CharField(label=_("One more word"), max_length=WORD)


@page(in_circle("guest"), nav="together")
def every(request: Request, circle: UUID) -> HttpResponse:
    """The words a circle offers; its team adds one here."""
    viewer, form = request.viewer, TagForm(request.POST or None)
    is_team = viewer.has_part(circle, "team")
    if request.method == "POST" and not is_team:
        raise Refused("not-allowed")
    if form.is_valid():
        word = Tag(form.cleaned_data["word"])
        actions.offer(viewer, circle, word, id=form.record_id)
        messages.success(request, _t("It is on the list now."))
        return redirect("moments:tags", circle)
    told = {
        "form": form,
        "tags": readings.tags_of(viewer, circle),
        "away": is_team and readings.taken_away(viewer, circle),
        "circle": circle,
        "space_name": request.circle_names[circle],
        "is_team": is_team,
    }
    return render(request, "moments/tags/every.html", told, status=422 if form.errors else 200)


@page(in_circle("team"), nav="together")
@require_POST
def take_away(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Take a word off the list; it can be put back."""
    actions.take_away(request.viewer, circle, thing)
    messages.success(request, _t("It is off the list. You can put it back below the list."))
    return redirect("moments:tags", circle)


@page(in_circle("team"), nav="together")
@require_POST
def put_back(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Put a word back on the list."""
    actions.put_back(request.viewer, circle, thing)
    messages.success(request, _t("It is back on the list."))
    return redirect("moments:tags", circle)


def circle_card(viewer: Viewer, circle: UUID) -> Card | None:
    """The words for moments, on the page of a circle."""
    tags, is_team = readings.tags_of(viewer, circle), viewer.has_part(circle, "team")
    if not tags and not is_team:
        return None
    told = {"tags": tags, "circle": circle, "is_team": is_team}
    return Card("moments/tags/circle_card.html", told)
