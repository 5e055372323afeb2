"""The sheet for ten minutes of talk, as a file to print."""

from uuid import UUID

from django.http import HttpResponse

from kith.reports.talk.sheet import sheet
from kith.web.pages import Request, in_circle, page


@page(in_circle("team"), nav="together")
def talk(request: Request, circle: UUID, thing: UUID | None = None) -> HttpResponse:
    """One sheet: about one arrangement, or to choose one from the list."""
    headers = {"Content-Disposition": 'attachment; filename="kith-ten-minutes.pdf"'}
    made = sheet(request.viewer, circle, thing)
    return HttpResponse(made, content_type="application/pdf", headers=headers)
