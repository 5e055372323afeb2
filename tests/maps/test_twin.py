"""The list beside a map: its order, its words, what lies under it; and forgetting for good."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from kith.base import clock
from kith.base.problems import Gone, Invalid, Missing
from kith.maps import actions as paper
from kith.maps import readings
from kith.maps.actions import Gesture
from kith.maps.nouns import Description, Figure, Helps, Region, Shape, Stroke, Talk, Writing
from kith.maps.shown import a_map
from kith.maps.twin import actions
from kith.maps.twin.listing import placed, rows
from kith.maps.twin.readings import Told, helps_of, order_of, told
from kith.people.showing import Draft
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.models import Erased, Record
from kith.records.sealing import words_in
from kith.records.verify import verify
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

Mine = tuple[Viewer, UUID]


@pytest.fixture
def mine() -> Mine:
    who = viewer("A.")
    return who, paper.begin(who)


def add(mine: Mine, label: str, x: float = 0.3, **more: Any) -> UUID:
    return paper.add_figure(*mine, Figure(x, 0.5, label, **more)).thing


def listed(mine: Mine) -> list[str]:
    drawn = readings.drawing(*mine)
    return [row.name for row in rows(drawn, order_of(mine[0], drawn))]


def labels(mine: Mine) -> list[str]:
    return sorted(entry.noun.label for entry in readings.drawing(*mine).figures)


def places(mine: Mine) -> dict[UUID, tuple[float, float]]:
    return {e.thing: (e.noun.x, e.noun.y) for e in readings.drawing(*mine).figures}


def said_of(mine: Mine) -> Told:
    drawn = readings.drawing(*mine)
    return told(mine[0], drawn, order_of(mine[0], drawn))


# Order


def test_the_list_goes_as_things_came_until_its_drawer_orders_it(mine: Mine) -> None:
    a, _b, c = (add(mine, name) for name in ("a", "b", "c"))
    paper.move(*mine, a, "right")
    assert listed(mine) == ["a", "b", "c"], "a move on the paper is none in the list"
    actions.arrange(*mine, c, "first")
    actions.arrange(*mine, a, "down")
    assert listed(mine) == ["c", "b", "a"]
    add(mine, "d")
    assert listed(mine) == ["c", "b", "a", "d"]
    paper.take_off(*mine, c)
    paper.put_back(*mine, c)
    assert listed(mine) == ["c", "b", "a", "d"]
    before = places(mine)
    actions.arrange(*mine, c, "up")
    assert places(mine) == before
    with pytest.raises(Invalid):
        actions.arrange(*mine, uuid4(), "up")
    with pytest.raises(Missing):
        actions.arrange(viewer(), mine[1], c, "up")


# In words


def test_ones_own_words_stand_beside_and_are_never_overwritten(mine: Mine) -> None:
    gran = add(mine, "Gran")
    actions.describe(*mine, "Gran is all there is.")
    said = said_of(mine)
    assert (said.own, said.changed) == ("Gran is all there is.", False)
    add(mine, "T.")
    said = said_of(mine)
    assert (said.own, said.changed) == ("Gran is all there is.", True)
    assert "T." in said.sentences
    actions.describe(*mine, said.own)
    assert not said_of(mine).changed
    paper.move(*mine, gran, "left")
    paper.undo(*mine)
    assert not said_of(mine).changed, "all is as it was described"
    actions.arrange(*mine, gran, "down")
    assert not said_of(mine).changed, "the order of the list is no change of the drawing"
    actions.forget(*mine, gran)
    assert said_of(mine).changed, "also when what is gone is gone from the past"
    actions.undescribe(*mine)
    assert said_of(mine).own == ""


def test_what_one_writes_about_a_map_lies_sealed_with_the_names(mine: Mine) -> None:
    actions.describe(*mine, "canary-words")
    actions.lay_under(*mine, Helps(rings=2, ring_names=("canary-ring",), near="canary-near"))
    for row in Record.objects.filter(kind__in=("description", "helps")):
        assert row.apart is not None
        assert b"canary" not in bytes(row.body) + bytes(row.apart)
        shut = words_in(row, labels=False)
        assert "canary" not in repr(shut), "without the names, no word of it"
    assert helps_of(*mine).near == "canary-near"


# Apart, and several at once


def test_moving_apart_is_one_step_back_and_forth(mine: Mine) -> None:
    for label in "abc":
        add(mine, label)
    add(mine, "far", 0.9)
    crowded, far = places(mine), places(mine)
    assert actions.part(*mine)
    apart = places(mine)
    assert len(set(apart.values())) == 4
    still = next(thing for thing, place in far.items() if place[0] == 0.9)
    assert apart[still] == far[still]
    assert not actions.part(*mine)
    assert paper.undo(*mine)
    assert places(mine) == crowded
    assert paper.redo(*mine)
    assert places(mine) == apart
    assert paper.undo(*mine)
    assert paper.undo(*mine)
    assert labels(mine) == ["a", "b", "c"], "the step before it is a step of its own"


def test_several_names_are_taken_back_one_by_one(mine: Mine) -> None:
    actions.add_several(*mine, ["Gran", "T.", "the dog"])
    assert labels(mine) == ["Gran", "T.", "the dog"]
    assert listed(mine) == ["Gran", "T.", "the dog"]
    assert len(set(places(mine).values())) == 3
    for left in (["Gran", "T."], ["Gran"], []):
        assert paper.undo(*mine)
        assert labels(mine) == left


# Forgetting


@pytest.fixture
def bound(mine: Mine) -> tuple[UUID, UUID]:
    """A figure with a past, a tie, and words about both; and someone else who stays."""
    who, map_id = mine
    gran, other = add(mine, "canary-first"), add(mine, "stays")
    paper.change(*mine, gran, label="canary-later")
    tied = paper.add_tie(*mine, gran, other)
    paper.change(*mine, tied, words="canary-tie")
    with act(who, "talk.say") as doing:
        for about in (gran, tied, other):
            words = "stays" if about == other else "canary-talk"
            doing.keep(who.own, Talk("said", about=about, words=words), parent=map_id)
    return gran, other


def opened_words(who: Viewer) -> str:
    """Everything that any record of this person says, opened."""
    return " ".join(repr(words_in(row)) for row in Record.objects.filter(author=who.me))


def test_what_is_forgotten_is_gone_with_all_it_was_and_what_is_bound_to_it(
    mine: Mine, bound: tuple[UUID, UUID]
) -> None:
    gran, other = bound
    assert opened_words(mine[0]).count("canary") >= 5
    rows_of_it = set(Record.objects.filter(thing=gran).values_list("id", flat=True))
    actions.forget(*mine, gran)
    assert "canary" not in opened_words(mine[0])
    assert opened_words(mine[0]).count("stays") == 2
    assert rows_of_it <= set(Erased.objects.values_list("id", flat=True))
    assert verify().holds
    assert labels(mine) == ["stays"]
    for _ in range(9):
        paper.undo(*mine)
    assert "canary" not in opened_words(mine[0]), "no step back brings it back"
    assert other


@pytest.mark.parametrize("wrong", ["its past stays", "its tie stays"])
def test_a_forgetting_that_leaves_something_is_caught(
    mine: Mine, bound: tuple[UUID, UUID], wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wrong == "its past stays":
        whole = erasure.of_thing
        monkeypatch.setattr(erasure, "of_thing", lambda me, thing: whole(me, thing)[:1])
    else:
        monkeypatch.setattr("kith.people.leaving._bound", [])
    actions.forget(*mine, bound[0])
    assert "canary" in opened_words(mine[0])


def test_what_a_device_says_late_of_it_goes_the_same_way(
    mine: Mine, bound: tuple[UUID, UUID]
) -> None:
    gran, other = bound
    actions.forget(*mine, gran)
    fresh = uuid4()
    body = {"x": 0.1, "y": 0.1, "label": "canary-late"}
    late = {"id": fresh, "made_at": clock.now(), "thing": gran}
    with pytest.raises(Gone):
        paper.draw(*mine, Gesture(act="figure.change", kind="figure", body=body, **late))  # type: ignore[arg-type]
    ends = {"a": str(gran), "b": str(other), "words": "canary-late"}
    late = late | {"thing": fresh}
    with pytest.raises(Gone):
        paper.draw(*mine, Gesture(act="tie.add", kind="tie", body=ends, **late))  # type: ignore[arg-type]
    assert "canary" not in opened_words(mine[0])


def test_nobody_else_can_forget_it(mine: Mine, bound: tuple[UUID, UUID]) -> None:
    with pytest.raises(Missing):
        actions.forget(viewer(), mine[1], bound[0])
    assert "canary" in opened_words(mine[0])


# What others see of it, and the first screen


@pytest.mark.parametrize("names", [True, False])
def test_others_see_what_is_drawn_and_words_only_where_names_are_shown(
    mine: Mine, names: bool
) -> None:
    add(mine, "canary-name")
    for noun in (
        Writing(0.1, 0.1, "canary-writing"),
        Shape("heart", 0.1, 0.1, 0.3, 0.3),
        Region(((0.1, 0.1), (0.3, 0.1), (0.3, 0.3)), "canary-region"),
    ):
        paper.add(*mine, noun)
    helps = Helps(rings=2, ring_names=("canary-ring",), near="canary-near")
    actions.lay_under(*mine, helps)
    actions.describe(*mine, "canary-own")
    draft = Draft("map", mine[1], names, None, None, "talk", clock.now() + timedelta(days=9))
    card = a_map(draft.window(mine[0]))
    seen = render_to_string(card.template, {"values": card.values})
    for drawn in ("picture-heart", "still-region", "<circle", "A heart"):
        assert drawn in seen
    words = ("name", "writing", "region", "ring", "near", "own")
    assert {word for word in words if f"canary-{word}" in seen} == (set(words) if names else set())


def test_the_first_screen_shows_no_word_of_a_map(desk: Client, mine: Mine) -> None:
    paper.add(*mine, Writing(0.1, 0.1, "canary-writing"))
    actions.lay_under(*mine, Helps(rings=1, ring_names=("canary-ring",)))
    text = page(desk, "/")
    assert "still-writing" in text
    assert "canary" not in text


# By its pages, without a script


@pytest.fixture
def desk(client: Client, mine: Mine) -> Client:
    signed_in(client, mine[0])
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_of_thing_comes_changes_moves_and_goes_by_forms(
    desk: Client, mine: Mine
) -> None:
    here = f"/map/{mine[1]}"
    add(mine, "Gran")
    (gran,) = readings.drawing(*mine).figures
    told: dict[str, dict[str, object]] = {
        "writing": {"words": "not today", "size": "large", "colour": "moss", "place": "0.5 0.2"},
        "shape": {"what": "heart", "colour": "madder", "place": "0.8 0.8"},
        "region": {"figures": [str(gran.thing)], "label": "home", "colour": "weld"},
        "stroke": {"pen": "woad", "width": "broad", "begins": "0.2 0.2", "ends": "0.8 0.2"},
    }
    for kind, fields in told.items():
        assert page(desk, f"{here}/add/{kind}/")
        desk.post(f"{here}/add/{kind}/", {"id": str(uuid4()), **fields})
    drawn = readings.drawing(*mine)
    nouns: list[Any] = [
        drawn.writings[0].noun, drawn.shapes[0].noun, drawn.regions[0].noun, drawn.strokes[0].noun,
    ]  # fmt: skip
    assert [type(noun) for noun in nouns] == [Writing, Shape, Region, Stroke]
    text = page(desk, f"{here}/list/")
    for words in ("not today", "A heart", "home", "a line round Gran", "Woad, blue"):
        assert words in text
    for entry in placed(drawn):
        if entry.noun.__kind__ == "figure":
            continue
        one = f"{here}/one/{entry.thing}"
        assert "Where it stands" in page(desk, f"{one}/")
        desk.post(f"{one}/move/", {"way": "down"})
        assert readings.on_paper(*mine, entry.thing).noun != entry.noun
        fields = told[entry.noun.__kind__] | {"id": str(uuid4()), "colour": "ink", "pen": "ink"}
        assert desk.post(f"{one}/", fields).status_code == 302
        desk.post(f"{here}/off/{entry.thing}/")
    assert "Taken off the paper" in page(desk, f"{here}/list/")
    assert desk.get(f"{here}/add/nothing/").status_code == 404


def test_order_words_rings_and_several_by_forms(desk: Client, mine: Mine) -> None:
    here = f"/map/{mine[1]}"
    answer = desk.post(f"{here}/add/several/", {"names": "Gran, T."}, follow=True)
    assert "On the paper: Gran, T." in answer.content.decode()
    assert "autofocus" in answer.content.decode(), "the field is there for the next"
    second = readings.drawing(*mine).figures[1]
    answer = desk.post(f"{here}/order/", {"thing": str(second.thing), "way": "up"}, follow=True)
    assert f"Further up: {second.noun.label}" in answer.content.decode()
    assert listed(mine)[0] == second.noun.label
    assert "On the paper:" in page(desk, f"{here}/words/")
    fresh = desk.post(f"{here}/words/", {"fresh": "yes", "words": ""}).content.decode()
    assert "On the paper: " in fresh.split("<textarea")[1]
    assert "In your words" not in page(desk, f"{here}/list/"), "nothing is kept before Keep"
    desk.post(f"{here}/words/", {"words": "Two who matter."})
    assert "Two who matter." in page(desk, f"{here}/paper/")
    add(mine, "the dog", 0.9)
    assert "The drawing has changed since" in page(desk, f"{here}/list/")
    told = {"rings": "2", "ring_names": "home\nfurther", "sectors": "0", "background": "squared"}
    desk.post(f"{here}/helps/", told | {"near": "near means I trust them"})
    text = page(desk, f"{here}/paper/")
    for words in ("home", "near means I trust them", "squares"):
        assert words in text
    desk.post(f"{here}/words/", {"away": "yes", "words": ""})
    assert "Two who matter." not in page(desk, f"{here}/list/")


def test_the_page_says_what_goes_before_it_is_forgotten(
    desk: Client, mine: Mine, bound: tuple[UUID, UUID]
) -> None:
    here = f"/map/{mine[1]}"
    actions.describe(*mine, "My people.")
    text = page(desk, f"{here}/forget/{bound[0]}/")
    for words in ("canary-later", "1 tie", "It cannot be undone", "Your own words"):
        assert words in text
    assert "canary-first" not in text
    answer = desk.post(f"{here}/forget/{bound[0]}/", follow=True)
    assert "Forgotten for good" in answer.content.decode()
    assert "canary" not in opened_words(mine[0])


def test_a_description_is_the_drawers_alone(mine: Mine) -> None:
    with pytest.raises(Missing):
        actions.describe(viewer(), mine[1], "x")
    with pytest.raises(Missing):
        actions.lay_under(viewer(), mine[1], Helps(rings=1))
    assert not Record.objects.filter(kind=Description.__kind__).exists()
