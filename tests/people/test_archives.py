"""An archive read back under other keys gives every reading of any day, and the same bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given
from hypothesis import settings as laws
from hypothesis import strategies as st
from pytest_django import Settings
from typer.testing import CliRunner

from inquiry.village import meeting, said
from kith.arrangements.actions import add
from kith.arrangements.nouns import Arrangement
from kith.base.problems import Clash, Gone, Invalid, Missing
from kith.cli import app
from kith.inquiry.nouns import Contribution
from kith.moments.actions import note, remove
from kith.moments.nouns import Moment
from kith.people import leaving
from kith.people.actions import begin, open_empty_circle
from kith.people.archives import archive_space, unarchive
from kith.people.models import Person
from kith.people.readings import viewer_of
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records import archive
from kith.records.actions import Draft, act
from kith.records.models import Record
from kith.records.only_me import OwnKeys
from kith.records.readings import current, history
from kith.records.sealing import canonical, close_keyrings, keyring
from kith.records.verify import verify
from noting import Note
from world import again, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]
WORDS = "a teapot on a sill"
START = datetime.fromisoformat("2026-03-01T08:00:00+00:00")

Reading = dict[datetime, list[tuple[object, ...]]]


@contextmanager
def elsewhere(settings: Settings, home: Path) -> Iterator[None]:
    """Another installation, with keys of its own, for the length of the block."""
    here = settings.KITH_KEYRING, settings.KITH_WRAPPING_KEY
    close_keyrings()
    place = home / uuid4().hex
    settings.KITH_KEYRING, settings.KITH_WRAPPING_KEY = place / "ring" / "keys", place / "key"
    yield
    close_keyrings()
    settings.KITH_KEYRING, settings.KITH_WRAPPING_KEY = here


def readings(space: UUID) -> Reading:
    """Every thing as of each of ten days, and all that was ever said of it."""
    days = [START + timedelta(days=day) for day in range(10)]
    told: Reading = {day: [] for day in days}
    for kind in (Note, Moment, Contribution, Arrangement):
        for day in days:
            found = current(kind, Q(space=space), day)
            told[day] += [
                (one.id, one.thing, one.noun, one.seen_on, one.made_at, one.author,
                 [rival.noun for rival in one.rivals])
                for one in found
            ]  # fmt: skip
        for thing in sorted({row.thing for row in Record.objects.filter(kind=kind.__kind__)}):
            told[START] += [(one.id, one.noun) for one in history(kind, thing)]
    return told


def rows(space: UUID) -> list[tuple[object, ...]]:
    """Every record as it stands, with its canonical bytes, without what keys make of it."""
    plain = (*archive.PLAIN, *archive.LATER)
    found = Record.objects.filter(space=space).order_by("id")
    return [
        (*(getattr(row, name) for name in plain), canonical(row) if not row.removed else None)
        for row in found
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[UUID, list[Draft]]:
    """What two people said in one space: things, corrections, changes, removals, in any order."""
    space, authors = uuid4(), (uuid4(), uuid4())
    sent: list[Draft] = []
    for number in range(draw(st.integers(1, 12))):
        before = draw(st.sampled_from([None, *sent]))
        gone = before is not None and draw(st.sampled_from([True, False, False]))
        words = draw(st.text(max_size=20)) + str(number)
        day = timedelta(days=draw(st.integers(0, 8)), milliseconds=draw(st.integers(0, 999)))
        made = START + timedelta(days=draw(st.integers(0, 8)))
        same = before is not None and draw(st.booleans())
        sent.append(
            Draft(
                kind=Note,
                noun=None if gone else Note(words, label=draw(st.text(max_size=5))),
                space=space,
                author=before.author if before else draw(st.sampled_from(authors)),
                thing=before and (before.thing or before.id),
                parent=draw(st.sampled_from([None, *[one.id for one in sent]])),
                replaces=before.id if before and (same or gone) else None,
                seen_on=START + day,
                made_at=made,
            )
        )
    return space, sent


@given(told=histories())
@laws(max_examples=8, suppress_health_check=list(HealthCheck))
def test_read_back_it_is_the_same_under_other_keys(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings, told: tuple[UUID, list[Draft]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    space, sent = told
    with transaction.atomic():
        for one in sent:
            with act(one.author, "test.keep") as doing:
                doing.keep(one)
        archive.write(folder / "one", WORDS, space, {})
        before, lines = readings(space), rows(space)
        salts = set(Record.objects.values_list("id", "salt"))
        transaction.set_rollback(True)
    with elsewhere(settings, folder), transaction.atomic():
        archive.put_back(*archive.read(folder / "one", WORDS))
        assert readings(space) == before
        assert rows(space) == lines
        assert not salts & set(Record.objects.values_list("id", "salt"))
        assert verify(head=(0, "")).holds
        transaction.set_rollback(True)


def whole_circle() -> tuple[Viewer, UUID, UUID]:
    at = meeting()
    said(at, "tea at eight")
    add(at.team, at.circle, Arrangement(name="The kitchen is locked"))
    return at.keeper, at.circle, at.thing


def test_a_circle_comes_back_with_its_name_and_those_who_are_here(tmp_path: Path) -> None:
    keeper, circle, _gathering = whole_circle()
    archive_space("Mornings", tmp_path / "one", WORDS)
    before = rows(circle)
    back = unarchive(tmp_path / "one", WORDS)  # all of it is here already
    assert (back.name, back.came, back.stays_away) == ("Mornings", 0, 0)
    assert rows(circle) == before
    assert again(keeper).has_part(circle, "keeper")


def test_a_notebook_comes_back_with_its_account(tmp_path: Path, settings: Settings) -> None:
    with transaction.atomic():
        person = begin("M.", handle="magpie", passphrase="another passphrase")
        me = viewer_of(person)
        kept = note(me, Moment(words="tea"), seen_on=START)
        remove(me, Moment, note(me, Moment(words="away"), seen_on=START).thing)
        archive_space("Magpie", tmp_path / "one", WORDS)
        before = rows(me.own)
        transaction.set_rollback(True)
    assert not Person.objects.exists()
    with elsewhere(settings, tmp_path):
        back = unarchive(tmp_path / "one", WORDS)
        assert back.came == 3
        assert rows(me.own) == before
        person = Person.objects.get_by_natural_key("magpie")
        assert person.check_password(WORDS)
        assert [one.thing for one in look(viewer_of(person), Moment)] == [kept.thing]


def test_what_was_erased_here_does_not_come_back(tmp_path: Path) -> None:
    keeper, _circle, _gathering = whole_circle()
    archive_space("Mornings", tmp_path / "circle", WORDS)
    guest = Record.objects.get(kind="contribution").author
    leaving.erase_me(viewer_of(Person.objects.get(id=guest)))
    back = unarchive(tmp_path / "circle", WORDS)
    assert (back.came, back.stays_away) == (0, 1)
    assert look(again(keeper), Contribution) == []
    me = viewer_of(begin("M.", handle="magpie", passphrase=WORDS))
    note(me, Moment(words="tea"), seen_on=START)
    archive_space("magpie", tmp_path / "notebook", WORDS)
    leaving.erase_me(me)
    with pytest.raises(Gone):
        unarchive(tmp_path / "notebook", WORDS)
    assert not Person.objects.with_handle("magpie").exists()


def test_a_wrong_passphrase_a_cut_or_a_changed_byte_is_refused(tmp_path: Path) -> None:
    whole_circle()
    archive_space("Mornings", tmp_path / "one", WORDS)
    whole = (tmp_path / "one").read_bytes()
    changed = bytearray(whole)
    changed[-40] ^= 1
    for bad, words in ((whole, "a wrong one"), (whole[:-1], WORDS), (bytes(changed), WORDS)):
        (tmp_path / "bad").write_bytes(bad)
        with pytest.raises(Invalid, match="archive-unreadable"):
            unarchive(tmp_path / "bad", words)
    assert b"tea" not in whole


def test_other_words_under_the_same_id_clash_and_nothing_comes_in(tmp_path: Path) -> None:
    me = viewer_of(begin("M.", handle="magpie", passphrase=WORDS))
    first = note(me, Moment(words="tea"), seen_on=START)
    archive_space("magpie", tmp_path / "one", WORDS)
    told, lines = archive.read(tmp_path / "one", WORDS)
    spoilt = [line | {"body": "e30="} if line["id"] == str(first.id) else line for line in lines]
    with pytest.raises(Clash):
        archive.put_back(told, spoilt)


def test_names_that_are_unknown_or_several(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        archive_space("nowhere", tmp_path / "one", WORDS)
    open_empty_circle("Tea", "ward")
    open_empty_circle("Tea", "ward")
    with pytest.raises(Invalid, match="space-ambiguous"):
        archive_space("Tea", tmp_path / "one", WORDS)
    with pytest.raises(Invalid, match="passphrase-too-short"):
        archive_space("Tea", tmp_path / "one", "short")


def test_what_is_only_mine_is_left_out_by_name(tmp_path: Path) -> None:
    me = viewer_of(begin("M.", handle="magpie", passphrase=WORDS))
    note(me, Moment(words="tea"), seen_on=START)
    own = OwnKeys(keyring(), me.me)
    own.choose("words", own.begin("passphrase", b"secret"))
    made = archive_space("magpie", tmp_path / "one", WORDS)
    assert (made.records, made.left_out) == (0, ("words",))


def test_the_commands_say_what_they_did(tmp_path: Path, settings: Settings) -> None:
    me = viewer("M.")
    note(me, Moment(words="tea"), seen_on=START)
    secret, out = tmp_path / "secret", tmp_path / "one"
    secret.write_text(f"{WORDS}\n")
    asked = ["--passphrase-file", str(secret), "--home", str(settings.KITH_HOME)]
    made = CliRunner().invoke(app, ["archive", "notebook", "--out", str(out), *asked])
    assert (made.exit_code, "1 records" in made.output) == (0, True), made.output
    back = CliRunner().invoke(app, ["unarchive", str(out), *asked])
    assert (back.exit_code, "Back: notebook, 0 records" in back.output) == (0, True), back.output
    twice = CliRunner().invoke(app, ["archive", "notebook", "--out", str(out), *asked])
    assert twice.exit_code == 2
