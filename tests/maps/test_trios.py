"""Trio down with a third: staff and someone they support see nothing of each other without."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.maps import trio as sit
from kith.maps import us as two
from kith.maps.nouns import Frozen, Said
from kith.people import known
from kith.people.actions import leave, set_days
from kith.people.leaving import erase_me
from kith.people.nouns import Known
from kith.permissions import reveals as rule
from kith.permissions import trios
from kith.permissions.models import Trio, Willing
from kith.permissions.readings import look
from kith.permissions.reveals import REVEAL
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from maps.test_us import PAGES, answer, at, says, seen
from meeting import browsing, page, trio
from scale import shares
from world import joined, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RIPE = START + 3 * DAY
BOTH = [("you ask first", "you come to walks")]


@dataclass
class Three:
    """P. stays on a ward where N. works; they met by P.'s code. T. knows neither."""

    p: Viewer
    n: Viewer
    t: Viewer
    keeper: Viewer
    ward: Any
    mine: Entry[Known]
    theirs: Entry[Known]


def three(p_says: str = "from", n_says: str = "for", *, on_ward: bool = True) -> Three:
    keeper, circle = ward()
    p, n = (joined(keeper, circle, part) if on_ward else viewer() for part in ("guest", "team"))
    mine = known.meet(p, "N.", p_says)
    theirs = known.come_by(n, known.make_code(p, mine.thing), "P.", n_says)
    return Three(p, n, viewer("T."), keeper, circle, mine, theirs)


def willing(them: Three, *, p_third: bool = False, n_third: bool = False) -> None:
    says(them.p, them.mine, value=BOTH[0][0])
    says(them.n, them.theirs, value=BOTH[0][1])
    two.be_willing(them.p, them.mine.thing, ["value"], alone=True, third=p_third)
    two.be_willing(them.n, them.theirs.thing, ["value"], alone=True, third=n_third)


def sees(them: Three) -> bool:
    """Whether both see it; one alone never does."""
    p, n = seen(them.p, them.mine), seen(them.n, them.theirs)
    assert [pair[::-1] for pair in p] == n
    found = look(them.n, Frozen, purpose=REVEAL)
    assert any(entry.author == them.p.person for entry in found) == bool(p)
    return p == BOTH


def test_they_see_it_while_they_sit_with_a_third_and_not_before_or_after() -> None:
    with at(START):
        them = three()
        willing(them)
    with at(RIPE):
        assert not sees(them)
        for _ in range(2):
            with trio(them.p, them.mine, them.t):
                assert sees(them)
            assert not sees(them)
    with at(RIPE + 91 * DAY), trio(them.p, them.mine, them.t):
        assert not sees(them)


@pytest.mark.parametrize(
    ("p_says", "n_says", "on_ward"),
    [("friend", "friend", True), ("", "other", True), ("from", "friend", False),
     ("friend", "for", False), ("from", "for", False)],
)  # fmt: skip
def test_whoever_says_so_or_nobody_nothing_is_seen_without_a_third(
    p_says: str, n_says: str, on_ward: bool
) -> None:
    with at(START):
        them = three(p_says, n_says, on_ward=on_ward)
        willing(them)
    with at(RIPE):
        assert not sees(them)
        known.describe(them.p, them.mine.thing, them.mine.noun.but(who="from"))
        assert not sees(them)
        with trio(them.p, them.mine, them.t):
            assert sees(them)


def test_friends_need_no_third() -> None:
    with at(START):
        them = three("friend", "friend", on_ward=False)
        willing(them)
    with at(RIPE):
        assert sees(them)


def test_what_was_said_on_the_ward_stays_for_a_trio_when_they_leave_it() -> None:
    with at(START):
        them = three("friend", "friend")
        willing(them)
        for who in (them.p, them.n):
            leave(who, them.ward)
    with at(RIPE):
        assert not sees(them)


def test_saying_later_that_it_is_work_needs_a_third_from_then_on() -> None:
    with at(START):
        them = three("friend", "friend", on_ward=False)
        willing(them)
        known.describe(them.p, them.mine.thing, them.mine.noun.but(who="from"))
    with at(RIPE):
        assert not sees(them)


def test_staff_cannot_begin_and_what_they_begin_by_a_lie_counts_for_nothing() -> None:
    with at(START):
        them = three()
        willing(them)
        with pytest.raises(Invalid, match="staff-cannot-start"):
            sit.begin(them.n, them.theirs.thing, alone=True)
        address = f"/map/us/{them.theirs.thing}/three/"
        assert browsing(them.n).get(address).status_code == 404
        assert browsing(them.n).post(address, {"alone": "yes"}).status_code == 404
        known.describe(them.n, them.theirs.thing, them.theirs.noun.but(who="from"))
    with at(RIPE):
        with trio(them.n, them.theirs, them.t):
            assert not sees(them)
        with trio(them.p, them.mine, them.t):
            assert sees(them)


