"""Whatever is done to the ledger or the records behind its back is found, and where."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base import clock, ids
from kith.cli.copies import say_ahead
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.permissions.readings import all_of_mine
from kith.records import ledger
from kith.records import verify as proving
from kith.records.actions import Draft, act
from kith.records.ledger import FIRST
from kith.records.models import LedgerLine, Record
from kith.records.verify import Ahead, Verdict, ahead, verify
from noting import Note
from world import viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]
LINES = 6


def fill() -> tuple[int, str]:
    """Six acts, the last line noted as the server would."""
    author, space = uuid4(), uuid4()
    for number in range(LINES):
        with act(author, "test.keep") as doing:
            doing.keep(Draft(kind=Note, noun=Note(str(number)), space=space, author=author))
    last = LedgerLine.objects.get(number=LINES)
    return last.number, last.hash


def test_what_a_wrong_clock_put_after_now_is_counted_and_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill()
    assert ahead() is None
    say_ahead()
    assert capsys.readouterr().err == ""
    who, later = viewer(), datetime(2099, 3, 1, 8, tzinfo=UTC)
    with clock.stopped_at(later):
        note(who, Moment(words="tea"), seen_on=later)
    assert ahead() == Ahead(1, later, later)
    say_ahead()
    told = capsys.readouterr().err
    assert "Records of a time to come: 1, from 01 March 2099, 08:00 UTC" in told
    assert [one.noun.words for one in all_of_mine(who, Moment)] == ["tea"]  # as it says


def test_acts_that_end_side_by_side_note_the_last_line() -> None:
    """The threads of a server end their acts at the same moment, in any order."""
    ledger.head_file().parent.mkdir()
    numbers = list(range(1, 401))
    random.Random(3).shuffle(numbers)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: ledger.note_head(number, FIRST), numbers))
    assert ledger.read_head() == (400, FIRST)


def unguard() -> None:
    """What someone with the database in their hands would do first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("alter table kith_ledger disable trigger user")
            cursor.execute("alter table kith_record disable trigger user")
            return
        for name in (
            "ledger_no_update",
            "ledger_no_delete",
            "record_no_update",
            "record_no_delete",
        ):
            cursor.execute(f"drop trigger kith_{name}")


def edit(number: int) -> None:
    LedgerLine.objects.filter(number=number).update(act="other")


def delete(number: int) -> None:
    LedgerLine.objects.filter(number=number).delete()


def insert(number: int) -> None:
    line = LedgerLine.objects.get(number=number)
    LedgerLine.objects.filter(number__gte=number).delete()
    line.number, line.act = LINES + 1, "forged"
    line.save(force_insert=True)


def swap(number: int) -> None:
    one, two = (LedgerLine.objects.get(number=n) for n in (number, number % LINES + 1))
    LedgerLine.objects.filter(number=one.number).update(seals=two.seals)
    LedgerLine.objects.filter(number=two.number).update(seals=one.seals)


def cut(number: int) -> None:
    names = [
        name for line in LedgerLine.objects.filter(number__gte=number) for name, _ in line.seals
    ]
    LedgerLine.objects.filter(number__gte=number).delete()
    Record.objects.filter(id__in=names).delete()


def change_record(number: int) -> None:
    Record.objects.filter(id=_record_of(number)).update(space=uuid4())


def drop_record(number: int) -> None:
    Record.objects.filter(id=_record_of(number)).delete()


def slip_in_record(number: int) -> None:
    record = Record.objects.get(id=_record_of(number))
    record.id = ids.new()
    record.save(force_insert=True)


def _record_of(number: int) -> str:
    name: str = LedgerLine.objects.get(number=number).seals[0][0]
    return name


ATTACKS = [edit, delete, insert, swap, cut, change_record, drop_record, slip_in_record]


def attacked(attack: Callable[[int], None], number: int) -> Verdict:
    head = fill()
    unguard()
    attack(number)
    return verify(head=head)


def test_an_honest_ledger_holds() -> None:
    assert verify(head=fill()) == Verdict(LINES, LINES)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("number", [1, 3, LINES])
def test_every_attack_is_found(attack: Callable[[int], None], number: int) -> None:
    found = attacked(attack, number)
    assert not found.holds
    assert found.bad_line is not None
    assert found.bad_line <= LINES + 1


@pytest.mark.parametrize("number", [1, 3, LINES])
def test_the_first_bad_line_is_named(number: int) -> None:
    assert attacked(edit, number).bad_line == number


def test_a_line_rewritten_with_a_fitting_hash_is_found() -> None:
    head = fill()
    unguard()
    line = LedgerLine.objects.get(number=LINES)
    line.act = "other"
    LedgerLine.objects.filter(number=LINES).update(act="other", hash=proving.hash_of(line))
    assert verify(head=head).why == "cut-off"


WRONG = {
    "_wrong": lambda line, number, before: None,
    "_stands": lambda noted, using: True,
    "_check": lambda sealed, using: (LINES, None),
}


@pytest.mark.parametrize(
    ("part", "attack"), [("_wrong", edit), ("_stands", cut), ("_check", drop_record)]
)
def test_a_proof_without_one_of_its_parts_is_caught(
    part: str, attack: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, part, WRONG[part])
    with pytest.raises(AssertionError):
        test_every_attack_is_found(attack, LINES)


@given(st.binary(min_size=1, max_size=40), st.integers(1, LINES))
@laws(max_examples=20)
def test_any_other_bytes_in_a_record_are_found(body: bytes, number: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        head = fill()
        unguard()
        Record.objects.filter(id=_record_of(number)).update(body=body)
        assert verify(head=head).bad_line == number
        transaction.set_rollback(True)


def test_a_disk_that_is_full_after_the_commit_undoes_nothing(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_text", full)
    ledger.note_head(1, "a" * 64)
    assert ledger.read_head() is None
    assert "could not be noted" in caplog.text
