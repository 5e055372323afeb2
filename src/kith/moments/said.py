"""The codes that a moment holds, as people read them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from kith.moments.nouns import FEELINGS, FLOWS, KINDS, OWN, TIMES, Moment

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Said:
    """A moment's codes in words; a code that nobody knows any more is left out."""

    moment: Moment

    @property
    def sorts(self) -> list[Text]:
        """What kind of moment it was, and which way it went."""
        codes = (*self.moment.kinds, *self.moment.flow)
        return _words(codes, {**KINDS, **FLOWS})

    @property
    def felt(self) -> list[tuple[str, Text]]:
        """Each feeling: its drawn face, and its name."""
        return [(code, FEELINGS[code]) for code in self.moment.felt if code in FEELINGS]

    @property
    def own(self) -> list[Text]:
        """What of one's own got in the way."""
        return _words(self.moment.own, OWN)

    @property
    def about_then(self) -> Text:
        """How well its day is known; empty where it is known."""
        return TIMES.get(self.moment.about_then, "")


def _words(codes: tuple[str, ...], names: dict[str, Text]) -> list[Text]:
    return [names[code] for code in codes if code in names]
