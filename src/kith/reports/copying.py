"""A copy of everything of one's own: a zip to read without Kith, made while it is sent.

Nothing of it is ever written to a file here. Inside lie one HTML page with everything in words,
the maps as pictures, and JSON with every version and date.
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from uuid import UUID

import msgspec
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from kith.base import clock
from kith.maps import drawing
from kith.maps.layers.words import title
from kith.maps.readings import all_maps
from kith.media.nouns import Picture, Sound
from kith.people.models import Circle, Person
from kith.people.only_me.kinds import kinds
from kith.people.readings import names_of
from kith.people.showing import Showing, showed, showing
from kith.people.telling import in_short
from kith.permissions.nouns import Access
from kith.permissions.readings import all_of_mine, look
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun, all_nouns
from kith.records.readings import Entry
from kith.reports.told import Group, group
from kith.reports.vector import as_svg

_STYLE = ("tokens.css", "look.css")


class Parcel:
    """A zip that is handed on while it is packed: `taken` gives what there is so far."""

    def __init__(self) -> None:
        self._written = bytearray()
        self._zip = zipfile.ZipFile(self, "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]

    def write(self, part: bytes) -> int:
        """What the zip writes; it cannot go back, so it puts sizes after each file."""
        self._written += part
        return len(part)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def put(self, name: str, content: bytes) -> bytes:
        """Pack one file; what is ready to be sent."""
        day = localtime(clock.now()).timetuple()[:6]
        self._zip.writestr(zipfile.ZipInfo(name, day), content, zipfile.ZIP_DEFLATED)
        return self._taken()

    def close(self) -> bytes:
        """The end of the zip."""
        self._zip.close()
        return self._taken()

    def _taken(self) -> bytes:
        taken, self._written[:] = bytes(self._written), b""
        return taken


def copy_of_all(viewer: Viewer) -> Iterator[bytes]:
    """The copy, piece by piece."""
    parcel = Parcel()
    for name, content in _files(viewer):
        yield parcel.put(f"kith/{name}", content)
    yield parcel.close()


def shut(viewer: Viewer) -> list[str]:
    """The kinds of things that are only the viewer's and not open now: a copy leaves them out."""
    return [str(kind.name) for kind in kinds(viewer) if kind.of in viewer.shut]


def _files(viewer: Viewer) -> Iterator[tuple[str, bytes]]:
    said = {noun: all_of_mine(viewer, noun) for noun in all_nouns()}
    said |= {Access: look(viewer, Access)}
    pictures, media = _pictures(viewer), _media(said)
    yield "read.html", _page(viewer, said, pictures, media).encode()
    for name, _title, picture in pictures:
        yield name, picture.encode()
    for entry in (*said[Picture], *said[Sound]):
        yield media[entry.thing], entry.noun.data  # type: ignore[attr-defined]
    yield "everything.json", _json(viewer, said, media)
    look_folder = files("kith.web") / "static" / "web"
    for name in _STYLE:
        yield f"look/{name}", (look_folder / name).read_bytes()


def _pictures(viewer: Viewer) -> list[tuple[str, str, str]]:
    """Each map of one's own: file, name, and the picture as it looks now."""
    maps = enumerate(all_maps(viewer), 1)
    return [
        (f"maps/{at}.svg", title(one.noun), as_svg(drawing.picture(viewer, one.thing)))
        for at, one in maps
    ]


def _media(said: dict[type[Noun], list[Entry[Noun]]]) -> dict[UUID, str]:
    """Each photo and sound: in which file it lies."""
    ends = [(one, "jpg") for one in said[Picture]]
    ends += [(one, one.noun.format) for one in said[Sound]]  # type: ignore[attr-defined]
    return {one.thing: f"media/{at}.{end}" for at, (one, end) in enumerate(ends, 1)}


def _page(
    viewer: Viewer,
    said: dict[type[Noun], list[Entry[Noun]]],
    pictures: list[tuple[str, str, str]],
    media: dict[UUID, str],
) -> str:
    every = [entry for entries in said.values() for entry in entries]
    names = {entry.thing: in_short(entry.noun) for entry in every} | _circles() | media
    groups: list[Group] = [group(noun, entries, names) for noun, entries in said.items() if entries]
    told = {
        "groups": groups,
        "pictures": pictures,
        "media": sorted(media.values()),
        "shut": shut(viewer),
        "grants": _grants(viewer),
        "made": clock.now(),
        "person": Person.objects.get(id=viewer.me),
    }
    return render_to_string("reports/copy/file.html", told)


def _circles() -> dict[UUID, str]:
    return names_of(Circle.objects.values_list("id", flat=True))


def _grants(viewer: Viewer) -> list[Showing]:
    """All that one shows or ever showed to others: to whom, for what, from when until when."""
    return [*showed(viewer), *showing(viewer)]


def _grant(one: Showing) -> dict[str, object]:
    times = {"starts": one.starts, "ends": one.over, "stopped": one.withdrawn}
    return {"what": str(one.what), "to": one.to, "purpose": one.purpose, **times}


def _json(
    viewer: Viewer, said: dict[type[Noun], list[Entry[Noun]]], media: dict[UUID, str]
) -> bytes:
    person = Person.objects.get(id=viewer.me)
    told = {
        "what": "pseudonymised personal data: everything one person said in Kith",
        "made": clock.now(),
        "called": person.called,
        "left_out": shut(viewer),
        "began": person.began,
        "circles": [name for id, name in _circles().items() if id in viewer.parts],
        "grants": [_grant(one) for one in _grants(viewer)],
        "said": [_version(noun, entry, media) for noun, every in said.items() for entry in every],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=1)


def _version(noun: type[Noun], entry: Entry[Noun], media: dict[UUID, str]) -> dict[str, object]:
    where = {"id": entry.id, "thing": entry.thing, "parent": entry.parent, "space": entry.space}
    when: dict[str, datetime] = {"seen_on": entry.seen_on, "made_at": entry.made_at}
    says = msgspec.to_builtins(entry.noun)
    if entry.thing in media:
        says["data"] = media[entry.thing]
    return {"kind": noun.__kind__, **where, **when, "says": says}
