"""What this room keeps: editions of a report as they were issued, and letters to hand over."""

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


@noun("letter")
class Letter(Noun, frozen=True):
    """A letter in one's own notebook, in one's own words; nobody is sent it by Kith.

    `to` is whom it is for, `signed` what one wants to be called in it.
    """

    to: str = ""
    matters: str = ""
    in_the_way: str = ""
    would_help: str = ""
    signed: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing at all."""
        return not (self.matters + self.in_the_way + self.would_help).strip()
