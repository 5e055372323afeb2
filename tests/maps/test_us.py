"""The two of us: alone until both are willing, and until then nothing tells of the other."""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, reset_queries, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.maps import us as two
from kith.maps.nouns import Frozen, Said
from kith.people import known
from kith.people.actions import invite, join
from kith.people.nouns import Known
from kith.people.readings import work_of
from kith.permissions import reveals as rule
from kith.permissions.actions import NEVER, act, give
from kith.permissions.models import Willing
from kith.permissions.readings import look
from kith.permissions.reveals import REVEAL
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from meeting import browsing, met, page, trio
from scale import shares
from world import again, joined, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOON = START.replace(hour=12)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def at(moment: datetime) -> AbstractContextManager[None]:
    return clock.stopped_at(moment)


def couple(who: str = "friend") -> tuple[Viewer, Viewer, Entry[Known], Entry[Known]]:
    """R. and J., who met on the first morning."""
    with at(START):
        a, b = viewer("R."), viewer("J.")
        return a, b, *met(a, b, who)


def says(who: Viewer, entry: Entry[Known], **told: str) -> None:
    for item, words in told.items():
        two.answer(who, entry.thing, item, Said("answered", words))


def is_willing(who: Viewer, entry: Entry[Known], *items: str) -> None:
    two.be_willing(who, entry.thing, items, alone=True)


def both_willing() -> tuple[Viewer, Viewer, Entry[Known], Entry[Known]]:
    a, b, theirs, ours = couple()
    with at(START):
        says(a, theirs, value="that you ring", keeps="tea at six")
        says(b, ours, value="your patience", way="the leave form")
        is_willing(a, theirs, "value", "keeps")
    with at(START + HOUR):
        is_willing(b, ours, "value", "way")
    return a, b, theirs, ours


def seen(who: Viewer, entry: Entry[Known]) -> list[tuple[str, str]]:
    found = two.between(who, entry.thing).both
    return [(one.mine.said.words, one.theirs.said.words) for one in found]


# A reveal


def test_both_see_what_both_chose_a_day_after_noon_and_at_the_same_moment() -> None:
    a, b, theirs, ours = both_willing()
    with at(NOON + DAY - HOUR / 60):
        assert seen(a, theirs) == seen(b, ours) == []
    with at(NOON + DAY):
        assert seen(a, theirs) == [("that you ring", "your patience")]
        assert seen(b, ours) == [("your patience", "that you ring")]


def test_only_what_both_chose_can_be_read_by_any_way() -> None:
    a, b, _theirs, _ours = both_willing()
    with at(NOON + DAY):
        for who, word in ((a, "your patience"), (b, "that you ring")):
            told = look(who, Frozen, purpose=REVEAL)
            assert [e.noun.said.words for e in told if e.author != who.person] == [word]
            for purpose in (None, "talk", "request"):
                found = look(who, Frozen, purpose=purpose)
                assert {entry.author for entry in found} == {who.person}


def test_it_is_a_copy_that_does_not_follow_what_is_said_later() -> None:
    a, b, theirs, ours = both_willing()
    with at(START + 2 * HOUR):
        says(b, ours, value="something else")
    with at(NOON + 2 * DAY):
        says(b, ours, value="something else again")
        assert seen(a, theirs) == [("that you ring", "your patience")]


def test_it_ends_by_itself_after_ninety_days() -> None:
    a, b, theirs, ours = both_willing()
    with at(NOON + 91 * DAY):
        assert seen(a, theirs) == seen(b, ours) == []
        assert two.between(a, theirs.thing).over


@pytest.mark.parametrize("who", ["a", "b"])
def test_taking_back_hides_it_from_both_at_once(who: str) -> None:
    a, b, theirs, ours = both_willing()
    with at(NOON + 2 * DAY):
        two.take_back(*((a, theirs.thing) if who == "a" else (b, ours.thing)))
        assert seen(a, theirs) == seen(b, ours) == []
        assert all(e.author == a.person for e in look(a, Frozen, purpose=REVEAL))


def test_taking_back_in_the_silent_day_shows_nothing_to_anyone() -> None:
    a, b, theirs, ours = both_willing()
    with at(NOON + DAY - HOUR):
        two.take_back(b, ours.thing)
    with at(NOON + 9 * DAY):
        assert seen(a, theirs) == seen(b, ours) == []
        assert two.between(a, theirs.thing).willing
        assert not two.between(a, theirs.thing).over


def test_a_will_counts_once_and_a_new_one_needs_a_new_one() -> None:
    a, b, theirs, ours = both_willing()
    with at(NOON + 2 * DAY):
        says(a, theirs, value="a new word")
        is_willing(a, theirs, "value")
    with at(NOON + 9 * DAY):
        assert seen(b, ours) == [("your patience", "that you ring")]
        is_willing(b, ours, "value")
    with at(NOON + 11 * DAY):
        assert seen(b, ours) == [("your patience", "a new word")]


