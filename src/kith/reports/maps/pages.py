"""Taking a map out as a file, and bare sheets to draw on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kith.maps.readings import a_map
from kith.permissions.viewer import Viewer
from kith.reports.maps import papers, tables
from kith.reports.maps.forms import OutForm
from kith.reports.maps.sheet import sheet
from kith.web.pages import Request, page, signed_in

TYPES = {
    "pdf": ("application/pdf", "pdf"),
    "png": ("image/png", "png"),
    "svg": ("image/svg+xml", "svg"),
    "csv": ("application/zip", "zip"),
    "parquet": ("application/zip", "zip"),
}


@page(signed_in, nav="map", fresh=True, mine=True)
def out(request: Request, map_id: UUID) -> HttpResponse:
    """Choose what goes into a file of one map; then the file."""
    a_map(request.viewer, map_id)
    form = OutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, end = TYPES[form.cleaned_data["form"]]
        return _file(_made(request.viewer, map_id, form), kind, f"kith-drawing.{end}")
    return render(request, "reports/maps/out.html", {"form": form, "map_id": map_id})


@page(signed_in, nav="map", mine=True)
def blank(request: Request) -> HttpResponse:
    """Bare sheets with the prompts."""
    return _file(papers.blank(request.viewer), "application/pdf", "kith-paper.pdf")


def _made(viewer: Viewer, map_id: UUID, form: OutForm) -> bytes:
    wanted, names = form.cleaned_data["form"], form.with_names
    if wanted == "csv":
        return tables.as_csv(viewer, map_id, names=names)
    if wanted == "parquet":
        return tables.as_parquet(viewer, map_id, names=names)
    pictures = form.cleaned_data["pictures"]
    picture = sheet(viewer, map_id, names=names, pictures=pictures, kinds=form.kinds)
    if wanted == "pdf":
        return papers.as_paper(picture)
    return papers.as_picture(picture) if wanted == "png" else picture.svg.encode()


def _file(made: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=kind, headers=headers)
