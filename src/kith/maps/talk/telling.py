"""Talk as pages tell it: what each note is about, in words, and the kinds apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.maps import words
from kith.maps.nouns import By, Talk
from kith.maps.readings import Drawing
from kith.maps.words import Choices
from kith.records.nouns import Noun
from kith.records.readings import Entry
from kith.web.templatetags.look import CAPTIONS

BY_WHOM: Choices = {
    "said": gettext_lazy("what the drawer said"),
    "described": gettext_lazy("what someone describes"),
}
STRENGTHS: Choices = {
    "faint": gettext_lazy("faint"),
    "middle": gettext_lazy("clearer"),
    "strong": gettext_lazy("strong"),
}
N = TypeVar("N", bound=Noun)
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One note, and what it is about in words."""

    entry: Entry[Talk]
    about: str

    @property
    def caption(self) -> str:
        """What kind of words they are."""
        return str(CAPTIONS[self.entry.noun.by])


@dataclass(frozen=True, slots=True)
class Kept:
    """All notes of one kind, under its name."""

    by: By
    heading: str
    notes: tuple[Told, ...]


def apart(
    notes: Iterable[Entry[Talk]], kinds: Iterable[By], names: Mapping[UUID, str]
) -> list[Kept]:
    """The notes of these kinds, each kind for itself."""
    every = list(notes)
    return [
        Kept(by, str(CAPTIONS[by]), tuple(tell(e, names) for e in every if e.noun.by == by))
        for by in kinds
    ]


def tell(entry: Entry[Talk], names: Mapping[UUID, str]) -> Told:
    """One note, with what it is about."""
    if entry.noun.about is None:
        return Told(entry, _("The whole map"))
    return Told(entry, names.get(entry.noun.about) or _("Something that is not on the paper now"))


def named(drawn: Drawing) -> dict[UUID, str]:
    """Everything on the paper that words can be about, by what it is called."""
    return {UUID(thing): name for _group, things in choices(drawn) for thing, name in things}


def choices(drawn: Drawing) -> list[tuple[str, list[Named]]]:
    """The same in groups, for a list to choose from; groups with nothing in them are left out."""
    names = drawn.names()
    ties = (
        (tie.thing, words.name_of(names.get(tie.noun.a)), words.name_of(names.get(tie.noun.b)))
        for tie in drawn.ties
    )
    groups: list[tuple[str, Iterable[tuple[UUID, str]]]] = [
        (_("Figures"), ((one.thing, words.name_of(one.noun)) for one in drawn.figures)),
        (_("Ties"), ((thing, _("%(a)s and %(b)s") % {"a": a, "b": b}) for thing, a, b in ties)),
        (_("Parts of the paper"), _numbered(_("Part %(n)d"), drawn.regions, "label")),
        (_("Words on the paper"), _numbered(_("Words %(n)d"), drawn.writings, "words")),
        (_("Shapes"), _numbered(_("Shape %(n)d"), drawn.shapes)),
        (_("Lines drawn by hand"), _numbered(_("Line %(n)d"), drawn.strokes)),
    ]
    told = [(group, [(str(thing), name) for thing, name in each]) for group, each in groups]
    return [(group, things) for group, things in told if things]


def _numbered(text: str, found: Iterable[Entry[N]], field: str = "") -> Iterator[tuple[UUID, str]]:
    """Each by its own words, or by the place it has among its like."""
    for at, one in enumerate(found, 1):
        yield one.thing, (getattr(one.noun, field, "") if field else "") or text % {"n": at}
