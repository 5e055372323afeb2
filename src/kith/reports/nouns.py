"""What this room keeps: editions of a report, as they were issued."""

from uuid import UUID

from kith.records.nouns import Noun, noun


@noun("report", kept_by="space", sees="guest", makes="team")
class Report(Noun, frozen=True):
    """One issued edition of the report of a gathering (its parent). It is never issued again.

    `pdf` and `html` are the very files, `digest` the SHA-256 of the first as hex, `essence` that
    of what it says. `people` are the voices its figures are about and `numbers` what was shown,
    so that the gate can hold the next edition beside it.
    """

    number: int
    title: str
    pdf: bytes
    html: str
    digest: str
    essence: str
    people: tuple[UUID, ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()
