"""Themes: adding one, and the lines in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.base.problems import Missing
from kith.inquiry import actions, readings
from kith.inquiry.forms import NewTheme, ThemeLinesForm
from kith.web.pages import Request, in_circle, page


@page(in_circle("team"), nav="together")
def add(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Add a theme."""
    known = readings.gathering_in(request.viewer, circle, thing)
    form = NewTheme(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        theme = actions.add_theme(request.viewer, thing, name, form.record_id)
        return redirect("inquiry:theme", circle=circle, thing=thing, theme=theme)
    told = {"form": form, "circle": circle, "gathering": known}
    return render(request, "inquiry/theme_add.html", told)


@page(in_circle("guest"), nav="together")
def theme(request: Request, circle: UUID, thing: UUID, theme: UUID) -> HttpResponse:
    """One theme with its lines; the team may put more lines here."""
    viewer = request.viewer
    known = readings.gathering_in(viewer, circle, thing)
    entry = readings.theme(viewer, theme)
    if entry.parent != thing:
        raise Missing
    said = readings.lines(viewer, thing)
    form = ThemeLinesForm(
        request.POST or None,
        lines=[line.thing for line in said],
        initial={"name": entry.noun.name, "seen": entry.id, "lines": entry.noun.lines},
    )
    if request.method == "POST" and form.is_valid():
        actions.change_theme(viewer, theme, form.noun(), form.cleaned_data["seen"])
        messages.success(request, _("Stored."))
        return redirect("inquiry:theme", circle=circle, thing=thing, theme=theme)
    told = {
        "circle": circle,
        "gathering": known,
        "theme": entry,
        "lines": [line for line in said if theme in line.themes],
        "others": readings.theme_names(viewer, thing),
        "rows": [(line, line.thing in entry.noun.lines, theme in line.themes) for line in said],
        "form": form,
        "team": viewer.has_part(circle, "team"),
    }
    return render(request, "inquiry/theme.html", told)
