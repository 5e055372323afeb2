"""An attacker who knows the people, the rules and every number shown, and can solve for the rest.

Independent of the gate: it knows who took part in which release, which combinations of labels
exist (and that a label nobody carries could be carried), how numbers are rounded and the least
number that is ever shown. It asks an integer programme how small and how large a number that is
held back can be.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from kith.analysis.gate import Cell, Shown, Table, Tier

Labels = frozenset[str]


@dataclass(frozen=True)
class Issued:
    """One release: the true table behind it and what was shown of it."""

    table: Table
    shown: tuple[Shown, ...]


def labels_of(table: Table) -> dict[str, Labels]:
    return {
        person: frozenset(cell.label for cell in table.cells if person in cell.people)
        for person in table.everyone
    }


def conceivable(table: Table) -> set[Labels]:
    """The combinations of labels an attacker has to reckon with in one table."""
    empty = {frozenset({cell.label}) for cell in table.cells if not cell.people}
    return set(labels_of(table).values()) | empty


class Attack:
    """Everything known from a row of releases, as one integer programme.

    Unknown: how many people carry which combination of labels, for each pattern of releases that
    people took part in. The attacker's own labels are known to the attacker.
    """

    def __init__(self, issued: Sequence[Issued], tier: Tier, attacker: str | None) -> None:
        self.issued = issued
        self.tier = tier
        self.attacker = attacker
        people = frozenset().union(*(release.table.everyone for release in issued)) - {attacker}
        self.patterns = Counter(self._pattern(person) for person in people)
        combinations = set().union(*(conceivable(release.table) for release in issued))
        self.unknowns = list(product(self.patterns, sorted(combinations, key=sorted)))
        self.rules = [*self._headcounts(), *self._numbers()]

    def _pattern(self, person: str) -> tuple[bool, ...]:
        return tuple(person in release.table.everyone for release in self.issued)

    def _headcounts(self) -> Iterator[LinearConstraint]:
        for pattern, size in self.patterns.items():
            row = np.array([float(pattern == other) for other, _ in self.unknowns])
            yield LinearConstraint(row[None, :], size, size)

    def _numbers(self) -> Iterator[LinearConstraint]:
        for index, release in enumerate(self.issued):
            for shown in release.shown:
                if shown.about is not None:
                    row = self.row(lambda pattern, i=index: pattern[i], shown.label)
                    yield LinearConstraint(row[None, :], *self._between(release, shown))

    def _between(self, release: Issued, shown: Shown) -> tuple[int, int]:
        """The smallest and largest number of others that would show so, by the rules."""
        assert shown.about is not None
        own = int(shown.label in labels_of(release.table).get(self.attacker or "", ()))
        least = self.tier.threshold + 1  # anyone may be the reader, and is not counted
        most = len(release.table.everyone) - least
        return max(shown.about - 2, least) - own, min(shown.about + 2, most) - own

    def row(self, takes_part: object, label: str) -> np.ndarray:
        return np.array(
            [
                float(takes_part(pattern) and label in combination)  # type: ignore[operator]
                for pattern, combination in self.unknowns
            ]
        )

    def reach(self, row: np.ndarray) -> tuple[int, int]:
        """The smallest and largest value of a sum that everything shown allows."""
        low, high = (self._solve(sign * row) for sign in (1, -1))
        return low, -high

    def _solve(self, aim: np.ndarray) -> int:
        answer = milp(
            aim,
            constraints=self.rules,
            integrality=np.ones(len(self.unknowns)),
            bounds=Bounds(0, np.inf),
        )
        assert answer.success, answer.message
        return round(answer.fun)

    def withheld(self, index: int) -> Iterator[tuple[str, int, int]]:
        """For each number held back in one release: its label and its reach."""
        for shown in self.issued[index].shown:
            if shown.withheld:
                row = self.row(lambda pattern: pattern[index], shown.label)
                yield (shown.label, *self.reach(row))

    def changes(self, labels: Sequence[str], most: int) -> Iterator[tuple[int, int, int]]:
        """For those whom several releases set apart: how many, and the reach of each label.

        They are who is in one release and not in another, and who missed the same ones, with up
        to `most` such groups taken together: what no two releases tell, three may. Of those who
        are in all of them a number is shown, and no less is known than of that.
        """
        for group in self._set_apart(most):
            size = sum(self.patterns[pattern] for pattern in group)
            for label in labels:
                yield (size, *self.reach(self.row(group.__contains__, label)))

    def _set_apart(self, most: int) -> set[frozenset[tuple[bool, ...]]]:
        if len(self.issued) < 2:
            return set()
        pairs = product(range(len(self.issued)), repeat=2)
        left = (frozenset(p for p in self.patterns if p[one] > p[other]) for one, other in pairs)
        missed = [pattern for pattern in self.patterns if not all(pattern)]
        sizes = range(1, min(most, len(missed)) + 1)
        alike = (frozenset(some) for n in sizes for some in combinations(missed, n))
        return {group for group in (*left, *alike) if group}


@dataclass(frozen=True)
class Ward:
    """An invented ward: what each person would say, and who is there month by month."""

    carried: Mapping[str, Labels]
    months: tuple[frozenset[str], ...]
    labels: tuple[str, ...]

    def table(self, month: int) -> Table:
        there = self.months[month]
        cells = tuple(
            Cell(label, frozenset(p for p in there if label in self.carried[p]))
            for label in self.labels
        )
        return Table("ward", cells, there, {p: frozenset({f"t{hash_of(p) % 4}"}) for p in there})


def hash_of(person: str) -> int:
    return int(person[1:])


def ward(seed: int) -> Ward:
    """A ward made up from a seed: one label each or several, common and rare ones, some leave."""
    dice = random.Random(seed)
    labels = tuple("abcdef"[: dice.randint(2, 5)])
    people = [f"p{number}" for number in range(dice.randint(16, 120))]
    weights = [dice.choice((0, 0.3, 1, 2, 4)) for _ in labels]
    several = dice.random() < 0.5
    carried = {person: _carried(dice, labels, weights, several) for person in people}
    return Ward(carried, tuple(_months(dice, people)), labels)


def _carried(
    dice: random.Random, labels: Sequence[str], weights: Sequence[float], several: bool
) -> Labels:
    if several:
        return frozenset(x for x, w in zip(labels, weights, strict=True) if dice.random() < w / 4)
    if not any(weights) or dice.random() < 0.1:
        return frozenset()
    return frozenset(dice.choices(labels, weights))


def _months(dice: random.Random, people: list[str]) -> Iterator[frozenset[str]]:
    """Who is there: now and then nobody changes, or one person, or many."""
    there = set(people[: max(12, len(people) * 2 // 3)])
    for _ in range(dice.randint(1, 4)):
        yield frozenset(there)
        away = [person for person in people if person not in there]
        leave, come = (dice.choice((0, 0, 1, 4, 8, 11, 14)) for _ in range(2))
        there -= set(dice.sample(sorted(there), min(leave, len(there) - 3)))
        there |= set(dice.sample(away, min(come, len(away))))
