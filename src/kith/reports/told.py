"""Any noun in words, field by field, for a page that must show them all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.people.kinds import counted
from kith.people.telling import in_short
from kith.records.nouns import Noun
from kith.records.readings import Entry

LABELS: dict[str, str | Promise] = {
    "words": gettext_lazy("Words"),
    "name": gettext_lazy("Name"),
    "label": gettext_lazy("Called"),
    "with_whom": gettext_lazy("With"),
    "and_whom": gettext_lazy("And with"),
    "in_the_way": gettext_lazy("What got in the way"),
    "happened": gettext_lazy("It happened"),
    "part_of": gettext_lazy("Part of"),
    "kinds": gettext_lazy("What sort"),
    "state": gettext_lazy("How it stands"),
    "rhythm": gettext_lazy("How often"),
    "began": gettext_lazy("Since"),
    "helps": gettext_lazy("What would help"),
    "qualities": gettext_lazy("What it is like"),
    "circle": gettext_lazy("Circle"),
    "signed": gettext_lazy("Signed"),
    "about": gettext_lazy("About"),
    "roles": gettext_lazy("Speaking as"),
    "away": gettext_lazy("Taken off the paper"),
}
"""How a field is called in a copy; one without an entry is called by its own name."""
_DRAWN = frozenset({"points", "pdf", "html", "x", "y", "data"})


@dataclass(frozen=True, slots=True)
class Version:
    """One telling of a thing: on which day, and its fields in words."""

    seen_on: datetime
    made_at: datetime
    says: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """All things of one kind: how many in words, and each with its versions, oldest first."""

    title: str
    things: list[tuple[str, list[Version]]]


def group(noun: type[Noun], entries: Sequence[Entry[Noun]], names: Mapping[UUID, str]) -> Group:
    """Every thing of one kind, in words."""
    by_thing = sorted(entries, key=lambda entry: (str(entry.thing), entry.seen_on, entry.made_at))
    things = [
        (
            in_short(told[-1].noun) or names.get(told[-1].thing, ""),
            [_version(entry, names) for entry in told],
        )
        for told in (list(one) for _thing, one in groupby(by_thing, lambda entry: entry.thing))
    ]
    things.sort(key=lambda pair: pair[1][0].seen_on)
    return Group(counted({noun.__kind__: len(things)})[0], things)


def _version(entry: Entry[Noun], names: Mapping[UUID, str]) -> Version:
    told = {name: getattr(entry.noun, name) for name in entry.noun.__struct_fields__}
    says = [
        (str(LABELS.get(name, name.replace("_", " "))), words)
        for name, value in told.items()
        if name not in _DRAWN and (words := ", ".join(_in_words(value, names)))
    ]
    return Version(entry.seen_on, entry.made_at, says)


def _in_words(value: object, names: Mapping[UUID, str]) -> Iterator[str]:
    """A value as words; a thing by its own words, empty where there are none."""
    if isinstance(value, bool):
        yield _("yes") if value else _("no")
    elif isinstance(value, UUID):
        yield names.get(value, "")
    elif isinstance(value, datetime):
        yield date_format(localtime(value), "j F Y, H.i")
    elif isinstance(value, date):
        yield date_format(value, "j F Y")
    elif isinstance(value, tuple):
        yield from (word for one in value for word in _in_words(one, names) if word)
    elif isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, Noun) or hasattr(value, "__struct_fields__"):
        fields = (getattr(value, name) for name in value.__struct_fields__)
        yield from (word for one in fields for word in _in_words(one, names) if word)
