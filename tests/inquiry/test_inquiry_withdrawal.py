"""Law: whatever is cited and whatever is withdrawn, support is lost exactly when it should be,
and withdrawn words stand nowhere; with readings that are wrong on purpose, which the law finds.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from inquiry.test_inquiry_pages import as_, text, url
from inquiry.village import Meeting, meeting, said
from kith.inquiry import actions, evidence, readings
from kith.inquiry.nouns import Cite, Finding

pytestmark = [pytest.mark.store, pytest.mark.django_db]

LINES = 4
WORDS = [f"Nobody else said number {n} like this" for n in range(LINES)]
ACTS = ["take back", "bring back", "stop quoting", "let quote", "say anew", "look again"]
STEPS = some.lists(some.tuples(some.sampled_from(ACTS), some.integers(0, LINES - 1)), max_size=7)
CITED = some.lists(some.integers(0, LINES - 1), unique=True, min_size=1, max_size=LINES)


@dataclass
class Model:
    """What should be so, told without the code under test: a few sets."""

    cited: set[int]
    away: set[int] = field(default_factory=set)
    unquoted: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    @property
    def gone(self) -> set[int]:
        return self.away | self.unquoted

    @property
    def lost(self) -> bool:
        return bool(self.cited & (self.gone | self.changed))

    def step(self, act: str, n: int) -> None:
        if act == "take back":
            self.away.add(n)
        elif act == "bring back":
            self.away.discard(n)
        elif act == "stop quoting" and n not in self.away:
            self.unquoted.add(n)
        elif act == "let quote" and n not in self.away:
            self.unquoted.discard(n)
        elif act == "say anew" and n not in self.away:
            self.changed.add(n)
        elif act == "look again" and self.cited - self.gone:
            self.cited -= self.gone
            self.changed = set()


@dataclass
class Story:
    at: Meeting
    lines: list[UUID]
    finding: UUID
    words: list[str]

    def step(self, act: str, n: int) -> None:
        guest, thing = self.at.guest, self.lines[n]
        with suppress(Exception):
            if act == "take back":
                actions.take_back(guest, thing)
            elif act == "bring back":
                actions.bring_back(guest, thing)
            elif act in ("stop quoting", "let quote"):
                actions.let_quote(guest, thing, act == "let quote")
            elif act == "say anew":
                seen = readings.line(guest, self.at.thing, thing)
                anew = f"{self.words[n]}+"
                actions.correct_line(guest, thing, seen.noun.but(words=anew), seen.id)
                self.words[n] = anew
            elif act == "look again":
                seen_now = evidence.finding(self.at.team, self.finding).version
                actions.look_again(self.at.team, self.finding, seen_now)


def begin(cited: list[int]) -> Story:
    at = meeting()
    lines = [said(at, words) for words in WORDS]
    cites = tuple(Cite("contribution", lines[n], lines[n]) for n in cited)
    finding = actions.write_finding(at.team, at.thing, Finding("So it is.", cites)).thing
    return Story(at, lines, finding, list(WORDS))


def law(cited: list[int], steps: list[tuple[str, int]]) -> None:
    story, model = begin(cited), Model(set(cited))
    for act, n in steps:
        story.step(act, n)
        model.step(act, n)
        found = evidence.finding(story.at.team, story.finding)
        assert found.lost_support == model.lost
        shown = {one.words for one in found.evidence}
        assert shown == {story.words[n] for n in model.cited - model.gone}
        refused = "finding-lost-support" in evidence.may_issue(story.at.team, story.at.thing)
        assert refused == model.lost
    nowhere(story, model)


def nowhere(story: Story, model: Model) -> None:
    """What was taken back is in no reading and on no page; what is not quoted, in no evidence."""
    at = story.at
    parts = {"part": story.finding}
    pages = [url(at, "gathering"), url(at, "say"), url(at, "new-finding"),
             url(at, "finding", **parts), url(at, "edit-finding", **parts)]  # fmt: skip
    shown = [text(as_(at.team).get(page)) for page in pages]
    for n in model.away:
        assert not [one for one in readings.lines(at.team, at.thing) if one.thing == story.lines[n]]
        assert not [page for page in shown if WORDS[n] in page]
    for n in model.gone:
        assert WORDS[n] not in "".join(shown[2:])
    who = str(at.guest.person)
    assert not [page for page in shown if who in page or "withdr" in page.lower()]


@settings(max_examples=25)
@given(cited=CITED, steps=STEPS)
def test_support_is_lost_exactly_when_what_it_rests_on_is_gone(
    cited: list[int], steps: list[tuple[str, int]]
) -> None:
    law(cited, steps)


def ignores_the_quote(line_of: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *asked: replace(line_of(*asked), quotable=True)


def never_changed(_old: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *asked: False


@pytest.mark.parametrize(
    ("name", "wrong", "steps"),
    [
        ("line_of", ignores_the_quote, [("stop quoting", 0)]),
        ("_changed", never_changed, [("say anew", 0)]),
    ],
)
def test_the_law_finds_readings_that_are_wrong(
    name: str, wrong: Any, steps: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    law([0, 1], steps)
    monkeypatch.setattr(evidence, name, wrong(getattr(evidence, name)))
    with pytest.raises(AssertionError):
        law([0, 1], steps)


def test_of_two_versions_that_contradict_the_shyer_one_counts() -> None:
    """Two devices said it anew at once, one of them without the quote: it is not quoted."""
    from kith.inquiry.nouns import Contribution
    from kith.permissions.actions import act
    from kith.records.readings import current

    at = meeting()
    thing = said(at, "Quoted by one, not by the other")
    first = readings.line(at.guest, at.thing, thing)
    for quote in (False, True):
        with act(at.guest, "contribution.quote") as doing:
            doing.correct(thing, first.noun.but(quote=quote), replaces=first.id)
    (entry,) = current(Contribution, readings.Q(thing=thing))
    assert entry.rivals and entry.noun.quote != entry.rivals[0].noun.quote
    assert not readings.lines(at.team, at.thing)[0].quotable
