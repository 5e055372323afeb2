"""The one table on both databases: append-only, sealed, idempotent, and one reading for all."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Clash, Gone, Invalid
from kith.records.actions import Draft, act
from kith.records.models import Erased, Record
from kith.records.readings import Mark, current, heads
from kith.records.sealing import close_keyrings, keyring, words_in
from noting import Note

pytestmark = [pytest.mark.store, pytest.mark.django_db]
CANARY = "canary-6d1f"


def draft(words: str = CANARY, **more: object) -> Draft:
    told = {"space": uuid4(), "author": uuid4(), "noun": Note(words, label="M.")} | more
    return Draft(kind=Note, **told)  # type: ignore[arg-type]


def keep(one: Draft) -> Record:
    with act(one.author, "test.keep") as doing:
        return doing.keep(one)


def test_what_was_kept_reads_the_same() -> None:
    record = keep(draft())
    assert words_in(Record.objects.get(id=record.id)) == Note(CANARY, label="M.")


def test_nothing_said_lies_open_in_the_row() -> None:
    record = keep(draft())
    row = Record.objects.filter(id=record.id).values().get()
    assert all(CANARY.encode() not in bytes(str(value), "utf8") for value in row.values())
    assert CANARY.encode() not in bytes(row["body"])


def test_a_record_is_never_updated() -> None:
    record = keep(draft())
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(id=record.id).update(kind="other")


def test_a_record_goes_only_by_erasure() -> None:
    record = keep(draft())
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(id=record.id).delete()
    Erased.objects.create(id=record.id, at=clock.now())
    Record.objects.filter(id=record.id).delete()
    with pytest.raises(Clash):  # nobody is told that it was erased: see test_erased_ids
        keep(draft(id=record.id))


def test_the_ledger_is_never_changed() -> None:
    keep(draft())
    for statement in ("update kith_ledger set act = 'x'", "delete from kith_ledger"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_same_id_twice_keeps_one() -> None:
    one = draft()
    assert keep(one).id == keep(one).id
    assert Record.objects.count() == 1


def test_the_same_id_with_other_words_clashes() -> None:
    one = draft()
    keep(one)
    with pytest.raises(Clash):
        keep(draft("other", id=one.id, space=one.space, author=one.author))


def test_what_is_sealed_apart_can_stay_shut() -> None:
    record = keep(draft())
    assert words_in(record, labels=False) == Note(CANARY)


def test_a_destroyed_key_opens_nothing() -> None:
    record = keep(draft())
    keyring().destroy(record.author)
    close_keyrings()
    with pytest.raises(Gone):
        words_in(Record.objects.get(id=record.id))


def test_a_sealed_text_cannot_stand_in_another_place() -> None:
    one, two = keep(draft("one")), keep(draft("two"))
    one.body = two.body
    with pytest.raises((Invalid, Gone)):
        words_in(one)


def test_the_wrapping_key_must_be_its_owners_alone() -> None:
    keep(draft())
    close_keyrings()
    Path(settings.KITH_WRAPPING_KEY).chmod(0o644)
    with pytest.raises(Invalid, match="wrapping-key-readable-by-others"):
        keyring()


def test_the_wrong_wrapping_key_opens_nothing() -> None:
    record = keep(draft())
    close_keyrings()
    Path(settings.KITH_WRAPPING_KEY).write_bytes(b"x" * 32)
    with pytest.raises(Invalid, match="wrapping-key-does-not-fit"):
        words_in(record)


def test_an_act_that_fails_keeps_nothing() -> None:
    one = draft()
    with pytest.raises(ZeroDivisionError), act(one.author, "test.keep") as doing:
        doing.keep(one)
        raise ZeroDivisionError
    assert not Record.objects.exists()


Deliver = Callable[[list[Draft]], None]


def deliver(drafts: list[Draft]) -> None:
    for one in drafts:
        keep(one)


def reading(space: UUID) -> list[tuple[object, ...]]:
    found = current(Note, Q(space=space))
    return [(one.thing, one.noun, [r.noun for r in one.rivals]) for one in found]


@given(data=st.data())
@laws(max_examples=15)
def test_any_order_and_number_of_deliveries_give_one_reading(data: st.DataObject) -> None:
    space, author, start = uuid4(), uuid4(), clock.now() - timedelta(days=9)
    sent: list[Draft] = []
    for number in range(data.draw(st.integers(1, 6))):
        before = data.draw(st.sampled_from([None, *sent]))
        gone = before is not None and data.draw(st.booleans())
        sent.append(
            Draft(
                kind=Note,
                noun=None if gone else Note(f"words {number}"),
                space=space,
                author=author,
                thing=before and (before.thing or before.id),
                replaces=before and before.id,
                seen_on=start + timedelta(days=data.draw(st.integers(0, 5))),
                made_at=start,
            )
        )
    with transaction.atomic():
        deliver(sent)
        first = reading(space)
        transaction.set_rollback(True)
    again = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent)))))
    with transaction.atomic():
        deliver(list(again))
        assert reading(space) == first
        transaction.set_rollback(True)


@given(data=st.data())
@laws(max_examples=40)
def test_the_database_reads_as_the_rule_is_written(data: st.DataObject) -> None:
    space, author, start = uuid4(), uuid4(), clock.now() - timedelta(days=9)
    sent: list[Draft] = []
    for number in range(data.draw(st.integers(1, 7))):
        thing = data.draw(st.sampled_from([None, *[one.thing or one.id for one in sent]]))
        same = [one.id for one in sent if (one.thing or one.id) == thing]
        gone = thing is not None and data.draw(st.sampled_from([True, False, False]))
        sent.append(
            Draft(
                kind=Note,
                noun=None if gone else Note(f"words {number}"),
                space=space,
                author=author,
                thing=thing,
                replaces=data.draw(st.sampled_from([None, *same, *same])),
                seen_on=start + timedelta(days=data.draw(st.integers(0, 4))),
                made_at=start + timedelta(days=data.draw(st.integers(0, 4))),
            )
        )
    at = start + timedelta(days=data.draw(st.integers(0, 5)))
    with transaction.atomic():
        deliver(sent)
        everything = Record.objects.filter(space=space).values_list(*Mark._fields)
        by_thing: dict[UUID, list[Mark]] = {}
        for row in everything:
            by_thing.setdefault(row[1], []).append(Mark(*row))
        expected = {
            found[0].id: {mark.id for mark in found[1:]}
            for marks in by_thing.values()
            if (found := heads(marks, at)) and not found[0].removed
        }
        read = current(Note, Q(space=space), at)
        assert {one.id: {rival.id for rival in one.rivals} for one in read} == expected
        transaction.set_rollback(True)


def test_a_thing_stays_where_it_was_made() -> None:
    mine = keep(draft())
    with pytest.raises(Clash):
        keep(draft("other", thing=mine.thing, replaces=mine.id))
