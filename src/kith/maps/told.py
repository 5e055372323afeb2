"""What this room says of its problems, and how its nouns are called when they are counted out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

PROBLEMS: dict[str, str | Promise] = {
    "answer-without-words": _("A few words, or one of the other answers."),
    "not-all-here": _("Only when all three of you are in one room."),
    "no-such-item": _("That is not one of the questions."),
    "answers-unclear": _("We could not read these answers. Nothing has changed."),
    "prompts-too-long": _("Twelve prompts at most, and each at most 500 signs long."),
    "reveal-is-off": _("You switched this off between the two of you."),
    "gesture-unclear": _("We could not read what was drawn. Nothing has changed."),
    "tie-needs-two": _("A tie needs two different figures of this map."),
    "first-map-stays": _("The first map stays. Only its layers can be taken away."),
    "layer-way-unclear": _("A layer can move one place back or one place on."),
    "take-unclear": _("A layer can begin with nothing, with the figures, or with all of it."),
    "way-unclear": _("A figure can move up, down, left or right."),
    "paper-full": _("There is not enough room to move them apart. Smaller figures need less."),
}
CALLED: dict[str, str | Promise] = {
    "map": _n("%(n)d map", "%(n)d maps", "n"),
    "figure": _n("%(n)d figure on a map", "%(n)d figures on maps", "n"),
    "tie": _n("%(n)d tie", "%(n)d ties", "n"),
    "perspective": _n("%(n)d view of a relationship", "%(n)d views of relationships", "n"),
    "frozen": _n("%(n)d answer kept for showing", "%(n)d answers kept for showing", "n"),
    "difference": _n(
        "%(n)d note of what is different",
        "%(n)d notes of what is different",
        "n",
    ),
    "photo": _n("%(n)d photo of a paper map", "%(n)d photos of paper maps", "n"),
    "talk": _n(
        "%(n)d note of what was said about a map", "%(n)d notes of what was said about maps", "n"
    ),
    "prompts": _n("%(n)d set of prompts of your own", "%(n)d sets of prompts of your own", "n"),
    "sitting": _n("%(n)d time side by side", "%(n)d times side by side", "n"),
    "stroke": _n("%(n)d line drawn by hand", "%(n)d lines drawn by hand", "n"),
    "helps": _n("%(n)d paper with rings or parts", "%(n)d papers with rings or parts", "n"),
    "order": _n("%(n)d order of a list", "%(n)d orders of lists", "n"),
    "description": _n("%(n)d description of a map", "%(n)d descriptions of maps", "n"),
    "writing": _n("%(n)d piece of writing on a map", "%(n)d pieces of writing on maps", "n"),
    "shape": _n("%(n)d shape on a map", "%(n)d shapes on maps", "n"),
    "region": _n(
        "%(n)d part of a map with a line round it",
        "%(n)d parts of maps with a line round them",
        "n",
    ),
}
