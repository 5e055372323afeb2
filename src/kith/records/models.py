"""The tables: one for all that people say, one for the ledger, one for erased ids."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Field = models.BigIntegerField[datetime, datetime]
else:
    _Field = models.BigIntegerField

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Instant(_Field):
    """A time, kept as whole milliseconds since 1970 (UTC): the same bytes on every database."""

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        return None if value is None else _START + value * _MILLISECOND

    def to_python(self, value: Any) -> datetime | None:
        return datetime.fromisoformat(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> int | None:
        return (value - _START) // _MILLISECOND if isinstance(value, datetime) else value


class Record(models.Model):
    """One thing somebody said, sealed. Never updated; see `readings` for what it adds up to."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    thing = models.UUIDField()
    parent = models.UUIDField(null=True)
    space = models.UUIDField()
    author = models.UUIDField()
    seen_on = Instant()
    made_at = Instant()
    arrived = Instant()
    replaces = models.UUIDField(null=True)
    removed = models.BooleanField()
    body = models.BinaryField()
    apart = models.BinaryField(null=True)
    salt = models.BinaryField()

    class Meta:
        db_table = "kith_record"
        indexes = [
            models.Index(fields=["thing"], name="record_thing"),
            models.Index(fields=["space", "kind", "seen_on"], name="record_place"),
            models.Index(fields=["parent", "kind"], name="record_parent"),
            models.Index(fields=["author", "kind"], name="record_author"),
            models.Index(fields=["replaces"], name="record_replaces"),
            models.Index(
                fields=["space", "kind"], name="record_removed", condition=models.Q(removed=True)
            ),
        ]


class LedgerLine(models.Model):
    """One act, without its content: seals of records, the actor under a seal, a chain of hashes."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    act = models.CharField(max_length=60)
    actor = models.CharField(max_length=64)
    seals = models.JSONField()
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "kith_ledger"


class Erased(models.Model):
    """The id of a record, person or space that was erased: it may never come back.

    `mark` is for whoever is told that a record was erased (see `erased`): None where nobody is,
    empty where it was no record.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    mark = models.BinaryField(null=True)

    class Meta:
        db_table = "kith_erased"


class Waiting(models.Model):
    """Someone asked to be erased, and may still think again: until when."""

    owner = models.UUIDField(primary_key=True)
    asked = Instant()
    due = Instant()

    class Meta:
        db_table = "kith_waiting"


class LettingGo(models.Model):
    """Someone means to let go of what nothing opens any more, and may still find what does.

    `mark` is of the key that is lost, `classes` what it opened.
    """

    owner = models.UUIDField(primary_key=True)
    mark = models.CharField(max_length=64)
    classes = models.JSONField()
    asked = Instant()
    due = Instant()

    class Meta:
        db_table = "kith_letting_go"
