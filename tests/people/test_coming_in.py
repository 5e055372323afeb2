"""Beginning in one tap, coming in by a card, circles, roles, and what a stranger cannot do."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from kith.base import clock
from kith.base.problems import Missing
from kith.people.actions import (
    invite,
    join,
    leave,
    name_turn_to,
    speak_from,
    stop_invitation,
)
from kith.people.models import Circle, Installation, Person
from kith.people.nouns import TurnTo
from kith.people.readings import invitations, my_roles
from world import again, joined, signed_in, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
JOINING = {"handle": "rose", "passphrase": "tea in the morning", "roles": ["close", "nurse"]}


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def test_a_notebook_is_one_tap_away(client: Client) -> None:
    response = client.post("/start/", follow=True)
    assert response.status_code == 200
    assert Person.objects.count() == 1


def test_the_same_computer_opens_the_same_notebook(client: Client) -> None:
    client.post("/start/")
    Client(headers={"host": "127.0.0.1"}).post("/start/")
    assert Person.objects.count() == 1


def test_from_another_computer_no_notebook_opens(client: Client) -> None:
    client.post("/start/", REMOTE_ADDR="192.0.2.7")
    assert not Person.objects.exists()


def test_a_passphrase_keeps_others_out(client: Client) -> None:
    client.post("/start/")
    client.post("/me/ways/words/", {"handle": "rose", "passphrase": "tea in the morning"})
    other = Client(headers={"host": "127.0.0.1"})
    other.post("/start/")
    assert Person.objects.count() == 2
    response = other.post("/in/", {"username": "ROSE", "password": "tea in the morning"})
    assert response.status_code == 302


def test_nothing_of_the_invented_opens_as_real(client: Client) -> None:
    Installation.objects.create(pk=1, invented=True)
    client.post("/start/")
    assert not Person.objects.exists()
    assert "Invented people" in client.get("/").content.decode()


def test_a_card_lets_one_in_with_several_roles(client: Client) -> None:
    keeper, circle = ward()
    code = invite(keeper, circle, "guest", 14)
    response = client.post("/come/", {"code": code.lower(), **JOINING}, follow=True)
    assert "Ward 6" in response.content.decode()
    person = Person.objects.get_by_natural_key("rose")
    assert sorted(person.memberships.get().roles) == ["close", "nurse"]


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA", "x" * 50, "' or 1=1"])
def test_a_wrong_code_lets_nobody_in(client: Client, code: str) -> None:
    ward()
    response = client.post("/come/", {"code": code, **JOINING})
    assert response.status_code == 200
    assert not Person.objects.with_handle("rose").exists()


def test_a_stopped_card_and_one_whose_time_is_over_let_nobody_in() -> None:
    keeper, circle = ward()
    code, late = invite(keeper, circle, "guest", 14), invite(keeper, circle, "guest", 1)
    for card in invitations(keeper, circle):
        if (card.ends - clock.now()).days > 1:
            stop_invitation(keeper, card.id)
    with pytest.raises(Missing):
        join(viewer(), code)
    from datetime import timedelta

    with clock.stopped_at(clock.now() + timedelta(days=1)), pytest.raises(Missing):
        join(viewer(), late)


def test_a_card_never_takes_a_part_away() -> None:
    keeper, circle = ward()
    join(keeper, invite(keeper, circle, "guest", 1))
    assert again(keeper).has_part(circle, "keeper")


@pytest.mark.parametrize("part", ["guest", "team"])
def test_only_a_keeper_makes_cards(part: str, client: Client) -> None:
    keeper, circle = ward()
    who = joined(keeper, circle, part)
    signed_in(client, who)
    assert client.get(f"/together/{circle}/cards/").status_code == 404
    assert client.post(f"/together/{circle}/cards/", {"part": "team", "days": 1}).status_code == 404


def test_what_is_not_yours_looks_like_what_is_not_there(client: Client) -> None:
    _keeper, circle = ward()
    signed_in(client, viewer())
    theirs = client.get(f"/together/{circle}/").content
    nothing = client.get(f"/together/{uuid4()}/").content
    assert theirs == nothing


def test_every_page_sends_a_stranger_to_the_door(client: Client) -> None:
    for address in ("/me/", "/together/", "/sharing/"):
        assert client.get(address)["Location"].startswith("/?next=")


def test_the_way_on_leads_nowhere_else(client: Client) -> None:
    response = client.post("/start/", {"next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_roles_are_ones_own_to_choose_and_to_leave_out() -> None:
    keeper, circle = ward()
    who = joined(keeper, circle, "guest", "close")
    speak_from(who, circle, ["nurse", "close", "unheard-of"])
    assert sorted(my_roles(who, circle)) == ["close", "nurse"]
    speak_from(who, circle, [])
    assert my_roles(who, circle) == []


def test_leaving_closes_the_circle() -> None:
    keeper, circle = ward()
    who = joined(keeper, circle, "guest")
    leave(who, circle)
    assert not again(who).has_part(circle, "guest")
    assert Circle.objects.filter(id=circle).exists()


def test_people_to_turn_to_are_the_same_for_all_in_a_circle(client: Client) -> None:
    keeper, circle = ward()
    signed_in(client, keeper)
    page = client.get(f"/together/{circle}/turn/").content.decode()
    found = re.search(r'name="id" value="([^"]+)"', page)
    assert found
    told = {"id": found.group(1), "who": "The ward office", "reach": "0121 496 0000"}
    for _ in range(2):
        client.post(f"/together/{circle}/turn/", told)
    other = Client(headers={"host": "127.0.0.1"})
    signed_in(other, joined(keeper, circle, "guest"))
    assert other.get("/turn/").content.decode().count("The ward office") == 1


@pytest.mark.parametrize(
    ("reach", "dialled"),
    [
        ("0121 496 0000", "01214960000"),
        ("+44 (0)20 7946-0000", "+442079460000"),
        ("(020) 7946 0000", "02079460000"),
        ("112", "112"),
        ("Room 112, ground floor", ""),
        ("Knock", ""),
        ("12", ""),
    ],
)
def test_only_what_is_a_number_and_nothing_else_can_be_rung(
    client: Client, reach: str, dialled: str
) -> None:
    keeper, circle = ward()
    name_turn_to(keeper, circle, TurnTo(who="The ward office", reach=reach))
    signed_in(client, keeper)
    page = client.get("/turn/").content.decode()
    assert f"{reach}<" in page
    assert re.findall(r'href="tel:([^"]*)"', page) == ([dialled] if dialled else [])


def test_leaving_quickly_ends_at_a_page_that_knows_nobody(client: Client) -> None:
    signed_in(client, viewer("Rose"))
    page = client.get("/today/").content.decode()
    assert "Kith" not in page
    assert "Rose" not in page
