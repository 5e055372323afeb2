"""The sheet for ten minutes: one page, in words, without anything anyone asked or noticed."""

import io
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kith.arrangements.actions import add, notice, put_beside
from kith.arrangements.nouns import Arrangement, Noticed
from kith.permissions.viewer import Viewer
from kith.reports.talk.sheet import ROOM_FOR
from world import joined, signed_in, ward

pytestmark = pytest.mark.django_db


def sheet_of(who: Viewer, name: str, *at: UUID) -> str:
    client = Client()
    signed_in(client, who)
    answer = client.get(reverse(name, args=at))
    assert answer.status_code == 200, answer.status_code
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(page.extract_text().split())


def test_it_is_one_page_and_holds_what_is_on_the_list_alone() -> None:
    keeper, circle = ward()
    kitchen = add(keeper, circle, Arrangement("The #kitchen is $locked$", owner="the team")).thing
    notice(keeper, circle, Noticed("People queue.", kitchen))
    told = sheet_of(keeper, "sheets:talk", circle)
    assert "The #kitchen is $locked$" in told and "Looked after by the team" in told
    assert "at no cost" in told and "People queue" not in told


def test_about_one_it_names_what_goes_with_it() -> None:
    keeper, circle = ward()
    kitchen = add(keeper, circle, Arrangement("The kitchen", "Shut from eight. " * 35)).thing
    kettle = add(keeper, circle, Arrangement("The kettle")).thing
    add(keeper, circle, Arrangement("The phone"))
    put_beside(keeper, kitchen, [kettle])
    told = sheet_of(keeper, "sheets:talk-of", circle, kitchen)
    assert "The kitchen" in told and "The kettle" in told and "The phone" not in told


def test_a_bare_list_and_the_longest_one_both_leave_one_page() -> None:
    keeper, circle = ward()
    assert "small good thing hard" in sheet_of(keeper, "sheets:talk", circle)
    for at in range(ROOM_FOR // 8):
        add(keeper, circle, Arrangement(f"{at} www wwwwwww" * 10, owner="o ww wwwwwww" * 10))
    assert "small good thing hard" not in sheet_of(keeper, "sheets:talk", circle)
    for _more in range(ROOM_FOR):
        add(keeper, circle, Arrangement("One more"))
    assert "One more" not in sheet_of(keeper, "sheets:talk", circle)


def test_it_is_for_the_team() -> None:
    keeper, circle = ward()
    thing = add(keeper, circle, Arrangement("The kitchen")).thing
    client, other = Client(), Client()
    signed_in(client, joined(keeper, circle, "guest"))
    signed_in(other, ward("Ward 7")[0])
    for at in ([circle], [circle, thing]):
        name = "sheets:talk-of" if at[1:] else "sheets:talk"
        assert client.get(reverse(name, args=at)).status_code == 404
        assert other.get(reverse(name, args=at)).status_code == 404
