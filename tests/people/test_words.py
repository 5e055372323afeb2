"""Cards of six words: in once and never twice, back in only by two keepers, and nothing told."""

import threading
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import connection, connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kith.base import clock
from kith.base.problems import Missing
from kith.people import locks
from kith.people.actions import begin, invite, join
from kith.people.models import CardOfWords, Person, Trace, Vouching
from kith.people.readings import viewer_of
from kith.people.signin import tries, words
from kith.permissions.viewer import Viewer
from people.authenticator import Device
from world import again, joined, signed_in, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
OLD, NEW = "tea in the morning", "tea on the stairs"


def at(minutes: float) -> AbstractContextManager[None]:
    return clock.stopped_at(NOON + timedelta(minutes=minutes))


def browser(host: str = "127.0.0.1") -> Client:
    return Client(headers={"host": host})


def type_in(client: Client, typed: str) -> bool:
    return client.post("/words/", {"words": typed}).status_code == 302


def is_open(client: Client) -> bool:
    return "_auth_user_id" in client.session


def choose(client: Client, handle: str = "rose", passphrase: str = NEW) -> None:
    client.post("/words/choose/", {"handle": handle, "passphrase": passphrase})


def two_keepers() -> tuple[Viewer, Viewer, UUID]:
    keeper, circle = ward()
    return keeper, joined(keeper, circle, "keeper"), circle


def rose_in(keeper: Viewer, circle: UUID) -> Person:
    """Someone who was here before, with a passphrase."""
    rose = begin("R.", handle="rose", passphrase=OLD)
    join(viewer_of(rose), invite(keeper, circle, "guest", 30))
    return rose


# Reading what was typed


@given(st.lists(st.sampled_from(words.listed()), min_size=6, max_size=6), st.data())
def test_any_card_is_read_however_it_is_typed(told: list[str], data: st.DataObject) -> None:
    written = [
        word[: data.draw(st.integers(min(4, len(word)), len(word)))]
        if data.draw(st.booleans())
        else word.upper()
        for word in told
    ]
    between = data.draw(st.sampled_from([" ", "\n", ", ", " - ", "  "]))
    assert words.read(between.join(written)) == (told, [])


def test_four_letters_belong_to_one_word_only() -> None:
    assert len({word[:4] for word in words.listed()}) == len(words.listed()) == 2048


@given(st.text(max_size=60))
def test_what_is_no_word_is_named(typed: str) -> None:
    found, strange = words.read(typed)
    assert all(word in words.listed() for word in found)
    assert all(part not in words.listed() for part in strange)


# Coming in


def test_a_card_lets_one_person_in_once_and_into_its_circle() -> None:
    keeper, circle = ward()
    card = " ".join(words.make(keeper, circle, "guest", 3))
    mine, other = browser(), browser()
    assert type_in(mine, card)
    assert type_in(other, card)  # typed, but not yet spent
    choose(mine)
    assert is_open(mine)
    assert "Ward 6" in mine.get("/together/").content.decode()
    choose(other, "flora")
    assert not is_open(other)
    assert not type_in(browser(), card)
    assert [bool(Person.objects.with_handle(one)) for one in ("rose", "flora")].count(True) == 1


def test_a_tablet_that_goes_dark_halfway_costs_nobody_their_card() -> None:
    keeper, circle = ward()
    card = " ".join(words.make(keeper, circle, "guest", 3))
    lost = browser()
    type_in(lost, card)
    choose(lost, passphrase="short")
    mine = browser()
    assert type_in(mine, card)
    choose(mine)
    assert is_open(mine)


def test_one_may_take_ten_minutes_to_choose_and_not_longer() -> None:
    keeper, circle = ward()
    with at(0):
        card = " ".join(words.make(keeper, circle, "guest", 3))
        mine = browser()
        type_in(mine, card)
    with at(10):
        choose(mine)
        assert not is_open(mine)
        assert type_in(mine, card)
        choose(mine)
        assert is_open(mine)


def test_a_card_ends() -> None:
    with at(0):
        keeper, circle = ward()
        card = " ".join(words.make(keeper, circle, "guest", 1))
    with at(24 * 60):
        assert not type_in(browser(), card)


