"""Laws of reading: what is current, whatever the order, as of any day."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kith.records.readings import Mark, heads

START = datetime(2026, 1, 1, tzinfo=UTC)
THING = UUID(int=1)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@st.composite
def histories(draw: st.DrawFn) -> list[Mark]:
    """Up to eight records of one thing; each may replace any other, also one never seen."""
    ids = [UUID(int=number) for number in range(2, 2 + draw(st.integers(1, 8)))]
    unseen = UUID(int=99)
    return [
        Mark(
            id=one,
            thing=THING,
            seen_on=day(draw(st.integers(0, 5))),
            made_at=day(draw(st.integers(0, 5))),
            replaces=draw(st.sampled_from([None, None, unseen, *ids])),
            removed=draw(st.booleans()) and draw(st.booleans()),
        )
        for one in ids
    ]


def oracle(marks: list[Mark], as_of: datetime) -> set[UUID]:
    """The rule of `readings`, read slowly and literally."""
    counts = {m.id: m for m in marks if not (m.removed and m.seen_on > as_of)}
    left = {
        m.id: m
        for m in counts.values()
        if not any(other.replaces == m.id for other in counts.values()) and m.seen_on <= as_of
    }
    removals = {name for name, m in left.items() if m.removed}
    if removals or not left:
        return removals

    def origin(m: Mark) -> UUID:
        trail = [m.id]
        while counts.get(trail[-1]) and (before := counts[trail[-1]].replaces):
            if before in trail:
                break
            trail.append(before)
        return trail[-1]

    last = sorted(left.values(), key=lambda m: (m.seen_on, m.made_at, m.id))[-1]
    return {last.id} | {name for name, m in left.items() if origin(m) == origin(last)}


@given(histories(), st.integers(0, 6), st.randoms())
def test_any_order_reads_the_same(marks: list[Mark], at: int, chance: object) -> None:
    shuffled = list(marks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert heads(marks, day(at)) == heads(shuffled, day(at))


@given(histories(), st.integers(0, 6))
def test_it_agrees_with_the_slow_rule(marks: list[Mark], at: int) -> None:
    assert {mark.id for mark in heads(marks, day(at))} == oracle(marks, day(at))


@given(histories(), st.integers(0, 5))
def test_a_later_change_leaves_the_past_alone(marks: list[Mark], at: int) -> None:
    later = Mark(UUID(int=50), THING, day(at + 1), day(at + 1), None, removed=False)
    assert heads([*marks, later], day(at)) == heads(marks, day(at))


@given(histories())
def test_a_removal_hides_whatever_else_was_said(marks: list[Mark]) -> None:
    found = heads(marks, day(6))
    assert all(mark.removed for mark in found) or not any(mark.removed for mark in found)


def test_two_corrections_of_one_record_are_both_shown() -> None:
    first = Mark(UUID(int=2), THING, day(0), day(0), None, removed=False)
    one = Mark(UUID(int=3), THING, day(0), day(1), first.id, removed=False)
    two = Mark(UUID(int=4), THING, day(0), day(2), first.id, removed=False)
    assert [mark.id for mark in heads([first, one, two], day(3))] == [two.id, one.id]


def test_a_removal_counts_from_its_own_day() -> None:
    first = Mark(UUID(int=2), THING, day(0), day(0), None, removed=False)
    away = Mark(UUID(int=3), THING, day(4), day(4), first.id, removed=True)
    assert heads([first, away], day(3)) == (first,)
    assert heads([first, away], day(4)) == (away,)
