"""A copy of everything in the database, and the way back from one.

A backup is a zip: one file of JSON lines a table, and a manifest with the SHA-256 and the
number of lines of each, and the last line of the ledger. What people said is sealed in it as
it is in the database. The keyring is copied to a file of its own, to be kept apart from it;
the wrapping key is in neither.
"""

import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.apps.registry import Apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers import jsonl
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import connections, transaction
from django.db.models import Model

from kith.base import clock
from kith.base.problems import Invalid
from kith.records import ledger, shape
from kith.records.models import LedgerLine
from kith.records.sealing import close_keyrings, keyring
from kith.records.verify import verify


@dataclass(frozen=True, slots=True)
class Backup:
    """The two files of one backup. Keep them apart."""

    data: Path
    keys: Path


def back_up(folder: Path) -> Backup:
    """Write a backup into `folder`. A half-written one never bears the final name."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"kith-{clock.now():%Y%m%d-%H%M%S}"
    made = Backup(folder / f"{stem}.zip", folder / f"{stem}.keys")
    unfinished = made.data.with_suffix(".part")
    with transaction.atomic():
        _write(unfinished)
    keyring().copy_to(made.keys)
    unfinished.chmod(0o600)
    unfinished.replace(made.data)
    return made


def restore(data: Path, keys: Path | None = None) -> int:
    """Put back what `data` holds, with `keys` if given. Returns the number of ledger lines.

    Everything is read into a new place and proven first: hashes of the files, the chain, every
    seal, the last line. Only then does it take the place of what is there.
    Raises Invalid when anything does not fit; then nothing has changed.
    """
    with _opened(data) as (archive, manifest), _new_place(_shape(manifest)) as using:
        _load(archive, manifest, using)
        shape.finish(using)
        _prove(manifest, using)
    if keys is not None:
        _put_back_keys(keys)
    number, head = manifest["head"]
    ledger.head_file().unlink(missing_ok=True)
    ledger.note_head(number, head)
    return int(number)


def prove_readable(made: Backup) -> None:
    """Read all of a backup: every file as its hash says, and a keyring that holds together.

    Raises Invalid when it does not.
    """
    with _opened(made.data) as (archive, manifest):
        for name, told in manifest["files"].items():
            try:
                digest = _hash(archive, name)
            except (zipfile.BadZipFile, zlib.error, KeyError, EOFError):
                raise Invalid("backup-damaged") from None
            if digest != told["sha256"]:
                raise Invalid("backup-damaged")
    with closing(sqlite3.connect(f"file:{made.keys}?mode=ro", uri=True)) as keys:
        if keys.execute("pragma integrity_check").fetchone() != ("ok",):
            raise Invalid("backup-damaged")


def _hash(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _shape(manifest: dict[str, Any]) -> list[shape.Step]:
    """The shape of the tables in a backup. Raises Invalid for one of a later version."""
    steps = [(room, name) for room, name in manifest.get("shape", shape.shape_of())]
    if not shape.is_known(steps):
        raise Invalid("backup-newer")
    return steps


def _write(path: Path) -> None:
    steps = shape.shape_of()
    manifest: dict[str, Any] = {"kith": 1, "shape": steps, "files": {}, "head": _head()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for model in shape.our_tables(shape.models_of(steps)):
            name = f"{model._meta.label_lower}.jsonl"
            with archive.open(name, "w", force_zip64=True) as file:
                manifest["files"][name] = _write_table(model, file)
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))


def _write_table(model: type[Model], file: IO[bytes]) -> dict[str, Any]:
    digest, lines = hashlib.sha256(), 0
    for row in model._default_manager.order_by("pk").iterator(2000):
        line = serializers.serialize("jsonl", [row]).encode()
        digest.update(line)
        file.write(line)
        lines += 1
    return {"sha256": digest.hexdigest(), "lines": lines}


def _head() -> tuple[int, str]:
    last = LedgerLine.objects.order_by("-number").values_list("number", "hash").first()
    return last or (0, ledger.FIRST)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        archive = zipfile.ZipFile(path)
        manifest = json.loads(archive.read("manifest.json"))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError):
        raise Invalid("backup-unreadable") from None
    with archive:
        yield archive, manifest


@contextmanager
def _new_place(steps: list[shape.Step]) -> Iterator[str]:
    """Where to load into, with tables of that shape. It becomes the database when the block ends
    well, else it goes.
    """
    if connections["default"].vendor == "postgresql":
        with shape.all_or_nothing():
            _drop_all()
            shape.build(steps, "default")
            yield "default"
        return
    with _new_file() as using:
        shape.build(steps, using)
        yield using


def _drop_all() -> None:
    """Every table and function of ours on PostgreSQL; the transaction around brings them back."""
    with connections["default"].cursor() as cursor:
        names = connections["default"].introspection.table_names(cursor)
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f"drop table if exists {quoted} cascade")
        cursor.execute("drop function if exists kith_refuse, kith_only_erased cascade")


@contextmanager
def _new_file() -> Iterator[str]:
    there = Path(connections["default"].settings_dict["NAME"])
    fresh = there.with_name("restoring.sqlite3")
    fresh.unlink(missing_ok=True)
    connections.settings["restoring"] = connections["default"].settings_dict | {"NAME": str(fresh)}
    try:
        yield "restoring"
        _swap(fresh, there)
    finally:
        connections["restoring"].close()
        del connections.settings["restoring"], connections["restoring"]
        for leftover in there.parent.glob("restoring.sqlite3*"):
            leftover.unlink()


def _swap(fresh: Path, there: Path) -> None:
    """The old file stays beside the new one, under another name."""
    with connections["restoring"].cursor() as cursor:
        cursor.execute("pragma wal_checkpoint(truncate)")
    connections["restoring"].close()
    connections["default"].close()
    for ending in ("-wal", "-shm"):
        there.with_name(there.name + ending).unlink(missing_ok=True)
    if there.exists():
        there.replace(there.with_name(f"{there.name}.before-restore"))
    fresh.replace(there)


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any], using: str) -> None:
    models = shape.models_of(_shape(manifest))
    tables = shape.our_tables(models)
    with transaction.atomic(using=using):
        for model in tables:
            name = f"{model._meta.label_lower}.jsonl"
            try:
                with archive.open(name) as file:
                    digest = _load_table(file, models, using)
            except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, DeserializationError):
                raise Invalid("backup-damaged") from None
            if digest != manifest["files"][name]["sha256"]:
                raise Invalid("backup-damaged")
        _count_on(tables, using)


def _count_on(tables: list[type[Model]], using: str) -> None:
    """Numbers that a database gives by itself go on after the highest that came in."""
    with connections[using].cursor() as cursor:
        for statement in connections[using].ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _load_table(file: IO[bytes], models: Apps, using: str) -> str:
    digest = hashlib.sha256()
    for line in file:
        digest.update(line)
        for row in _rows(line, models, using):
            row.object.save_base(raw=True, using=using, force_insert=True)
    return digest.hexdigest()


def _rows(line: bytes, models: Apps, using: str) -> Iterator[DeserializedObject]:
    """The row in a line, as the models of its day have it."""

    class OfItsDay(jsonl.Deserializer):
        @staticmethod
        def _get_model_from_node(model_identifier: str) -> type[Model]:
            return models.get_model(model_identifier)

    yield from OfItsDay(line, using=using)


def _prove(manifest: dict[str, Any], using: str) -> None:
    number, head = manifest["head"]
    found = verify(using, head=(number, head))
    if not found.holds or found.lines != number:
        raise Invalid("backup-does-not-prove")


def _put_back_keys(keys: Path) -> None:
    close_keyrings()
    place = Path(settings.KITH_KEYRING)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_suffix(".new")
    fresh.write_bytes(keys.read_bytes())
    fresh.chmod(0o600)
    fresh.replace(place)
