"""A map as it is taken out: the picture, the same in sentences, and what was said over it.

Names are other people's: unless the drawer wants them in, a figure has its first letters and
everything else that could hold a name stays behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from kith.maps import words
from kith.maps.drawing import initials, still
from kith.maps.layers.words import title
from kith.maps.nouns import By, Helps
from kith.maps.readings import Drawing, a_map, drawing
from kith.maps.talk import photos, talking, telling
from kith.maps.twin.readings import order_of, told
from kith.maps.twin.sentences import sentences
from kith.media.readings import a_picture
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun
from kith.records.readings import Entry
from kith.reports.vector import Given, as_svg

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True, slots=True)
class Said:
    """Words over a map under the name of their kind: what each is about, and what it says."""

    heading: str
    notes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One map on paper."""

    title: str
    day: str
    svg: str
    sentences: Sequence[str]
    own: str = ""
    said: Sequence[Said] = ()


def sheet(
    viewer: Viewer,
    map_id: UUID,
    *,
    names: bool,
    pictures: bool = False,
    kinds: Sequence[By] = (),
) -> Sheet:
    """A map of the viewer's: with names, pictures and talk of these kinds, or without.

    Words are full of names, and pictures of faces: neither goes along without names.
    Raises Missing.
    """
    a_map(viewer, map_id)
    drawn = drawing(viewer, map_id)
    order = order_of(viewer, drawn)
    shown = drawn if names else without_names(drawn)
    lines = sentences(shown, order)
    given = _given(viewer, drawn) if names and pictures else None
    return Sheet(
        title=title(drawn.map.noun) if names else title(drawn.map.noun.but(name="", when="")),
        day=words.day(drawn.map.seen_on),
        svg=as_svg(still(shown), " ".join(lines), given),
        sentences=lines,
        own=told(viewer, drawn, order).own if names else "",
        said=_said(viewer, drawn, kinds) if names else (),
    )


def _given(viewer: Viewer, drawn: Drawing) -> Given:
    """The photo under the paper, and the pictures that stand for figures."""
    photo, faces = photos.photo_of(viewer, drawn.map.thing), photos.faces(viewer, drawn)
    seen = [faces.get(figure.thing) for figure in drawn.figures]
    pictures = [a_picture(viewer, face).noun.data if face else None for face in seen]
    if photo is None or photo.away:
        return Given(faces=pictures)
    return Given(a_picture(viewer, photo.picture).noun.data, photo.strength, pictures)


def without_names(drawn: Drawing) -> Drawing:
    """The same drawing with first letters for names, and without anything else that was written."""
    helps = drawn.helps
    return replace(
        drawn,
        figures=tuple(_but(one, label=initials(one.noun.label)) for one in drawn.figures),
        ties=tuple(_but(one, words="") for one in drawn.ties),
        writings=tuple(_but(one, words="") for one in drawn.writings),
        regions=tuple(_but(one, label="") for one in drawn.regions),
        helps=Helps(rings=helps.rings, sectors=helps.sectors, background=helps.background),
    )


def _but(entry: Entry[N], **said: str) -> Entry[N]:
    return replace(entry, noun=entry.noun.but(**said))


def _said(viewer: Viewer, drawn: Drawing, wanted: Sequence[By]) -> list[Said]:
    """What was said over a map, each kind for itself."""
    notes = talking.about(viewer, drawn.map.thing)
    kinds = telling.apart(notes, wanted, telling.named(drawn))
    written = ((kind.heading, _in_words(kind.notes)) for kind in kinds)
    return [Said(heading, words) for heading, words in written if words]


def _in_words(notes: Iterable[telling.Told]) -> list[tuple[str, str]]:
    """What each is about, and its words; a sound alone has no place on paper."""
    return [(one.about, one.entry.noun.words) for one in notes if one.entry.noun.words]