def test_letting_someone_go_ends_it_for_both() -> None:
    a, b, theirs, ours = both_willing()
    with at(NOON + 2 * DAY):
        known.forget(a, theirs.thing)
        assert seen(b, ours) == []
        with pytest.raises(Missing):
            two.between(a, theirs.thing)


def test_a_third_person_sees_nothing_of_it() -> None:
    a, _b, theirs, _ours = both_willing()
    with at(NOON + 2 * DAY):
        third = viewer("Third")
        assert look(third, Frozen, purpose=REVEAL) == []
        for address in (f"/map/us/{theirs.thing}/", f"/known/{theirs.thing}/"):
            assert browsing(third).get(address).status_code == 404
        assert a.person != third.person


# What keeps it off


@pytest.mark.parametrize("who", ["partner", "ex"])
def test_between_partners_it_is_off_until_each_opens_it_alone(who: str) -> None:
    a, _b, theirs, _ours = couple(who)
    says(a, theirs, value="x")
    with pytest.raises(Refused, match="reveal-is-off"):
        is_willing(a, theirs, "value")
    known.describe(a, theirs.thing, theirs.noun.but(open=True))
    is_willing(a, theirs, "value")


def test_who_would_not_feel_safe_reveals_nothing_even_what_they_chose_before() -> None:
    a, b, theirs, ours = both_willing()
    with at(START + 2 * HOUR):
        known.describe(b, ours.thing, ours.noun.but(unsafe=True))
        with pytest.raises(Refused, match="reveal-is-off"):
            is_willing(b, ours, "value")
    with at(NOON + 9 * DAY):
        assert seen(a, theirs) == seen(b, ours) == []


def test_only_someone_on_their_own_can_be_willing() -> None:
    a, _b, theirs, _ours = couple()
    says(a, theirs, value="x")
    with pytest.raises(Invalid, match="not-alone"):
        two.be_willing(a, theirs.thing, ["value"], alone=False)
    assert not Willing.objects.exists()


def test_what_was_not_come_to_cannot_be_shown() -> None:
    a, _b, theirs, _ours = couple()
    with pytest.raises(Invalid, match="nothing-to-reveal"):
        is_willing(a, theirs, "value")


def test_staff_cannot_begin_and_the_person_who_stays_there_can() -> None:
    keeper, circle = ward()
    nurse, guest = joined(keeper, circle, "team"), joined(keeper, circle, "guest")
    with pytest.raises(Invalid, match="staff-cannot-start"):
        known.meet(nurse, "P.", "for")
    made = known.meet(nurse, "P.", "other")
    with pytest.raises(Refused, match="staff-cannot-start"):
        known.come_by(guest, known.make_code(nurse, made.thing), "N.")
    mine = known.meet(guest, "N.", "from")
    theirs = known.come_by(nurse, known.make_code(guest, mine.thing), "P.", "for")
    assert theirs.noun.pair == mine.noun.pair


def test_while_a_service_lets_reveals_rest_neither_side_sees_any() -> None:
    with at(START):
        keeper, circle = ward()
        nurse, guest = joined(keeper, circle, "team"), joined(keeper, circle, "guest")
        mine, theirs = met(guest, nurse, "from")
        friend, other = met(guest, viewer("F."))[0], viewer()
        for who, entry in ((guest, mine), (nurse, theirs)):
            says(who, entry, value="tea")
            is_willing(who, entry, "value")
        address = f"/together/{circle}/days/"
        assert browsing(guest).get(address).status_code == 404
        told = browsing(keeper).post(address, {"rests_until": "2026-03-09"})
        assert told.status_code == 302
    with at(START + 4 * DAY):
        assert seen(guest, mine) == seen(nurse, theirs) == []
        assert "rest until 9 March 2026" in page(browsing(guest), f"/together/{circle}/")
        assert work_of(guest.me).resting == {nurse.person, keeper.person}
        assert work_of(other.me).resting == frozenset()
        assert friend
    with at(START + 9 * DAY), trio(guest, mine):
        assert seen(guest, mine) == seen(nurse, theirs) == [("tea", "tea")]


def test_staff_of_another_ward_are_people_like_any_other() -> None:
    keeper, circle = ward()
    nurse = joined(keeper, circle, "team")
    other_keeper, other = ward("Ward 7")
    guest = joined(other_keeper, other, "guest")
    join(guest, invite(keeper, circle, "team", 1))
    made = known.meet(nurse, "C.", "colleague")
    assert known.come_by(again(guest), known.make_code(nurse, made.thing), "N.")


