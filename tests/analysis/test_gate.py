"""The release gate: its rules as laws, and an attacker who may not get through."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import gate_attack as attack
from kith.analysis import gate
from kith.analysis.gate import (
    PROTECTS_PEOPLE,
    SMALL_GROUP,
    Cell,
    Edition,
    Shown,
    Table,
    Tier,
    count_cells,
    count_everyone,
    may_release,
    round5,
    tally,
)
from kith.base.problems import Invalid
from scale import many, shares

HISTORIES = range(many(300, 10_000))
NAMES = [f"p{number}" for number in range(60)]


def people(count: int, start: int = 0) -> frozenset[str]:
    return frozenset(f"p{number}" for number in range(start, start + count))


def abouts(table: Table, reader: str | None = None, tier: Tier = Tier.TEAM) -> list[int | None]:
    return [shown.about for shown in count_cells(table, reader, tier)]


def divided(*sizes: int) -> Table:
    """A table that divides people up: each in one cell."""
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    cells = tuple(
        Cell(str(i), people(n, s)) for i, (n, s) in enumerate(zip(sizes, starts, strict=True))
    )
    return Table("divided", cells, people(sum(sizes)))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Cells of any size that overlap, lie in each other, leave people out or divide them up."""
    size = draw(st.integers(0, 60))
    labels = draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=6))
    edges = st.integers(0, size)
    spans = [sorted((draw(edges), draw(edges))) for _ in labels]
    cells = tuple(
        Cell(label, people(end - start, start))
        for label, (start, end) in zip(labels, spans, strict=True)
    )
    teams = {person: frozenset({f"t{int(person[1:]) % 4}"}) for person in people(size)}
    return Table("drawn", cells, people(size), teams)


readers = st.none() | st.sampled_from(NAMES)
tiers = st.sampled_from(Tier)


# The rules, one by one


def test_the_thresholds_are_those_of_rule_22() -> None:
    assert [(tier.threshold, tier.teams) for tier in Tier] == [(8, 1), (10, 3)]


@given(st.integers(0, 10_000))
def test_rounding_goes_to_the_nearest_five(count: int) -> None:
    assert round5(count) % 5 == 0
    assert abs(round5(count) - count) <= 2


def test_a_number_needs_eight_besides_the_reader_on_both_sides() -> None:
    assert abouts(divided(8, 8), reader="somebody else") == [10, 10]
    assert abouts(divided(8, 8), reader="p0") == [None, None]
    assert abouts(divided(9, 8), reader="p0") == [10, 10]
    assert abouts(divided(9, 8)) == [None, None]
    assert abouts(divided(9, 9)) == [10, 10]


def test_none_and_all_and_nearly_all_look_the_same() -> None:
    alike = {tuple(count_cells(divided(n, 30 - n), None, Tier.TEAM)) for n in (0, 1, 5, 8, 25, 30)}
    assert alike == {
        (
            Shown("0", None, True, PROTECTS_PEOPLE),
            Shown("1", None, True, PROTECTS_PEOPLE),
        )
    }


def test_a_group_that_is_too_small_says_so_and_counts_nothing() -> None:
    small = divided(4, 4)
    assert {shown.why for shown in count_cells(small, "p0", Tier.TEAM)} == {SMALL_GROUP}
    assert count_everyone(small, "p0", Tier.TEAM) == Shown("divided", None, True, SMALL_GROUP)
    assert count_everyone(divided(20, 11), None, Tier.TEAM) == Shown("divided", 30, False)


def test_ten_entries_of_one_person_are_one_person() -> None:
    entries = [("p0", "tea")] * 10 + [(f"p{n}", "walk") for n in range(10, 25)]
    table = tally("practices", entries, ["tea", "walk", "unused"], people(30))
    assert [len(cell.people) for cell in table.cells] == [1, 15, 0]


