"""A map: every gesture is one record, and any order of arrival gives one picture."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Clash, Invalid, Missing
from kith.maps import actions, readings, ways
from kith.maps.actions import Gesture
from kith.maps.nouns import Drawn, Figure, Region, Shape, Stroke, Tie, Writing
from kith.permissions.viewer import NOBODY, Viewer
from kith.records.models import LedgerLine, Record
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
LINE = {"points": [[0.1, 0.1, 0.5], [0.2, 0.2, 0.7]], "pen": "moss"}


@pytest.fixture
def mine() -> tuple[Viewer, UUID]:
    who = viewer("A.")
    return who, actions.begin(who)


def figure(label: str = "", **more: Any) -> dict[str, Any]:
    return {"x": 0.3, "y": 0.4, "label": label, **more}


def gesture(kind: str, body: dict[str, Any], at: int = 0, **more: Any) -> Gesture:
    fresh = uuid4()
    told: dict[str, Any] = {"id": fresh, "thing": fresh, "act": f"{kind}.add"} | more
    return Gesture(kind=kind, body=body, made_at=START + timedelta(seconds=at), **told)  # type: ignore[arg-type]


def shown(who: Viewer, map_id: UUID) -> list[tuple[UUID, object]]:
    drawn = readings.drawing(who, map_id)
    every = (drawn.figures, drawn.ties, drawn.strokes, drawn.writings, drawn.shapes, drawn.regions)
    return sorted(
        ((entry.thing, entry.noun) for entries in every for entry in entries),  # type: ignore[attr-defined]
        key=lambda found: found[0],
    )


def labels(who: Viewer, map_id: UUID) -> list[str]:
    return [entry.noun.label for entry in readings.drawing(who, map_id).figures]


# What is drawn is kept


def test_a_map_begins_bare_or_with_oneself(mine: tuple[Viewer, UUID]) -> None:
    who, bare = mine
    assert shown(who, bare) == []
    with_me = actions.begin(who, with_me="me")
    (me,) = readings.drawing(who, with_me).figures
    assert (me.noun.label, me.noun.kind) == ("me", "self")
    assert [entry.thing for entry in readings.my_maps(who)] == [bare, with_me]


def test_beginning_twice_under_one_id_makes_one_map() -> None:
    who, fresh = viewer(), uuid4()
    assert actions.begin(who, with_me="me", id=fresh) == actions.begin(who, with_me="me", id=fresh)
    assert len(readings.my_maps(who)) == 1
    assert labels(who, fresh) == ["me"]


def test_every_gesture_is_one_record_and_one_line(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    records, lines = Record.objects.count(), LedgerLine.objects.count()
    one = gesture("figure", figure("Gran", kind="gone", size="large", colour="weld"))
    actions.draw(who, map_id, one)
    actions.draw(who, map_id, gesture("stroke", LINE))
    assert Record.objects.count() == records + 2
    assert LedgerLine.objects.count() == lines + 2
    drawn = readings.drawing(who, map_id)
    assert drawn.figures[0].noun == Figure(0.3, 0.4, "Gran", "gone", "large", "weld")
    assert drawn.strokes[0].noun == Stroke(((0.1, 0.1, 0.5), (0.2, 0.2, 0.7)), "moss")


def test_a_gesture_sent_twice_is_kept_once(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    one = gesture("figure", figure("Gran"))
    first, second = actions.draw(who, map_id, one), actions.draw(who, map_id, one)
    assert first.id == second.id == one.id
    assert len(readings.drawing(who, map_id).figures) == 1


def test_one_id_cannot_say_two_things(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    one = gesture("figure", figure("Gran"))
    actions.draw(who, map_id, one)
    with pytest.raises(Clash):
        actions.draw(who, map_id, gesture("figure", figure("Other"), id=one.id, thing=one.thing))


def test_names_and_words_lie_sealed_apart_from_the_drawing(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    one = actions.add_figure(who, map_id, Figure(0.1, 0.1, "Margareta"))
    two = actions.add_figure(who, map_id, Figure(0.5, 0.5, "Ward"))
    tied = actions.add_tie(who, map_id, one.thing, two.thing)
    actions.change(who, map_id, tied, words="since the spring")
    for row in Record.objects.filter(parent=map_id, kind__in=("figure", "tie")):
        assert row.apart is not None
        assert b"Margareta" not in bytes(row.body) + bytes(row.apart)
        assert b"spring" not in bytes(row.body) + bytes(row.apart)


def test_opposite_qualities_stand_together(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    a, b = (actions.add_figure(who, map_id, Figure(x, 0.5)).thing for x in (0.2, 0.8))
    tied = actions.add_tie(who, map_id, a, b)
    actions.change(who, map_id, tied, qualities=("helps", "hurts", "unsure"), direction="both")
    (tie,) = readings.drawing(who, map_id).ties
    assert tie.noun == Tie(a, b, "", ("helps", "hurts", "unsure"), direction="both")
    assert actions.add_tie(who, map_id, b, a) == tied, "tied already"


def test_a_tie_needs_two_figures_of_this_map(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    a = actions.add_figure(who, map_id, Figure(0.2, 0.5)).thing
    elsewhere = actions.add_figure(who, actions.begin(who), Figure(0.2, 0.5)).thing
    for b in (a, elsewhere, uuid4()):
        with pytest.raises(Invalid):
            actions.add_tie(who, map_id, a, b)


@pytest.mark.parametrize(
    "body",
    [
        {"x": 1.2, "y": 0},
        {"x": "left", "y": 0},
        {"y": 0.2},
        figure("x" * 201),
        figure(colour="#ff0000"),
        figure(kind="enemy"),
    ],
)
def test_what_is_no_figure_is_refused_and_changes_nothing(
    mine: tuple[Viewer, UUID], body: dict[str, Any]
) -> None:
    who, map_id = mine
    with pytest.raises(Invalid):
        actions.draw(who, map_id, gesture("figure", body))
    assert shown(who, map_id) == []


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff", b'{"act":"figure.add"}', b"nul"])
def test_what_is_no_gesture_is_refused(text: bytes) -> None:
    with pytest.raises(Invalid):
        actions.read_gesture(text)


def test_moving_by_words(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    a = actions.add_figure(who, map_id, Figure(0.5, 0.5)).thing
    b = actions.add_figure(who, map_id, Figure(0.94, 0.9)).thing
    actions.move(who, map_id, a, "left")
    assert readings.figure_on(who, map_id, a).noun.x == pytest.approx(0.5 - actions.STEP)
    for _ in range(20):
        actions.move(who, map_id, b, "right")
    assert readings.figure_on(who, map_id, b).noun.x <= 0.96
    actions.move_beside(who, map_id, a, b)
    beside = readings.figure_on(who, map_id, a).noun
    assert beside.y == pytest.approx(0.9)
    assert beside.x == pytest.approx(0.96 - actions.NEAR)
    with pytest.raises(Invalid):
        actions.move(who, map_id, a, "sideways")


# A device whose clock is wrong


def test_a_clock_that_runs_ahead_hides_nothing(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    ahead = (clock.now() + timedelta(days=3) - START) // timedelta(seconds=1)
    actions.draw(who, map_id, gesture("figure", figure("Gran"), at=ahead))
    assert labels(who, map_id) == ["Gran"]


# Whose it is


def test_a_map_is_for_its_drawer_alone(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    drawn = actions.draw(who, map_id, gesture("figure", figure("Gran")))
    other = viewer("B.")
    for stranger in (other, NOBODY):
        with pytest.raises(Missing):
            readings.drawing(stranger, map_id)
        with pytest.raises(Missing):
            actions.draw(stranger, map_id, gesture("figure", figure("X")))
        with pytest.raises(Missing):
            actions.undo(stranger, map_id)
    theirs = actions.begin(other)
    with pytest.raises(Missing):
        actions.draw(other, theirs, gesture("figure", figure("X"), thing=drawn.thing))
    assert readings.figures(other) == []
    assert labels(who, map_id) == ["Gran"]


def test_a_thing_stays_on_its_map_and_of_its_kind(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    drawn = actions.draw(who, map_id, gesture("figure", figure("Gran")))
    with pytest.raises(Missing):
        actions.draw(who, actions.begin(who), gesture("figure", figure("X"), thing=drawn.thing))
    with pytest.raises(Missing):
        actions.draw(who, map_id, gesture("stroke", LINE, thing=drawn.thing))


def test_figures_of_all_maps_for_other_rooms(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    one = actions.add_figure(who, map_id, Figure(0.2, 0.5, "Gran"))
    actions.add_figure(who, actions.begin(who), Figure(0.2, 0.5, "T."))
    actions.take_off(who, map_id, actions.add_figure(who, map_id, Figure(0.1, 0.1, "X")).thing)
    assert [entry.noun.label for entry in readings.figures(who)] == ["Gran", "T."]
    before = one.seen_on - timedelta(seconds=1)
    assert readings.figures(who, as_of=before) == []


# The way back


def test_what_is_taken_off_can_be_put_back_with_its_ties(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    a, b = (actions.add_figure(who, map_id, Figure(x, 0.5)).thing for x in (0.2, 0.8))
    actions.add_tie(who, map_id, a, b)
    before = shown(who, map_id)
    actions.take_off(who, map_id, a)
    drawn = readings.drawing(who, map_id)
    assert [entry.thing for entry in drawn.off] == [a]
    assert drawn.ties == ()
    with pytest.raises(Missing):
        actions.change(who, map_id, a, label="X")
    actions.put_back(who, map_id, a)
    assert shown(who, map_id) == before


def test_undo_and_redo_all_the_way(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    a, b = (actions.add_figure(who, map_id, Figure(x, 0.5)).thing for x in (0.2, 0.8))
    states = [shown(who, map_id)]
    for act in (
        lambda: actions.change(who, map_id, a, label="Gran"),
        lambda: actions.add_tie(who, map_id, a, b),
        lambda: actions.move(who, map_id, a, "up"),
        lambda: actions.draw(who, map_id, gesture("stroke", LINE, at=10**9)),
        lambda: actions.take_off(who, map_id, b),
    ):
        act()
        states.append(shown(who, map_id))
    records = Record.objects.count()
    for state in states[-2::-1]:
        assert actions.undo(who, map_id)
        assert shown(who, map_id) == state
    for state in states[1:]:
        assert actions.redo(who, map_id)
        assert shown(who, map_id) == state
    assert not actions.redo(who, map_id)
    assert Record.objects.count() == records + 10, "nothing was ever deleted"
    for _ in range(7):
        assert actions.undo(who, map_id)
    assert shown(who, map_id) == []
    assert not actions.undo(who, map_id)


def test_a_new_gesture_after_an_undo_leaves_nothing_to_do_again(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    actions.add_figure(who, map_id, Figure(0.2, 0.5, "Gran"))
    actions.undo(who, map_id)
    actions.add_figure(who, map_id, Figure(0.2, 0.5, "T."))
    assert not actions.redo(who, map_id)
    assert labels(who, map_id) == ["T."]


@pytest.fixture
def near_sighted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that reads four gestures at first and brings two steps."""
    monkeypatch.setattr(ways, "WINDOW", 4)
    monkeypatch.setattr(ways, "STEPS", 2)


