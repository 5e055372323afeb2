"""When two sides see each other's answers: the rule against a diary walked noon by noon."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import Phase, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.permissions import reveals as rule
from kith.permissions.reveals import SHOWN, Will, meeting, reveals

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
A, B = UUID(int=1), UUID(int=2)
ITEMS = ("value", "keeps", "way")


def will(
    person: UUID, at: datetime, items: tuple[str, ...] = ITEMS, withdrawn: datetime | None = None
) -> Will:
    return Will(uuid4(), person, person, at, {item: uuid4() for item in items}, withdrawn)


# Hours that meet: many land on noon itself, just before it and just after.
hours = st.integers(0, 24 * 9) | st.sampled_from([12, 36, 60, 84])
moments = st.builds(
    lambda hour, off: START + hour * HOUR + off * MINUTE, hours, st.sampled_from([-1, 0, 1])
)


def sides(person: UUID) -> st.SearchStrategy[list[Will]]:
    items = st.lists(st.sampled_from(ITEMS), unique=True, min_size=1).map(tuple)

    def made(told: list[tuple[datetime, tuple[str, ...], datetime | None]]) -> list[Will]:
        ordered = sorted(told, key=lambda one: one[0])
        return [will(person, at, what, max(at, end) if end else None) for at, what, end in ordered]

    one = st.tuples(moments, items, st.none() | moments)
    return st.lists(one, max_size=5, unique_by=lambda told: told[0]).map(made)


@dataclass
class Diary:
    """The same rule, lived through: at each noon, who is willing and since when."""

    ours: list[Will]
    theirs: list[Will]

    def walk(self, now: datetime) -> list[tuple[datetime, UUID, UUID, frozenset[str]]]:
        spent: set[UUID] = set()
        found = []
        noon = START + 12 * HOUR
        while noon <= now:
            a, b = (self.standing(side, noon, spent) for side in (self.ours, self.theirs))
            if (
                a
                and b
                and a.at < noon - DAY
                and b.at < noon - DAY
                and set(a.copies) & set(b.copies)
            ):
                spent |= {a.id, b.id}
                found.append((noon, a.id, b.id, frozenset(a.copies) & frozenset(b.copies)))
            noon += DAY
        return found

    @staticmethod
    def standing(side: list[Will], noon: datetime, spent: set[UUID]) -> Will | None:
        """The last thing said before or at this noon, if it is not taken back and not spent."""
        said = [one for one in side if one.at <= noon]
        last = max(said, key=lambda one: one.at, default=None)
        gone = last is None or (last.withdrawn is not None and last.withdrawn <= noon)
        return None if gone or last is None or last.id in spent else last


def agrees_with_the_diary(ours: list[Will], theirs: list[Will], now: datetime) -> None:
    told = [
        (one.at, one.wills[0].id, one.wills[1].id, frozenset(one.items))
        for one in rule.reveals(ours, theirs, now)
    ]
    assert told == Diary(ours, theirs).walk(now)


def law(examples: int, *, shrinks: bool = True) -> Callable[[], None]:
    phases = [phase for phase in Phase if shrinks or phase is Phase.generate]
    walked = given(sides(A), sides(B), moments)(agrees_with_the_diary)
    return laws(max_examples=examples, phases=phases)(walked)


def test_it_agrees_with_a_diary_walked_noon_by_noon() -> None:
    law(300)()


@given(sides(A), sides(B), moments)
def test_both_sides_see_the_same_at_the_same_time(
    ours: list[Will], theirs: list[Will], now: datetime
) -> None:
    here, there = reveals(ours, theirs, now), reveals(theirs, ours, now)
    assert [(a.at, set(a.items), a.in_force(now)) for a in here] == [
        (b.at, set(b.items), b.in_force(now)) for b in there
    ]


@given(sides(A), moments)
def test_one_side_alone_reveals_nothing(ours: list[Will], now: datetime) -> None:
    assert reveals(ours, [], now) == reveals([], ours, now) == []


@given(sides(A), sides(B), moments)
def test_no_reveal_comes_within_a_day_or_at_another_hour(
    ours: list[Will], theirs: list[Will], now: datetime
) -> None:
    for one in reveals(ours, theirs, now):
        assert one.at.time() == rule.DAILY
        assert one.at - max(will.at for will in one.wills) > DAY
        assert set(one.items) == set(one.wills[0].copies) & set(one.wills[1].copies) != set()


@given(sides(A), sides(B), moments, moments)
def test_what_was_revealed_stays_so_as_time_goes_on(
    ours: list[Will], theirs: list[Will], now: datetime, later: datetime
) -> None:
    first, last = sorted((now, later))
    early = reveals(ours, theirs, first)
    assert reveals(ours, theirs, last)[: len(early)] == early


@given(sides(A), sides(B), moments)
def test_taking_back_in_the_silent_day_is_the_same_as_never_having_said_yes(
    ours: list[Will], theirs: list[Will], now: datetime
) -> None:
    """Whatever one side does with its will, before anything is revealed the other sees nothing."""
    silent = [one for one in theirs if one.withdrawn and one.withdrawn - one.at < DAY]
    rest = [one for one in theirs if one not in silent]
    if not rest:
        assert reveals(ours, silent, now) == []


def test_a_reveal_ends_by_itself_and_when_either_takes_back() -> None:
    noon = START + 12 * HOUR
    both = reveals([will(A, START)], [will(B, START)], noon + DAY)
    assert [one.at for one in both] == [noon + DAY]
    assert both[0].in_force(noon + DAY)
    assert not both[0].in_force(noon + DAY + SHOWN)
    back = [will(A, START, withdrawn=noon + 3 * DAY)]
    told = reveals(back, [will(B, START)], noon + 9 * DAY)
    assert told[0].in_force(noon + 3 * DAY - MINUTE)
    assert not told[0].in_force(noon + 3 * DAY)


def test_someone_willing_at_noon_itself_meets_at_the_next() -> None:
    noon = START + 12 * HOUR
    assert meeting(noon - MINUTE) == noon
    assert meeting(noon) == noon + DAY


WRONG: dict[str, tuple[str, object]] = {
    "at once": ("_ripe", lambda a, b: max(a.at, b.at)),
    "at the hour it was said": ("_ripe", lambda a, b: max(a.at, b.at) + DAY),
    "without the silent day": ("_ripe", lambda a, b: meeting(max(a.at, b.at))),
    "everything that either chose": ("_common", lambda a, b: tuple({**a.copies, **b.copies})),
    "everything the other chose": ("_common", lambda a, b: tuple(b.copies)),
    "a will that cannot be taken back": (
        "_standing",
        lambda wills: [(one, rule.FAR) for one in wills],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    what, wrong = WRONG[name]
    monkeypatch.setattr(rule, what, wrong)
    with pytest.raises(AssertionError):
        law(1000, shrinks=False)()