def test_beyond_the_team_ten_people_have_to_come_from_three_teams() -> None:
    def pooled(teams: int) -> Table:
        return Table(
            "pooled",
            (Cell("yes", people(20)), Cell("no", people(20, 20))),
            people(40),
            {f"p{n}": frozenset({f"t{n % teams}"}) for n in range(40)},
        )

    assert abouts(pooled(3), tier=Tier.BEYOND) == [20, 20]
    assert abouts(pooled(2), tier=Tier.BEYOND) == [None, None]
    assert abouts(divided(20, 20), tier=Tier.BEYOND) == [None, None], "no team is known"


def test_one_small_cell_takes_another_with_it() -> None:
    assert abouts(divided(30, 20, 3)) == [None, 20, None]


def test_those_between_a_group_and_the_group_around_it_do_not_show() -> None:
    inner, outer = Cell("nurses", people(20)), Cell("staff", people(23))
    table = Table("roles", (inner, outer), people(40))
    assert abouts(table) == [None, 25]
    assert abouts(Table("roles", (Cell("nurses", people(12)), outer), people(40))) == [10, 25]


def test_those_in_no_cell_are_protected_like_a_cell() -> None:
    covered = divided(20, 20)
    with_rest = Table("rest", covered.cells, people(43))
    assert abouts(covered) == [20, 20]
    assert abouts(with_rest) == [None, 20]


def test_a_table_that_does_not_hold_together_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        Table("odd", (Cell("a", people(3)), Cell("a", people(9))), people(5))
    assert {flaw.code for flaw in caught.value.flaws} == {"label-twice", "not-among-everyone"}


# Laws


@example(divided(8, 8), "p0", Tier.TEAM)
@example(divided(16), None, Tier.TEAM)
@example(Table("rest", divided(20).cells, people(25)), None, Tier.TEAM)
@given(tables(), readers, tiers)
def test_what_is_shown_passes_the_rules(table: Table, reader: str | None, tier: Tier) -> None:
    for cell, shown in zip(table.cells, count_cells(table, reader, tier), strict=True):
        assert shown.label == cell.label
        assert shown.withheld == (shown.about is None) == (shown.why is not None)
        if not shown.withheld:
            assert shown.about == round5(len(cell.people)) > 0
            assert_enough(cell.people, table, reader, tier)
            assert_enough(table.everyone - cell.people, table, reader, tier)


def assert_enough(who: frozenset[str], table: Table, reader: str | None, tier: Tier) -> None:
    """Enough for whoever may read it: the reader, or anyone of those counted, or an outsider."""
    for someone in [reader] if reader else [None, *who]:
        besides = who - {someone}
        assert len(besides) >= tier.threshold
        assert tier is Tier.TEAM or len({t for p in besides for t in table.teams[p]}) >= 3


@given(tables(), readers, tiers)
def test_the_names_of_people_do_not_matter(table: Table, reader: str | None, tier: Tier) -> None:
    def renamed(who: frozenset[str]) -> frozenset[str]:
        return frozenset(f"x{name}" for name in who)

    cells = tuple(Cell(cell.label, renamed(cell.people)) for cell in table.cells)
    teams = {f"x{name}": held for name, held in table.teams.items()}
    other = Table(table.name, cells, renamed(table.everyone), teams)
    assert count_cells(other, reader and f"x{reader}", tier) == count_cells(table, reader, tier)


@given(tables(), readers, tiers)
def test_the_same_people_again_show_the_same(table: Table, reader: str | None, tier: Tier) -> None:
    once = count_cells(table, reader, tier)
    assert count_cells(table, reader, tier, [Edition(table.name, table.everyone, once)]) == once


@given(tables(), tiers)
def test_two_readers_who_compare_see_no_other_number(table: Table, tier: Tier) -> None:
    editions = [abouts(table, reader, tier) for reader in (None, "p0", "p1", "nobody")]
    for seen in zip(*editions, strict=True):
        assert len(set(seen) - {None}) <= 1


@given(st.lists(st.frozensets(st.sampled_from(NAMES[:30])), max_size=6), st.integers(1, 12))
def test_releases_differ_by_nobody_or_by_enough(sets: list[frozenset[str]], least: int) -> None:
    out: list[frozenset[str]] = []
    for contributors in sets:
        if may_release(contributors, out, least):
            assert all(
                len(contributors ^ one) == 0 or len(contributors ^ one) >= least for one in out
            )
            out.append(contributors)
        assert may_release(contributors, [contributors], least)


