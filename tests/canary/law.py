"""The canary law, run in a process and a home of its own: `python -m canary.law FOLDER [WRONG]`.

Someone types a canary into every field there is, and is erased. Then nothing of it is anywhere.
Prints as JSON how many canaries were typed and kept, and what was found afterwards.
"""

import base64
import io
import itertools
import json
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

from cryptography.exceptions import InvalidTag  # noqa: E402
from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.serializers.python import Deserializer  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from canary.crawl import Walker  # noqa: E402
from device import Device  # noqa: E402
from kith.base import clock  # noqa: E402
from kith.base.problems import Gone  # noqa: E402
from kith.moments.actions import note  # noqa: E402
from kith.moments.nouns import Moment  # noqa: E402
from kith.people import leaving  # noqa: E402
from kith.people.actions import begin, invite, join, open_circle  # noqa: E402
from kith.people.models import Circle, Person, Session  # noqa: E402
from kith.people.readings import viewer_of  # noqa: E402
from kith.permissions.viewer import Viewer  # noqa: E402
from kith.records import erasure, sealing  # noqa: E402
from kith.records.actions import Draft, act  # noqa: E402
from kith.records.backup import Backup, back_up, read  # noqa: E402
from kith.records.keyring import Keyring  # noqa: E402
from kith.records.models import Erased, Record  # noqa: E402
from kith.records.nouns import CLASSES  # noqa: E402
from kith.records.restoring import restore  # noqa: E402
from kith.records.sealing import keyring  # noqa: E402
from kith.records.verify import verify  # noqa: E402

OUTSIDE = Path(sys.argv[1])
WRONG = sys.argv[2] if len(sys.argv) > 2 else ""
WORD = "kvitterq"
PASSPHRASE = "a teapot on a sill"
numbers = itertools.count(1)
typed: list[str] = []


def canary(_field: str = "") -> str:
    """A text like no other, with letters that other forms of writing write otherwise."""
    typed.append(f"å {WORD}{next(numbers):05d} ö")
    return typed[-1]


def written_as(word: str) -> set[bytes]:
    """How a word looks in other forms of writing (its letters need no escape in JSON or URLs)."""
    plain = word.encode()
    wide = {word.encode("utf-16-le"), word.encode("utf-16-be")}
    return {plain, *wide, *(_in_base64(plain, shift) for shift in range(3))}


def _in_base64(plain: bytes, shift: int) -> bytes:
    """The letters that do not depend on what stands before and after."""
    text = base64.b64encode(b"\0" * shift + plain)
    return text[4 if shift else 0 : -4]


NEEDLES = written_as(WORD)


def seen(content: bytes) -> bool:
    return any(needle in content for needle in NEEDLES)


# Typing


def browser(who: Person) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(who)
    return client


def notes() -> bytes:
    rows = "\n".join(f"{canary()},{canary()}" for _ in range(3))
    return f"words,table\n{rows}\n".encode()


def type_everywhere(me: Person) -> Walker:
    """Every page and form, as oneself; then what only a device or a script sends."""
    client = browser(me)
    walker = Walker(client, canary, notes, each=2)
    if WRONG:  # a few words are enough to be found
        for _ in range(3):
            note(viewer_of(me), Moment(words=canary()), seen_on=clock.now())
        return walker
    walker.walk()
    walker.pages.clear()
    walker.walk()  # again, now that there is something to be seen and linked
    device = Device(client)
    device.keep("moment.note", {"words": canary(), "seen_on": "2026-03-01T08:00:00Z"})
    device.send()
    return walker


def kept() -> set[str]:
    """The canaries that really lie in the database, sealed or in an account."""
    texts = [text for record in Record.objects.all() for text in opened(record, keyring())]
    texts += [f"{one.called} {one.handle}".encode() for one in Person.objects.all()]
    texts += [str(name).encode() for name in circles()]
    whole = b"\n".join(texts).decode(errors="replace")
    return {word for word in typed if word.split()[1] in whole}


def circles() -> Iterable[str]:
    return [one.name for one in Circle.objects.all()]


# Searching


def keys_of(ring: Keyring) -> Iterator[tuple[UUID, str]]:
    for owner, of in ring.file.rows("select owner, class from key"):
        yield UUID(owner), of


def opened(record: Record, ring: Keyring) -> Iterator[bytes]:
    """What of a record opens with any key there is."""
    for owner, of in keys_of(ring):
        cipher = ring.key(owner, of).cipher
        for sealed in (bytes(record.body), bytes(record.apart or b"")):
            for about in {*CLASSES, "space", "labels"} if sealed else ():
                try:
                    yield cipher.decrypt(sealed[:12], sealed[12:], sealing._about(record, about))
                except InvalidTag:
                    continue


def in_files(places: Iterable[Path]) -> Iterator[str]:
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.is_file() and seen(path.read_bytes()):
                yield f"file {path.relative_to(place)}"


def in_records() -> Iterator[str]:
    for record in Record.objects.all():
        if any(seen(text) for text in opened(record, keyring())):
            yield f"record of kind {record.kind}"


def in_tables() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            for row in cursor.fetchall():
                content = b"|".join(
                    bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row
                )
                if seen(content):
                    yield f"table {table}"


def in_backup(made: Backup) -> Iterator[str]:
    """An older backup, opened with today's keyring, and every body in it with every key."""
    rows: list[Any] = []
    read(made.data, keyring(), rows.append)
    for told in rows:
        if seen(json.dumps(told).encode()) or seen(json.dumps(told, ensure_ascii=False).encode()):
            yield f"backup: {told['model']}"
        if told["model"] == "records.record":
            record = next(iter(Deserializer([told]))).object
            if any(seen(text) for text in opened(record, keyring())):
                yield f"backup: a record of kind {told['fields']['kind']}"