def test_only_someone_on_their_own_begins() -> None:
    them = three()
    with pytest.raises(Invalid, match="not-alone"):
        sit.begin(them.p, them.mine.thing, alone=False)
    address = f"/map/us/{them.mine.thing}/three/"
    assert browsing(them.p).post(address, {"alone": "no"}).status_code == 302
    assert not Trio.objects.exists()
    assert "code" in browsing(them.p).post(address, {"alone": "yes"}).content.decode()


def test_the_third_is_neither_of_the_two_and_only_one_and_says_that_all_are_there() -> None:
    with at(START):
        them = three()
        code = sit.begin(them.p, them.mine.thing, alone=True)
        with pytest.raises(Invalid, match="code-is-your-own"):
            sit.come_as_third(them.p, code)
        with pytest.raises(Refused, match="third-is-neither"):
            sit.come_as_third(them.n, code)
        there = sit.come_as_third(them.t, code)
        assert sit.come_as_third(them.t, code).id == there.id
        with pytest.raises(Missing, match="code-unknown"):
            sit.come_as_third(viewer("Late"), code)
        with pytest.raises(Invalid, match="not-all-here"):
            sit.open_it(them.t, there.id, all_here=False)
        for who in (them.p, them.n, viewer("Anyone")):
            for deed in (trios.open_trio, trios.end_trio):
                with pytest.raises(Missing):
                    deed(who, there.id)
        assert not Trio.objects.exclude(opens=None).exists()
    with at(START + 7 * DAY):
        sit.open_it(them.t, there.id, all_here=True)
        assert not Trio.objects.exclude(opens=None).exists()
        with pytest.raises(Missing, match="code-unknown"):
            sit.come_as_third(them.t, code)


def test_either_the_one_who_began_or_the_third_ends_it_at_once_and_time_does() -> None:
    with at(START):
        them = three()
        willing(them)

    def opened() -> Any:
        found = sit.come_as_third(them.t, sit.begin(them.p, them.mine.thing, alone=True))
        sit.open_it(them.t, found.id, all_here=True)
        assert sees(them)
        return found.id

    with at(RIPE):
        opened()
        sit.stop(them.p, them.mine.thing)
        assert not sees(them)
        id = opened()
        sit.end_it(them.t, id)
        assert not sees(them)
        sit.open_it(them.t, id, all_here=True)
        assert not sees(them)
        opened()
    with at(RIPE + 2 * HOUR - HOUR / 60):
        assert sees(them)
    with at(RIPE + 2 * HOUR):
        assert not sees(them)
    with at(RIPE + 3 * HOUR):
        opened()
        two.take_back(them.n, them.theirs.thing)
        assert not sees(them)


