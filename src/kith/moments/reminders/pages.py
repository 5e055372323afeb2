"""Pages for being reminded: asking, changing, what holds, one reminder, and answers to a prompt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base.problems import Invalid, Missing
from kith.moments import actions as noting
from kith.moments.readings import removed
from kith.moments.reminders import actions, readings
from kith.moments.reminders.calendar_file import calendar_of
from kith.moments.reminders.forms import PromptForm, ReminderForm
from kith.moments.reminders.nouns import ANSWERS, SHOWN, Reminder
from kith.web.pages import Request, page, signed_in

CALENDAR = "text/calendar; charset=utf-8"


@page(signed_in, nav="moments", mine=True)
def every(request: Request) -> HttpResponse:
    """What one asked to be reminded of; what was taken away, with the way back."""
    told = {
        "reminders": [
            (one, readings.holds(one.noun)) for one in readings.reminders(request.viewer)
        ],
        "gone": removed(request.viewer, Reminder),
    }
    return render(request, "moments/reminders/every.html", told)


@page(signed_in, nav="moments", mine=True)
def ask(request: Request) -> HttpResponse:
    """Ask to be reminded."""
    form = ReminderForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _ask(request, form)):
        messages.success(request, _("Kept. You can stop it at any time."))
        return redirect("moments:reminder", thing=made)
    told = {"form": form, "back": reverse("moments:reminders"), "act": _("Remind me")}
    return render(request, "moments/reminders/ask.html", told)


@page(signed_in, nav="moments", mine=True)
def change(request: Request, thing: UUID) -> HttpResponse:
    """Ask for a reminder otherwise, from now on."""
    form = ReminderForm(request.POST or None, now=readings.reminder(request.viewer, thing).noun)
    if request.method == "POST" and form.is_valid() and _change(request, thing, form):
        messages.success(request, _("Kept. A calendar that has the old file needs the new one."))
        return redirect("moments:reminder", thing=thing)
    back = reverse("moments:reminder", kwargs={"thing": thing})
    told = {"form": form, "back": back, "act": _("Keep"), "changes": True}
    return render(request, "moments/reminders/ask.html", told)


@page(signed_in, nav="moments", mine=True)
def one(request: Request, thing: UUID) -> HttpResponse:
    """One reminder, and what became of each time it was planned at."""
    entry = readings.reminder(request.viewer, thing)
    told = {
        "entry": entry,
        "holds": readings.holds(entry.noun),
        "became": [
            (one.at, ANSWERS.get(one.state), one.state == SHOWN)
            for one in readings.became(request.viewer, thing)
        ],
    }
    return render(request, "moments/reminders/one.html", told)


@page(signed_in, nav="moments", fresh=True, mine=True)
def calendar(request: Request, thing: UUID) -> HttpResponse:
    """The reminder as a file for a calendar; its name says nothing."""
    said = readings.reminder(request.viewer, thing).noun
    headers = {"Content-Disposition": 'attachment; filename="notes.ics"'}
    return HttpResponse(calendar_of(thing, said), content_type=CALENDAR, headers=headers)


@page(signed_in, nav="moments", mine=True)
def stop(request: Request, thing: UUID) -> HttpResponse:
    """Stop being reminded, at one touch; its page has the way to go on."""
    _only_by_a_press(request)
    actions.stop(request.viewer, thing)
    messages.success(request, _("Stopped."))
    return redirect("moments:reminder", thing=thing)


@page(signed_in, nav="moments", mine=True)
def go_on(request: Request, thing: UUID) -> HttpResponse:
    """Be reminded again."""
    _only_by_a_press(request)
    actions.stop(request.viewer, thing, stopped=False)
    return redirect("moments:reminder", thing=thing)


@page(signed_in, nav="moments", mine=True)
def tell(request: Request, thing: UUID) -> HttpResponse:
    """What became of a prompt: shown (told by the page itself), or what one made of it."""
    _only_by_a_press(request)
    form = PromptForm(request.POST)
    if not form.is_valid():
        raise Invalid("prompt-over")
    state = form.cleaned_data["state"]
    actions.tell(request.viewer, thing, form.cleaned_data["at"], state)
    if state == SHOWN:
        return HttpResponse(status=204)
    return redirect("moments:write" if state == "noted" else "people:home")


@page(signed_in, nav="moments", mine=True)
def remove(request: Request, thing: UUID) -> HttpResponse:
    """Take a reminder away, with what became of it; the list has the way back."""
    _only_by_a_press(request)
    noting.remove(request.viewer, Reminder, thing)
    return redirect("moments:reminders")


@page(signed_in, nav="moments", mine=True)
def restore(request: Request, thing: UUID) -> HttpResponse:
    """Bring a reminder back as it stood."""
    _only_by_a_press(request)
    noting.restore(request.viewer, Reminder, thing)
    return redirect("moments:reminder", thing=thing)


def _ask(request: Request, form: ReminderForm) -> UUID | None:
    try:
        return actions.ask(request.viewer, form.noun(), id=form.record_id).thing
    except Invalid as problem:
        form.object_to(problem)
        return None


def _change(request: Request, thing: UUID, form: ReminderForm) -> bool:
    try:
        actions.change(request.viewer, thing, form.noun(), id=form.record_id)
        return True
    except Invalid as problem:
        form.object_to(problem)
        return False


def _only_by_a_press(request: Request) -> None:
    if request.method != "POST":
        raise Missing
