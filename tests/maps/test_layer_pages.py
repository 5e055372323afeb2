"""The pages of layers: everything works by forms and links alone, and nothing is counted."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from device import Device
from kith.base import clock
from kith.maps import actions, readings
from kith.maps.layers import actions as layers
from kith.maps.layers.readings import on_paper, row_of
from kith.maps.layers.words import title
from kith.maps.nouns import Figure
from kith.permissions.viewer import Viewer
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def mine() -> tuple[Viewer, UUID]:
    who = viewer("A.")
    return who, actions.begin(who, with_me="me")


@pytest.fixture
def desk(client: Client, mine: tuple[Viewer, UUID]) -> Client:
    signed_in(client, mine[0])
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, address: str, **told: str) -> str:
    answer = client.post(address, told, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def begin(client: Client, map_id: UUID, **told: str) -> UUID:
    """Begin a layer by its form; where one is led is its paper."""
    fresh = str(uuid4())
    said = {"id": fresh, "layer": "before", "take": "all", "source": str(map_id)} | told
    assert send(client, f"/map/{map_id}/layers/new/", **said)
    return UUID(fresh)


def test_every_act_works_with_forms_alone(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = begin(desk, map_id, when="the year with the dog")
    paper = page(desk, f"/map/{map_id}/")
    assert f'href="/map/{before}/"' in paper
    assert "Before, the year with the dog" in paper
    send(desk, f"/map/{before}/layers/change/", id=str(uuid4()), layer="hoped", name="By the sea")
    send(desk, f"/map/{before}/layers/move/", way="earlier")
    assert [title(one.noun) for one in row_of(who, map_id)] == ["By the sea", "The first map"]
    actions.add_figure(who, map_id, Figure(0.2, 0.2, "G."))
    two = page(desk, f"/map/{before}/layers/beside/{map_id}/")
    assert "On “The first map” and not on “By the sea”: G." in two
    said = send(desk, f"/map/{before}/layers/beside/{map_id}/", id=str(uuid4()), words="G. is near")
    assert "G. is near" in said
    assert page(desk, f"/map/{before}/layers/slide/").count('name="slide"') == 2
    assert "<svg" in page(desk, f"/map/{before}/layers/ghost/")
    gone = send(desk, f"/map/{before}/layers/away/")
    assert "Taken away" in gone
    assert desk.get(f"/map/{before}/").status_code == 404
    back = send(desk, f"/map/{map_id}/layers/back/", layer=str(before))
    assert "By the sea" in back


def test_what_does_not_fit_is_said_beside_its_field(
    desk: Client, mine: tuple[Viewer, UUID]
) -> None:
    who, map_id = mine
    for wrong in ({"layer": "never"}, {"take": "half"}, {"source": str(uuid4())}):
        said = {"id": str(uuid4()), "layer": "before", "take": "all", "source": str(map_id)} | wrong
        answer = desk.post(f"/map/{map_id}/layers/new/", said)
        assert answer.status_code == 200
        assert 'class="field bad"' in answer.content.decode() or "bad" in answer.content.decode()
    assert len(row_of(who, map_id)) == 1


def test_everyone_else_gets_one_answer(client: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, {"layer": "before"})
    other = viewer("B.")
    theirs = actions.begin(other)
    signed_in(client, other)
    tails = [f"layers/{one}" for one in ("", "new/", "change/", "slide/", "ghost/")]
    for tail in (*tails, "days/", "replay/"):
        assert client.get(f"/map/{map_id}/{tail}").status_code == 404
    assert client.get(f"/map/{theirs}/layers/beside/{before}/").status_code == 404
    told = {"id": str(uuid4()), "layer": "now", "take": "all", "source": str(before)}
    client.post(f"/map/{theirs}/layers/new/", told)
    assert len(row_of(other, theirs)) == 1


def test_any_day_opens_prints_and_can_be_traced(client: Client) -> None:
    who = viewer()
    signed_in(client, who)
    with clock.ticking_from(START):
        map_id = actions.begin(who)
        g = actions.add_figure(who, map_id, Figure(0.2, 0.2, "G.")).thing
    with clock.ticking_from(START + timedelta(days=3)):
        signed_in(client, who)
        actions.take_off(who, map_id, g)
        days = page(client, f"/map/{map_id}/days/")
        assert re.findall(r'href="\?on=([0-9-]+)"', days) == ["2026-03-05", "2026-03-02"]
        then = page(client, f"/map/{map_id}/days/?on=2026-03-04")
        assert "As it was on 4 March 2026" in then
        assert "G." in then
        assert "data-print" in then
        assert "G." not in page(client, f"/map/{map_id}/days/?on=2026-03-05")
        assert "2026-03-04" in page(client, f"/map/{map_id}/layers/new/?on=2026-03-04")
        again = begin(client, map_id, layer="other", day="2026-03-04")
        assert [noun.label for noun in on_paper(who, again).values()] == ["G."]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "asked", ["2026-13-01", "9999-12-31", "0001-01-01", "tomorrow", "2999-01-01", "1" * 400]
)
def test_a_day_that_is_none_shows_the_list(
    desk: Client, mine: tuple[Viewer, UUID], asked: str
) -> None:
    assert "Days on which something changed." in page(desk, f"/map/{mine[1]}/days/?on={asked}")
    assert "Which time" in page(desk, f"/map/{mine[1]}/layers/new/?on={asked}")


def test_a_replay_is_asked_for_once_told_in_words_and_taken_back(
    desk: Client, mine: tuple[Viewer, UUID]
) -> None:
    who, map_id = mine
    address = f"/map/{map_id}/replay/"
    assert "It is off until you say yes." in page(desk, address)
    assert "data-replay" not in page(desk, address)
    send(desk, f"{address}order/", act="agree")
    g = actions.add_figure(who, map_id, Figure(0.2, 0.2, "G.")).thing
    actions.move(who, map_id, g, "up")
    told = page(desk, address)
    for words in ("First: me", "Then: G.", "Then: G., moved"):
        assert words in told
    first = page(desk, f"{address}?step=0")
    assert first.count('class="not-yet"') == 2
    assert told.count('class="not-yet"') == 1, "where it stood before is not shown any more"
    for step in ("-1", "99999999999", "x", "²"):
        assert "data-replay" in page(desk, f"{address}?step={step}")
    send(desk, f"{address}order/", act="stop")
    assert "data-replay" not in page(desk, address)
    assert "undo and earlier days need that" in page(desk, address)


def test_a_layer_begun_without_a_connection_is_there(
    desk: Client, mine: tuple[Viewer, UUID]
) -> None:
    who, map_id = mine
    device = Device(desk)
    device.learn()
    told = {"map": str(map_id), "layer": "before", "when": "then", "take": "all", "name": ""}
    entry = device.keep("layer.begin", told)
    assert device.send(entry) == [200]
    assert device.send(entry) == [200]
    before = row_of(who, map_id)[-1]
    assert title(before.noun) == "Before, then"
    assert len(on_paper(who, before.thing)) == 1
    bare = device.keep("layer.begin", {"map": str(map_id)})
    wrong = device.keep("layer.begin", {"map": str(uuid4())})
    unclear = device.keep("layer.begin", {"map": str(map_id), "take": "half"})
    assert device.send(bare, wrong, unclear) == [200, 422, 422]
    assert len(row_of(who, map_id)) == 3


def test_the_shell_knows_nobody_and_traces_only_the_map_it_came_from(client: Client) -> None:
    text = page(client, "/map/layers/shell/")
    assert "Which time" in text
    assert 'name="source"' not in text
    assert page(client, "/map/layers/shell/") == text, "a device keeps it under one name"


def test_nothing_counts_up_or_down(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    before = layers.begin(who, map_id, {"layer": "before"}, take="all")
    layers.keep_order(who, map_id, agreed=True)
    for x in (0.1, 0.2, 0.3):
        actions.add_figure(who, before, Figure(x, 0.3, "G." if x < 0.3 else "H."))
    for tail in ("layers/", "layers/slide/", f"layers/beside/{before}/", "days/", "replay/"):
        main = page(desk, f"/map/{map_id}/{tail}").split("<h1", 1)[1].split("</main>")[0]
        words = re.sub(r"<[^>]+>", " ", main).casefold()
        for judged in ("progress", "better than", "worse", "more than", "fewer", "gained", "lost"):
            assert judged not in words
        assert not re.search(r"\b[2-9] (figures|layers|steps|days|things)\b", words)


def test_a_map_of_two_hundred_lines_with_four_layers_opens_soon(
    desk: Client, mine: tuple[Viewer, UUID]
) -> None:
    """As much as the page may ask of the store: the time itself is measured in benches/."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    who, map_id = mine
    with CaptureQueriesContext(connection) as alone:
        page(desk, f"/map/{map_id}/")
    for at in ("before", "bad", "hoped"):
        layers.begin(who, map_id, {"layer": at}, take="all")
    with CaptureQueriesContext(connection) as among:
        page(desk, f"/map/{map_id}/")
    assert len(among) == len(alone), "a page asks no more for having more layers"
    assert readings.drawing(who, map_id).figures
