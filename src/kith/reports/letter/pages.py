"""Pages about what gets in the way of one's own life with others, and the letter made of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.permissions.viewer import Viewer
from kith.reports.letter import actions, files, readings
from kith.reports.letter.forms import ChooseForm, LetterForm, TakeForm, fields_of
from kith.reports.letter.gathering import Gathered, gather
from kith.web.pages import Card, Request, page, signed_in

mine = page(signed_in, nav="moments", mine=True)


@mine
def way(request: Request) -> HttpResponse:
    """What matters, what gets in the way, what would help; one's letters."""
    told = {
        "found": _found(request),
        "letters": readings.letters(request.viewer),
        "gone": readings.removed(request.viewer),
    }
    return render(request, "reports/letter/way.html", told)


@mine
def choose(request: Request) -> HttpResponse:
    """Choose the lines that a letter begins with; then its words."""
    found = _found(request)
    form = ChooseForm(request.POST or None, found)
    if request.method != "POST":
        told = {"form": form, "act": _("Go on"), "back": reverse("letters:way")}
        return render(request, "reports/letter/choose.html", told)
    first = readings.first_words(found, form.chosen) if form.is_valid() else {}
    return _letter_form(request, LetterForm(initial=first), reverse("letters:way"))


@mine
def write(request: Request) -> HttpResponse:
    """Keep a letter that was begun, or begin with a bare one."""
    form = LetterForm(request.POST or None)
    if form.is_valid():
        made = actions.write(request.viewer, form.said, id=form.record_id)
        return redirect("letters:one", made.thing)
    return _letter_form(request, form, reverse("letters:way"))


@mine
def one(request: Request, thing: UUID) -> HttpResponse:
    """A letter as it is handed over."""
    entry = readings.letter(request.viewer, thing)
    told = {"entry": entry, "title": files.heading(entry.noun), "parts": files.parts(entry.noun)}
    return render(request, "reports/letter/one.html", told)


@mine
def correct(request: Request, thing: UUID) -> HttpResponse:
    """Say a letter anew."""
    entry = readings.letter(request.viewer, thing)
    form = LetterForm(request.POST or None, initial=fields_of(entry))
    if form.is_valid():
        actions.correct(request.viewer, thing, form.said, id=form.record_id)
        return redirect("letters:one", thing)
    return _letter_form(request, form, reverse("letters:one", args=[thing]))


@page(signed_in, nav="moments", fresh=True, mine=True)
def take(request: Request, thing: UUID) -> HttpResponse:
    """Choose what sort of file; then the file."""
    entry = readings.letter(request.viewer, thing)
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["form"]
        headers = {"Content-Disposition": f'attachment; filename="kith-letter.{kind}"'}
        made = files.as_file(entry, kind)
        return HttpResponse(made, content_type=files.TYPES[kind], headers=headers)
    return render(request, "reports/letter/take.html", {"form": form, "thing": thing})


@mine
def remove(request: Request, thing: UUID) -> HttpResponse:
    """Take a letter away, after asking once."""
    if request.method == "POST":
        actions.remove(request.viewer, thing)
        messages.success(request, _("The letter is away. The way back is below."))
        return redirect("letters:way")
    readings.letter(request.viewer, thing)
    told = {
        "heading": _("Take this letter away"),
        "what": [_("It goes from your list. You can bring it back.")],
        "act": _("Take it away"),
        "back": reverse("letters:one", args=[thing]),
    }
    return render(request, "web/confirm.html", told)


@mine
def restore(request: Request, thing: UUID) -> HttpResponse:
    """Bring a letter back."""
    if request.method == "POST":
        actions.restore(request.viewer, thing)
        messages.success(request, _("It is back."))
    return redirect("letters:one", thing)


def home_card(viewer: Viewer) -> Card:
    """The way to these pages. It reads nothing."""
    return Card("reports/letter/card.html", {})


def _found(request: Request) -> Gathered:
    return gather(request.viewer, _day(request.GET.get("before", "")))


def _day(told: str) -> date | None:
    """The day before which to look, if the address names one."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _letter_form(request: Request, form: LetterForm, back: str) -> HttpResponse:
    action = reverse("letters:write") if back == reverse("letters:way") else ""
    told = {"form": form, "back": back, "action": action, "act": _("See the letter")}
    return render(request, "reports/letter/write.html", told, status=422 if form.errors else 200)
