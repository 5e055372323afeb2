"""The page that gives a person a copy of everything of theirs."""

from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from kith.base import clock
from kith.reports.copying import copy_of_all, shut
from kith.web.pages import Request, page, signed_in


@page(signed_in, fresh=True, mine=True)
def copy(request: Request) -> HttpResponse:
    """Say what is in it and how to keep it; then send it, made on the way."""
    if request.method != "POST":
        return render(request, "reports/copy/page.html", {"shut": shut(request.viewer)})
    name = f"kith-copy-{clock.today():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces = copy_of_all(request.viewer)
    sent = StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
    return cast(HttpResponse, sent)