def test_a_passkey_may_be_chosen_instead() -> None:
    keeper, circle = ward()
    card = " ".join(words.make(keeper, circle, "guest", 3))
    mine = browser("localhost")
    type_in(mine, card)
    taken = mine.post("/words/choose/ask/", {"handle": ""})
    assert taken.status_code == 422
    asked = mine.post("/words/choose/ask/", {"handle": "rose"}).json()
    mine.post("/words/choose/", {"handle": "rose", "answer": "{}"})
    assert not is_open(mine)
    asked = mine.post("/words/choose/ask/", {"handle": "rose"}).json()
    mine.post("/words/choose/", {"handle": "rose", "answer": Device().make(asked)})
    assert is_open(mine)
    rose = Person.objects.get_by_natural_key("rose")
    assert rose.passkeys.count() == 1
    assert not rose.has_usable_password()


@pytest.mark.parametrize("typed", ["", "tea", "abandon " * 5, "abandon " * 6, "abandon " * 7])
def test_what_is_no_card_opens_nothing_and_says_why(typed: str) -> None:
    ward()
    answer = browser().post("/words/", {"words": typed})
    assert answer.status_code == 200
    assert 'class="why"' in answer.content.decode()


def test_without_a_card_nobody_chooses() -> None:
    for address in ("/words/choose/", "/words/choose/ask/"):
        assert browser().get(address).status_code == 404
        assert browser().post(address, {"handle": "x", "passphrase": NEW}).status_code == 404
    assert not Person.objects.exists()


def test_guessing_soon_has_to_wait() -> None:
    client = browser()
    with at(0):
        for _ in range(tries.FREE_AT_ADDRESS):
            type_in(client, "abandon " * 6)
        answer = client.post("/words/", {"words": "abandon " * 6}).content.decode()
    assert "Wait 15 seconds" in answer


def test_the_words_are_kept_nowhere() -> None:
    keeper, circle = ward()
    card = words.make(keeper, circle, "guest", 3)
    mine = browser()
    type_in(mine, " ".join(card))
    with connection.cursor() as cursor:
        for table in ("kith_card_of_words", "kith_session"):
            cursor.execute(f"select * from {table}")
            held = str(cursor.fetchall())
            assert not any(f"{a} {b}" in held for a, b in pairwise(card))
    assert card[0] not in str(dict(mine.session.items()))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_hold_the_same_card_one_gets_in() -> None:
    keeper, circle = ward()
    card = words.in_force(words.make(keeper, circle, "guest", 3))
    got_in: list[str] = []

    def one(number: int) -> None:
        try:
            words.start_with(card, Person(password="!").named("", f"p{number}"))
            got_in.append(f"p{number}")
        except Missing:
            pass
        connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got_in) == 1
    assert [one.handle for one in Person.objects.exclude(handle_mark=None)] == got_in


@pytest.mark.parametrize("part", ["guest", "team"])
def test_only_a_keeper_makes_cards_of_words(part: str) -> None:
    keeper, circle = ward()
    who, client = joined(keeper, circle, part), browser()
    signed_in(client, who)
    for address in (f"/together/{circle}/words/", f"/together/{circle}/again/"):
        assert client.get(address).status_code == 404
    with pytest.raises(Missing):
        words.make(who, circle, "guest", 3)
    with pytest.raises(Missing):
        words.vouch(who, circle, "rose")


# Coming back


def test_two_keepers_let_someone_back_in_and_everything_old_ends() -> None:
    one, two, circle = two_keepers()
    rose = rose_in(one, circle)
    before = browser()
    before.post("/in/", {"username": "rose", "password": OLD})
    assert words.vouch(one, circle, "Rose") is None
    card = words.vouch(two, circle, "rose")
    assert card
    mine = browser()
    type_in(mine, " ".join(card))
    assert "You sign in as rose" in mine.get("/words/choose/").content.decode()
    mine.post("/words/choose/", {"passphrase": NEW})
    assert is_open(mine)
    assert before.get("/me/").status_code == 302
    rose.refresh_from_db()
    assert rose.check_password(NEW)
    told = mine.get("/me/ways/").content.decode()
    assert "Two keepers made a card of words for you. Ward 6." in told
    assert "A card of words was used to come in." in told


