"""A map as a still picture, for the pages of any room above: `{% load maps %}`."""

from typing import Any

from django import template

from kith.maps.bonds import signs
from kith.maps.drawing import Still
from kith.maps.pictures import pictures

register = template.Library()


@register.inclusion_tag("maps/thumb.html")
def map_picture(still: Still, names: bool = True) -> dict[str, Any]:
    """`{% map_picture still %}`: the picture; `names=False` leaves out what figures are called.

    The page needs `maps/map.css`, and words that say the same beside it.
    """
    return {"still": still, "names": names, "pictures": pictures()}


@register.inclusion_tag("maps/bonds/sign.html")
def bond_sign(item: str) -> dict[str, Any]:
    """`{% bond_sign "good" %}`: the small drawing beside a question about a relationship."""
    return {"box": signs.BOX, "strokes": signs.sign(item)}