@pytest.mark.usefixtures("near_sighted")
def test_the_way_back_goes_all_the_way_however_little_is_read_at_first(
    mine: tuple[Viewer, UUID],
) -> None:
    who, map_id = mine
    states = [shown(who, map_id)]
    first = actions.add_figure(who, map_id, Figure(0.2, 0.5, "0")).thing
    states.append(shown(who, map_id))
    for at in range(9):
        if at % 3:
            actions.change(who, map_id, first, label=f"{at}")
        else:
            actions.add(who, map_id, Writing(0.5, 0.5, f"{at}"))
        states.append(shown(who, map_id))
    for state in states[-2::-1]:
        assert actions.undo(who, map_id)
        assert shown(who, map_id) == state
    assert not actions.undo(who, map_id)
    for state in states[1:]:
        assert actions.redo(who, map_id)
        assert shown(who, map_id) == state
    assert not actions.redo(who, map_id)


def _all_ways(who: Viewer, map_id: UUID) -> tuple[list[object], list[object]]:
    """Every step there is, as a page comes by them: the last ones, and those before, in turn."""
    told = ways.ways(who, map_id)
    found: dict[str, list[ways.Way]] = {"undo": told.done, "redo": told.undone}
    for way, more in (("undo", told.earlier), ("redo", told.further)):
        while more:
            before, more = ways.ways_before(who, map_id, way, more)  # type: ignore[arg-type]
            found[way] = [*before, *found[way]]
    plain = {way: [(one.id, one.before) for one in steps] for way, steps in found.items()}
    return plain["undo"], plain["redo"]  # type: ignore[return-value]