def test_one_who_leaves_holds_a_release_back_however_many_come() -> None:
    ward = people(20)
    assert not may_release(ward - {"p3"}, [ward], 8)
    assert not may_release(ward - {"p3"} | people(9, 50), [ward], 8)
    assert may_release(ward - people(8), [ward], 8)
    assert may_release(ward, [people(30, 100)], 8)


# The attack


def issued(tables: Sequence[Table], tier: Tier) -> list[attack.Issued]:
    """What the gate lets out of a table, month by month."""
    out: list[attack.Issued] = []
    for table in tables:
        before = [release.table.everyone for release in out]
        if gate.may_release(table.everyone, before, tier.threshold):
            earlier = [Edition(table.name, r.table.everyone, r.shown) for r in out]
            out.append(attack.Issued(table, gate.count_cells(table, None, tier, earlier)))
    return out


def histories(numbers: Sequence[int] = HISTORIES) -> Iterator[tuple[Tier, list[attack.Issued]]]:
    """What the gate lets out of invented wards (those where it is nothing are left aside)."""
    for seed in numbers:
        ward, tier = attack.ward(seed), list(Tier)[seed % 2]
        releases = issued([ward.table(month) for month in range(len(ward.months))], tier)
        if any(not shown.withheld for release in releases for shown in release.shown):
            yield tier, releases


def breaches(numbers: Sequence[int] = HISTORIES) -> Iterator[str]:
    """Every number held back that an attacker narrows down, every few whose labels come out."""
    return (found for tier, out in histories(numbers) for found in pinned_down(out, tier))


def pinned_down(releases: list[attack.Issued], tier: Tier) -> Iterator[str]:
    """The breaches in one history, by an outsider and by someone who was there."""
    for attacker in (None, min(releases[0].table.everyone)):
        known = attack.Attack(releases, tier, attacker)
        for index, release in enumerate(releases):
            for label, low, high in known.withheld(index):
                if high - low < min(tier.threshold, len(release.table.everyone - {attacker})):
                    yield f"{label} of release {index} lies between {low} and {high}"
        labels = [cell.label for cell in releases[0].table.cells]
        for size, low, high in known.changes(labels, most=many(1, 3)):
            if low == high:
                yield f"of {size} who came or left, {low} carry a label"


@pytest.mark.faults
@pytest.mark.parametrize("share", shares(300, 10_000, 500))
def test_no_attacker_gets_through(share: range) -> None:
    assert list(breaches(share)) == []


def test_what_is_not_promised() -> None:
    """A number that is shown can be exact for who knows how many took part; never a few of them."""
    releases = issued([divided(12, 12)], Tier.TEAM)
    assert [shown.about for shown in releases[0].shown] == [10, 10]
    known = attack.Attack(releases, Tier.TEAM, None)
    assert known.reach(known.row(all, "0")) == (12, 12)


def leavers_of_one_mind() -> list[Table]:
    """23 of 50 say yes (about 25); eleven of them leave, and 12 of 39 are left (about 10)."""

    def month(there: frozenset[str]) -> Table:
        return Table("ward", (Cell("yes", there & people(23)),), there)

    return [month(people(50)), month(people(39, 11))]


def a_number_that_comes() -> list[Table]:
    """8 of 71 (held back) become 9 of 79 (about 10), as eight come, nearly all to the largest."""

    def month(a: int, b: int) -> Table:
        first = (Cell("a", people(a)), Cell("b", people(b, 100)), Cell("c", people(4, 200)))
        return Table("ward", first, frozenset().union(*(c.people for c in first), people(9, 300)))

    return [month(51, 8), month(58, 9)]


def a_number_that_comes_back() -> list[Table]:
    """60 of 69; 68 of 77 (held back, as all eight who came said it); 80 of 91."""

    def month(said: int, others: int) -> Table:
        return Table("ward", divided(said, 0).cells, people(said + others))

    return [month(60, 9), month(68, 9), month(80, 11)]


