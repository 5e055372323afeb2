"""`decide` against an oracle of its own over every combination of what it rests on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from kith.permissions import decide as deciding
from kith.permissions.decide import Answer, Facts, Given, Rule, decide
from kith.permissions.viewer import NOBODY, Viewer

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ME, OTHER, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)
MINE, THEIRS, WARD, ELSEWHERE = (UUID(int=number) for number in range(11, 15))
THING, BOARD = UUID(int=21), UUID(int=22)

VIEWERS = {
    "nobody": NOBODY,
    "alone": Viewer(ME, MINE),
    "guest": Viewer(ME, MINE, {WARD: "guest"}),
    "team": Viewer(ME, MINE, {WARD: "team"}),
    "keeper": Viewer(ME, MINE, {WARD: "keeper"}),
    "team-elsewhere": Viewer(ME, MINE, {ELSEWHERE: "team"}),
}
RULES = {
    "notebook": Rule(kind="moment"),
    "open": Rule("guest", "guest", "nobody", "line", in_notebooks=False),
    "worked-on": Rule("guest", "team", "team", in_notebooks=False),
    "inside": Rule("team", "team", "team", in_notebooks=False),
}
DOINGS = ("see", "make", "change", "remove")


def given(**changes: object) -> Given:
    told: dict[str, object] = {
        "giver": OTHER,
        "space": THEIRS,
        "to_person": None,
        "to_circle": WARD,
        "classes": frozenset({"moment"}),
        "thing": THING,
        "purpose": "request",
        "starts": NOW - DAY,
        "ends": NOW + DAY,
    }
    return Given(**(told | changes))  # type: ignore[arg-type]


GRANTS = {
    "none": (),
    "in force": (given(),),
    "to me": (given(to_circle=None, to_person=ME),),
    "to another": (given(to_circle=None, to_person=STRANGER),),
    "everything": (given(thing=None),),
    "the board": (given(thing=BOARD),),
    "another thing": (given(thing=UUID(int=23)),),
    "taken along": (given(thing=UUID(int=23), also=frozenset({THING})),),
    "a part of what is taken along": (given(thing=UUID(int=23), also=frozenset({BOARD})),),
    "another class": (given(classes=frozenset({"map"})),),
    "no class": (given(classes=frozenset({""})),),
    "with names": (given(classes=frozenset({"moment", "labels"})),),
    "only names": (given(classes=frozenset({"labels"})),),
    "in two halves": (
        given(classes=frozenset({"moment"})),
        given(classes=frozenset({"map", "labels"})),
    ),
    "another purpose": (given(purpose="share"),),
    "over": (given(ends=NOW),),
    "not yet": (given(starts=NOW + DAY),),
    "withdrawn": (given(withdrawn=NOW - DAY),),
    "by someone else": (given(giver=STRANGER),),
    "of another notebook": (given(space=ELSEWHERE),),
    "one of two": (given(ends=NOW), given()),
}


def every_case() -> Iterator[tuple[Facts, str, str]]:
    """All facts that can be made of the above: who, what, where, by whom, granted how, when."""
    places = product(VIEWERS, RULES, (MINE, THEIRS, WARD), (ME, OTHER), DOINGS)
    for who, rule, space, author, doing in places:
        purposes, parents = (None, "request", "share"), (None, BOARD)
        for grant, purpose, parent, apart in product(GRANTS, purposes, parents, (False, True)):
            yield (
                Facts(
                    doing=doing,  # type: ignore[arg-type]
                    viewer=VIEWERS[who],
                    rule=RULES[rule],
                    space=space,
                    author=author,
                    now=NOW,
                    thing=THING,
                    parent=parent,
                    purpose=purpose,
                    grants=GRANTS[grant],
                    apart=apart,
                ),
                who,
                grant,
            )


GRANTS_THAT_COUNT = {
    *("in force", "everything", "one of two", "with names", "in two halves", "taken along"),
}
RANK = {"nobody": 9, "guest": 1, "team": 2, "keeper": 3}


def oracle(facts: Facts, who: str, grant: str) -> bool:
    """Who may do what, told the other way round: by names of situations, not by fields."""
    part = {"guest": 1, "team": 2, "keeper": 3}.get(who, 0) if facts.space == WARD else 0
    mine = facts.author == ME
    for_circles = facts.rule.see != "nobody"
    if who == "nobody":
        return False
    if facts.space == MINE:
        return facts.doing == "see" or not for_circles
    if facts.doing == "see":
        said_it = mine and for_circles
        return said_it or part >= RANK[facts.rule.see] or shown(facts, who, grant)
    if part == 0:
        return facts.doing == "remove" and mine and for_circles
    if facts.doing == "make":
        return part >= RANK[facts.rule.make]
    takes_away = facts.doing == "remove" and part == 3
    return mine or takes_away or part >= RANK[facts.rule.change]


def shown(facts: Facts, who: str, grant: str) -> bool:
    """By a grant: only another's notebook, only words, only for what was asked."""
    theirs = facts.space == THEIRS and facts.author == OTHER and facts.rule == RULES["notebook"]
    reaches = who in ("team", "keeper") or (grant == "to me" and who != "nobody")
    counts = grant in GRANTS_THAT_COUNT | {"to me"} or (grant == "the board" and facts.parent)
    purpose = "share" if grant == "another purpose" else "request"
    counts = bool(counts) or grant == "another purpose"
    names = not facts.apart or grant == "with names"
    return theirs and reaches and counts and names and facts.purpose == purpose


def test_it_agrees_with_the_oracle_everywhere() -> None:
    cases = list(every_case())
    wrong = [(who, grant, f) for f, who, grant in cases if decide(f).yes != oracle(f, who, grant)]
    assert len(cases) > 100_000
    assert not wrong, wrong[:3]


def test_nobody_may_do_anything() -> None:
    assert not any(decide(facts).yes for facts, who, _ in every_case() if who == "nobody")


def test_a_keeper_sees_no_more_of_a_notebook_than_anyone_on_the_team() -> None:
    for facts, who, _ in every_case():
        if who == "keeper" and facts.doing == "see" and facts.space == THEIRS:
            as_team = Facts(
                **{name: getattr(facts, name) for name in facts.__slots__}
                | {"viewer": VIEWERS["team"]}
            )
            assert decide(facts) == decide(as_team)


def always(value: object) -> Callable[..., object]:
    return lambda *args, **named: value


WRONG: dict[str, tuple[object, str, object]] = {
    "a grant that never ends": (Given, "in_force", always(True)),
    "a grant that reaches everyone": (deciding, "reaches", always(True)),
    "a grant for anything": (deciding, "fits", lambda g, f: g.in_force(f.now)),
    "names for whoever sees the rest": (
        deciding,
        "covers",
        lambda grant, rule, apart=False: rule.kind in grant.classes,
    ),
    "what a card takes along with all its parts": (
        deciding,
        "shows",
        lambda grant, thing, parent: grant.also >= {parent} or grant.thing in (None, thing, parent),
    ),
    "doing as seeing": (deciding, "_do", lambda f: deciding._see(f)),
    "everyone": (deciding, "_see", always(Answer(True, "wrong"))),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_decision_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, what, wrong = WRONG[name]
    monkeypatch.setattr(where, what, wrong)
    with pytest.raises(AssertionError):
        test_it_agrees_with_the_oracle_everywhere()
