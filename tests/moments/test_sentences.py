"""The story of a practice in sentences: what it must say, and what it must never say."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.moments.nouns import CHOICES, STATES
from kith.moments.sentences import ENDS, State, story, when

TODAY = date(2026, 11, 23)
KEPT = State("kept", TODAY, known="")


def told(*states: State, rhythm: str = "most mornings", began: str = "") -> str:
    return " ".join(story(rhythm, began, [KEPT, *states], TODAY))


def on(kind: str, month: int, day: int, why: str = "", **more: str) -> State:
    return State(kind, date(2026, month, day), why=why, **more)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "Most mornings."),
        (
            [on("interrupted", 11, 3, "the kitchen is locked until ten")],
            "Most mornings; not since 3 November: the kitchen is locked until ten.",
        ),
        (
            [on("interrupted", 11, 3, "no key."), on("restored", 11, 14, "some days")],
            "Most mornings; not from 3 November: no key. Again since 14 November: some days.",
        ),
        ([State("interrupted", TODAY, known="")], "Most mornings; not now."),
        (
            [on("interrupted", 11, 3, "The kitchen is locked")],
            "Most mornings; not since 3 November: the kitchen is locked.",
        ),
        (
            [on("interrupted", 11, 3, "T. is away")],
            "Most mornings; not since 3 November: T. is away.",
        ),
        (
            [on("let go", 9, 1, known="month", choice="mine")],
            "Most mornings; let go in September, my choice.",
        ),
        (
            [on("let go", 9, 1, choice="not mine")],
            "Most mornings; let go on 1 September, not my choice.",
        ),
        ([State("let go", date(2019, 9, 1))], "Most mornings; let go on 1 September 2019."),
        (
            [on("interrupted", 11, 3), on("kept", 11, 9)],
            "Most mornings; not from 3 November. As before since 9 November.",
        ),
    ],
)  # fmt: skip
def test_a_story_reads_as_it_should(states: list[State], said: str) -> None:
    assert told(*states) == said


@pytest.mark.parametrize(
    ("began", "said"),
    [
        ("we met", "Most mornings, since we met."),
        ("Since we met.", "Most mornings, since we met."),
        ("For thirty years", "Most mornings, for thirty years."),
        ("2019", "Most mornings, since 2019."),
    ],
)
def test_how_long_is_said_in_ones_own_words(began: str, said: str) -> None:
    assert told(began=began) == said


def test_nothing_is_hung_on_to_more_than_one_sentence() -> None:
    both = told(on("interrupted", 11, 3), rhythm="Most weeks. It helps, and it is hard.")
    assert both == "Most weeks. It helps, and it is hard. Not since 3 November."


def test_words_of_how_it_was_stand_by_themselves() -> None:
    first = State("kept", TODAY, known="", why="It helps, and it is hard.")
    last = on("interrupted", 11, 3)
    assert story("most weeks", "", [first, last], TODAY) == [
        "Most weeks.",
        "It helps, and it is hard.",
        "Not since 3 November.",
    ]


def test_with_nothing_to_tell_it_still_says_something() -> None:
    assert story("", "", [], TODAY) == story(" ", " .", [KEPT], TODAY) == ["It goes on."]


# Laws

letters = st.text("abc déö.;,!?\n", max_size=20)
all_days = st.dates(date(2015, 1, 1), TODAY)
all_states = st.builds(
    State,
    st.sampled_from(list(STATES)),
    all_days,
    st.sampled_from(["day", "month", ""]),
    letters,
    st.sampled_from(["", *CHOICES]),
)
stories = st.lists(all_states, max_size=5).map(lambda s: sorted(s, key=lambda one: one.day))


def counts_nothing(sentences: Sequence[str], states: Sequence[State]) -> bool:
    """Whether no number is told that is not part of a day."""
    text = " ".join(sentences)
    for day in sorted({when(s, TODAY) for s in states if s.known}, key=len, reverse=True):
        text = text.replace(day, "")
    return not re.search(r"\d|%|\b(streak|in a row|times|rate|average)\b", text)


@given(letters, letters, stories)
def test_no_rate_no_streak_no_count(rhythm: str, began: str, states: list[State]) -> None:
    assert counts_nothing(story(rhythm, began, states, TODAY), states)


@pytest.mark.parametrize("wrong", ["Kept 5 of 7 days.", "Three mornings in a row.", "80%."])
def test_the_law_would_see_a_count(wrong: str) -> None:
    assert not counts_nothing([wrong], [on("kept", 11, 3)])


@given(letters, letters, stories)
def test_every_sentence_is_one(rhythm: str, began: str, states: list[State]) -> None:
    for sentence in story(rhythm, began, states, TODAY):
        assert sentence[-1] in ENDS
        assert sentence == sentence.strip() and "  " not in sentence and "\n" not in sentence
        assert not sentence[0].islower()


@given(letters, stories)
def test_all_that_was_said_is_told_in_order(rhythm: str, states: list[State]) -> None:
    text, at = " ".join(story(rhythm, "", states, TODAY)).casefold(), 0
    for words in (rhythm, *(state.why for state in states)):
        flat = " ".join(words.split()).rstrip(" .,;:").casefold()
        at = text.index(flat, at) + len(flat)


@given(stories, st.integers(0, 4000))
def test_the_year_is_said_where_it_is_another(states: list[State], later: int) -> None:
    today = TODAY + timedelta(days=later)
    for state in states:
        if state.known:
            named = str(state.day.year) in when(state, today)
            assert named == (state.day.year != today.year)
