"""What a circle says about itself."""

from kith.records.nouns import Noun, noun


@noun("turn-to", kept_by="space", sees="guest", makes="keeper", changes="keeper")
class TurnTo(Noun, frozen=True):
    """Someone to turn to: a name or place, how to reach them, and when."""

    who: str
    reach: str
    when: str = ""
