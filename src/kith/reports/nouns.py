"""What this room keeps: editions of a report, as they were issued."""

from kith.records.nouns import Noun, noun


@noun("report", kept_by="space", sees="guest", makes="team")
class Report(Noun, frozen=True):
    """One issued edition of the report of a gathering (its parent). It is never issued again.

    `pdf` is the very file; `digest` its SHA-256 as hex; `head` the ledger's last line before it.
    """

    number: int
    title: str
    pdf: bytes
    digest: str
    head: str
