"""*Only me*: nothing the server holds opens it, its owner does, and nothing is sealed anew."""

import secrets
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db.models import Q

from kith.base import clock
from kith.base.problems import Clash, Gone, Invalid, Refused
from kith.people.models import Session
from kith.people.signin.sessions import SessionStore
from kith.records.actions import Draft, act
from kith.records.backup import back_up
from kith.records.keyring import Keyring
from kith.records.models import Record
from kith.records.nouns import CLASSES
from kith.records.only_me import PASSKEY, PASSPHRASE, WORDS, OwnKeys, carry_over
from kith.records.readings import away, current, history
from kith.records.sealing import close_keyrings, keyring, says_the_same, words_in
from noting import Note
from records.intruder import opens

pytestmark = [pytest.mark.store, pytest.mark.django_db]
SECRET = b"a passphrase of hers"


class Keeps(OwnKeys):
    """The wrong variant: what the server opens it with is kept beside."""

    def _forget(self, table: str, of: str) -> None:
        if table != "key":
            super()._forget(table, of)


@pytest.fixture
def ann() -> UUID:
    return uuid4()


def keep(
    ann: UUID, words: str = "tea", opened: dict[tuple[UUID, str], bytes] | None = None
) -> Record:
    with act(ann, "test.keep", opened or {}) as doing:
        return doing.keep(Draft(kind=Note, noun=Note(words, label="M."), space=ann, author=ann))


def chosen(ann: UUID, *classes: str, kind: type[OwnKeys] = OwnKeys) -> tuple[OwnKeys, bytes]:
    theirs = kind(keyring(), ann)
    own = theirs.begin(PASSPHRASE, SECRET)
    for of in classes:
        theirs.choose(of, own)
    return theirs, own


def with_keys(ann: UUID, theirs: OwnKeys, own: bytes) -> dict[tuple[UUID, str], bytes]:
    return {(ann, of): key for of, key in theirs.keys(own).items()}


@pytest.fixture(params=[OwnKeys, Keeps])
def kind(request: pytest.FixtureRequest) -> Iterator[type[OwnKeys]]:
    yield request.param


def test_nothing_the_server_holds_opens_it_and_the_wrong_variant_is_caught(
    ann: UUID, kind: type[OwnKeys], kith_home: Path, tmp_path: Path
) -> None:
    record = keep(ann)
    places = [kith_home, tmp_path / "backup"]
    assert opens(record, places, CLASSES)
    theirs, own = chosen(ann, "words", kind=kind)
    theirs.add(own, WORDS, bytes(32))
    keyring().rotate()
    back_up(tmp_path / "backup")
    later = keep(ann, "later", with_keys(ann, theirs, own))
    for one in (record, later):
        assert opens(Record.objects.get(id=one.id), places, CLASSES) == (kind is Keeps)


@pytest.mark.parametrize("kept", [False, True], ids=["right", "keeps the secret"])
def test_by_passkey_alone_nothing_the_server_holds_opens_it(
    ann: UUID, kept: bool, kith_home: Path, tmp_path: Path
) -> None:
    """The wrong variant keeps what the passkey worked out, where a session lies."""
    record, secret, way = keep(ann), secrets.token_bytes(32), f"{PASSKEY}phone"
    theirs = OwnKeys(keyring(), ann)
    own = theirs.begin(way, secret)
    theirs.choose("words", own)
    assert theirs.ways().keys() == {way}
    keyring().rotate()
    back_up(tmp_path / "backup")
    if kept:
        Session(session_key="one", session_data="", began=clock.now(), seen=clock.now(),
                expire_date=clock.now(), kind="").save()  # fmt: skip
        store = SessionStore("one")
        store["prf"] = b64encode(secret).decode()
        store.save()
    assert opens(Record.objects.get(id=record.id), [kith_home, tmp_path], CLASSES) == kept
    assert theirs.open(way, secret) == own


def test_its_owner_opens_it_as_it_was_sealed(ann: UUID) -> None:
    record = keep(ann)
    theirs, own = chosen(ann, "words", "labels")
    close_keyrings()
    theirs = OwnKeys(keyring(), ann)
    row = Record.objects.get(id=record.id)
    assert bytes(row.body) == bytes(record.body)
    with pytest.raises(Refused, match="only-me-shut"):
        words_in(row)
    again = theirs.open(PASSPHRASE, SECRET)
    assert again == own
    opened = with_keys(ann, theirs, again)
    assert words_in(row, opened=opened) == Note("tea", label="M.")
    assert says_the_same(row, Note("tea", label="M."), opened)


def test_labels_alone_can_be_shut(ann: UUID) -> None:
    record = keep(ann)
    chosen(ann, "labels")
    assert words_in(Record.objects.get(id=record.id)) == Note("tea")


def test_readings_leave_out_what_is_shut_and_show_it_opened(ann: UUID) -> None:
    record = keep(ann)
    theirs, own = chosen(ann, "words")
    opened = with_keys(ann, theirs, own)
    assert current(Note, Q(space=ann)) == away(Note, Q(space=ann)) == []
    assert history(Note, record.thing) == []
    assert [one.noun.words for one in current(Note, Q(space=ann), opened=opened)] == ["tea"]
    assert [one.noun.words for one in history(Note, record.thing, opened=opened)] == ["tea"]