def test_the_person_sees_that_a_card_was_made_before_anyone_uses_it() -> None:
    one, two, circle = two_keepers()
    rose_in(one, circle)
    mine = browser()
    mine.post("/in/", {"username": "rose", "password": OLD})
    words.vouch(one, circle, "rose")
    assert "made a card of words" not in mine.get("/").content.decode()
    words.vouch(two, circle, "rose")
    assert "made a card of words" in mine.get("/").content.decode()


def test_a_passkey_of_before_opens_nothing_after() -> None:
    one, two, circle = two_keepers()
    rose = rose_in(one, circle)
    rose.passkeys.create(name="lost", credential=b"x", public=b"x", count=0, made=NOON.date())
    words.vouch(one, circle, "rose")
    card = words.vouch(two, circle, "rose")
    words.come_back_with(words.in_force(card or []), rose, NEW)
    assert not rose.passkeys.exists()


def test_what_was_only_theirs_stays_shut_to_a_card() -> None:
    one, two, circle = two_keepers()
    rose = rose_in(one, circle)
    theirs = locks.own_keys(rose)
    own = theirs.begin(locks.PASSPHRASE, locks.as_secret(OLD))
    words.vouch(one, circle, "rose")
    card = words.in_force(words.vouch(two, circle, "rose") or [])
    words.come_back_with(card, rose, NEW)
    assert theirs.open(locks.PASSPHRASE, locks.as_secret(NEW)) is None
    assert theirs.open(locks.PASSPHRASE, locks.as_secret(OLD)) == own


def test_one_keeper_alone_never_gets_a_card() -> None:
    one, _two, circle = two_keepers()
    rose_in(one, circle)
    for _ in range(3):
        assert words.vouch(one, circle, "rose") is None
    assert not CardOfWords.objects.exists()


def test_a_keeper_of_another_circle_and_one_who_comes_late_do_not_count() -> None:
    with at(0):
        one, two, circle = two_keepers()
        rose_in(one, circle)
        stranger, elsewhere = ward("Ward 7")
        assert words.vouch(one, circle, "rose") is None
        assert words.vouch(stranger, elsewhere, "rose") is None
    with at(61):
        assert words.vouch(two, circle, "rose") is None
    assert not CardOfWords.objects.exists()


def test_someone_who_is_not_in_the_circle_cannot_be_let_in_by_its_keepers() -> None:
    one, two, circle = two_keepers()
    rose = begin("R.", handle="rose", passphrase=OLD)
    words.vouch(one, circle, "rose")
    card = words.vouch(two, circle, "rose")
    assert card
    assert not type_in(browser(), " ".join(card))
    assert not Trace.objects.filter(person=rose).exists()


def pages_for(name: str, keepers: tuple[Viewer, Viewer], circle: UUID) -> list[str]:
    """What each keeper sees when they vouch for this name, without what differs each time."""
    skip = ("csrfmiddlewaretoken", '<ol class="show code">')
    seen = []
    for keeper in keepers:
        client = browser()
        signed_in(client, again(keeper))
        answer = client.post(f"/together/{circle}/again/", {"name": name}, follow=True)
        lines = answer.content.decode().replace(name, "").splitlines()
        seen.append("\n".join(line for line in lines if not any(part in line for part in skip)))
    return seen


def test_keepers_never_learn_whether_a_name_is_there() -> None:
    one, two, circle = two_keepers()
    rose_in(one, circle)
    begin("F.", handle="flora", passphrase=OLD)
    there, elsewhere, nowhere = (
        pages_for(name, (one, two), circle) for name in ("rose", "flora", "nobody")
    )
    assert there == elsewhere == nowhere


def test_a_name_that_keepers_typed_is_not_kept() -> None:
    one, _two, circle = two_keepers()
    words.vouch(one, circle, "flora.of.ward.6")
    assert "flora" not in str(list(Vouching.objects.values()))


def test_making_a_card_asks_again_first() -> None:
    with at(0):
        keeper, circle = ward()
        person = Person.objects.get(id=keeper.person)
        person.set_password(OLD)
        person.save()
        client = browser()
        signed_in(client, keeper)
    with at(20):
        for way in ("words", "again"):
            page = client.get(f"/together/{circle}/{way}/").content.decode()
            assert "Is it you?" in page
