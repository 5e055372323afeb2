"""Choosing *only me*, opening what is shut, and the recovery sheet, as pages do it."""

import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver
from mnemonic import Mnemonic

import world
from kith.base import clock
from kith.base.problems import Invalid, Refused
from kith.care.actions import send, write
from kith.care.nouns import Request, RequestAtFirst
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.people import locks
from kith.people.actions import begin
from kith.people.codes import square
from kith.people.locks import COOKIE, own_keys
from kith.people.models import Passkey, Person, Session
from kith.people.only_me import sheet
from kith.people.only_me.kinds import NAMES
from kith.people.readings import viewer_of
from kith.people.signin.passkeys import take_away
from kith.permissions.actions import act, give
from kith.permissions.models import Grant
from kith.permissions.readings import look, look_at
from kith.records.models import Record
from kith.records.nouns import CLASSES
from kith.records.only_me import CHOICES, PASSPHRASE, WORDS
from kith.records.sealing import close_keyrings
from records.intruder import opens
from walls.test_rules import views

pytestmark = [pytest.mark.store, pytest.mark.django_db]
WORD, NEW = "three blue herons", "nine green kettles"
CANARY = "tea with T., canary-77"


@pytest.fixture
def ann() -> Person:
    return begin("A.", handle="ann", passphrase=WORD)


@pytest.fixture
def browser(ann: Person) -> Client:
    client = Client()
    sign_in(client)
    return client


def sign_in(client: Client, word: str = WORD) -> None:
    assert client.post("/in/", {"username": "ann", "password": word}).status_code == 302


def in_another_way(ann: Person) -> Client:
    """Signed in without the passphrase: by a card, say."""
    client = Client()
    client.force_login(ann)
    return client


def choose(client: Client, *classes: str, word: str = WORD) -> None:
    for of in classes:
        assert client.post(f"/me/only/of/{of}/", {"passphrase": word}).status_code == 302


