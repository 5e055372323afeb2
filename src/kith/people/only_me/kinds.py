"""The classes of keys, as a person meets them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.permissions.decide import LABELS
from kith.permissions.viewer import Viewer
from kith.records.nouns import all_nouns
from kith.records.only_me import CHOICES

Text = str | Promise

NAMES: dict[str, tuple[Text, Text]] = {
    "map": (_("Your maps"), _("What you draw, and where it stands.")),
    "labels": (_("Names"), _("Names and words on your maps, and the people you met by a code.")),
    "words": (_("Your words"), _("Moments, practices, cards, talk, how you see a relationship.")),
    "media": (_("Sounds and pictures"), _("What you record, and photos you take in.")),
}
"""Each class that can be only one's own: what it is called, and what is in it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One class, and whether only the viewer can open it."""

    of: str
    name: Text
    what: Text
    only_mine: bool


def only_mine_of(viewer: Viewer) -> list[Text]:
    """What those classes are called that are only the viewer's."""
    return [NAMES[of][0] for of in CHOICES if of in viewer.only_mine]


def kinds(viewer: Viewer) -> list[Kind]:
    """Every class the viewer may choose and that anything is kept under, and how it stands."""
    used = {noun.__seals__ for noun in all_nouns()} | {LABELS}
    return [Kind(of, *NAMES[of], of in viewer.only_mine) for of in CHOICES if of in used]
