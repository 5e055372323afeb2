"""The live report, the same as PDF, issuing it, and the editions that were issued."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.base.problems import Flaw, Missing
from kith.inquiry.evidence import findings, may_issue
from kith.inquiry.readings import gathering_in, gatherings
from kith.permissions.viewer import Viewer
from kith.reports import actions, readings
from kith.reports.document import build
from kith.reports.paper import as_pdf
from kith.reports.said import sentences
from kith.web.forms import KeepForm
from kith.web.pages import Card, Request, in_circle, page
from kith.web.sentences import flaw_sentences


@page(in_circle("guest"), nav="together")
def live(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """The report as it stands now: a working copy for the people of this circle."""
    gathering_in(request.viewer, circle, thing)
    document = build(request.viewer, thing, "working")
    told = {
        "report": document,
        "said": sentences(document),
        "themes": document.theme_names,
        "circle": circle,
        "thing": thing,
        "lost": [one for one in findings(request.viewer, thing) if one.lost_support],
        "waits": flaw_sentences(Flaw(code) for code in may_issue(request.viewer, thing)),
        "editions": readings.editions(request.viewer, thing),
        "may_issue": request.viewer.has_part(circle, "team"),
    }
    return render(request, "reports/live.html", told)


@page(in_circle("guest"), nav="together")
def paper(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """The working copy as PDF."""
    gathering_in(request.viewer, circle, thing)
    return _pdf(as_pdf(build(request.viewer, thing, "working")), "kith-working-copy.pdf")


@page(in_circle("team"), nav="together")
def issue(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Issue the report: say what that means, then do it."""
    gathering_in(request.viewer, circle, thing)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.issue(request.viewer, thing, id=form.record_id)
        messages.success(request, _("Issued. This edition stays as it is."))
        return redirect("reports:live", circle=circle, thing=thing)
    waits = flaw_sentences(Flaw(code) for code in may_issue(request.viewer, thing))
    told = {"form": form, "circle": circle, "thing": thing, "waits": waits}
    return render(request, "reports/issue.html", told)


@page(in_circle("guest"), nav="together")
def edition(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """An edition, byte for byte as it was issued."""
    found = readings.edition(request.viewer, thing)
    if found.space != circle:
        raise Missing
    return _pdf(found.noun.pdf, f"kith-report-{found.noun.number}.pdf")


def card(viewer: Viewer, circle: UUID) -> Card | None:
    """The report of the newest gathering, on the page of its circle."""
    found = gatherings(viewer, circle)
    if not found:
        return None
    newest = found[0]
    return Card("reports/card.html", {"circle": circle, "gathering": newest})


def _pdf(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