def written(client: Client) -> str:
    """Note a moment by the page; the address where it stands."""
    page = client.get("/notes/write/").content.decode()
    id = re.search(r'name="id" value="([^"]+)"', page)
    form = {"id": id and id[1], "words": CANARY, "happened": "yes", "when": "now"}
    answer = client.post("/notes/write/", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def sheet_of(client: Client) -> str:
    page = client.post("/me/only/sheet/").content.decode()
    found = re.findall(r"<li>([a-z]+)</li>", page)
    assert len(found) == 24
    assert square(" ".join(found)) in page
    return " ".join(found)


def test_chosen_everything_goes_on_for_its_owner(browser: Client) -> None:
    address = written(browser)
    choose(browser, "words", "labels", "map")
    assert CANARY in browser.get(address).content.decode()
    again = written(browser)
    fresh = Client()
    sign_in(fresh)
    for place in (address, again):
        assert CANARY in fresh.get(place).content.decode()


def test_nothing_the_server_holds_opens_it_while_its_owner_is_signed_in(
    browser: Client, ann: Person, kith_home: Path
) -> None:
    written(browser)
    record = Record.objects.get(kind="moment")
    assert opens(record, [kith_home], CLASSES)
    choose(browser, "words")
    sheet_of(browser)
    assert CANARY in browser.get("/notes/").content.decode()
    assert not opens(record, [kith_home], CLASSES)


def test_the_row_alone_and_the_cookie_alone_open_nothing(browser: Client, ann: Person) -> None:
    address = written(browser)
    choose(browser, "words")
    assert browser.cookies[COOKIE]["httponly"]
    assert browser.cookies[COOKIE]["samesite"] == "Strict"
    without = Client()
    without.cookies["page"] = browser.cookies["page"].value
    assert CANARY not in without.get(address).content.decode()
    elsewhere = in_another_way(ann)
    elsewhere.cookies[COOKIE] = browser.cookies[COOKIE].value
    assert CANARY not in elsewhere.get(address).content.decode()
    assert CANARY in browser.get(address).content.decode()


@pytest.mark.parametrize("garbage", ["", "x", "AAAA", "A" * 44, "é"])
def test_a_cookie_that_is_none_opens_nothing_and_breaks_nothing(
    browser: Client, garbage: str
) -> None:
    address = written(browser)
    choose(browser, "words")
    browser.cookies[COOKIE] = garbage
    answer = browser.get(address)
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()


def test_signing_out_shuts_it(browser: Client, ann: Person) -> None:
    choose(browser, "words")
    assert Session.objects.filter(person=ann).exists()
    answer = browser.post("/out/")
    assert answer.cookies[COOKIE].value == ""
    assert not Session.objects.filter(person=ann).exists()


PAGES = ["/", "/map/", "/notes/", "/notes/write/", "/notes/again/", "/notes/cards/", "/asks/"]


@pytest.mark.parametrize("address", [*PAGES, "/notes/gone/", "/me/", "/me/only/", "/sharing/"])
def test_shut_no_page_breaks_or_says_that_nothing_is_there(
    browser: Client, ann: Person, address: str
) -> None:
    written(browser)
    choose(browser, "words", "labels", "map")
    answer = in_another_way(ann).get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert CANARY not in page
    if address not in ("/me/", "/sharing/"):
        assert "shut" in page
    assert "Just you, for now" not in page


def test_what_was_filled_in_while_it_was_shut_is_kept_once_it_is_open(
    browser: Client, ann: Person
) -> None:
    choose(browser, "words")
    other = in_another_way(ann)
    form = {"id": str(uuid4()), "words": CANARY, "happened": "yes", "when": "now"}
    asked = other.post("/notes/write/", form)
    assert asked.status_code == 423
    assert CANARY in asked.content.decode()
    assert not Record.objects.filter(kind="moment").exists()
    wrong = other.post("/notes/write/", form | {"open-passphrase": "no", "sure-then": "send"})
    assert wrong.status_code == 423
    assert CANARY in wrong.content.decode()
    right = other.post("/notes/write/", form | {"open-passphrase": WORD, "sure-then": "send"})
    assert right.status_code == 302
    assert CANARY in other.get(right["Location"]).content.decode()


def test_actions_and_readings_refuse_what_is_shut(ann: Person, browser: Client) -> None:
    written(browser)
    thing = Record.objects.get(kind="moment").thing
    choose(browser, "words")
    shut = viewer_of(ann)
    assert shut.shut == {"words"}
    assert look(shut, Moment) == []
    with pytest.raises(Refused, match="only-me-shut"):
        look_at(shut, Moment, thing)
    with pytest.raises(Refused, match="only-me-shut"):
        note(shut, Moment(words="more"))


def test_what_is_shown_of_it_stops_and_cannot_be_shown_again(ann: Person, browser: Client) -> None:
    keeper, circle = world.ward()
    world.join(viewer_of(ann), world.invite(keeper, circle, "guest", 3))
    written(browser)
    thing = Record.objects.get(kind="moment").thing
    told = {"classes": ("moment",), "purpose": "talk", "to_circle": circle, "thing": thing}
    told["ends"] = clock.now() + timedelta(days=5)
    with act(viewer_of(ann), "test.give") as doing:
        give(doing, **told)
    assert "stops at once" in browser.get("/me/only/of/words/").content.decode()
    choose(browser, "words")
    assert not Grant.objects.filter(withdrawn=None).exists()
    with pytest.raises(Refused, match="only-me-class"), act(viewer_of(ann), "test.give") as doing:
        give(doing, **told)


def test_a_request_from_before_is_shown_no_more_when_words_are_only_ones_own(
    ann: Person, browser: Client
) -> None:
    keeper, circle = world.ward()
    world.join(viewer_of(ann), world.invite(keeper, circle, "guest", 3))
    me = viewer_of(ann)
    with act(me, "test.write") as doing:
        said = RequestAtFirst(words=CANARY, circle=circle)
        thing = doing.keep(me.own, said).thing
        ends = clock.now() + timedelta(days=5)
        told = {"classes": ("request",), "purpose": "request", "to_circle": circle}
        give(doing, thing=thing, ends=ends, **told)  # type: ignore[arg-type]
    team = world.joined(keeper, circle, "team")
    assert [one.noun.words for one in look(team, Request, purpose="request")] == [CANARY]
    choose(browser, "words")
    assert look(team, Request, purpose="request") == []
    assert not Grant.objects.filter(withdrawn=None).exists()


def test_what_is_asked_of_a_service_stays_readable_there(ann: Person, browser: Client) -> None:
    keeper, circle = world.ward()
    world.join(viewer_of(ann), world.invite(keeper, circle, "guest", 3))
    choose(browser, "words", "map")
    browser.get("/")
    theirs = own_keys(ann)
    me = viewer_of(ann, theirs.open(PASSPHRASE, locks.as_secret(WORD)))
    kept = write(me, Request(words=CANARY, circle=circle))
    send(me, kept.thing, previewed=kept.id, ends=clock.now() + timedelta(days=5))
    team = world.joined(keeper, circle, "team")
    assert [one.noun.words for one in look(team, Request, purpose="request")] == [CANARY]


def test_given_back_it_opens_however_one_came_in(browser: Client, ann: Person) -> None:
    address = written(browser)
    choose(browser, "words")
    assert browser.post("/me/only/of/words/back/").status_code == 302
    assert CANARY in in_another_way(ann).get(address).content.decode()


def test_a_changed_passphrase_opens_it_too(browser: Client) -> None:
    address = written(browser)
    choose(browser, "words")
    told = {"handle": "ann", "now": WORD, "passphrase": NEW}
    assert browser.post("/me/ways/words/", told).status_code == 302
    fresh = Client()
    sign_in(fresh, NEW)
    assert CANARY in fresh.get(address).content.decode()


def forget_the_passphrase(ann: Person) -> Client:
    """It was reset by other means: nobody told the old one."""
    ann.set_password(NEW)
    ann.save()
    client = Client()
    sign_in(client, NEW)
    return client


def test_the_sheet_opens_it_after_the_passphrase_is_forgotten(browser: Client, ann: Person) -> None:
    address = written(browser)
    choose(browser, "words")
    words = sheet_of(browser)
    later = forget_the_passphrase(ann)
    assert CANARY not in later.get(address).content.decode()
    short = " ".join(f"{n}. {word[:4].upper()}" for n, word in enumerate(words.split(), 1))
    assert later.post("/me/only/words/", {"words": short, "passphrase": NEW}).status_code == 302
    assert CANARY in later.get(address).content.decode()
    fresh = Client()
    sign_in(fresh, NEW)
    assert CANARY in fresh.get(address).content.decode()


def test_a_new_sheet_makes_the_old_one_worthless(browser: Client, ann: Person) -> None:
    choose(browser, "words")
    old, new = sheet_of(browser), sheet_of(browser)
    later = forget_the_passphrase(ann)
    refused = later.post("/me/only/words/", {"words": old, "passphrase": NEW})
    assert "another sheet" in refused.content.decode()
    assert later.post("/me/only/words/", {"words": new, "passphrase": NEW}).status_code == 302


def test_without_the_sheet_it_is_lost_and_the_page_said_so(browser: Client, ann: Person) -> None:
    address = written(browser)
    assert "all of this is lost" in browser.get("/me/only/of/words/").content.decode()
    choose(browser, "words")
    assert "no recovery sheet" in browser.get("/me/").content.decode()
    later = forget_the_passphrase(ann)
    assert CANARY not in later.get(address).content.decode()
    assert later.post("/me/only/open/", {"passphrase": NEW}).status_code == 200
    assert CANARY not in later.get(address).content.decode()
    assert later.get("/me/only/words/").status_code == 404


def test_once_there_is_a_sheet_nothing_more_is_said_about_it(browser: Client) -> None:
    choose(browser, "words")
    assert "no recovery sheet" in browser.get("/me/").content.decode()
    sheet_of(browser)
    assert "no recovery sheet" not in browser.get("/me/").content.decode()


def test_an_old_passphrase_still_opens_it_and_the_new_one_can_be_set(
    browser: Client, ann: Person
) -> None:
    address = written(browser)
    choose(browser, "words")
    later = forget_the_passphrase(ann)
    assert later.post("/me/only/open/", {"passphrase": WORD}).status_code == 302
    assert later.post("/me/only/renew/", {"passphrase": NEW}).status_code == 302
    fresh = Client()
    sign_in(fresh, NEW)
    assert CANARY in fresh.get(address).content.decode()


def test_opening_has_as_few_free_tries_as_signing_in(browser: Client, ann: Person) -> None:
    choose(browser, "words")
    other = in_another_way(ann)
    for _ in range(5):
        other.post("/me/only/open/", {"passphrase": "wrong"})
    assert "Wait" in other.post("/me/only/open/", {"passphrase": WORD}).content.decode()


def test_the_wrong_passphrase_chooses_nothing(browser: Client, ann: Person) -> None:
    assert browser.post("/me/only/of/words/", {"passphrase": "wrong"}).status_code == 200
    assert not own_keys(ann).chosen()


def test_what_is_said_to_others_cannot_be_chosen(browser: Client, ann: Person) -> None:
    for of in ("contributions", "space", "ledger", "proof"):
        assert browser.post(f"/me/only/of/{of}/", {"passphrase": WORD}).status_code == 404
    assert not own_keys(ann).chosen()


def test_one_without_a_lock_is_told_to_choose_one_first_and_that_a_card_is_none(
    kith_home: Path,
) -> None:
    other = begin("B.")
    client = in_another_way(other)
    said = client.get("/me/only/").content.decode()
    assert "you need a lock of your own first" in said
    assert "A card of words lets you in once. It cannot lock anything." in said
    assert client.post("/me/only/of/words/", {"passphrase": ""}).status_code == 302
    assert not own_keys(other).chosen()


def test_a_sheet_made_before_anything_is_chosen_opens_it_later(
    browser: Client, ann: Person
) -> None:
    words = sheet_of(browser)
    choose(browser, "words")
    assert own_keys(ann).ways().keys() == {WORDS, PASSPHRASE}
    assert own_keys(ann).open(WORDS, sheet.secret_of(words)) is not None


def test_after_a_reset_with_nothing_chosen_one_begins_anew(browser: Client, ann: Person) -> None:
    choose(browser, "words")
    assert browser.post("/me/only/of/words/back/").status_code == 302
    later = forget_the_passphrase(ann)
    choose(later, "map", word=NEW)
    assert own_keys(ann).chosen() == {"map"}
    assert browser.get("/").status_code in (200, 302)
    close_keyrings()


def test_a_passkey_opens_it_until_it_is_taken_away(ann: Person) -> None:
    secret = urlsafe_b64encode(bytes(32)).decode().rstrip("=")
    request = RequestFactory().get("/")
    request.user, request.session = ann, {}  # type: ignore[assignment]
    key = Passkey(person=ann, name="phone", credential=b"id", public=b"", count=0)
    key.made = clock.today()
    key.save()
    assert not locks.let_passkey_open(request, key, secret)
    locks.keep_open(request, ann, own_keys(ann).begin(PASSPHRASE, WORD.encode()))
    for wrong in ("", "x", "é", secret[:-4]):
        assert not locks.let_passkey_open(request, key, wrong)
    assert locks.let_passkey_open(request, key, secret)
    assert locks.opened_with_passkey(request, key, secret)
    assert not locks.opened_with_passkey(request, key, "B" + secret[1:])
    assert locks.opens_with_passkey(key)
    take_away(ann, key)
    assert own_keys(ann).ways().keys() == {PASSPHRASE}


def test_every_class_that_can_be_chosen_is_named() -> None:
    assert NAMES.keys() == set(CHOICES)


@pytest.mark.parametrize("seed", range(20))
def test_the_words_are_those_of_bip39_by_an_independent_way(seed: int) -> None:
    """Entropy, then the first byte of its SHA-256, in pieces of eleven bits: nothing else."""
    secret = hashlib.sha256(bytes([seed])).digest()
    bits = int.from_bytes(secret + hashlib.sha256(secret).digest()[:1])
    listed = Mnemonic("english").wordlist
    words = [listed[bits >> 11 * (23 - n) & 2047] for n in range(24)]
    assert sheet.secret_of(" ".join(words)) == secret
    assert sheet.secret_of("\n".join(f"{n}: {w[:4]}" for n, w in enumerate(words))) == secret


def test_mistakes_in_the_words_are_told_one_by_one() -> None:
    words = list(sheet.fresh_words())
    for typed, code in [
        (words[:23], "words-not-24"),
        ([*words[:6], "herons", *words[7:]], "word-unknown"),
        (["zoo"] * 24, "words-not-together"),
        ([], "words-not-24"),
    ]:
        with pytest.raises(Invalid) as found:
            sheet.secret_of(" ".join(typed))
        assert [flaw.code for flaw in found.value.flaws] == [code]


PRIVATE = ("kith.maps", "kith.moments", "kith.care.pages.asking", "kith.people.sharing.known")


def test_every_page_of_ones_own_things_waits_while_they_are_shut() -> None:
    every = (view for _, view in views(get_resolver().url_patterns))
    # A shell holds nothing of anyone's: the device fills it in, and what it sends waits.
    # So does paper that keeps nothing.
    named = (view for view in every if view.__name__ not in ("shell", "once"))
    # The words that a circle offers for moments are the circle's.
    named = (view for view in named if not view.__module__.startswith("kith.moments.tags"))
    found: list[Any] = [view for view in named if view.__module__.startswith(PRIVATE)]
    assert len(found) > 50
    assert [f"{one.__module__}.{one.__name__}" for one in found if not one.mine] == []
