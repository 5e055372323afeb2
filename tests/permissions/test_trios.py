"""What is seen only while a third sits with the two: the rule against a life walked through."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.permissions import reveals as rule
from kith.permissions.reveals import SHOWN, Revealed, Sat, Will, reveals
from permissions.test_reveals import DAY, HOUR, START, A, B, Diary, moments, sides, will

NOON = START + 12 * HOUR
lengths = st.sampled_from([0, 1, 2, 23, 24, 48])
sat = st.builds(lambda opens, hours: Sat(opens, opens + hours * HOUR), moments, lengths)
trios = st.lists(sat, max_size=4)


def first_noon(after: datetime) -> datetime:
    noon = NOON
    while noon <= after:
        noon += DAY
    return noon


def lived(ours: list[Will], theirs: list[Will], sat: list[Sat], now: datetime) -> list[object]:
    """At each instant at which something could begin to be seen: who stands, and do they sit."""
    instants = {NOON + n * DAY for n in range(20)} | {one.opens for one in sat}
    spent: set[object] = set()
    found: list[object] = []
    for at in sorted(one for one in instants if one <= now):
        a, b = (Diary.standing(side, at, spent) for side in (ours, theirs))  # type: ignore[arg-type]
        if not a or not b or not any(one.opens <= at < one.ends for one in sat):
            continue
        items = frozenset(a.copies) & frozenset(b.copies)
        ripe = first_noon(max(a.at, b.at)) + DAY
        if items and ripe <= at < ripe + SHOWN:
            spent |= {a.id, b.id}
            found.append((at, a.id, b.id, items))
    return found


def agrees(ours: list[Will], theirs: list[Will], sat: list[Sat], now: datetime) -> None:
    told = reveals(ours, theirs, now, sat)
    assert [(t.at, t.wills[0].id, t.wills[1].id, frozenset(t.items)) for t in told] == lived(
        ours, theirs, sat, now
    )
    sit = any(one.opens <= now < one.ends for one in sat)
    for one in told:
        gone = any(w.withdrawn and w.withdrawn <= now for w in one.wills)
        old = now >= first_noon(max(w.at for w in one.wills)) + DAY + SHOWN
        assert one.in_force(now) == (sit and not gone and not old)


def law(examples: int, *, shrinks: bool = True) -> Callable[[], None]:
    phases = [phase for phase in Phase if shrinks or phase is Phase.generate]
    return laws(max_examples=examples, phases=phases)(
        given(sides(A), sides(B), trios, moments)(agrees)
    )


def test_it_agrees_with_a_life_walked_through() -> None:
    law(400)()


@given(sides(A), sides(B), moments)
def test_without_a_trio_nothing_is_ever_seen(
    ours: list[Will], theirs: list[Will], now: datetime
) -> None:
    assert reveals(ours, theirs, now, []) == []


@given(sides(A), sides(B), trios, moments)
def test_both_see_the_same_and_nothing_before_it_would_be_ripe_without_a_third(
    ours: list[Will], theirs: list[Will], sat: list[Sat], now: datetime
) -> None:
    here, there = reveals(ours, theirs, now, sat), reveals(theirs, ours, now, sat)
    assert [(one.at, set(one.items), one.in_force(now)) for one in here] == [
        (one.at, set(one.items), one.in_force(now)) for one in there
    ]
    for one in here:
        assert one.at - max(each.at for each in one.wills) > DAY
        assert any(s.is_open(one.at) for s in sat)


def test_a_will_is_spent_by_being_seen_and_not_before() -> None:
    """Ripe on the second day; taken back and said anew before anyone sat: the other need not."""
    first = will(A, START, ("value",), withdrawn=NOON + 2 * DAY)
    again = will(A, NOON + 3 * DAY, ("value",))
    theirs = will(B, START, ("value",))
    late = [Sat(NOON + 9 * DAY, NOON + 9 * DAY + HOUR)]
    told = reveals([first, again], [theirs], NOON + 9 * DAY, late)
    assert [one.wills[0].id for one in told] == [again.id]


def always(_told: Revealed, now: datetime) -> datetime:
    return now + timedelta(days=1)


WRONG: dict[str, tuple[object, str, object]] = {
    "seen as soon as it is ripe": (rule, "_first_seen", lambda a, b, s: rule._ripe(a, b)),
    "seen in a trio at once": (
        rule,
        "_first_seen",
        lambda a, b, s: min((x.opens for x in s if x.opens > max(a.at, b.at)), default=rule.FAR),
    ),
    "seen after the trio": (Revealed, "seen_until", always),
    "seen whenever one was over": (
        rule,
        "_first_seen",
        lambda a, b, s: max(rule._ripe(a, b), min((x.opens for x in s), default=rule.FAR)),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, what, wrong = WRONG[name]
    monkeypatch.setattr(where, what, wrong)
    with pytest.raises(AssertionError):
        law(2000, shrinks=False)()
