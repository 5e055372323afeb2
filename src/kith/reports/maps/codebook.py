"""What each column of a map's tables means, as a plain text beside them."""

from django.utils.translation import gettext as _


def codebook() -> str:
    """The text, one line for each column."""
    return "\n".join((*_opening(), "", *(f"{name}: {text}" for name, text in _columns()), ""))


def _opening() -> tuple[str, ...]:
    return (
        _("Pseudonymised personal data: a drawing of someone’s relationships."),
        _("A distance means nothing until its drawer says so. Nothing was worked out from it."),
        _("A small or empty map is not a lack. Do not count it out against others."),
        _("An empty cell: nothing was said. It does not mean no."),
    )


def _columns() -> tuple[tuple[str, str], ...]:
    share = _("from 0 to 1, left to right and top to bottom, without a unit")
    return (
        ("layer", _("which drawing of the same world, in the drawer’s order")),
        ("time", _("now, before, bad (a bad spell), hoped, other, part (cut out), or left open")),
        ("when", _("the drawer’s words for when that was")),
        ("place", _("where the layer stands in the drawer’s own order")),
        ("figure, tie, mark", _("names made for these tables alone")),
        ("same_as", _("the figure on another layer that it was traced from")),
        ("label", _("what the drawer calls it: first letters only, unless names were asked for")),
        ("kind", _("what the drawer says it is; empty: left open")),
        ("size, colour, width, line", _("as drawn; they mean what the drawer says")),
        ("x, y", share),
        ("a, b", _("the two figures that a tie is between")),
        (
            "helps, hurts, give, get, depends, unsure",
            _("1: the drawer chose it; 0: not chosen. Opposite ones can both be true"),
        ),
        ("direction", _("to: arrow to b; from: arrow to a; both; empty: no arrow")),
        ("sort", _("stroke, writing, shape, or region (a part with a line round it)")),
        ("points", _("places with ; between them, each %(share)s; a stroke’s also has a weight")
            % {"share": share}),
    )  # fmt: skip
