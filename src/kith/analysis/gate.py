"""The release gate: what may be counted aloud about a small group of people.

Source of every rule here: PEOPLE.md rule 22 and the reference on disclosure control, section 4.3.

1. A figure about a team needs at least 8 people besides the reader; a figure that goes beyond
   the team needs 10 people out of at least 3 teams. People are counted, never entries.
2. What is left when a figure is taken from its total (its complement) must pass the same test,
   so none, nearly none, nearly all and all are held back alike.
3. Numbers shown are rounded to 5.
4. A number that is held back must stay out of reach: at least the threshold of people have to
   look alike in everything shown while some are in the cell and some are not (see `crowd`);
   twice as many where everyone is in some cell, so that the cells give each other away.
   Otherwise the next number in the table's own order is held back too.
5. A release goes out only if, since each earlier one, nobody or at least the threshold of
   people left, and nobody or at least the threshold came.
6. Beside earlier editions about the same people no number comes or goes: what was held back
   stays so, and if what was shown must now be held back, nothing is shown, now and for as long
   as any of these people are there (see `count_cells`).

What this does not promise: someone who knows which labels always go together, and works through
all tables that this very code would show alike, can sometimes narrow a number further. And a
number that is shown can come out exactly for someone who knows just how many took part (of 24,
"about 10" and "about 10" are 12 and 12): there are enough people on either side of it.

Held back is a value of its own (`Shown.withheld`), never 0 and never blank. All functions are
pure: plain values in, plain values out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, permutations

from kith.base.problems import Flaw, Invalid

ROUNDED_TO = 5
SMALL_GROUP = "small-group"
PROTECTS_PEOPLE = "protects-people"


class Tier(Enum):
    """Who will read it: the team itself, or anybody beyond the team."""

    TEAM = (8, 1)
    BEYOND = (10, 3)

    @property
    def threshold(self) -> int:
        """How many distinct people a figure needs, the reader not counted."""
        return self.value[0]

    @property
    def teams(self) -> int:
        """Out of how many different teams they have to come."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a table: a label and the distinct people it is true of."""

    label: str
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A fixed table: its cells, everyone who was asked, and the teams of each (if known).

    Cells may overlap (a person can hold several roles) and need not cover everyone.
    Raises `Invalid` if a label comes twice or a cell holds someone who is not in `everyone`.
    """

    name: str
    cells: tuple[Cell, ...]
    everyone: frozenset[str]
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        flaws = []
        if len({cell.label for cell in self.cells}) < len(self.cells):
            flaws.append(Flaw("label-twice", field="cells"))
        if not all(cell.people <= self.everyone for cell in self.cells):
            flaws.append(Flaw("not-among-everyone", field="cells"))
        if flaws:
            raise Invalid("table-not-sound", flaws)

    @property
    def unlabelled(self) -> frozenset[str]:
        """Those in no cell at all: a cell nobody named, which a total gives away."""
        return self.everyone.difference(*(cell.people for cell in self.cells))

    @property
    def shared(self) -> frozenset[str]:
        """Those in more than one cell."""
        held = Counter(chain.from_iterable(cell.people for cell in self.cells))
        return frozenset(person for person, cells in held.items() if cells > 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets for one label: a rounded number, or that it is withheld.

    `why` is `small-group` (the whole group is too small for any figure) or `protects-people`;
    it never tells none, few and all apart, so it may be printed.
    """

    label: str
    about: int | None
    withheld: bool
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A table as it was issued before: its name, everyone it was about, and what was shown."""

    name: str
    everyone: frozenset[str]
    shown: tuple[Shown, ...]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers that were shown, by their labels."""
        return {cell.label: cell.about for cell in self.shown if cell.about is not None}


