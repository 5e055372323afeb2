"""The hand: steady for a seed, uneven in width, never far from where the pen went."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.web import drawings, icons
from kith.web.ink import Point, Track, arc, blob, curve, dots, line, outline, wash

NUMBER = r"-?\d+(?:\.\d)?"
PIECE = re.compile(rf"M{NUMBER} {NUMBER}(?:Q{NUMBER} {NUMBER} {NUMBER} {NUMBER})+Z")

places = st.tuples(st.floats(-200, 200), st.floats(-200, 200))
ways = st.lists(places, min_size=2, max_size=8).filter(
    lambda way: all(math.dist(a, b) > 1 for a, b in pairwise(way))
)
widths = st.floats(1, 12)
seeds = st.integers() | st.text(max_size=8)


def pieces(path: str) -> list[list[Point]]:
    """The corners of each closed piece of a path: the pulls of its curves."""
    assert "".join(PIECE.findall(path)) == path, "more than closed pieces of curves"
    return [_corners(piece) for piece in PIECE.findall(path)]


def _corners(piece: str) -> list[Point]:
    numbers = [float(n) for n in re.findall(NUMBER, piece)][2:]
    return list(zip(numbers[::4], numbers[1::4], strict=True))


def area(corners: list[Point]) -> float:
    """The shoelace formula."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def away(point: Point, track: Track) -> float:
    return min(math.dist(point, other) for other in track)


@given(ways, widths, seeds)
def test_the_same_hand_draws_the_same_line(way: Track, width: float, seed: object) -> None:
    assert outline(line(way), width, seed=seed) == outline(line(way), width, seed=seed)


def test_another_hand_draws_another_line() -> None:
    way = line([(0, 0), (100, 0)])
    assert len({outline(way, 3, seed=n) for n in range(20)}) == 20
    assert len({dots(way, 3, seed=n) for n in range(20)}) == 20


@given(ways, widths, seeds)
def test_ink_stays_where_the_pen_went(way: Track, width: float, seed: object) -> None:
    track = line(way)
    (corners,) = pieces(outline(track, width, seed=seed))
    assert all(away(corner, track) <= width + 1 for corner in corners)


@given(st.floats(40, 600), widths, seeds)
def test_a_stroke_is_full_but_never_fuller_than_its_width(
    length: float, width: float, seed: object
) -> None:
    (corners,) = pieces(outline([(0, 0), (length, 0)], width, seed=seed))
    assert 0.4 * length * width < area(corners) < 1.02 * length * width


def test_a_pen_that_only_touches_the_paper_leaves_a_dot() -> None:
    (corners,) = pieces(outline([(5, 5), (5, 5)], 4))
    assert 6 < area(corners) < 13
    assert pieces(outline(line([(0, 1), (0, 2), (0, 1)]), 1, seed=0))


def test_a_stroke_is_uneven() -> None:
    (corners,) = pieces(outline([(0, 0), (200, 0)], 4, seed="a"))
    half = len(corners) // 2
    across = [
        math.dist(a, b) for a, b in zip(corners[:half], corners[: half - 1 : -1], strict=True)
    ]
    inner = across[4:-6]
    assert max(inner) - min(inner) > 0.2, "a machine's line"
    assert across[-1] < 0.6 * max(across), "the pen never lifts"


@given(ways)
def test_tracks_begin_and_end_where_they_should(way: Track) -> None:
    assert curve(way)[0] == way[0]
    assert math.dist(curve(way)[-1], way[-1]) < 1e-6
    assert math.dist(line(way)[0], way[0]) < 2
    assert math.dist(line(way)[-1], way[-1]) < 2


@given(ways)
def test_a_curve_goes_through_every_point(way: Track) -> None:
    assert all(away(point, curve(way, step=0.5)) < 1 for point in way)


@given(places, st.floats(3, 90), st.floats(3, 90))
def test_a_ring_lies_on_its_ellipse(centre: Point, across: float, down: float) -> None:
    for x, y in arc(centre, (across, down)):
        reach = math.hypot((x - centre[0]) / across, (y - centre[1]) / down)
        assert 0.94 < reach < 1.01


@given(places, st.floats(10, 90), seeds)
def test_a_blob_is_loose_but_round_its_centre(centre: Point, radius: float, seed: object) -> None:
    reaches = [
        math.dist(centre, point) / radius for point in blob(centre, (radius, radius), seed=seed)
    ]
    assert 0.7 < min(reaches) <= max(reaches) < 1.25


@given(st.floats(30, 400), seeds)
def test_dots_are_many_and_short(length: float, seed: object) -> None:
    dabs = pieces(dots([(0, 0), (length, 0)], 3, seed=seed, gap=10))
    assert abs(len(dabs) - length / 10) <= 2
    for dab in dabs:
        xs = [x for x, _ in dab]
        assert max(xs) - min(xs) < 6


def test_a_wash_fills_what_the_track_goes_round() -> None:
    (corners,) = pieces(wash(arc((0, 0), (50, 50), 0, 360)))
    assert area(corners) == pytest.approx(math.pi * 50 * 50, rel=0.08)


def test_every_sign_is_drawn_inside_its_box() -> None:
    for name in icons.NAMES:
        corners = [corner for piece in pieces(icons.path(name)) for corner in piece]
        assert all(0 <= value <= icons.BOX for corner in corners for value in corner), name


def test_a_sign_nobody_drew_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        icons.path("score")


def test_kept_is_a_line_interrupted_is_dots_let_go_is_nothing() -> None:
    kept, interrupted = drawings.thread(
        ((0.0, 0.5, "kept"), (0.5, 0.9, "interrupted"), (0.9, 1.0, "let go"))
    )
    assert len(pieces(kept[1])) == 1
    assert len(pieces(interrupted[1])) > 3
    right = drawings.THREAD_BOX[0] * 0.9 + 6
    assert all(x < right for piece in pieces(interrupted[1]) for x, _ in piece)


@pytest.mark.parametrize("span", [(0.6, 0.4, "kept"), (0.0, 1.2, "kept"), (0.0, 1.0, "better")])
def test_a_thread_refuses_what_time_cannot_do(span: drawings.Span) -> None:
    with pytest.raises(ValueError):
        drawings.thread((span,))


def test_a_tally_has_one_mark_for_each_one_said() -> None:
    assert [len(drawings.tally(n)) for n in (5, 10, 35)] == [5, 10, 35]


@pytest.mark.parametrize("number", [-5, 0, 1, 4, 7, 12])
def test_a_tally_says_no_more_than_fives(number: int) -> None:
    with pytest.raises(ValueError):
        drawings.tally(number)


def test_shapes_keep_their_order_and_differ_only_by_pen() -> None:
    names = ("care", "trust", "intimacy")
    placed = drawings.shapes(names)
    assert tuple(name for name, _, _ in placed) == names
    assert len({strokes[1][0] for _, _, strokes in placed}) == 3
