"""The map told in plain sentences, kept up to date by itself.

They say what is on the paper and where it stands, and never what a distance means: that is the
drawer's to say, in their own words.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from kith.maps import words
from kith.maps.nouns import Figure, Helps, Region, Shape, Tie, Writing
from kith.maps.readings import Drawing
from kith.maps.twin.around import figures_in
from kith.maps.twin.listing import in_order, placed
from kith.records.nouns import Noun
from kith.records.readings import Entry

N = TypeVar("N", bound=Noun)

_STOPS = (".", "?", "!", "…")


def sentences(drawn: Drawing, order: Sequence[UUID] = ()) -> list[str]:
    """The whole map: who and what is on the paper, the ties, and all else; none for bare paper."""
    names = drawn.names()
    ties = [_tied(tie, names) for tie in _sorted(drawn.ties, order)]
    rest = [
        *(_written(one) for one in _sorted(drawn.writings, order)),
        *(_shaped(one) for one in _sorted(drawn.shapes, order)),
        *(_round(one, drawn) for one in _sorted(drawn.regions, order)),
        _by_hand({words.where_of(one): None for one in _sorted(drawn.strokes, order)}),
        *_under(drawn.helps),
    ]
    told = [_on_the_paper(_sorted(drawn.figures, order)), " ".join(ties), _in_one(rest)]
    return [paragraph for paragraph in told if paragraph]


def in_one(drawn: Drawing, order: Sequence[UUID] = ()) -> str:
    """The same as one text."""
    return " ".join(sentences(drawn, order))


def mark_of(drawn: Drawing) -> str:
    """A mark of what the sentences say, whatever the order or the language they say it in."""
    things = sorted(entry.thing for entry in (*placed(drawn), *drawn.ties))
    with override("en"):
        told = in_one(drawn, things)
    return sha256(told.encode()).hexdigest()


def _in_one(told: Iterable[str]) -> str:
    return " ".join(sentence for sentence in told if sentence)


def _sorted(entries: Iterable[Entry[N]], order: Sequence[UUID]) -> list[N]:
    found = {entry.thing: entry.noun for entry in entries}
    return [found[thing] for thing in in_order(found, order, {})]


def _ended(sentence: str) -> str:
    """A sentence with its full stop, and with no second one after "T." or someone's own."""
    return capfirst(sentence if sentence.rstrip("”")[-1:] in _STOPS else f"{sentence}.")


def _on_the_paper(figures: Sequence[Figure]) -> str:
    told = [_stands(one) for one in figures]
    return _ended(_("On the paper: %(figures)s") % {"figures": "; ".join(told)}) if told else ""


def _stands(figure: Figure) -> str:
    facts = {"name": _named(figure), "place": words.where_of(figure)}
    return _("%(name)s %(place)s") % facts


def _named(figure: Figure) -> str:
    if not figure.label and figure.kind:
        return _("%(kind)s without a name") % {"kind": words.KINDS[figure.kind]}
    return figure.label or _("someone or something without a name")


def _tied(tie: Tie, names: Mapping[UUID, Figure]) -> str:
    a, b = _named(names[tie.a]), _named(names[tie.b])
    first = _("%(a)s and %(b)s are tied") % {"a": a, "b": b}
    how = words.qualities_of(tie)
    said = [_ended(f"{first}: {how}" if how else first)]
    if tie.direction == "both":
        said.append(_("Arrows go both ways."))
    elif tie.direction:
        name = b if tie.direction == "to" else a
        said.append(_ended(_("An arrow goes to %(name)s") % {"name": name}))
    if tie.words:
        said.append(_ended(_("The words on it: “%(words)s”") % {"words": tie.words}))
    return " ".join(said)


def _written(writing: Writing) -> str:
    place = words.where_of(writing)
    if not writing.words:
        return _("There is writing %(place)s.") % {"place": place}
    return _ended(_("Written %(place)s: “%(words)s”") % {"place": place, "words": writing.words})


def _shaped(shape: Shape) -> str:
    facts = {"shape": words.WHATS[shape.what], "place": words.where_of(shape)}
    return _("There is %(shape)s %(place)s.") % facts


def _round(region: Region, drawn: Drawing) -> str:
    names = [_named(one.noun) for one in figures_in(region, drawn.figures)]
    place = words.where_of(region)
    if names:
        said = _ended(_("A line goes round %(names)s") % {"names": _listed(names)})
    else:
        said = _("A line goes round a part %(place)s.") % {"place": place}
    called = _ended(_("It is called “%(name)s”") % {"name": region.label}) if region.label else ""
    return f"{said} {called}".strip()


def _by_hand(places: Iterable[str]) -> str:
    told = _listed(list(places))
    return _("There are lines drawn by hand %(places)s.") % {"places": told} if told else ""


def _under(helps: Helps) -> list[str]:
    """What lies under it, and the drawer's own words for near and far."""
    said = []
    if helps.rings:
        said.append(_called(_("Rings lie under it"), helps.ring_names[: helps.rings]))
    if helps.sectors:
        said.append(_called(_("The paper is in parts"), helps.sector_names[: helps.sectors]))
    if helps.near:
        said.append(_ended(_("Said of near and far: “%(words)s”") % {"words": helps.near}))
    return said


def _called(first: str, names: Iterable[str]) -> str:
    told = ", ".join(name for name in names if name)
    return _ended(f"{first}: {told}" if told else first)


def _listed(names: list[str]) -> str:
    return str(get_text_list(names, _("and")))