@given(st.lists(st.sampled_from(["add", "change", "undo", "redo"]), max_size=24))
def test_steps_fetched_in_pieces_are_the_steps_read_at_once(acts: list[str]) -> None:
    who = viewer()
    map_id = actions.begin(who)
    first = actions.add_figure(who, map_id, Figure(0.5, 0.5, "A")).thing
    for at, what in enumerate(acts):
        if what == "add":
            actions.add(who, map_id, Shape("heart", 0.1, 0.1, 0.2, 0.2))
        elif what != "change":
            getattr(actions, what)(who, map_id)
        elif any(entry.thing == first for entry in readings.drawing(who, map_id).figures):
            actions.change(who, map_id, first, label=f"{at}")
    at_once = _all_ways(who, map_id)
    with pytest.MonkeyPatch.context() as near:
        near.setattr(ways, "WINDOW", 2)
        near.setattr(ways, "STEPS", 3)
        assert _all_ways(who, map_id) == at_once


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        (Stroke(((0.1, 0.1, 0.5),), "moss", "broad"), {"width": "fine"}),
        (Writing(0.2, 0.2, "the sea", "large", "woad"), {"words": "the lake"}),
        (Shape("cloud", 0.1, 0.1, 0.3, 0.2), {"colour": "woad"}),
        (Region(((0.1, 0.1), (0.3, 0.1), (0.2, 0.4)), "mornings"), {"label": "evenings"}),
    ],
    ids=lambda one: getattr(one, "__kind__", "said"),
)
def test_every_kind_of_thing_is_put_changed_taken_off_and_put_back(
    mine: tuple[Viewer, UUID], noun: Drawn, said: dict[str, str]
) -> None:
    who, map_id = mine
    thing = actions.add(who, map_id, noun).thing
    assert shown(who, map_id) == [(thing, noun)]
    actions.change(who, map_id, thing, **said)
    actions.take_off(who, map_id, thing)
    assert shown(who, map_id) == []
    actions.put_back(who, map_id, thing)
    assert shown(who, map_id) == [(thing, noun.but(**said))]
    assert actions.undo(who, map_id)
    assert actions.undo(who, map_id)
    assert actions.undo(who, map_id)
    assert shown(who, map_id) == [(thing, noun)]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("writing", {"x": 0.1, "y": 0.1, "words": "x" * 501}),
        ("shape", {"what": "gun", "x": 0, "y": 0, "x2": 1, "y2": 1}),
        ("shape", {"what": "box", "x": 0, "y": 0, "x2": 1.5, "y2": 1}),
        ("region", {"points": [[0, 0], [1, 1]]}),
        ("stroke", {"points": [[0, 0, 1]], "width": "huge"}),
        ("stroke", {"points": [[0, 0, 1]] * 5001}),
    ],
)
def test_what_no_such_thing_says_is_refused(
    mine: tuple[Viewer, UUID], kind: str, body: dict[str, Any]
) -> None:
    who, map_id = mine
    with pytest.raises(Invalid):
        actions.draw(who, map_id, gesture(kind, body))
    assert shown(who, map_id) == []