def test_writing_needs_it_open(ann: UUID) -> None:
    theirs, own = chosen(ann, "words", "labels")
    with pytest.raises(Refused, match="only-me-shut"):
        keep(ann)
    assert not Record.objects.exists()
    record = keep(ann, "open", with_keys(ann, theirs, own))
    with pytest.raises(Refused, match="only-me-shut"):
        words_in(record)


def test_given_back_the_server_opens_it_again(ann: UUID) -> None:
    record = keep(ann)
    theirs, own = chosen(ann, "words")
    theirs.give_back("words", own)
    assert theirs.chosen() == frozenset()
    assert words_in(Record.objects.get(id=record.id)) == Note("tea", label="M.")


def test_each_way_opens_it_and_a_new_one_of_its_name_makes_the_old_one_worthless(ann: UUID) -> None:
    theirs, own = chosen(ann, "words")
    theirs.add(own, WORDS, b"w" * 32)
    theirs.add(own, "passkey/a", b"p" * 32)
    assert theirs.open(WORDS, b"w" * 32) == theirs.open("passkey/a", b"p" * 32) == own
    assert theirs.open("passkey/b", b"p" * 32) is theirs.open(WORDS, b"p" * 32) is None
    theirs.add(own, WORDS, b"v" * 32)
    assert theirs.open(WORDS, b"w" * 32) is None
    theirs.drop("passkey/a")
    assert theirs.ways().keys() == {PASSPHRASE, WORDS}


def test_the_last_way_in_stays_while_something_is_only_theirs(ann: UUID) -> None:
    theirs, own = chosen(ann, "words")
    with pytest.raises(Refused, match="last-way-in"):
        theirs.drop(PASSPHRASE)
    assert theirs.open(PASSPHRASE, SECRET) == own


def test_the_last_way_goes_only_when_that_is_meant(ann: UUID) -> None:
    theirs, own = chosen(ann, "words")
    assert theirs.is_last(PASSPHRASE)
    theirs.add(own, WORDS, b"w" * 32)
    assert not theirs.is_last(PASSPHRASE)
    theirs.drop(PASSPHRASE)
    with pytest.raises(Refused, match="last-way-in"):
        theirs.drop(WORDS)
    theirs.drop(WORDS, last=True)
    assert not theirs.ways()
    theirs.add(own, PASSPHRASE, SECRET)
    assert theirs.open(PASSPHRASE, SECRET) == own


def test_nobody_elses_key_does_anything(ann: UUID) -> None:
    theirs, _ = chosen(ann, "words")
    _, other = chosen(uuid4(), "words")
    assert theirs.keys(other) == {}
    for attempt in (theirs.choose, theirs.give_back):
        with pytest.raises(Invalid):
            attempt("map", other)
    with pytest.raises(Invalid):
        theirs.add(other, WORDS, b"w" * 32)
    assert theirs.chosen() == {"words"}


def test_what_is_said_to_others_cannot_be_only_ones_own(ann: UUID) -> None:
    theirs, own = chosen(ann)
    for of in ("contributions", "space", "ledger", "intake", "proof"):
        with pytest.raises(Refused, match="class-for-others"):
            theirs.choose(of, own)


def test_one_key_of_ones_own_is_enough(ann: UUID) -> None:
    theirs, own = chosen(ann, "words")
    with pytest.raises(Clash, match="only-me-begun"):
        theirs.begin(WORDS, b"w" * 32)
    theirs.choose("words", own)
    assert theirs.keys(own).keys() == {"words"}


def test_an_erased_persons_own_keys_go_too(ann: UUID) -> None:
    record = keep(ann)
    theirs, own = chosen(ann, "words")
    opened = with_keys(ann, theirs, own)
    keyring().destroy(ann)
    with pytest.raises(Gone):
        words_in(record, opened=opened)
    assert theirs.open(PASSPHRASE, SECRET) is None
    assert not theirs.ways()


@pytest.mark.parametrize("given_back", [False, True])
def test_a_keyring_put_back_from_before_does_not_undo_the_choice(
    ann: UUID, tmp_path: Path, given_back: bool
) -> None:
    record = keep(ann)
    theirs, own = chosen(ann, "labels")
    keyring().copy_to(tmp_path / "before")
    theirs.choose("words", own)
    if given_back:
        theirs.give_back("labels", own)
    put_back = Keyring(tmp_path / "before", keyring().source)
    assert put_back.holds(ann, "words")
    carry_over(keyring(), put_back)
    assert not put_back.holds(ann, "words")
    assert put_back.holds(ann, "labels") == given_back
    again = OwnKeys(put_back, ann)
    assert again.open(PASSPHRASE, SECRET) == own
    assert again.keys(own) == theirs.keys(own)
    put_back.close()
    assert words_in(record, opened=with_keys(ann, theirs, own)) == Note("tea", label="M.")
