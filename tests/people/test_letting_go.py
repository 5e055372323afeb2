"""Letting go of what nothing opens any more: what goes, what stays, and the way back until then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from uuid import UUID

import pytest
from django.test import Client

import world
from kith.base import clock
from kith.base.problems import Gone, Refused
from kith.care.actions import write
from kith.care.nouns import Request
from kith.maps import actions as maps
from kith.maps.nouns import Figure
from kith.maps.talk import photos
from kith.moments.actions import note, remove
from kith.moments.nouns import Moment
from kith.people import known
from kith.people.leaving import erase_due
from kith.people.locks import own_keys
from kith.people.models import Person
from kith.people.only_me import letting_go
from kith.people.readings import viewer_of
from kith.permissions.actions import act, give
from kith.permissions.models import Grant, Pair
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.erased import is_anothers
from kith.records.keyring import Keyring
from kith.records.models import Erased, LettingGo, Record
from kith.records.nouns import CLASSES, Noun
from kith.records.only_me import CHOICES, WORDS, OwnKeys, carry_over
from kith.records.sealing import close_keyrings, fill, keyring, source, words_in
from kith.records.verify import verify
from people.test_only_me import CANARY, NEW, ann, browser, choose, in_another_way, sheet_of, written
from people.test_only_me import sign_in as sign_in
from pictures import A_PICTURE

__all__ = ["ann", "browser"]
pytestmark = [pytest.mark.store, pytest.mark.django_db]
UNDER = {
    "moment": "words", "map": "map", "figure": "map", "photo": "map", "picture": "media",
    "known": "labels", "request": "contributions",
}  # fmt: skip
"""Under which class each thing of this notebook is sealed, by hand."""
SOME = [some for n in range(1, 5) for some in combinations(CHOICES, n)]
SECRET = b"s" * 32


def keep_one_of_each(who: Viewer) -> None:
    board = maps.begin(who, with_me="me")
    maps.add_figure(who, board, Figure(0.2, 0.2, label="T., of course"))
    photos.lay_under(who, board, A_PICTURE)
    note(who, Moment("Tea with T."))
    remove(who, Moment, note(who, Moment("Not after all.")).thing)
    known.meet(who, "T.")
    write(who, Request("Tea at eight, please.", circle=next(iter(who.parts))))


def lose(person: Person, *classes: str) -> Viewer:
    """Keep these as *only me*, and lose what opens them."""
    theirs = own_keys(person)
    own = theirs.begin(WORDS, SECRET)
    for of in classes:
        theirs.choose(of, own)
    return viewer_of(person)


@dataclass
class Told:
    """What lies in the store: each row as it stands, what it says, and every key."""

    rows: dict[UUID, tuple[object, ...]]
    says: dict[UUID, Noun | None]
    bare: dict[UUID, Noun | None]
    keys: dict[tuple[UUID, str], bytes]


def told(*people: Person) -> Told:
    rows = {one.id: one for one in Record.objects.all()}
    keys = {
        (one.id, of): keyring().key_to_seal(one.id, of).raw
        for one in people for of in CLASSES if not keyring().is_own(one.id, of)
    }  # fmt: skip
    return Told(
        {id: tuple(map(plain, values(one))) for id, one in rows.items()},
        {id: said(one) for id, one in rows.items()},
        {id: said(one, labels=False) for id, one in rows.items()},
        keys,
    )


def said(one: Record, *, labels: bool = True) -> Noun | None:
    try:
        return words_in(one, labels=labels)
    except Refused:
        return None


def values(one: Record) -> list[object]:
    return [getattr(one, field.attname) for field in Record._meta.concrete_fields]


def plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def breaches(me: Person, before: Told, after: Told, classes: tuple[str, ...]) -> list[str]:
    """Where more went than these classes, or less."""
    columns = [field.attname for field in Record._meta.concrete_fields]
    author, kind = columns.index("author"), columns.index("kind")
    goes = {
        id for id, row in before.rows.items()
        if row[author] == me.id and UNDER[str(row[kind])] in classes
    }  # fmt: skip
    found = [f"still there: {id}" for id in goes & after.rows.keys()]
    found += [f"gone: {id}" for id in before.rows.keys() - goes - after.rows.keys()]
    found += [f"changed: {id}" for id, row in after.rows.items() if before.rows.get(id) != row]
    for id in after.rows.keys() & before.rows.keys():
        nameless = after.rows[id][author] == me.id and "labels" in classes
        expected = before.bare[id] if nameless else before.says[id]
        found += [f"says another thing: {id}"] * (after.says[id] != expected)
    for (owner, of), key in before.keys.items():
        fresh, now = owner == me.id and of in classes, after.keys.get((owner, of))
        found += [f"key of {of}"] * (now is None or (now != key) != fresh)
    return found


def letting_go_of(classes: tuple[str, ...]) -> list[str]:
    keeper, ward = world.ward()
    me, other = (Person.objects.get(id=world.joined(keeper, ward, "guest").me) for _ in "ab")
    for one in (me, other):
        keep_one_of_each(viewer_of(one))
    before = told(me, other)
    letting_go.let_go(lose(me, *classes))
    assert verify().holds
    return breaches(me, before, told(me, other), classes)


@pytest.mark.parametrize("classes", SOME, ids="+".join)
def test_what_was_lost_goes_and_nothing_else_is_touched(classes: tuple[str, ...]) -> None:
    assert letting_go_of(classes) == []


def too_much(author: UUID, classes: object) -> list[UUID]:
    return list(Record.objects.filter(author=author).values_list("id", flat=True))


def half_of_it(author: UUID, classes: object) -> list[UUID]:
    return erasure.under(author, classes)[1:]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("kith.people.only_me.letting_go.under", too_much),
        ("kith.people.only_me.letting_go.under", half_of_it),
        ("kith.records.only_me.OwnKeys.let_go", lambda *_given: None),
    ],
    ids=["all that one said", "not all of it", "the key stays"],
)
def test_a_wrong_letting_go_is_caught(
    monkeypatch: pytest.MonkeyPatch, where: str, wrong: Callable[..., object]
) -> None:
    monkeypatch.setattr(where, wrong)
    monkeypatch.setattr("kith.people.only_me.letting_go.is_let_go", lambda row: False)
    assert letting_go_of(("words",))


def test_what_went_comes_back_neither_from_a_device_nor_from_a_backup(ann: Person) -> None:
    me = viewer_of(ann)
    kept = note(me, Moment(CANARY))
    row = Record.objects.get(id=kept.id)
    letting_go.let_go(lose(ann, "words"))
    assert Erased.objects.filter(id=kept.id).exists()
    with pytest.raises(Gone):
        is_anothers(kept.id, ann.id)
    with pytest.raises(Gone):
        note(viewer_of(ann), Moment(CANARY), id=kept.id)
    row.save(force_insert=True)
    assert look(viewer_of(ann), Moment) == []  # and no page breaks over it
    erasure.replay("default")
    assert not Record.objects.filter(id=kept.id).exists()


def test_what_someone_with_the_old_key_kept_meanwhile_goes_too(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = lose(ann, "words")
    own = own_keys(ann).open(WORDS, SECRET)
    open_still = viewer_of(ann, own)
    real = OwnKeys.let_go

    def just_before(theirs: OwnKeys, *given: object) -> None:
        monkeypatch.setattr(OwnKeys, "let_go", real)
        note(open_still, Moment("A word too late."))
        theirs.let_go(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(OwnKeys, "let_go", just_before)
    letting_go.let_go(shut)
    assert not Record.objects.filter(kind="moment").exists()
    assert note(viewer_of(ann), Moment("Now it works.")).kind == "moment"


def test_the_same_key_is_let_go_of_once_whatever_is_repeated(ann: Person) -> None:
    shut = lose(ann, "words")
    mark = own_keys(ann).mark()
    letting_go.let_go(shut)
    lose(ann, "words")
    kept = note(viewer_of(ann, own_keys(ann).open(WORDS, SECRET)), Moment(CANARY))
    erasure.finish()
    own_keys(ann).let_go(mark, ["words"])
    me = viewer_of(ann, own_keys(ann).open(WORDS, SECRET))
    assert [entry.thing for entry in look(me, Moment)] == [kept.thing]


@pytest.mark.parametrize("copied", ["before the choice", "while shut", "after"])
def test_an_older_copy_of_the_keyring_brings_no_key_back(
    ann: Person, copied: str, tmp_path: object
) -> None:
    copy = tmp_path / "copy"  # type: ignore[operator]
    old = keyring().key_to_seal(ann.id, "words").raw
    steps = {
        "before the choice": lambda: None,
        "while shut": lambda: lose(ann, "words"),
        "after": lambda: letting_go.let_go(viewer_of(ann)),
    }
    for name, step in steps.items():
        step()
        if name == copied:
            keyring().copy_to(copy)
    fresh = keyring().key(ann.id, "words").raw
    ring = Keyring(copy, source())
    try:
        carry_over(keyring(), ring)
        assert not ring.is_own(ann.id, "words")
        assert ring.key(ann.id, "words").raw == fresh != old
    finally:
        ring.close()
    close_keyrings()


def test_without_names_nobody_is_shown_anything_by_a_code(ann: Person) -> None:
    me, other = viewer_of(ann), world.viewer("T.")
    met = known.meet(me, "T.")
    known.come_by(other, known.make_code(me, met.thing), "A.")
    shown = note(me, Moment("For T.")).thing
    with act(me, "share") as doing:
        ends = clock.now() + timedelta(days=80)
        give(doing, thing=shown, classes=["moment"], purpose="know", ends=ends,
             to_pair=met.noun.pair, alone=True)  # fmt: skip
    letting_go.let_go(lose(ann, "labels"))
    assert Grant.objects.get().withdrawn is not None
    assert Pair.objects.filter(maker=ann.id, maker_left=None).count() == 0
    assert [entry.thing for entry in look(viewer_of(ann), Moment)] == [shown]
    assert len(known.known(other)) == 1


# By the pages


@pytest.fixture
def shut(ann: Person, browser: Client) -> Client:
    """Someone who forgot their passphrase, has a new one, and no sheet."""
    written(browser)
    choose(browser, "words")
    ann.set_password(NEW)
    ann.save()
    client = in_another_way(ann)
    session = client.session
    session["sure"] = 0  # that was a while ago
    session.save()
    return client


def sure(client: Client, address: str) -> str:
    """The page, after the passphrase of today was given."""
    answer = client.post(address, {"sure-passphrase": NEW, "sure-then": "open"}, follow=True)
    return answer.content.decode()


def test_the_page_says_what_is_lost_and_what_stays(shut: Client) -> None:
    assert "Nothing opens it any more?" in shut.get("/notes/").content.decode()
    asked = shut.get("/me/only/let-go/").content.decode()
    assert "sure-passphrase" in asked
    assert "1 moment" not in asked
    said = sure(shut, "/me/only/let-go/")
    for words in (
        "Your words", "1 moment", "Nobody else can open it: not we, not those who run this server.",
        "You have no recovery sheet.", "still opens it", "This stays as it is: Your maps, Sounds",
    ):  # fmt: skip
        assert words in said
    assert CANARY not in said


def test_after_the_waiting_time_it_is_gone_and_one_can_write_again(
    shut: Client, ann: Person
) -> None:
    sure(shut, "/me/only/let-go/")
    assert shut.post("/me/only/let-go/").status_code == 302
    assert "You asked to let go of it." in shut.get("/").content.decode()
    assert Record.objects.filter(kind="moment").exists()
    erase_due()
    assert own_keys(ann).chosen() == {"words"}
    with clock.stopped_at(clock.now() + erasure.WAIT + timedelta(minutes=1)):
        erase_due()
    assert not Record.objects.filter(kind="moment").exists()
    assert not own_keys(ann).chosen()
    assert CANARY in shut.get(written(shut)).content.decode()


@pytest.mark.parametrize("how", ["opened", "thought again"])
def test_until_then_there_is_a_way_back(
    shut: Client, browser: Client, ann: Person, how: str
) -> None:
    sure(shut, "/me/only/let-go/")
    shut.post("/me/only/let-go/")
    if how == "opened":
        assert shut.post("/me/only/open/", {"passphrase": "three blue herons"}).status_code == 302
    else:
        assert shut.post("/me/only/let-go/keep/").status_code == 302
    assert not LettingGo.objects.exists()
    with clock.stopped_at(clock.now() + erasure.WAIT + timedelta(minutes=1)):
        erase_due()
    assert Record.objects.filter(kind="moment").exists()
    assert own_keys(ann).chosen() == {"words"}


def test_now_takes_a_second_press_and_the_class_can_be_chosen_anew(
    shut: Client, ann: Person
) -> None:
    assert "It cannot be undone." in sure(shut, "/me/only/let-go/now/")
    assert Record.objects.filter(kind="moment").exists()
    assert shut.post("/me/only/let-go/now/").status_code == 302
    assert not Record.objects.filter(kind="moment").exists()
    assert not LettingGo.objects.exists()
    address = written(shut)
    choose(shut, "words", word=NEW)
    assert own_keys(ann).chosen() == {"words"}
    assert CANARY in shut.get(address).content.decode()
    assert sheet_of(shut)


def test_nothing_is_let_go_of_while_it_is_open(browser: Client, ann: Person) -> None:
    written(browser)
    choose(browser, "words")
    for address in ("/me/only/let-go/", "/me/only/let-go/now/"):
        assert browser.post(address)["Location"] == "/me/only/"
    assert not LettingGo.objects.exists()
    assert Record.objects.filter(kind="moment").exists()


def test_only_what_says_so_is_let_go_of(ann: Person) -> None:
    """A record that someone damaged is not taken for one that was let go of."""
    letting_go.let_go(lose(ann, "words"))
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        row = note(viewer_of(ann), Moment(CANARY))
    torn = Record.objects.get(id=row.id)
    torn.body = bytes(torn.body)[:-1] + bytes([bytes(torn.body)[-1] ^ 1])
    with pytest.raises(Exception, match="record-damaged"):
        words_in(torn)
    fill(torn, Moment(CANARY))
    assert words_in(torn) == Moment(CANARY)