def test_words_on_the_paper_lie_sealed_apart(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    actions.add(who, map_id, Writing(0.1, 0.1, "Margareta"))
    actions.add(who, map_id, Region(((0, 0), (1, 0), (0, 1)), "Margareta"))
    for row in Record.objects.filter(parent=map_id):
        assert row.apart is not None
        assert b"Margareta" not in bytes(row.body) + bytes(row.apart)


def test_last_said_wins_not_last_arrived(mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    first = gesture("figure", figure("first"))
    later = gesture("figure", figure("later"), at=5, thing=first.thing, id=uuid4())
    for one in (later, first):
        actions.draw(who, map_id, one)
    arrived = Record.objects.filter(parent=map_id).latest("arrived")
    assert arrived.id == first.id, "a reading by arrival would show the wrong one"
    assert labels(who, map_id) == ["later"]


# Laws


@st.composite
def afternoons(draw: st.DrawFn) -> list[Gesture]:
    """What one hand did on one map: figures, ties and strokes come, change, go, and come back."""
    done: list[Gesture] = []
    for at in range(draw(st.integers(1, 9))):
        known = draw(st.sampled_from(done)) if done and draw(st.booleans()) else None
        if known is None:
            done.append(gesture("figure", figure(f"{at}"), at=at))
        elif draw(st.booleans()):
            more = {"act": "map.undo", "thing": known.thing, "undoes": known.id, "id": uuid4()}
            done.append(gesture(known.kind, known.body, at=at, away=draw(st.booleans()), **more))
        else:
            more = {"act": "figure.change", "thing": known.thing, "id": uuid4()}
            done.append(gesture("figure", figure(f"{at}"), at=at, **more))
    return done


@given(afternoons(), st.data())
def test_any_order_and_number_of_deliveries_gives_one_picture(
    done: list[Gesture], data: st.DataObject
) -> None:
    who, other = viewer(), viewer()
    map_id, copy = actions.begin(who), actions.begin(other)
    renamed = {one: uuid4() for g in done for one in (g.id, g.thing)}
    for one in done:
        actions.draw(who, map_id, one)
    mixed = data.draw(st.permutations([*done, *data.draw(st.lists(st.sampled_from(done)))]))
    for one in mixed:
        actions.draw(other, copy, _renamed(one, renamed))
    there = sorted((renamed[thing], noun) for thing, noun in shown(who, map_id))
    assert shown(other, copy) == there
    assert _steps(ways.ways(other, copy)) == _steps(ways.ways(who, map_id), renamed)


def _renamed(one: Gesture, names: dict[UUID, UUID]) -> Gesture:
    undoes = names[one.undoes] if one.undoes else None
    ids = {"id": names[one.id], "thing": names[one.thing], "undoes": undoes}
    return msgspec.structs.replace(one, **ids)


def _steps(told: ways.Ways, names: dict[UUID, UUID] | None = None) -> list[object]:
    same = names or {}
    steps = (*told.done, None, *told.undone)
    return [step and (same.get(step.id, step.id), step.before) for step in steps]