@pytest.mark.parametrize(("p_third", "n_third"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_third_sees_nothing_unless_both_wish_it(p_third: bool, n_third: bool) -> None:
    with at(START):
        them = three()
        willing(them, p_third=p_third, n_third=n_third)
    with at(RIPE):
        with trio(them.p, them.mine, them.t) as id:
            both = sit.seen_by_third(them.t, id)
            told = [(one.mine.said.words, one.theirs.said.words) for one in both]
            assert told == (BOTH if p_third and n_third else [])
            text = page(browsing(them.t), f"/map/three/{id}/")
            assert (BOTH[0][0] in text) == bool(p_third and n_third)
            found = look(them.t, Frozen, purpose=REVEAL)
            assert bool(found) == bool(p_third and n_third)
            assert look(viewer("Anyone"), Frozen, purpose=REVEAL) == []
        assert sit.seen_by_third(them.t, id) == ()
        assert look(them.t, Frozen, purpose=REVEAL) == []


def test_while_it_rests_nothing_is_seen_in_a_trio_and_nobody_is_told_that_it_could_be() -> None:
    with at(START):
        them = three()
        willing(them)
        set_days(them.keeper, them.ward, ends=None, rests_until=(START + 9 * DAY).date())
    with at(RIPE):
        text = page(browsing(them.p), f"/map/us/{them.mine.thing}/three/")
        assert "this rests until 10 March 2026" in text
        with trio(them.p, them.mine, them.t):
            assert not sees(them)
            for who, entry in ((them.p, them.mine), (them.n, them.theirs)):
                assert two.between(who, entry.thing).willing
                assert not two.between(who, entry.thing).over
    with at(START + 11 * DAY), trio(them.p, them.mine, them.t):
        assert sees(them)


def test_an_erased_third_is_no_third_any_more() -> None:
    with at(START):
        them = three()
        willing(them)
    with at(RIPE):
        found = sit.come_as_third(them.t, sit.begin(them.p, them.mine.thing, alone=True))
        sit.open_it(them.t, found.id, all_here=True)
        assert sees(them)
        erase_me(them.t)
        assert not sees(them)
        assert not sit.begun(them.p, them.mine.thing)


def what_is_told(them: Three) -> list[tuple[int, bool]]:
    """To each of the two: how much they are willing to show still, and whether it is over."""
    sides = ((them.p, them.mine), (them.n, them.theirs))
    found = (two.between(who, entry.thing) for who, entry in sides)
    return [(len(one.willing), one.over) for one in found]


@pytest.mark.parametrize("opened", [True, False])
def test_an_erased_third_leaves_what_was_seen_as_one_who_ended_it(*, opened: bool) -> None:
    told = []
    for end in (sit.end_it, lambda who, _id: erase_me(who)):
        with at(START):
            them = three()
            willing(them)
        with at(RIPE):
            found = sit.come_as_third(them.t, sit.begin(them.p, them.mine.thing, alone=True))
            if opened:
                sit.open_it(them.t, found.id, all_here=True)
                assert sees(them)
        with at(RIPE + HOUR):
            end(them.t, found.id)
        with at(RIPE + DAY):
            told.append(what_is_told(them))
    assert told[0] == told[1]
    assert all(over == opened for _willing, over in told[1])


# The law: nothing tells of the others what was not shown in a trio


@dataclass(frozen=True)
class Deed:
    """Something one of the three does, some hours after the two met."""

    hour: int
    side: str
    what: str
    third: bool = False


WHATS = {
    "p": ["answer", "willing", "willing", "back", "unsafe", "begin", "begin", "stop", "forget"],
    "n": ["answer", "willing", "willing", "back", "unsafe", "other", "forget"],
    "t": ["open", "open", "end"],
}
OF_SITTINGS = ("begin", "stop", "open", "end")


def that_can_be(told: list[Deed]) -> list[Deed]:
    """In order, and without beginning to sit down with someone whom one no longer knows."""
    told = sorted(told, key=lambda deed: deed.hour)
    gone = [place for place, deed in enumerate(told) if (deed.side, deed.what) == ("p", "forget")]
    known = len(told) if not gone else gone[0]
    return [deed for place, deed in enumerate(told) if deed.what != "begin" or place < known]


deeds = st.lists(
    st.sampled_from([(side, what) for side, told in WHATS.items() for what in told]).flatmap(
        lambda one: st.builds(
            Deed, st.integers(0, 80), st.just(one[0]), st.just(one[1]), st.booleans()
        )
    ),
    max_size=12,
).map(that_can_be)
OMIT: dict[str, Callable[[Deed], bool]] = {
    "n": lambda deed: deed.side != "n",
    "p": lambda deed: deed.side == "n",
    "t": lambda deed: deed.what not in OF_SITTINGS,
}
"""For each who looks: what does not happen at all in the other world."""
THIRD_PAGES = ("/", "/sharing/", "/sharing/seen/", "/known/", "/map/three/", "/map/three/{id}/")


def do(them: Three, deed: Deed, ids: list[Any]) -> None:
    who, entry = (them.p, them.mine) if deed.side == "p" else (them.n, them.theirs)
    kept: dict[str, Callable[[], object]] = {
        "answer": lambda: two.answer(who, entry.thing, "value", Said("answered", deed.side)),
        "willing": lambda: two.be_willing(
            who, entry.thing, list(two.ITEMS), alone=True, third=deed.third
        ),
        "back": lambda: two.take_back(who, entry.thing),
        "unsafe": lambda: known.describe(who, entry.thing, entry.noun.but(unsafe=True)),
        "other": lambda: known.describe(who, entry.thing, entry.noun.but(who="other")),
        "forget": lambda: known.forget(who, entry.thing),
        "begin": lambda: ids.append(
            sit.come_as_third(them.t, sit.begin(them.p, entry.thing, alone=True)).id
        ),
        "stop": lambda: sit.stop(them.p, entry.thing),
        "open": lambda: ids and sit.open_it(them.t, ids[-1], all_here=True),
        "end": lambda: ids and sit.end_it(them.t, ids[-1]),
    }
    try:
        kept[deed.what]()
    except (Refused, Invalid, Missing):
        return


def was_seen(them: Three, looks: str) -> bool:
    """By the rule itself: whether anything was ever seen in a trio (by the third, now)."""
    rows = [row.will() for row in Willing.objects.filter(pair=them.mine.noun.pair)]
    sides = [[one for one in rows if one.person == who.person] for who in (them.p, them.n)]
    sat = [row.sat() for row in Trio.objects.exclude(opens=None)]
    found = rule.reveals(sides[0], sides[1], clock.now(), [one for one in sat if one])
    return any(one.for_third or looks != "t" for one in found)


def lived(history: Sequence[Deed], hours: int, looks: str, *, all_do: bool) -> list[Any]:
    with transaction.atomic():
        with at(START):
            them = three()
        ids: list[Any] = []
        for deed in history:
            if all_do or not OMIT[looks](deed):
                with at(START + deed.hour * HOUR):
                    do(them, deed, ids)
        with at(START + hours * HOUR):
            who = {"p": them.p, "n": them.n, "t": them.t}[looks]
            thing = (them.mine if looks == "p" else them.theirs).thing
            own = (*PAGES, "/map/us/{thing}/three/") if looks != "t" else THIRD_PAGES
            id = ids[-1] if ids else them.ward
            told: list[Any] = [answer(who, one.format(thing=thing, id=id)) for one in own]
            if all_do and was_seen(them, looks):
                told = []
        transaction.set_rollback(True)
    return told


def nothing_tells(history: Sequence[Deed], hours: int, looks: str) -> None:
    with_them = lived(history, hours, looks, all_do=True)
    if with_them:
        alone = lived(history, hours, looks, all_do=False)
        for here, there in zip(with_them, alone, strict=True):
            assert here == there


def test_of_two_that_were_begun_at_once_the_last_counts() -> None:
    """As from two tabs: nothing stopped the first."""
    with at(START):
        them = three()
        pair, end = them.mine.noun.pair, clock.now() + DAY
        _first, last = (
            Trio.objects.create(pair_id=pair, starter=them.p.me, code=code, code_ends=ends)
            for code, ends in (("a", end), ("b", end + HOUR))
        )
        assert trios.begun(them.p, pair) == last


def law(examples: int) -> Callable[[], None]:
    walked = given(deeds, st.integers(0, 100), st.sampled_from("pnt"))(nothing_tells)
    return laws(max_examples=examples, phases=[Phase.generate, Phase.shrink])(walked)


@pytest.mark.faults
@pytest.mark.parametrize("share", shares(9, 600, 100))
def test_nothing_tells_of_the_others_what_was_not_seen_together(share: range) -> None:
    law(len(share))()


P_WILLS = [Deed(0, "p", "answer"), Deed(1, "p", "willing", True)]
N_WILLS = [Deed(0, "n", "answer"), Deed(1, "n", "willing", True)]
SAT = [Deed(80, "p", "begin"), Deed(80, "t", "open")]
STORIES = {
    "a decline is the same as no answer": [*P_WILLS, Deed(1, "n", "answer"), *SAT],
    "taken back in time": [*P_WILLS, *N_WILLS, Deed(70, "n", "back"), *SAT],
    "too early": [*P_WILLS, *N_WILLS, Deed(3, "p", "begin"), Deed(3, "t", "open")],
    "nobody sat": [*P_WILLS, *N_WILLS, Deed(80, "p", "begin")],
}


@pytest.mark.parametrize("looks", ["p", "n", "t"])
@pytest.mark.parametrize("story", STORIES)
def test_these_stories_tell_nothing(story: str, looks: str) -> None:
    nothing_tells(STORIES[story], 4 if story == "too early" else 81, looks)


right = two.between


def tells_that_it_was_begun(who: Viewer, thing: Any) -> two.Between:
    from dataclasses import replace

    return replace(right(who, thing), over=Trio.objects.exists())


def asks_once_more(who: Viewer, thing: Any) -> two.Between:
    if Trio.objects.exclude(opens=None).exists():
        Trio.objects.count()
    return right(who, thing)


@pytest.mark.parametrize("wrong", [tells_that_it_was_begun, asks_once_more])
def test_a_page_that_tells_the_other_of_a_trio_is_caught(
    wrong: Callable[..., two.Between], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(two, "between", wrong)
    with pytest.raises(AssertionError):
        nothing_tells(STORIES["a decline is the same as no answer"], 81, "n")


def test_a_third_who_sees_what_only_one_wishes_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    either = property(lambda told: any(one.third for one in told.wills))
    monkeypatch.setattr(rule.Revealed, "for_third", either)
    with pytest.raises(AssertionError):
        test_the_third_sees_nothing_unless_both_wish_it(True, False)


def test_a_reveal_without_a_third_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "kith.permissions.pairs.reveals", lambda a, b, now, sat: rule.reveals(a, b, now)
    )
    with pytest.raises(AssertionError):
        test_they_see_it_while_they_sit_with_a_third_and_not_before_or_after()


def test_a_trio_that_staff_began_counting_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from kith.permissions import pairs

    def all_count(person: Any, work: Any, where: Any, now: Any) -> Any:
        return right_trios(person, pairs.Work(), where, now)

    right_trios = pairs._trios
    monkeypatch.setattr(pairs, "_trios", all_count)
    with pytest.raises(AssertionError):
        test_staff_cannot_begin_and_what_they_begin_by_a_lie_counts_for_nothing()
