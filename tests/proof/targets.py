"""A page of every address, somebody's, with what its owner could send there."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from proof.addresses import Place, every_address
from proof.forms import Data, Form
from proof.reach import Reach
from proof.village import Village

OWNERS = ("R.", "J.", "K.", "O.", "X.", "G.", "T.", "S.")


@dataclass(frozen=True)
class Target:
    """A page of somebody's."""

    place: Place
    owner: str
    data: Data


def every_target(village: Village, reaches: dict[str, Reach]) -> list[Target]:
    """A page of every address, each with a form that its owner could send there."""
    return [one for route in every_address() for one in _targets(village, reaches, route)]


def _targets(village: Village, reaches: dict[str, Reach], route: str) -> Iterator[Target]:
    forms = [form for reach in reaches.values() for found in reach.forms.values() for form in found]
    owner = next((one for one in OWNERS if reaches[one].places.get(route)), "R.")
    for place in reaches[owner].places.get(route, [])[:1] or [_besides(village, route)]:
        yield Target(place, owner, _filled(forms, place))


def _besides(village: Village, route: str) -> Place:
    address = every_address()[route]
    where = village.besides.get(route, {})
    return Place(address, tuple((gap, where[gap]) for gap in address.gaps))


def _filled(forms: list[Form], place: Place) -> Data:
    form = next((one for one in forms if one.action.split("?")[0] == place.url), None)
    return form.filled(lambda field: "a word", Random(place.url)) if form else []
