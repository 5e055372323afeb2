"""Things on the paper, a little further along, and never off it."""

from collections.abc import Iterable, Sequence

from kith.maps.nouns import Drawn, Figure, Shape, Writing


def inside(share: float) -> float:
    """A place for the middle of something, so that it can still be grasped."""
    return round(min(0.96, max(0.04, share)), 4)


def shifted(noun: Drawn, across: float, down: float) -> Drawn:
    """The same thing elsewhere. What has an extent keeps it and stops at the edge."""
    if isinstance(noun, Figure | Writing):
        return noun.but(x=inside(noun.x + across), y=inside(noun.y + down))
    if isinstance(noun, Shape):
        xs, ys = _along((noun.x, noun.x2), across), _along((noun.y, noun.y2), down)
        return noun.but(x=xs[0], y=ys[0], x2=xs[1], y2=ys[1])
    points = getattr(noun, "points", ())
    xs, ys = _along([p[0] for p in points], across), _along([p[1] for p in points], down)
    there = zip(xs, ys, points, strict=True)
    return noun.but(points=tuple((x, y, *point[2:]) for x, y, point in there))


def _along(shares: Iterable[float], by: float) -> Sequence[float]:
    every = list(shares)
    least, most = -min(every), 1 - max(every)
    return [round(share + min(most, max(least, by)), 4) for share in every]
