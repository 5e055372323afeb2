"""Issuing a report: once, after someone has looked again at everything that lost support."""

import hashlib
from uuid import UUID

import msgspec

from kith.base.problems import Flaw, Invalid
from kith.inquiry.evidence import may_issue
from kith.inquiry.readings import gathering as the_gathering
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.document import Document, build
from kith.reports.figures import for_release
from kith.reports.nouns import Report
from kith.reports.page import as_html
from kith.reports.paper import as_pdf
from kith.reports.readings import edition, editions


def issue(viewer: Viewer, gathering: UUID, *, id: UUID | None = None) -> Entry[Report]:
    """Keep an edition of the report for good, and give it. Under one `id` it is issued once.

    What it says is read inside the act, so that no word taken back meanwhile slips in.
    Raises Invalid with every reason against it.
    """
    where = the_gathering(viewer, gathering)
    with act(viewer, "report.issue") as doing:
        told = editions(viewer, gathering)
        before = next((one for one in told if one.thing == id), None)
        if before:
            return before
        made = _made(viewer, gathering, len(told) + 1)
        kept = doing.keep(where.space, made, id=id, parent=gathering)
    return edition(viewer, kept.thing)


def newest(viewer: Viewer, gathering: UUID) -> Entry[Report]:
    """The last edition, if it says what the report says now; else a new one is issued."""
    told = editions(viewer, gathering)
    now = essence(build(viewer, gathering, "release"))
    return told[-1] if told and told[-1].noun.essence == now else issue(viewer, gathering)


def essence(document: Document) -> str:
    """SHA-256 of what the report says, apart from when it was made and how people were counted."""
    plain = msgspec.structs.replace(document, made="", head="", groups=())
    return hashlib.sha256(msgspec.json.encode(plain)).hexdigest()


def _made(viewer: Viewer, gathering: UUID, number: int) -> Report:
    reasons = may_issue(viewer, gathering)
    if reasons:
        raise Invalid("report-not-ready", [Flaw(code) for code in reasons])
    document, figures = build(viewer, gathering, "release"), for_release(viewer, gathering)
    pdf = as_pdf(document)
    return Report(
        number=number,
        title=document.title,
        pdf=pdf,
        html=as_html(document),
        digest=hashlib.sha256(pdf).hexdigest(),
        essence=essence(document),
        people=figures.people,
        numbers=figures.numbers,
    )
