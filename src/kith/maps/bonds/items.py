"""What can be asked about a relationship, in our own words. None of it has to be answered.

What belongs together is asked and shown together: what is given and what is got, what is good and
what is hard. Whether contact is often and pleasant, and whether the bond lasts and each cares for
the other, are two questions, asked apart. Nothing is worked out from any answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kith.base.problems import Missing

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as it is put for one relationship."""

    item: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Between:
    """Whom it is asked about: two others by name (`a` and `b`), or the drawer and one of them."""

    mine: bool = True
    a: str = ""
    b: str = ""


ITEMS: dict[str, Text] = {
    "given": gettext_lazy("What I give"),
    "received": gettext_lazy("What I get"),
    "good": gettext_lazy("What is good"),
    "hard": gettext_lazy("What is hard"),
    "often": gettext_lazy("How often we are in touch, in any way"),
    "long": gettext_lazy("How long this has been part of my life"),
    "pleasant": gettext_lazy("Are we often in touch, and does it mostly feel good?"),
    "lasting": gettext_lazy("Does it last, and does each of us care for the other?"),
    "valued": gettext_lazy("What made me feel valued"),
    "pressure": gettext_lazy("Pressure: where I felt pushed"),
    "voice": gettext_lazy("Voice: where I was heard, and where not"),
    "room": gettext_lazy("Room: what could be talked over and changed"),
    "limits": gettext_lazy("Restrictions that stand"),
}
"""Code of each item: how it is asked where the drawer is one of the two."""

_OF_OTHERS: dict[str, Text] = {
    "given": gettext_lazy("What %(a)s gives"),
    "received": gettext_lazy("What %(b)s gives"),
    "often": gettext_lazy("How often they are in touch, in any way"),
    "long": gettext_lazy("How long they have known each other"),
    "pleasant": gettext_lazy("Are they often in touch, and does it mostly feel good?"),
    "lasting": gettext_lazy("Does it last, and does each of them care for the other?"),
    "valued": gettext_lazy("What made anyone feel valued"),
    "pressure": gettext_lazy("Pressure: where anyone felt pushed"),
    "voice": gettext_lazy("Voice: who was heard, and who was not"),
}
"""The same between two others, where it is not the same."""

_HINTS: dict[str, Text] = {
    "pleasant": gettext_lazy("As you see it. The two can differ: say so."),
    "lasting": gettext_lazy("As you see it. The two of you can differ: say so."),
    "limits": gettext_lazy(
        "Set by law or by a rule: a section, leave, visits, contact. They stand around a "
        "relationship. They do not say what it is like."
    ),
}

STEPS: dict[str, tuple[str, ...]] = {
    "give": ("given", "received"),
    "felt": ("good", "hard"),
    "often": ("often",),
    "long": ("long",),
    "pleasant": ("pleasant",),
    "lasting": ("lasting",),
}
"""What is asked at once, when one goes one by one."""
WORK: dict[str, tuple[str, ...]] = {
    "valued": ("valued",),
    "say": ("pressure", "voice", "room"),
    "limits": ("limits",),
}
"""What can be said besides where one of the two works for the other."""
ALL = "all"


def items_of(step: str) -> tuple[str, ...]:
    """The items of one step, or of all of them. Raises Missing."""
    if step == ALL:
        return tuple(ITEMS)
    found = (STEPS | WORK).get(step)
    if found is None:
        raise Missing
    return found


def after(step: str) -> str:
    """The step that follows; "" after the last."""
    for way in (list(STEPS), list(WORK)):
        if step in way[:-1]:
            return way[way.index(step) + 1]
    return ""


def asked(items: Iterable[str], between: Between = Between()) -> Iterator[Asked]:
    """These items as they are put about one relationship."""
    for item in items:
        yield Asked(item, _put(item, between), str(_HINTS.get(item, "")))


def _put(item: str, between: Between) -> str:
    if between.mine or item not in _OF_OTHERS:
        return str(ITEMS[item])
    return str(_OF_OTHERS[item]) % {"a": between.a, "b": between.b}
