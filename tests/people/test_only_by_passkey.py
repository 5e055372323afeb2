"""*Only me* by passkey alone: chosen, opened, shared among keys, and lost only knowingly."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

import world
from kith.base.problems import Refused
from kith.people.actions import begin
from kith.people.locks import own_keys, secret_in
from kith.people.models import Passkey, Person
from kith.people.readings import viewer_of
from kith.people.signin import words as cards
from kith.people.signin.passkeys import take_away
from kith.records.models import Record
from kith.records.nouns import CLASSES
from kith.records.only_me import PASSKEY, PASSPHRASE, WORDS
from people.authenticator import Device
from people.test_only_me import CANARY, NEW, WORD, sheet_of, written
from records.intruder import opens

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def add_key(client: Client, person: Person, name: str) -> Device:
    device = Device(user=person.id.bytes)
    told = {"name": name, "answer": device.make(client.post("/me/ways/key/ask/").json())}
    assert client.post("/me/ways/key/", told).status_code == 302
    return device


def come_in(device: Device, prf: str | None = None) -> Client:
    client = browser()
    answer = device.use(client.post("/in/key/ask/").json())
    client.post("/in/key/", {"answer": answer, "prf": device.prf if prf is None else prf})
    assert "_auth_user_id" in client.session
    return client


def used(client: Client, device: Device, ask: str = "") -> dict[str, str]:
    """The answer to a question that this browser asked, and the secret."""
    asked = client.post(f"/in/key/ask/{ask}").json()
    return {"answer": device.use(asked), "prf": device.prf}


def choose(client: Client, device: Device, of: str = "words") -> None:
    assert client.post(f"/me/only/of/{of}/", used(client, device)).status_code == 302


@pytest.fixture
def ben() -> Person:
    """Someone who has a passkey and nothing else."""
    return begin("B.", handle="ben")


@pytest.fixture
def phone(ben: Person) -> Device:
    client = browser()
    client.force_login(ben)
    return add_key(client, ben, "my phone")


@pytest.fixture
def client(phone: Device) -> Client:
    return come_in(phone)


def ways(ben: Person) -> set[str]:
    return {way.partition("/")[0] for way in own_keys(ben).ways()}


def test_chosen_by_passkey_alone_it_opens_as_one_signs_in_with_it(
    client: Client, phone: Device, ben: Person
) -> None:
    address = written(client)
    assert "With a passkey alone" in client.get("/me/only/of/words/").content.decode()
    choose(client, phone)
    assert own_keys(ben).chosen() == {"words"}
    assert ways(ben) == {"passkey"}
    for browsing in (client, come_in(phone)):
        assert CANARY in browsing.get(address).content.decode()
    assert CANARY not in come_in(phone, prf="").get(address).content.decode()


def test_nothing_the_server_holds_opens_it_while_its_owner_is_signed_in(
    client: Client, phone: Device, kith_home: Path
) -> None:
    written(client)
    record = Record.objects.get(kind="moment")
    assert opens(record, [kith_home], CLASSES)
    choose(client, phone)
    sheet_of(client)
    come_in(phone)
    assert CANARY in client.get("/notes/").content.decode()
    assert not opens(record, [kith_home], CLASSES)


def test_a_server_that_keeps_the_secret_is_caught(
    client: Client, phone: Device, kith_home: Path
) -> None:
    written(client)
    choose(client, phone)
    session = client.session
    session["prf"] = b64encode(secret_in(phone.prf)).decode()
    session.save()
    assert opens(Record.objects.get(kind="moment"), [kith_home], CLASSES)


def test_what_was_filled_in_while_it_was_shut_is_kept_once_the_passkey_opens_it(
    client: Client, phone: Device, ben: Person
) -> None:
    choose(client, phone)
    shut = come_in(phone, prf="")
    form = {"id": "0b0f6d2e-6f0e-4a52-9f43-1d9a3f8a7c11", "words": CANARY, "happened": "yes"}
    form["when"] = "now"
    asked = shut.post("/notes/write/", form)
    said = asked.content.decode()
    assert asked.status_code == 423
    assert "Open it with your passkey." in said
    assert "open-passphrase" not in said
    brought = used(shut, phone, "?open")
    told = {"open-answer": brought["answer"], "open-prf": brought["prf"], "sure-then": "send"}
    right = shut.post("/notes/write/", form | told)
    assert right.status_code == 302
    assert CANARY in shut.get(right["Location"]).content.decode()


@pytest.mark.parametrize("prf", ["", "AAAA", "é", "A" * 42, "A" * 86])
def test_a_passkey_without_a_secret_says_so_and_nothing_is_chosen(
    client: Client, phone: Device, ben: Person, prf: str
) -> None:
    told = used(client, phone) | {"prf": prf}
    said = client.post("/me/only/of/words/", told).content.decode()
    assert "This passkey cannot do that" in said
    assert "Nothing has changed." in said
    assert not own_keys(ben).chosen()
    assert not own_keys(ben).ways()


def test_a_secret_without_the_passkey_chooses_nothing(
    client: Client, phone: Device, ben: Person
) -> None:
    stranger = Device(user=ben.id.bytes)
    for wrong in (stranger, phone.but(flags=0), phone.but(origin="http://elsewhere.example")):
        said = client.post("/me/only/of/words/", used(client, wrong)).content.decode()
        assert "The passkey did not open. Nothing has changed." in said
    assert not own_keys(ben).chosen()


def test_a_second_passkey_takes_over_and_nothing_is_lost(
    client: Client, phone: Device, ben: Person
) -> None:
    address = written(client)
    choose(client, phone)
    laptop = add_key(client, ben, "laptop")
    shut = come_in(laptop)
    assert CANARY not in shut.get(address).content.decode()
    assert client.post("/me/only/passkey/", used(client, laptop)).status_code == 302
    first = Passkey.objects.get(credential=phone.credential)
    assert client.post(f"/me/ways/key/{first.pk}/away/").status_code == 302
    assert own_keys(ben).ways().keys() == {PASSKEY + _hash(laptop)}
    assert CANARY in come_in(laptop).get(address).content.decode()


def _hash(device: Device) -> str:
    return sha256(device.credential).hexdigest()


def test_a_passphrase_can_be_let_open_it_and_no_longer(
    client: Client, phone: Device, ben: Person
) -> None:
    address = written(client)
    choose(client, phone)
    told = {"handle": "ben", "passphrase": WORD}
    assert client.post("/me/ways/words/", told).status_code == 302
    assert ways(ben) == {"passkey"}, "a passphrase opens it only once that is said"
    shut = browser()
    shut.post("/in/", {"username": "ben", "password": WORD})
    assert CANARY not in shut.get(address).content.decode()
    assert client.post("/me/only/renew/", {"passphrase": WORD}).status_code == 302
    assert ways(ben) == {"passkey", PASSPHRASE}
    assert client.post("/me/only/less/", {"way": PASSPHRASE}).status_code == 302
    assert ways(ben) == {"passkey"}
    assert CANARY in come_in(phone).get(address).content.decode()


def test_choosing_more_by_passphrase_adds_no_way_on_the_side(
    client: Client, phone: Device, ben: Person
) -> None:
    choose(client, phone)
    client.post("/me/ways/words/", {"handle": "ben", "passphrase": WORD})
    assert client.post("/me/only/of/map/", {"passphrase": WORD}).status_code == 302
    assert own_keys(ben).chosen() == {"words", "map"}
    assert ways(ben) == {"passkey"}


def test_the_last_passkey_goes_only_when_one_says_that_one_knows(
    client: Client, phone: Device, ben: Person
) -> None:
    address = written(client)
    choose(client, phone)
    key = ben.passkeys.get()
    place = f"/me/ways/key/{key.pk}/away/"
    assert "last key to what is only yours: Your words" in client.get(place).content.decode()
    refused = client.post(place)
    assert refused.status_code == 422
    assert "Say that you know, or go back." in refused.content.decode()
    with pytest.raises(Refused, match="last-way-in"):
        take_away(ben, key)
    assert CANARY in come_in(phone).get(address).content.decode()
    assert client.post(place, {"lost": "on"}).status_code == 302
    assert not own_keys(ben).ways()
    said = client.get("/me/only/").content.decode()
    assert "Nothing opens it once you sign out here" in said
    later = browser()
    later.force_login(ben)
    assert "Nothing is left that opens it" in later.get(address).content.decode()


def test_no_way_goes_silently_as_the_last(client: Client, phone: Device, ben: Person) -> None:
    choose(client, phone)
    sheet_of(client)
    assert "lost" not in client.get("/me/only/less/").content.decode().split("<main")[1]
    assert client.post("/me/only/less/", {"way": WORDS}).status_code == 302
    way = next(iter(own_keys(ben).ways()))
    assert "This is the last key" in client.get("/me/only/less/").content.decode()
    assert client.post("/me/only/less/", {"way": way}).status_code == 422
    assert client.post("/me/only/less/", {"way": PASSPHRASE, "lost": "on"}).status_code == 422
    assert own_keys(ben).ways().keys() == {way}
    assert client.post("/me/only/less/", {"way": way, "lost": "on"}).status_code == 302
    assert client.post("/me/only/passkey/", used(client, phone)).status_code == 302
    assert own_keys(ben).ways().keys() == {way}, "until one signs out one can think again"


def test_the_sheet_opens_it_when_the_passkey_is_lost(
    client: Client, phone: Device, ben: Person
) -> None:
    address = written(client)
    choose(client, phone)
    typed = sheet_of(client)
    new = add_key(client, ben, "new phone")
    later = come_in(new)
    asked = later.get(address).content.decode()
    assert CANARY not in asked
    assert "recovery sheet" in asked
    assert "Your passphrase of today" not in later.get("/me/only/words/").content.decode()
    assert later.post("/me/only/words/", {"words": typed}).status_code == 302
    assert CANARY in later.get(address).content.decode()
    assert later.post("/me/only/passkey/", used(later, new)).status_code == 302
    assert CANARY in come_in(new).get(address).content.decode()


def test_a_sheet_that_a_choice_makes_worthless_is_not_counted_on(
    phone: Device, ben: Person
) -> None:
    """It was made before anything was chosen, and what it opened is shut since."""
    sheet_of(come_in(phone))
    later = come_in(phone)
    assert "You have no recovery sheet yet." in later.get("/me/only/of/words/").content.decode()
    choose(later, phone)
    assert ways(ben) == {"passkey"}


def test_helped_back_by_two_keepers_the_old_passkey_lets_nobody_in_and_opens_it_still(
    client: Client, phone: Device, ben: Person
) -> None:
    address = written(client)
    choose(client, phone)
    other = add_key(client, ben, "opens nothing")
    keeper, circle = world.ward()
    second = world.joined(keeper, circle, "keeper")
    world.join(viewer_of(ben), world.invite(keeper, circle, "guest", 3))
    assert cards.vouch(keeper, circle, "ben") is None
    card = cards.in_force(cards.vouch(second, circle, "ben") or [])
    cards.come_back_with(card, Person.objects.get(pk=ben.pk), NEW)
    assert [bytes(key.credential) for key in ben.passkeys.all()] == [phone.credential]
    for device in (phone, other):
        stranger = browser()
        asked = stranger.post("/in/key/ask/").json()
        stranger.post("/in/key/", {"answer": device.use(asked), "prf": device.prf})
        assert "_auth_user_id" not in stranger.session
    back = browser()
    assert back.post("/in/", {"username": "ben", "password": NEW}).status_code == 302
    assert CANARY not in back.get(address).content.decode()
    told = used(back, phone, "?open")
    opened = back.post("/me/only/open/", {"open-answer": told["answer"], "open-prf": told["prf"]})
    assert opened.status_code == 302
    assert CANARY in back.get(address).content.decode()
    assert "lets nobody in" in back.get("/me/ways/").content.decode()
