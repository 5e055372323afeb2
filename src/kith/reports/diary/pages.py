"""The sheet for a week, as a file to print."""

from django.http import HttpResponse

from kith.reports.diary.sheet import as_paper
from kith.web.pages import Request, page, signed_in


@page(signed_in, nav="moments")
def sheet(request: Request) -> HttpResponse:
    """A bare sheet, the same for everyone."""
    headers = {"Content-Disposition": 'attachment; filename="kith-week.pdf"'}
    return HttpResponse(as_paper(), content_type="application/pdf", headers=headers)
