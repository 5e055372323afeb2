"""The pages of a map: the paper's state for the script, the same in words, and forms for all."""

import json
import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kith.maps import actions, readings, ways
from kith.maps.nouns import Figure
from kith.permissions.viewer import Viewer
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]


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


def state(text: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script id="map-state" type="application/json">(.*?)</script>', text)
    assert found
    read: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return read


def post(client: Client, map_id: UUID, **told: object) -> tuple[int, dict[str, str]]:
    fresh = str(uuid4())
    body = {"x": 0.2, "y": 0.3, "label": "Gran"}
    gesture = {"id": fresh, "thing": fresh, "act": "figure.add", "kind": "figure", "body": body}
    sent = json.dumps(gesture | {"made_at": "2026-03-01T08:00:00.000Z"} | told)
    answer = client.post(f"/map/{map_id}/keep/", sent, content_type="application/json")
    is_json = answer["Content-Type"] == "application/json"
    return answer.status_code, answer.json() if is_json else {}


def test_the_first_visit_offers_a_map_with_or_without_oneself(client: Client) -> None:
    signed_in(client, viewer())
    assert "A small map is a whole map." in page(client, "/map/")
    for word, there in (("me", ["me"]), ("", [])):
        answer = client.post("/map/new/", {"with": word}, follow=True)
        drawn = state(answer.content.decode())
        assert [figure["label"] for figure in drawn["figures"]] == there
    assert client.get("/map/").status_code == 302


def test_the_page_holds_all_that_the_script_needs(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    actions.change(who, map_id, readings.figures(who)[0].thing, label="</script><i>")
    text = page(desk, f"/map/{map_id}/")
    told = state(text)
    assert told["figures"][0]["label"] == "</script><i>"
    assert told["done"][0]["body"] is None
    assert "</script><i>" not in text


def test_a_gesture_is_stored_and_answered_by_its_id(
    desk: Client, mine: tuple[Viewer, UUID]
) -> None:
    who, map_id = mine
    fresh = str(uuid4())
    for _ in range(2):
        assert post(desk, map_id, id=fresh, thing=fresh) == (200, {"stored": fresh})
    assert {entry.noun.label for entry in readings.figures(who)} == {"me", "Gran"}
    assert "Gran" in page(desk, f"/map/{map_id}/list/")


def test_a_gesture_that_cannot_be_taken_is_answered_so(
    desk: Client, mine: tuple[Viewer, UUID]
) -> None:
    _, map_id = mine
    assert post(desk, map_id, body={"x": 7, "y": 0})[0] == 422
    assert post(desk, map_id, act="rank")[0] == 422
    assert post(desk, uuid4())[0] == 404


def test_steps_from_before_are_fetched_when_one_goes_so_far(
    desk: Client, mine: tuple[Viewer, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    who, map_id = mine
    monkeypatch.setattr(ways, "STEPS", 2)
    for label in "abcd":
        actions.change(who, map_id, readings.figures(who)[0].thing, label=label)
    told = state(page(desk, f"/map/{map_id}/"))
    assert [way["body"]["label"] for way in told["done"]] == ["b", "c"]  # type: ignore[index]
    asked = f"/map/{map_id}/steps/?way=undo&before={told['earlier']}"
    earlier = json.loads(page(desk, asked))
    assert [way["body"]["label"] for way in earlier["steps"]] == ["me", "a"]
    assert earlier["more"] == earlier["steps"][0]["id"]
    last = json.loads(page(desk, f"/map/{map_id}/steps/?way=undo&before={earlier['more']}"))
    assert ([way["body"] for way in last["steps"]], last["more"]) == ([None], "")
    for odd in ("", "?before=7", f"?before={uuid4()}", f"?way=up&before={uuid4()}"):
        assert json.loads(page(desk, f"/map/{map_id}/steps/{odd}"))["steps"] == []


def test_a_gesture_needs_the_token(mine: tuple[Viewer, UUID]) -> None:
    careful = Client(enforce_csrf_checks=True)
    signed_in(careful, mine[0])
    assert post(careful, mine[1])[0] == 403


def test_everyone_else_gets_one_answer(client: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    thing = readings.figures(who)[0].thing
    signed_in(client, viewer("B."))
    for rest in ("", "list/", "paper/", "steps/", "add/", f"one/{thing}/", f"two/{thing}/"):
        theirs = client.get(f"/map/{map_id}/{rest}")
        nobodys = client.get(f"/map/{uuid4()}/{rest}")
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content
    for rest in ("step/", f"off/{thing}/", f"back/{thing}/", f"one/{thing}/move/"):
        assert client.post(f"/map/{map_id}/{rest}", {"way": "up"}).status_code == 404
    assert post(client, map_id)[0] == 404


def test_every_act_works_with_forms_alone(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    told = {"id": str(uuid4()), "label": "Gran", "kind": "gone", "colour": "weld", "size": "small"}
    desk.post(f"/map/{map_id}/add/", told | {"place": "0.2 0.2"})
    me, gran = sorted(readings.figures(who), key=lambda entry: entry.noun.label, reverse=True)
    assert gran.noun == Figure(0.2, 0.2, "Gran", "gone", "small", "weld")
    one = f"/map/{map_id}/one/{gran.thing}"
    desk.post(f"{one}/", told | {"label": "Granny"})
    desk.post(f"{one}/move/", {"way": "down"})
    assert readings.figure_on(who, map_id, gran.thing).noun.y == pytest.approx(0.26)
    desk.post(f"{one}/move/", {"other": str(me.thing)})
    answer = desk.post(f"{one}/tie/", {"other": str(me.thing)}, follow=True)
    assert "Granny and me" in answer.content.decode()
    tied = readings.drawing(who, map_id).ties[0].thing
    said = {"id": str(uuid4()), "qualities": ["helps", "hurts"], "words": "she sang"}
    looks = {"line": "dashed", "direction": "", "colour": "weld"}
    desk.post(f"/map/{map_id}/two/{tied}/", said | looks)
    text = page(desk, f"/map/{map_id}/list/")
    assert "Tied to me</a>: helps, hurts" in text
    assert "she sang" in text
    desk.post(f"/map/{map_id}/off/{gran.thing}/")
    assert "Taken off the paper" in page(desk, f"/map/{map_id}/list/")
    desk.post(f"/map/{map_id}/back/{gran.thing}/")
    desk.post(f"/map/{map_id}/step/", {"act": "undo"})
    assert len(readings.drawing(who, map_id).figures) == 1
    desk.post(f"/map/{map_id}/step/", {"act": "redo"})
    assert len(readings.drawing(who, map_id).ties) == 1


def test_a_still_picture_with_its_words(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    who, map_id = mine
    gran = actions.add_figure(who, map_id, Figure(0.2, 0.98, "Gran, far off", kind="gone")).thing
    tied = actions.add_tie(who, map_id, gran, readings.figures(who)[0].thing)
    actions.change(who, map_id, tied, qualities=("helps", "hurts"), direction="both")
    text = page(desk, f"/map/{map_id}/paper/")
    for part in ("still-jagged", "still-plain", "still-arrow", "picture-gone", "Gran", "far off"):
        assert part in text
    assert "NaN" not in text


def test_the_home_page_shows_the_map_in_small(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    gran = readings.figures(mine[0])[0].thing
    actions.change(mine[0], mine[1], gran, label="Margareta")
    text = page(desk, "/")
    assert "paper still" in text
    assert "Margareta" not in text, "names are not for the first screen"
    assert f"/map/{mine[1]}/" in text


def test_a_map_never_counts_and_never_judges(desk: Client, mine: tuple[Viewer, UUID]) -> None:
    text = page(desk, f"/map/{mine[1]}/list/")
    assert "Just you, for now. A small map is a whole map." in text
    assert not re.search(r"\b\d+ (figures|people|ties|lines)\b", text)