def round5(count: int) -> int:
    """The multiple of 5 nearest to a count of people (12 gives 10, 13 gives 15)."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def tally(
    name: str,
    entries: Iterable[tuple[str, str]],
    labels: Sequence[str],
    everyone: Iterable[str],
    teams: Mapping[str, frozenset[str]] | None = None,
) -> Table:
    """Make a table out of entries (person, label). Someone with ten entries is one person.

    `labels` are fixed beforehand, so a label nobody used is a cell too; entries under other
    labels are not counted.
    """
    people: dict[str, set[str]] = {label: set() for label in labels}
    for person, label in entries:
        people.get(label, set()).add(person)
    cells = tuple(Cell(label, frozenset(who)) for label, who in people.items())
    return Table(name, cells, frozenset(everyone), teams or {})


def count_cells(
    table: Table, reader: str | None, tier: Tier, earlier: Sequence[Edition] = ()
) -> tuple[Shown, ...]:
    """What `reader` may see of a table, cell by cell, in the order of its cells.

    `reader` None means an edition that anyone may read, contributors among them: then each
    figure must hold even for a reader who is one of those counted. Numbers are those of all the
    people in a cell, so that two readers who compare never find a difference of one.

    `earlier` are the editions of this table issued so far, the first one first. Beside those that
    share people with it, only the labels that they show can be shown again, and if one of these
    must now be held back, or would tell that all who left or all who came are in it, nothing is
    shown, and nothing about any of these people from then on: a number that comes and goes while
    people come and go gives away the months in which it was held back.
    """
    near = [edition for edition in earlier if _shares_people(edition, table)]
    labels = frozenset(cell.label for cell in table.cells)
    held = frozenset(label for edition in near for label in labels - edition.numbers.keys())
    held |= labels if _fell_silent(earlier, table) else frozenset()
    hidden = _hidden(table, reader, tier, held)
    if any(_at_odds(edition, table, hidden, tier) for edition in near):
        hidden = labels
    why = PROTECTS_PEOPLE if _enough(table.everyone, table, reader, tier) else SMALL_GROUP
    return tuple(
        Shown(cell.label, None, True, why)
        if cell.label in hidden
        else Shown(cell.label, round5(len(cell.people)), False)
        for cell in table.cells
    )


def count_everyone(table: Table, reader: str | None, tier: Tier) -> Shown:
    """How many took part, rounded, under the name of the table; or withheld."""
    if _enough(table.everyone, table, reader, tier):
        return Shown(table.name, round5(len(table.everyone)), False)
    return Shown(table.name, None, True, SMALL_GROUP)


def may_release(
    contributors: frozenset[str], earlier: Sequence[frozenset[str]], threshold: int
) -> bool:
    """Whether a release by these people can stand beside every earlier one.

    Two releases tell by subtraction about those who left between them and those who came. So
    each of the two groups must be nobody or at least `threshold` people (together they then
    differ by nobody or by at least that many). Taking both together would not do: one person
    leaves, nine come, 13 (shown as 15) turn into 12 (shown as 10), and everybody knows what the
    one said. Releases that share nobody cannot be subtracted; together they need the threshold.

    If it may not go out, the older release stays as it is and nothing new is issued.
    """
    return all(_apart(contributors, before, threshold) for before in earlier)


def crowd(people: frozenset[str], table: Table, hidden: frozenset[str]) -> int:
    """How many people could be in or out of a cell, as far as what is shown can tell.

    People are sorted by the shown labels they carry. A group in which some are in the cell and
    some are not hides all its members: any number of them fits what is shown. Among those who
    carry no shown label, a hidden cell that nobody is in counts as one they might be in.

    This is a lower bound of the range that a linear programme finds for the cell, even if it is
    told which combinations of labels exist; the tests attack it with one.
    """
    return sum(
        len(group)
        for labels, group in _alike(table, hidden).items()
        if _open(people, group, bool(labels), table, hidden)
    )


def _apart(contributors: frozenset[str], before: frozenset[str], threshold: int) -> bool:
    if contributors.isdisjoint(before):
        return contributors == before or len(contributors | before) >= threshold
    changes = (len(before - contributors), len(contributors - before))
    return all(change == 0 or change >= threshold for change in changes)


def _enough(people: frozenset[str], table: Table, reader: str | None, tier: Tier) -> bool:
    besides = len(people) - 1 if reader is None else len(people - {reader})
    return besides >= tier.threshold and _teams(people, table, reader) >= tier.teams


def _teams(people: frozenset[str], table: Table, reader: str | None) -> int:
    """In how many teams there is someone besides the reader (one team where none is named)."""
    members: defaultdict[str, int] = defaultdict(int)
    for person in people - {reader}:
        for team in table.teams.get(person, ()):
            members[team] += 1
    least = 2 if reader is None else 1
    return max(1, sum(count >= least for count in members.values()))


def _passes(people: frozenset[str], table: Table, reader: str | None, tier: Tier) -> bool:
    """Rules 1 and 2: enough people in it, and enough people not in it."""
    inside = _enough(people, table, reader, tier)
    return inside and _enough(table.everyone - people, table, reader, tier)


def _hidden(table: Table, reader: str | None, tier: Tier, held: frozenset[str]) -> frozenset[str]:
    """The labels to hold back: those that fail, then as many more as it takes.

    Which ones come next follows the order of the table, never the numbers, and where everyone is
    in some cell there is always at least one that need not have been hidden: an attacker who
    knows these rules would otherwise learn from the choice itself.
    """
    failing = frozenset(c.label for c in table.cells if not _passes(c.people, table, reader, tier))
    hidden = failing | held
    hidden |= _almost_the_same(table, hidden, reader, tier)
    while shown := [cell for cell in table.cells if cell.label not in hidden]:
        alone = hidden == failing != frozenset() and not table.unlabelled
        if not alone and _out_of_reach(table, hidden, reader, tier):
            break
        hidden |= {shown[0].label}
    return hidden


def _shares_people(edition: Edition, table: Table) -> bool:
    """Whether an earlier edition showed numbers that could be subtracted from those of a table."""
    same = edition.name == table.name and bool(edition.numbers)
    return same and not edition.everyone.isdisjoint(table.everyone)


def _fell_silent(earlier: Sequence[Edition], table: Table) -> bool:
    """Whether an edition about some of these people held back all that one before it had shown.

    A number that came back after that would stand on the other side of the one held back, and the
    two would narrow it down from both sides: 60 of 69, then nothing about 77, then 80 of 91.
    """
    about = [edition for edition in earlier if edition.name == table.name]
    return any(
        not edition.numbers
        and not edition.everyone.isdisjoint(table.everyone)
        and any(b.numbers and not b.everyone.isdisjoint(edition.everyone) for b in about[:index])
        for index, edition in enumerate(about)
    )


def _at_odds(edition: Edition, table: Table, hidden: frozenset[str], tier: Tier) -> bool:
    """Whether a label shown before would now be hidden, or its numbers tell too much together."""
    now = {cell.label: round5(len(cell.people)) for cell in table.cells if cell.label not in hidden}
    return any(
        label not in now or _tells(about, edition.everyone, now[label], table.everyone, tier)
        for label, about in edition.numbers.items()
    )


def _tells(about: int, before: frozenset[str], now: int, after: frozenset[str], tier: Tier) -> bool:
    """Whether two numbers leave only that all who left, or all who came, are in the cell."""
    left, came = len(before - after), len(after - before)
    least, most = _between(about, before, tier)
    low, high = _between(now, after, tier)
    return (left > 0 and least - high >= left) or (came > 0 and low - most >= came)


def _between(about: int, everyone: frozenset[str], tier: Tier) -> tuple[int, int]:
    """The smallest and largest number that anyone who knows the rules would take this for."""
    least = tier.threshold + 1
    return max(about - 2, least), min(about + 2, len(everyone) - least)


def _almost_the_same(
    table: Table, hidden: frozenset[str], reader: str | None, tier: Tier
) -> frozenset[str]:
    """Cells that lie inside another with only a few left between: those few would show."""
    shown = [cell for cell in table.cells if cell.label not in hidden]
    return frozenset(
        inner.label
        for inner, outer in permutations(shown, 2)
        if inner.people < outer.people
        and not _enough(outer.people - inner.people, table, reader, tier)
    )


def _out_of_reach(table: Table, hidden: frozenset[str], reader: str | None, tier: Tier) -> bool:
    """Rule 4, for every cell held back and for those few who are in no cell at all."""
    secret = [cell.people for cell in table.cells if cell.label in hidden]
    rest = table.unlabelled
    if rest and not _passes(rest, table, reader, tier):
        secret.append(rest)
    known = 1 if reader is None or reader in table.everyone else 0
    least = known + tier.threshold * (1 if table.unlabelled else 2)
    return all(crowd(people, table, hidden) >= least for people in secret)


def _alike(table: Table, hidden: frozenset[str]) -> dict[frozenset[str], frozenset[str]]:
    """Everyone, in groups of those who carry the same shown labels."""
    labels: dict[str, set[str]] = {person: set() for person in table.everyone}
    for cell in table.cells:
        if cell.label not in hidden:
            for person in cell.people:
                labels[person].add(cell.label)
    groups: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for person, carried in labels.items():
        groups[frozenset(carried)].add(person)
    return {carried: frozenset(group) for carried, group in groups.items()}


def _open(
    people: frozenset[str],
    group: frozenset[str],
    labelled: bool,
    table: Table,
    hidden: frozenset[str],
) -> bool:
    """Whether members of a group of people who look alike may be in the cell, or may not."""
    some_in, some_out = bool(people & group), bool(group - people)
    if not labelled:
        some_in |= not people
        some_out |= not table.shared and _empty_cell_beside(people, table, hidden)
    return some_in and some_out


def _empty_cell_beside(people: frozenset[str], table: Table, hidden: frozenset[str]) -> bool:
    """Whether another hidden cell is empty: for all a reader knows, these people are there."""
    empty = sum(not cell.people for cell in table.cells if cell.label in hidden)
    return empty > (0 if people else 1)