def test_no_grant_shows_what_only_a_reveal_may_show() -> None:
    assert {"known", "perspective", "ours", "let-be", "frozen"} == set(NEVER)
    a, _b, theirs, _ours = couple()
    for kind in NEVER:
        with act(a, "test.give") as doing, pytest.raises(Invalid, match="nothing-to-show"):
            give(
                doing, thing=None, classes=[kind], purpose="talk", alone=True,
                ends=clock.now() + 9 * DAY, to_pair=theirs.noun.pair,
            )  # fmt: skip


# Codes


def test_a_code_tells_its_maker_nothing_whoever_tries_it_out() -> None:
    """The one who made it types it with a second account: the same, whether it was used or not."""
    asked = []
    for used in (False, True):
        a, b, spy = viewer("R."), viewer("J."), viewer("R. again")
        made = known.meet(a, "J.")
        code = known.make_code(a, made.thing)
        if used:
            known.come_by(b, code, "R.")
        with CaptureQueriesContext(connection) as queries:
            found = known.come_by(spy, code, "?")
        asked.append(len(queries))
        assert browsing(spy).get(f"/map/us/{found.thing}/").status_code == 200
        assert (found.noun.pair == made.noun.pair) is not used
    assert asked[0] == asked[1]


def test_a_code_ends_after_a_day_and_a_new_one_ends_the_old() -> None:
    a, b = viewer(), viewer()
    with at(START):
        made = known.meet(a, "J.")
        old = known.make_code(a, made.thing)
        new = known.make_code(a, made.thing)
        with pytest.raises(Missing, match="code-unknown"):
            known.come_by(b, old, "R.")
        with pytest.raises(Invalid, match="code-is-your-own"):
            known.come_by(a, new, "me")
    with at(START + DAY), pytest.raises(Missing, match="code-unknown"):
        known.come_by(b, new, "R.")


def test_typing_a_code_twice_is_once() -> None:
    a, b = viewer(), viewer()
    code = known.make_code(a, known.meet(a, "J.").thing)
    assert known.come_by(b, code, "R.").thing == known.come_by(b, code, "R. again").thing
    assert len(known.known(b)) == 1


# The law: before a reveal, whatever the other does, everything one can see stays the same


@dataclass(frozen=True)
class Deed:
    """Something one of the two does, some hours after they met."""

    hour: int
    side: str
    what: str
    item: str
    words: str


deeds = st.lists(
    st.builds(
        Deed,
        hour=st.integers(0, 80),
        side=st.sampled_from("ab"),
        what=st.sampled_from(
            [
                "answer",
                "answer",
                "willing",
                "willing",
                "back",
                "unsafe",
                "partner",
                "open",
                "forget",
            ]
        ),
        item=st.sampled_from(list(two.ITEMS)),
        words=st.sampled_from(["tea", "x" * 300, "", "we"]),
    ),
    max_size=10,
).map(lambda found: sorted(found, key=lambda deed: deed.hour))


def do(who: Viewer, entry: Entry[Known], deed: Deed) -> None:
    """Do it as far as it can be done; a refusal is an answer too."""
    there = next((one for one in known.known(who) if one.thing == entry.thing), None)
    if there is None:
        return
    kept: dict[str, Callable[[], object]] = {
        "answer": lambda: two.answer(who, entry.thing, deed.item, Said("depends", deed.words)),
        "willing": lambda: two.be_willing(who, entry.thing, list(two.ITEMS), alone=True),
        "back": lambda: two.take_back(who, entry.thing),
        "unsafe": lambda: known.describe(who, entry.thing, there.noun.but(unsafe=True)),
        "partner": lambda: known.describe(who, entry.thing, there.noun.but(who="partner")),
        "open": lambda: known.describe(who, entry.thing, there.noun.but(open=True, unsafe=False)),
        "forget": lambda: known.forget(who, entry.thing),
    }
    try:
        kept[deed.what]()
    except (Refused, Invalid):
        return


PAGES = (
    "/", "/sharing/", "/sharing/seen/", "/sharing/before/", "/sharing/choose/", "/known/",
    "/known/{thing}/", "/known/{thing}/code/", "/map/us/{thing}/", "/map/us/{thing}/together/",
    "/map/us/{thing}/willing/", "/map/us/{thing}/back/", "/map/us/{thing}/say/value/",
)  # fmt: skip
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|data-who="[^"]+"')


def masked(text: str) -> str:
    """Without tokens, and with each id as the place where it first stood."""
    names: dict[str, str] = {}
    told = TOKEN.sub("token", text)
    return UUID.sub(lambda found: names.setdefault(found[0], f"id-{len(names)}"), told)


