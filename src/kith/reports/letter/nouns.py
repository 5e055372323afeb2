"""A letter to hand over: what matters, what gets in the way, what would help."""

from kith.records.nouns import Noun, noun


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
