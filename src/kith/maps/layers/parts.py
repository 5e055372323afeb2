"""What lies within a line on the paper: the part of a map that one may want to show by itself."""

from collections.abc import Sequence

from kith.maps.layers.compare import Standing
from kith.maps.nouns import Drawn, Figure, Region, Shape, Stroke, Tie, Writing
from kith.maps.twin.around import is_in


def within(there: Standing, region: Region) -> Standing:
    """What a line goes round: all of a thing, or nothing of it. A tie is in with both its figures.

    A figure, writing or shape is in if its middle is (for writing: where it begins), anything
    drawn by hand if every point of it is. What reaches out of the line stays out, so that nothing
    is shown that the line does not hold.
    """
    inside = {thing for thing, noun in there.items() if _lies_in(noun, region)}
    return {
        thing: noun
        for thing, noun in there.items()
        if thing in inside or (isinstance(noun, Tie) and {noun.a, noun.b} <= inside)
    }


def _lies_in(noun: Drawn, region: Region) -> bool:
    if noun == region:
        return True
    return not isinstance(noun, Tie) and all(is_in(place, region) for place in _places(noun))


def _places(noun: Figure | Writing | Shape | Stroke | Region) -> Sequence[tuple[float, float]]:
    if isinstance(noun, (Figure, Writing)):
        return [(noun.x, noun.y)]
    if isinstance(noun, Shape):
        return [((noun.x + noun.x2) / 2, (noun.y + noun.y2) / 2)]
    return [(point[0], point[1]) for point in noun.points]