def in_exports(other: Person) -> Iterator[str]:
    client = browser(other)
    answer = client.post("/me/copy/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (f"copy: {name}" for name in archive.namelist() if seen(archive.read(name)))
    pages: list[str] = []
    walker = Walker(client, lambda name: "", bytes)
    walker._send = lambda here, form: []  # type: ignore[method-assign]
    real = client.get

    def get(address: str, **more: Any) -> Any:
        found = real(address, **more)
        if not found.streaming and seen(found.content):
            pages.append(f"page of another: {address}")
        return found

    client.get = get  # type: ignore[method-assign]
    walker.walk()
    yield from pages


def names_me(owners: Iterable[UUID]) -> Iterator[str]:
    """Rows that still say whose they were, other than what a circle keeps, and `erased`."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            inner = getattr(field, "target_field", field)
            if inner.get_internal_type() == "UUIDField" and model not in (Erased, Record):
                found = model._base_manager.filter(**{f"{field.attname}__in": list(owners)})
                yield from [f"row of {model.__name__}"] if found.exists() else []


def in_sessions(me: UUID) -> Iterator[str]:
    """Someone still signed in as the person who is gone."""
    for row in Session.objects.all():
        if str(me) in str(row.get_decoded()):
            yield "a session"


def comes_back(me: Viewer, stale: Draft) -> Iterator[str]:
    try:
        with act(me.me, "moment.note") as doing:
            doing.keep(stale)
    except Gone:
        return
    yield "a stale device was not refused"


def in_postgresql() -> Iterator[str]:
    """PostgreSQL's own files, its log ahead among them: nothing typed ever lies open there."""
    with connection.cursor() as cursor:
        cursor.execute("show data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("checkpoint")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and seen(path.read_bytes()):
            yield f"postgresql: {path.relative_to(folder)}"


def in_sqlite(rows: tuple[bytes, ...]) -> Iterator[str]:
    """SQLite's file and its log ahead: of what went, not even the sealed bytes are left."""
    for path in Path(os.environ["KITH_HOME"]).glob("kith.sqlite3*"):
        content = path.read_bytes()
        if any(row in content for row in rows):
            yield f"sqlite: sealed bytes in {path.name}"


@dataclass
class Left:
    """Who is gone, and what is left to look at."""

    me: Viewer
    owners: tuple[UUID, ...]
    stale: Draft
    made: Backup
    other: Person
    rows: tuple[bytes, ...]


def everything(one: Left) -> Iterator[str]:
    """All that is found, anywhere; first in the files as they lie while a server runs."""
    places = [Path(os.environ["KITH_HOME"]), Path(os.environ["TMPDIR"]), OUTSIDE]
    yield from in_files(places)
    yield from in_records()
    yield from in_tables()
    yield from in_backup(one.made)
    yield from in_exports(one.other)
    yield from names_me(one.owners)
    yield from in_sessions(one.me.me)
    if Record.objects.filter(author=one.me.me).exists():
        yield "a record is back, or still there"
    yield from comes_back(one.me, one.stale)
    if connection.vendor == "postgresql":
        yield from in_postgresql()
    else:
        yield from in_sqlite(one.rows)
    connections.close_all()
    sealing.close_keyrings()
    yield from in_files(places)
    if not verify().holds:
        yield "the chain does not hold"


# Wrong variants


def go_wrong() -> None:
    if WRONG == "keys-kept":
        Keyring.destroy = lambda self, owner: None  # type: ignore[method-assign]
    if WRONG == "log-kept":
        erasure._leave_no_copy = lambda: True
    if WRONG == "session-kept":
        real, rows = leaving.erase_me, list(Session.objects.all())

        def erase_but_sessions(viewer: Viewer) -> None:
            real(viewer)
            for row in rows:
                row.person = None
                row.save(force_insert=True)

        leaving.erase_me = erase_but_sessions
    if WRONG == "not-replayed":
        erasure.replay = lambda using: None


def main() -> None:
    call_command("migrate", verbosity=0)
    other = begin("O.", handle="other", passphrase=PASSPHRASE)
    ward = open_circle(viewer_of(other), "Ward 6", "ward")
    me = begin(canary(), handle=canary()[:40], passphrase=PASSPHRASE)
    own = open_circle(viewer_of(me), canary(), "inquiry")
    join(viewer_of(me), invite(viewer_of(other), ward.id, "guest", 30))
    walker = type_everywhere(me)
    me = Person.objects.get(id=me.id)
    there, stale = kept(), Record.objects.filter(author=me.id, kind="moment").first()
    assert stale is not None
    draft = Draft(kind=Moment, noun=Moment(words="x"), space=me.notebook, author=me.id, id=stale.id)
    made = back_up(OUTSIDE)
    go_wrong()
    viewer = viewer_of(me)
    owners = (me.id, me.notebook, own.id)
    rows = tuple(bytes(one.body) for one in Record.objects.filter(author=me.id) if one.body)
    leaving.erase_me(viewer)
    told = Left(viewer, owners, draft, made, other, rows)
    found = list(everything(told))
    restore(made.data, made.keys)
    found += [f"after a restore: {one}" for one in everything(told)]
    result = {"typed": len(typed), "kept": len(there), "broken": walker.broken, "found": found}
    print(json.dumps(result | {"pages": len(walker.pages), "forms": len(walker.sent)}))


main()