ALONG_TIME = {
    "all who left said the same": (leavers_of_one_mind, "_tells"),
    "a number comes and goes": (a_number_that_comes, "_shares_people"),
    "a number comes back": (a_number_that_comes_back, "_fell_silent"),
}


@pytest.mark.parametrize("name", ALONG_TIME)
def test_nothing_comes_out_by_comparing_months(name: str) -> None:
    releases = issued(ALONG_TIME[name][0](), Tier.TEAM)
    assert len(releases) == len(ALONG_TIME[name][0]())
    assert any(not shown.withheld for shown in releases[0].shown)
    assert list(pinned_down(releases, Tier.TEAM)) == []


@pytest.mark.parametrize("name", ALONG_TIME)
def test_it_would_come_out_without_looking_at_earlier_numbers(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, rule = ALONG_TIME[name]
    monkeypatch.setattr(gate, rule, lambda *_: False)
    assert next(pinned_down(issued(tables(), Tier.TEAM), Tier.TEAM), None)


def test_the_attack_has_something_to_attack() -> None:
    released = [shown for _, issued in histories() for release in issued for shown in release.shown]
    assert sum(not shown.withheld for shown in released) > 200
    assert sum(shown.withheld for shown in released) > 200
    assert sum(len(issued) > 1 for _, issued in histories()) > 30


def never(*_: object) -> bool:
    return False


def always(*_: object) -> bool:
    return True


WRONG: dict[str, dict[str, Callable[..., bool]]] = {
    "hides no second number": {"_out_of_reach": always},
    "lets a release out when one person left": {"_apart": always},
    "takes those who left and came together, and looks at no earlier number": {
        "_apart": lambda now, before, least: now == before or len(now ^ before) >= least,
        "_shares_people": never,
    },
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_attack_gets_through_a_wrong_gate(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, instead in WRONG[wrong].items():
        monkeypatch.setattr(gate, name, instead)
    assert next(breaches(), None)


def caught(law: Callable[[], None]) -> None:
    with pytest.raises(AssertionError):
        law()


def test_the_law_catches_a_gate_that_counts_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def counts_the_reader(people: frozenset[str], table: Table, reader: object, tier: Tier) -> bool:
        return len(people) >= tier.threshold

    monkeypatch.setattr(gate, "_enough", counts_the_reader)
    caught(test_what_is_shown_passes_the_rules)


def test_the_law_catches_a_gate_that_forgets_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_passes", gate._enough)
    caught(test_what_is_shown_passes_the_rules)


entries = st.lists(st.tuples(st.sampled_from(NAMES[:20]), st.sampled_from("ab")), max_size=120)


@example([(name, "a") for name in NAMES[:14] for _ in range(2)])
@given(entries)
def test_a_number_stands_for_people_not_entries(drawn: list[tuple[str, str]]) -> None:
    table = gate.tally("drawn", drawn, "ab", NAMES)
    for label, about in zip("ab", abouts(table), strict=True):
        assert about is None or about == round5(len({p for p, said in drawn if said == label}))


def test_the_law_catches_a_gate_that_counts_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    def counts_entries(
        name: str, drawn: list[tuple[str, str]], labels: str, everyone: list[str]
    ) -> Table:
        each = [(f"{index}", label) for index, (_, label) in enumerate(drawn)]
        return tally(name, each, labels, [*everyone, *(entry for entry, _ in each)])

    monkeypatch.setattr(gate, "tally", counts_entries)
    caught(test_a_number_stands_for_people_not_entries)


def test_someone_who_knows_the_rules_is_left_with_as_many_values() -> None:
    """Every way to divide 30 people among three labels, sorted by what the gate shows of it."""
    ways = [(a, b, 30 - a - b) for a in range(31) for b in range(31 - a)]
    behind: defaultdict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for sizes in ways:
        behind[tuple(abouts(divided(*sizes)))].append(sizes)
    for shown, possible in behind.items():
        for index, about in enumerate(shown):
            if about is None and any(shown):
                assert len({sizes[index] for sizes in possible}) >= Tier.TEAM.threshold
