"""`kith report`: the report of a gathering as files in a folder."""

import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from rich.console import Console

from kith.base.problems import Invalid, Missing
from kith.inquiry.evidence import may_issue
from kith.inquiry.readings import gatherings
from kith.people.models import Circle, Membership
from kith.people.readings import circles_called, viewer_of
from kith.permissions.viewer import Viewer
from kith.records.names import by_name
from kith.reports.actions import newest
from kith.reports.document import build
from kith.reports.page import as_html
from kith.reports.paper import as_pdf

LOOK = Path(__file__).parents[1] / "web" / "static" / "web"


def write_report(name: str, out: Path, say: Console, circle: str = "") -> None:
    """Write report.html (with its style and fonts beside it) and report.pdf into `out`.

    Whoever runs the server reads with the eyes of the circle's keeper. What is written is an
    edition: the last one, if it says what the report says now, else one that is issued by this.
    While something waits for someone to look again, it is the working copy, marked as one.
    """
    viewer, thing = _find(name, circle)
    waits = may_issue(viewer, thing)
    with say.status("Writing the report"):
        if waits:
            working = build(viewer, thing, "working")
            _write(as_pdf(working), as_html(working), out)
        else:
            issued = newest(viewer, thing).noun
            _write(issued.pdf, issued.html, out)
    say.print(f"Written: {out / 'report.html'} and {out / 'report.pdf'}")
    if waits:
        say.print("It is a working copy, not to be passed on: something waits to be looked at.")


def _find(name: str, called: str) -> tuple[Viewer, UUID]:
    """The gathering of that name, and a keeper of its circle to read it."""
    found = []
    for circle in circles_called(called) if called else by_name(Circle.objects.all()):
        keeper = _keeper(circle)
        same = [one for one in gatherings(keeper, circle.id) if one.noun.title == name]
        found += [(keeper, one.thing) for one in same]
    if not found:
        raise Missing("report-unknown")
    if len(found) > 1:
        raise Invalid("report-ambiguous")
    return found[0]


def _keeper(circle: Circle) -> Viewer:
    kept = Membership.objects.filter(circle=circle, part="keeper").select_related("person").first()
    return viewer_of(kept.person) if kept else Viewer()


def _write(pdf: bytes, html: str, out: Path) -> None:
    """Everything is written beside its place first, so that no half file bears the name."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        _write_into(out, pdf, html)
    except OSError:
        raise Invalid("folder-not-writable") from None


def _write_into(out: Path, pdf: bytes, html: str) -> None:
    with tempfile.TemporaryDirectory(dir=out, prefix=".report-") as beside:
        fresh = Path(beside)
        (fresh / "report.pdf").write_bytes(pdf)
        (fresh / "report.html").write_text(html, encoding="utf-8")
        _place(LOOK, out / "look")
        for path in ("report.pdf", "report.html"):
            (fresh / path).replace(out / path)


def _place(look: Path, there: Path) -> None:
    for name in ("tokens.css", "look.css"):
        there.mkdir(exist_ok=True)
        shutil.copy2(look / name, there / name)
    shutil.copytree(look / "fonts", there / "fonts", dirs_exist_ok=True)
