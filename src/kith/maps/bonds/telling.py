"""What was said of a relationship, put together for its page: by what was asked, then by day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from kith.maps.bonds.items import STEPS, WORK, Asked, Between, asked
from kith.maps.bonds.readings import View
from kith.maps.nouns import Said
from kith.maps.us import STANDINGS


@dataclass(frozen=True, slots=True)
class OfDay:
    """One answer with its day."""

    day: date
    said: Said

    @property
    def standing(self) -> str | Promise:
        """How the answer stands, in words."""
        return STANDINGS[self.said.state]


@dataclass(frozen=True, slots=True)
class Column:
    """One question and its answers, the earliest first."""

    asked: Asked
    days: Sequence[OfDay]


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked together and so stands side by side: never the one without the other."""

    step: str
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Open:
    """A step that can still be answered, by what it asks."""

    step: str
    asks: Sequence[str]


def telling(views: Sequence[View], between: Between) -> Iterator[Part]:
    """Every step of which anything was said."""
    for step, items in (STEPS | WORK).items():
        days = [view for view in views if view.says_any(items)]
        if days:
            columns = [
                Column(one, [OfDay(view.day, view.on(one.item)) for view in days])
                for one in asked(items, between)
            ]
            yield Part(step, columns)


def questions(
    views: Sequence[View], steps: Mapping[str, tuple[str, ...]], between: Between
) -> Iterator[Open]:
    """Every step of which nothing was said."""
    for step, items in steps.items():
        if not any(view.says_any(items) for view in views):
            yield Open(step, [one.text for one in asked(items, between)])
