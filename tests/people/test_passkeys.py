"""What a passkey opens, and each way in which it opens nothing."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kith.base import clock
from kith.people.actions import begin
from kith.people.models import Passkey, Person, Session
from people.authenticator import PRESENT, VERIFIED, Device

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
WORDS = "tea in the morning"


def at(seconds: float) -> AbstractContextManager[None]:
    return clock.stopped_at(NOON + timedelta(seconds=seconds))


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def holder(handle: str = "rose", count: int = 0) -> tuple[Person, Device]:
    """Someone with a passphrase and a passkey."""
    person, client = begin("", handle=handle, passphrase=WORDS), browser()
    client.force_login(person)
    device = Device(user=person.id.bytes, count=count)
    asked = client.post("/me/ways/key/ask/").json()
    told = {"name": "my phone", "answer": device.make(asked)}
    assert client.post("/me/ways/key/", told).status_code == 302
    return person, device


def opens(device: Device, client: Client | None = None) -> bool:
    client = client or browser()
    client.post("/in/key/", {"answer": device.use(client.post("/in/key/ask/").json())})
    return "_auth_user_id" in client.session


def test_it_opens_without_a_name() -> None:
    person, device = holder()
    client = browser()
    assert opens(device, client)
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"origin": "http://localhost:8001"},
        {"origin": "https://localhost"},
        {"origin": "http://elsewhere.example"},
        {"rp": "elsewhere.example"},
        {"credential": b"another" * 4},
        {"key": Device().key},
        {"user": b"\0" * 16},
    ],
    ids=lambda wrong: " and ".join(wrong),
)
def test_whatever_does_not_fit_opens_nothing(wrong: dict[str, object]) -> None:
    _person, device = holder()
    assert not opens(device.but(**wrong))
    assert opens(device)


def test_an_answer_counts_once_and_only_to_its_own_question() -> None:
    _person, device = holder()
    client, thief = browser(), browser()
    answer = device.use(client.post("/in/key/ask/").json())
    thief.post("/in/key/ask/")
    thief.post("/in/key/", {"answer": answer})
    assert "_auth_user_id" not in thief.session
    client.post("/in/key/", {"answer": answer})
    assert "_auth_user_id" in client.session
    client.post("/out/")
    client.post("/in/key/", {"answer": answer})
    assert "_auth_user_id" not in client.session


def test_a_question_grows_old() -> None:
    with at(0):
        _person, device = holder()
        client = browser()
        answer = device.use(client.post("/in/key/ask/").json())
    with at(300):
        client.post("/in/key/", {"answer": answer})
        assert "_auth_user_id" not in client.session


def test_a_copy_of_a_key_that_counts_is_noticed() -> None:
    _person, device = holder(count=1)
    assert opens(device.but(count=2))
    assert not opens(device.but(count=2))
    assert not opens(device.but(count=1))
    assert not opens(device.but(count=0))
    assert opens(device.but(count=3))


def test_the_key_of_another_does_not_show_that_it_is_you() -> None:
    with at(0):
        rose, mine = holder()
        _flora, theirs = holder("flora")
        client = browser()
        client.force_login(rose)
    for device, right in ((theirs, False), (mine, True)):
        with at(3600):
            client.force_login(rose)
        with at(4500):
            asked = client.post("/in/key/ask/").json()
            told = {"sure-then": "open", "sure-answer": device.use(asked)}
            answer = client.post("/me/ways/key/", told)
            assert (answer.status_code == 302) is right


def test_a_question_to_show_that_it_is_you_names_only_ones_own_keys() -> None:
    rose, mine = holder()
    holder("flora")
    client = browser()
    client.force_login(rose)
    allowed = client.post("/in/key/ask/").json()["publicKey"]["allowCredentials"]
    assert len(allowed) == 1
    assert "allowCredentials" not in browser().post("/in/key/ask/").json()["publicKey"]
    assert mine.credential


def test_one_cannot_name_or_take_away_the_key_of_another() -> None:
    holder()
    flora, _device = holder("flora")
    client = browser()
    client.force_login(flora)
    theirs = Passkey.objects.exclude(person=flora).get()
    for address in (f"/me/ways/key/{theirs.id}/", f"/me/ways/key/{theirs.id}/away/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "mine"}).status_code == 404
    assert Passkey.objects.count() == 2


def test_a_key_that_someone_has_is_not_taken_in_for_another() -> None:
    _rose, device = holder()
    flora, client = begin("", handle="flora", passphrase=WORDS), browser()
    client.force_login(flora)
    asked = client.post("/me/ways/key/ask/").json()
    client.post("/me/ways/key/", {"name": "x", "answer": device.make(asked)})
    assert not flora.passkeys.exists()


def test_a_key_that_does_not_unlock_is_not_taken_in() -> None:
    rose, client = begin("", handle="rose", passphrase=WORDS), browser()
    client.force_login(rose)
    asked = client.post("/me/ways/key/ask/").json()
    told = {"name": "x", "answer": Device(flags=PRESENT).make(asked)}
    assert "That did not work" in client.post("/me/ways/key/", told).content.decode()
    assert not rose.passkeys.exists()


def test_a_new_passkey_needs_one_to_be_sure() -> None:
    with at(0):
        rose, client = begin("", handle="rose", passphrase=WORDS), browser()
        client.force_login(rose)
    with at(601):
        assert client.post("/me/ways/key/ask/").status_code == 403


@given(st.one_of(st.text(), st.recursive(st.none() | st.text() | st.integers(), st.lists).map(str)))
def test_whatever_is_sent_as_an_answer_is_refused_in_words(answer: str) -> None:
    client = browser()
    client.post("/in/key/ask/")
    assert client.post("/in/key/", {"answer": answer}).status_code == 302


def test_half_an_answer_is_refused_in_words() -> None:
    _person, device = holder()
    client = browser()
    whole = device.use(client.post("/in/key/ask/").json())
    for end in range(0, len(whole), 7):
        client.post("/in/key/ask/")
        assert client.post("/in/key/", {"answer": whole[:end]}).status_code == 302
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        client.post("/in/key/ask/")
        broken = whole.replace(part, "nothing")
        assert client.post("/in/key/", {"answer": broken}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_strangers_who_only_look_leave_no_session_behind() -> None:
    client = browser()
    for address in ("/", "/in/", "/come/", "/promise/", "/turn/"):
        client.get(address)
    assert not Session.objects.exists()