def lived(history: Sequence[Deed], *, hours: int, other: bool) -> list[tuple[int, str, int]]:
    """What A's pages say after this history, and how often each asked the database.

    Without the other nobody even types the code. Rolled back afterwards.
    """
    with transaction.atomic():
        with at(START):
            a, b = viewer("R."), viewer("J.")
            theirs = known.meet(a, "J.", "friend")
            code = known.make_code(a, theirs.thing)
            ours = known.come_by(b, code, "R.", "friend") if other else None
        for deed in history:
            with at(START + deed.hour * HOUR):
                if deed.side == "a":
                    do(a, theirs, deed)
                elif ours:
                    do(b, ours, deed)
        with at(START + hours * HOUR):
            told = [answer(a, page.format(thing=theirs.thing)) for page in PAGES]
            if ours and Willing.objects.exists() and has_been_revealed(a, theirs):
                told = []
        transaction.set_rollback(True)
    return told


def answer(who: Viewer, address: str) -> tuple[int, str, int]:
    client = browsing(who)
    reset_queries()  # the list of them is not endless
    with CaptureQueriesContext(connection) as asked:
        told = client.get(address)
    return told.status_code, masked(told.content.decode()), len(asked)


def has_been_revealed(who: Viewer, entry: Entry[Known]) -> bool:
    rows = [row.will() for row in Willing.objects.filter(pair=entry.noun.pair)]
    ours = [one for one in rows if one.person == who.person]
    theirs = [one for one in rows if one.person != who.person]
    return bool(rule.reveals(ours, theirs, clock.now()))


def nothing_tells_of_the_other(history: Sequence[Deed], hours: int) -> None:
    with_them = lived(history, hours=hours, other=True)
    if with_them:
        alone = lived(history, hours=hours, other=False)
        for address, here, there in zip(PAGES, with_them, alone, strict=True):
            assert here == there, address


def law(examples: int, *, shrinks: bool = True) -> Callable[[], None]:
    phases = [phase for phase in Phase if shrinks or phase is Phase.generate]
    walked = given(deeds, st.integers(0, 100))(nothing_tells_of_the_other)
    return laws(max_examples=examples, phases=phases)(walked)


@pytest.mark.faults
@pytest.mark.parametrize("share", shares(15, 1000, 100))
def test_before_a_reveal_nothing_tells_of_the_other(share: range) -> None:
    law(len(share))()


A_ANSWERS = Deed(0, "a", "answer", "value", "tea")
A_WILLS, B_WILLS = (Deed(1, side, "willing", "value", "") for side in "ab")
B_ANSWERS, B_BACK = replace(A_ANSWERS, side="b"), Deed(2, "b", "back", "value", "")
DECLINED = [A_ANSWERS, B_ANSWERS, A_WILLS, B_WILLS, B_BACK]
right = two.between


def told_of_a_decline(who: Viewer, thing: Any) -> two.Between:
    gone = Willing.objects.exclude(person=who.me).exclude(withdrawn=None).exists()
    return replace(right(who, thing), over=gone, willing=())


def told_how_many(who: Viewer, thing: Any) -> two.Between:
    found = right(who, thing)
    return replace(found, willing=found.willing * Willing.objects.count())


def told_as_soon_as_both(who: Viewer, thing: Any) -> two.Between:
    found = right(who, thing)
    return replace(found, willing=()) if Willing.objects.count() == 2 else found


def asks_once_more(who: Viewer, thing: Any) -> two.Between:
    if Willing.objects.exclude(person=who.me).exists():
        Willing.objects.count()
    return right(who, thing)


@pytest.mark.parametrize(
    "wrong", [told_of_a_decline, told_how_many, told_as_soon_as_both, asks_once_more]
)
def test_a_page_that_tells_of_the_other_is_caught(
    wrong: Callable[..., two.Between], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(two, "between", wrong)
    with pytest.raises(AssertionError):
        nothing_tells_of_the_other(DECLINED[: 5 if wrong is told_of_a_decline else 4], hours=3)


def test_a_decline_is_the_same_as_no_answer() -> None:
    nothing_tells_of_the_other(DECLINED, hours=99)


def test_a_reveal_that_is_not_frozen_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(copy: Frozen) -> two.Told:
        from kith.maps.nouns import Perspective
        from kith.records.readings import current

        every = current(Perspective, two.Q())
        said = next(e.noun.on(copy.item) for e in every if e.noun.on(copy.item).words != "")
        return two.Told(copy.item, "", said)

    monkeypatch.setattr(two, "_tell", now)
    with pytest.raises(AssertionError):
        test_it_is_a_copy_that_does_not_follow_what_is_said_later()


def test_a_reveal_of_everything_either_chose_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def either(mine: rule.Will, theirs: rule.Will) -> tuple[str, ...]:
        return tuple(theirs.copies)

    monkeypatch.setattr(rule, "_common", either)
    with pytest.raises((AssertionError, KeyError)):
        test_only_what_both_chose_can_be_read_by_any_way()
