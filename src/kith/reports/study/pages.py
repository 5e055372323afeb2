"""What people show a study, taken out as tables by those who work on it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kith.people.models import Circle
from kith.permissions.viewer import Viewer
from kith.reports.study.forms import TablesForm
from kith.reports.study.tables import as_files
from kith.web.pages import Card, Request, in_circle, page


@page(in_circle("team"), nav="together", fresh=True)
def out(request: Request, circle: UUID) -> HttpResponse:
    """Say what it is and is not; then the tables. Who is in them can read that one looked."""
    form = TablesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = as_files(request.viewer, circle, form.cleaned_data["form"])
        headers = {"Content-Disposition": 'attachment; filename="kith-study.zip"'}
        return HttpResponse(made, content_type="application/zip", headers=headers)
    return render(request, "reports/study/out.html", {"form": form, "circle": circle})


def circle_card(viewer: Viewer, circle: UUID) -> Card | None:
    """The way to the tables of a study, for those who work on it; the same whoever shows what."""
    is_study = Circle.objects.filter(id=circle, sort=Circle.Sort.STUDY).exists()
    if not viewer.has_part(circle, "team") or not is_study:
        return None
    return Card("reports/study/card.html", {"circle": circle})
