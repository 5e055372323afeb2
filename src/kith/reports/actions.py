"""Issuing a report: once, after someone has looked again at everything that lost support."""

import hashlib
from uuid import UUID

from kith.base.problems import Flaw, Invalid
from kith.inquiry.evidence import may_issue
from kith.inquiry.readings import gathering as the_gathering
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.reports.document import build
from kith.reports.nouns import Report
from kith.reports.paper import as_pdf
from kith.reports.readings import editions


def issue(viewer: Viewer, gathering: UUID, *, id: UUID | None = None) -> Record:
    """Keep an edition of the report for good. Raises Invalid with every reason against it."""
    where = the_gathering(viewer, gathering)
    reasons = may_issue(viewer, gathering)
    if reasons:
        raise Invalid("report-not-ready", [Flaw(code) for code in reasons])
    document = build(viewer, gathering, "release")
    pdf = as_pdf(document)
    made = Report(
        number=len(editions(viewer, gathering)) + 1,
        title=document.title,
        pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(),
        head=document.head,
    )
    with act(viewer, "report.issue") as doing:
        return doing.keep(where.space, made, id=id, parent=gathering)
