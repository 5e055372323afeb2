"""`kith report`: the report of a gathering as files in a folder."""

import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from django.template.loader import render_to_string
from rich.console import Console

from kith.base.problems import Flaw, Invalid, Missing
from kith.inquiry.evidence import may_issue
from kith.inquiry.readings import gatherings
from kith.people.models import Circle, Membership
from kith.people.readings import viewer_of
from kith.permissions.viewer import Viewer
from kith.reports.document import Document, build
from kith.reports.paper import as_pdf
from kith.reports.said import sentences

LOOK = Path(__file__).parents[1] / "web" / "static" / "web"


def write_report(name: str, out: Path, say: Console) -> None:
    """Write report.html (with its style and fonts beside it) and report.pdf into `out`.

    Whoever runs the server reads with the eyes of the circle's keeper. While something waits for
    someone to look again, the working copy is written, and marked as one.
    """
    viewer, thing = _find(name)
    waits = may_issue(viewer, thing)
    document = build(viewer, thing, "working" if waits else "release")
    with say.status("Writing the report"):
        _write(document, out)
    say.print(f"Written: {out / 'report.html'} and {out / 'report.pdf'}")
    if waits:
        say.print("It is a working copy, not to be passed on: something waits to be looked at.")


def _find(name: str) -> tuple[Viewer, UUID]:
    """The gathering of that name, and a keeper of its circle to read it."""
    found = []
    for circle in Circle.objects.order_by("name"):
        keeper = _keeper(circle)
        same = [one for one in gatherings(keeper, circle.id) if one.noun.title == name]
        found += [(keeper, one.thing) for one in same]
    if not found:
        raise Missing("report-unknown")
    if len(found) > 1:
        raise Invalid("report-ambiguous", [Flaw("report-ambiguous")])
    return found[0]


def _keeper(circle: Circle) -> Viewer:
    kept = Membership.objects.filter(circle=circle, part="keeper").select_related("person").first()
    return viewer_of(kept.person) if kept else Viewer()


def _write(document: Document, out: Path) -> None:
    """Everything is written beside its place first, so that no half file bears the name."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".report-") as beside:
        fresh = Path(beside)
        (fresh / "report.pdf").write_bytes(as_pdf(document))
        (fresh / "report.html").write_text(_html(document), encoding="utf-8")
        _place(LOOK, out / "look")
        for path in ("report.pdf", "report.html"):
            (fresh / path).replace(out / path)


def _html(document: Document) -> str:
    themes = [theme.name for theme in document.themes]
    told = {"report": document, "said": sentences(document), "themes": themes}
    return render_to_string("reports/file.html", told)


def _place(look: Path, there: Path) -> None:
    for name in ("tokens.css", "look.css"):
        there.mkdir(exist_ok=True)
        shutil.copy2(look / name, there / name)
    shutil.copytree(look / "fonts", there / "fonts", dirs_exist_ok=True)
