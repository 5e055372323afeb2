"""The invented village: whole, provable, in mid-story, and never mixed with anyone real."""

import re
from pathlib import Path

import pytest
from django.test import Client

from kith.base.problems import Missing, Problem
from kith.cli.place import fill_with_invented
from kith.maps.bonds import readings as bonds
from kith.maps.layers.readings import row_of
from kith.maps.readings import drawing
from kith.maps.talk import talking
from kith.people.actions import begin
from kith.people.models import Installation, Person
from kith.records.verify import verify
from kith.sample import map_story
from kith.sample.actions import settle
from kith.sample.cast import CAST, as_viewer, id_of, someone
from kith.sample.walk import STEPS

pytestmark = [pytest.mark.store, pytest.mark.django_db]
WALK = Path(__file__).parents[2] / "docs" / "walk.md"


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def test_it_settles_whole_and_proves_itself() -> None:
    settle()
    found = verify()
    assert found.holds
    assert found.records > 150
    assert Person.objects.count() == len(CAST)


def test_it_never_settles_among_real_people() -> None:
    begin("Real")
    with pytest.raises(Problem, match="home-is-real"):
        fill_with_invented()
    assert not Installation.objects.filter(invented=True).exists()


def test_opening_the_demo_again_settles_nothing_twice() -> None:
    fill_with_invented()
    fill_with_invented()
    assert Person.objects.count() == len(CAST)


def test_nobody_steps_into_anyones_shoes_outside_the_village(client: Client) -> None:
    begin("R.")
    with pytest.raises(Missing):
        someone("R.")
    for address in ("/walk/", "/walk/1/", "/walk/be/R./", "/walk/stop/"):
        assert client.post(address).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_link_alone_changes_nothing(client: Client) -> None:
    settle()
    for address in ("/walk/1/", "/walk/be/R./", "/walk/stop/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_each_step_opens_in_the_right_shoes(client: Client, number: int) -> None:
    settle()
    answer = client.post(f"/walk/{number}/", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"step {number} of {len(STEPS)}. You are {STEPS[number - 1].who}" in page
    assert "Invented people. Nothing here is real." in page


def test_the_page_and_the_box_say_the_same() -> None:
    text = WALK.read_text(encoding="utf-8")
    quoted = re.findall(r"^## \d+\. (.+?)\n\n((?:> .+\n)+)", text, re.MULTILINE)
    told = [
        (title, " ".join(re.sub(r"^> ", "", words, flags=re.M).split())) for title, words in quoted
    ]
    assert told == [(str(step.title), str(step.text)) for step in STEPS]


def test_the_map_is_a_worked_example_of_four_layers_and_talk_in_three_kinds() -> None:
    settle()
    r, board = as_viewer("R."), id_of("map")
    row = row_of(r, board)
    assert [one.noun.layer for one in row] == ["before", "now", "bad", "hoped"]
    assert all(drawing(r, one.thing).figures for one in row)
    assert drawing(r, map_story.BAD).strokes
    assert {one.noun.by for one in talking.about(r, board)} == {"said", "described", "interpreted"}
    assert bonds.perspectives(r, id_of("figure j"))
