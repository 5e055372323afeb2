"""The page that gives a card as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from kith.base.problems import Missing
from kith.moments.pages.cards import PAPERS
from kith.moments.readings import card, lay
from kith.reports.cards.paper import as_pdf
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="moments", fresh=True, mine=True)
def paper(request: Request, thing: UUID, paper: str) -> HttpResponse:
    """A card as PDF, when its button is pressed; else its page."""
    entry = card(request.viewer, thing)
    if paper not in PAPERS:
        raise Missing
    if request.method != "POST":
        return redirect("moments:card", thing=thing)
    made = as_pdf(lay(request.viewer, entry), paper)
    headers = {"Content-Disposition": 'attachment; filename="kith-card.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
