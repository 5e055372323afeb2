"""Whether a sign-in name is taken is told to few, a few times; and nobody is kept out by that."""

import re
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from kith.base import clock
from kith.people.actions import begin, invite
from kith.people.models import Person
from kith.people.signin import handles, tries, words
from world import signed_in, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
WORDS = "tea in the morning"
TAKEN, WAIT = "That name is taken", "Several names were tried"


def at(seconds: float) -> AbstractContextManager[None]:
    return clock.stopped_at(NOON + timedelta(seconds=seconds))


def browser(host: str = "127.0.0.1") -> Client:
    return Client(headers={"host": host})


class Asks:
    """One of the ways to ask for a name. `rose` is here already."""

    def __init__(self) -> None:
        begin("R.", handle="rose", passphrase=WORDS)
        self.keeper, self.circle = ward()

    def ask(self, name: str, **more: str) -> str:
        raise NotImplementedError


class WithTheCodeOfACard(Asks):
    free = handles.FREE_ON_CARD

    def __init__(self) -> None:
        super().__init__()
        self.code = invite(self.keeper, self.circle, "guest", 14)

    def ask(self, name: str, **more: str) -> str:
        told = {"code": self.code, "handle": name, "passphrase": WORDS, **more}
        return browser().post("/come/", told).content.decode()


class WithACardOfWords(Asks):
    free = tries.FREE

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__()
        self.client = browser(host)
        card = " ".join(words.make(self.keeper, self.circle, "guest", 3))
        self.client.post("/words/", {"words": card})

    def ask(self, name: str, **more: str) -> str:
        told = {"handle": name, "passphrase": WORDS, **more}
        return self.client.post("/words/choose/", told).content.decode()


class ForAPasskey(WithACardOfWords):
    def __init__(self) -> None:
        super().__init__("localhost")

    def ask(self, name: str, **more: str) -> str:
        return self.client.post("/words/choose/ask/", {"handle": name, **more}).content.decode()


class WithAnAccount(Asks):
    free = tries.FREE

    def __init__(self) -> None:
        super().__init__()
        self.client = browser()
        signed_in(self.client, viewer())

    def ask(self, name: str, **more: str) -> str:
        told = {"handle": name, "passphrase": WORDS, **more}
        return self.client.post("/me/ways/words/", told).content.decode()


WAYS = (WithTheCodeOfACard, WithACardOfWords, ForAPasskey, WithAnAccount)
FEW = (WithTheCodeOfACard, WithACardOfWords, WithAnAccount)


def plain(told: str) -> str:
    """An answer without what is new each time, and without the name that was typed."""
    told = re.sub(r'name="(csrfmiddlewaretoken|made)" value="[^"]*"', "", told)
    return re.sub(r'value="(rose|flora)"', "", told)


def heard_in_an_hour(asks: Asks) -> int:
    """How often someone who never stops asking is told that the name is taken."""
    heard = 0
    for seconds in range(0, 3600, 15):
        with at(seconds):
            heard += TAKEN in asks.ask("rose")
    return heard


@pytest.mark.parametrize("way", WAYS)
def test_after_a_few_names_one_waits_and_hears_nothing_meanwhile(way: type[Asks]) -> None:
    with at(0):
        asks = way()
        told = [asks.ask("rose") for _ in range(asks.free + 1)]
        assert all(TAKEN in one for one in told[:-1])
        assert WAIT in told[-1]
        assert plain(asks.ask("flora")) == plain(told[-1])
        assert not Person.objects.with_handle("flora").exists()


@pytest.mark.parametrize("way", [WithACardOfWords, WithTheCodeOfACard])
def test_whoever_never_stops_hears_of_few_names_in_an_hour(way: type[Asks]) -> None:
    with at(0):
        asks = way()
    assert heard_in_an_hour(asks) <= asks.free + 18


def test_names_that_were_not_counted_would_be_caught() -> None:
    with at(0):
        asks = WithACardOfWords()
    with patch.object(tries, "take", lambda *_: timedelta(0)):
        assert heard_in_an_hour(asks) > asks.free + 18


@pytest.mark.parametrize("way", FEW)
def test_while_anything_else_is_wrong_no_name_is_looked_up(way: type[Asks]) -> None:
    asks = way()
    known, free = (plain(asks.ask(name, passphrase="short")) for name in ("rose", "flora"))
    assert TAKEN not in known
    assert known == free


def test_without_a_card_nobody_is_told(client: Client) -> None:
    asks = WithTheCodeOfACard()
    known, free = (plain(asks.ask(name, code="AAAAA-AAAAA")) for name in ("rose", "flora"))
    assert TAKEN not in known
    assert known == free
    assert (
        browser().post("/words/choose/", {"handle": "rose", "passphrase": WORDS}).status_code == 404
    )


def offered(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(handle|made)" value="([^"]+)"', page))


def test_the_name_that_is_made_up_is_there_and_never_waits() -> None:
    with at(0):
        asks = WithTheCodeOfACard()
        for _ in range(asks.free + 1):
            told = asks.ask("rose")
        assert WAIT in told
        made = offered(browser().get("/come/").content.decode())
        asks.ask(made["handle"], made=made["made"])
        assert Person.objects.with_handle(made["handle"]).exists()


def test_another_name_does_not_pass_as_made_up() -> None:
    with at(0):
        asks = WithACardOfWords()
        made = offered(asks.client.get("/words/choose/").content.decode())["made"]
        forged = (made, "rose:" + made.partition(":")[2], "rose", "")
        told = [asks.ask("rose", made=forged[n % 4]) for n in range(asks.free + 1)]
        assert WAIT in told[-1]


def test_a_whole_workshop_comes_in_with_one_card_by_names_of_their_own() -> None:
    with at(0):
        asks = WithTheCodeOfACard()
        for number in range(60):
            asks.ask(f"p{number}")
        assert all(Person.objects.with_handle(f"p{number}").exists() for number in range(60))


def test_ones_own_name_is_never_taken() -> None:
    with at(0):
        client = browser()
        rose = begin("R.", handle="Rose", passphrase=WORDS)
        client.force_login(rose)
        for _ in range(tries.FREE + 2):
            told = {"handle": "rose", "now": WORDS, "passphrase": WORDS}
            assert client.post("/me/ways/words/", told).status_code == 302


def test_made_up_names_are_plain_and_many() -> None:
    assert len(set(handles.FIRST)) * len(set(handles.SECOND)) * 90 > 250_000
    assert all(re.fullmatch("[a-z]{2,8}", word) for word in (*handles.FIRST, *handles.SECOND))
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d\d", handles.make())


def test_a_made_up_name_is_nobodys() -> None:
    begin("", handle="amber-bell-10", passphrase=WORDS)
    picked = iter(["amber", "bell", "amber", "boat"])
    with (
        patch("secrets.choice", lambda _: next(picked)),
        patch("secrets.randbelow", lambda _: 0),
    ):
        assert handles.make() == "amber-boat-10"
