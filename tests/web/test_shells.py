"""What a device keeps of the product: whole, the same for everyone, and nothing of anyone's."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from device import Device
from kith.maps import actions as maps
from kith.maps.nouns import Figure
from kith.permissions.viewer import Viewer
from kith.web import shells
from world import again, signed_in, viewer, ward

pytestmark = [pytest.mark.django_db]
CANARY = "canary-5b1e"


@pytest.fixture(autouse=True)
def _afresh() -> None:
    shells._plan.cache_clear()


@pytest.fixture
def someone() -> tuple[Viewer, Client]:
    """Somebody with a circle and a map, both of which have names."""
    keeper, _circle = ward(f"{CANARY} ward")
    maps.add_figure(keeper, maps.begin(keeper), Figure(0.5, 0.5, label=CANARY))
    client = Client()
    signed_in(client, again(keeper))
    return keeper, client


def plan(client: Client) -> dict[str, Any]:
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    found = re.search(r"start\(self, (\{.*\})\);", answer.content.decode())
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def addresses(told: dict[str, Any]) -> list[str]:
    return [told["otherwise"], told["left"][1], *(shell for _pattern, shell in told["shells"])]


def test_the_worker_is_a_script_for_the_whole_site_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_the_plan_changes_only_when_what_it_names_changes(client: Client) -> None:
    first = plan(client)
    shells._plan.cache_clear()
    assert plan(client) == first


def test_shells_are_the_same_for_everyone_and_hold_nothing_of_anyone(
    client: Client, someone: tuple[Viewer, Client]
) -> None:
    for address in addresses(plan(client)):
        theirs, nobodys = someone[1].get(address), client.get(address)
        assert theirs.status_code == 200
        assert theirs.content == nobodys.content
        assert CANARY.encode() not in theirs.content
        assert b"csrfmiddlewaretoken" not in theirs.content


def test_all_that_a_shell_asks_for_is_kept_too(client: Client) -> None:
    told = plan(client)
    asked = {
        found
        for address in addresses(told)
        for found in re.findall(r'"(/?static/[^"]+)"', client.get(address).content.decode())
    }
    assert asked
    assert {f"/{one.lstrip('/')}" for one in asked} <= {f"/{f.lstrip('/')}" for f in told["files"]}


@pytest.mark.parametrize(
    ("address", "shell"),
    [
        ("/notes/", "/notes/shell/"),
        ("/notes/write/", "/notes/shell/"),
        ("/notes/week/", "/notes/week/shell/"),
        ("/map/", "/map/shell/"),
        ("/map/6f0c1d52-7a54-4d0e-9a4d-3c1a4b1f6e01/", "/map/shell/"),
        ("/meet/{0}/{0}/", "/meet/shell/say/"),
        ("/meet/{0}/{0}/say/", "/meet/shell/say/"),
        ("/meet/{0}/{0}/write/", "/meet/shell/write/"),
        ("/waiting/", "/shell/waiting/"),
        ("/asks/", "/shell/none/"),
        ("/map/{0}/one/{0}/", "/shell/none/"),
    ],
)
def test_an_address_has_its_shell(client: Client, address: str, shell: str) -> None:
    told = plan(client)
    path = address.format("6f0c1d52-7a54-4d0e-9a4d-3c1a4b1f6e01")
    fits = (to for pattern, to in told["shells"] if re.search(pattern, path))
    assert next(fits, told["otherwise"]) == shell


def test_the_page_one_leaves_to_says_no_day_once_it_is_kept(client: Client) -> None:
    kept, live = (client.get(address).content for address in ("/shell/today/", "/today/"))
    assert live.count(b"<p>") == kept.count(b"<p>") + 1
    assert b"Kith" not in kept


def test_the_app_is_called_something_neutral(client: Client) -> None:
    told = client.get("/app.webmanifest").json()
    assert (told["name"], told["start_url"]) == ("Notes", "/")


def test_signing_out_leaves_what_waits_sealed_on_the_device(client: Client) -> None:
    signed_in(client, viewer())
    for answer in (client.post("/out/"), client.get("/today/"), client.get("/me/gone/")):
        assert "storage" not in answer.get("Clear-Site-Data", "")


def test_an_author_reads_their_sealed_words_and_nobody_else_does(client: Client) -> None:
    signed_in(client, viewer())
    device = Device(client)
    entry = device.keep("moment.note", {"words": CANARY})

    def words() -> Any:
        body = json.dumps({"device": str(device.id), "items": [entry.item()]}).encode()
        return device.put_to("/keep/words/", body)

    assert words().json()["entries"][str(entry.id)]["body"] == {"words": CANARY}
    signed_in(client, viewer())
    device.learn()
    answer = words()
    assert (answer.status_code, CANARY.encode() in answer.content) == (422, False)


LIBRARY = ("bytes", "copy", "device", "ids", "keep", "kept", "kept-form", "seal", "send", "store")
BUDGET = 20_000


def test_the_library_is_small_on_the_way() -> None:
    folder = Path(shells.__file__).parent / "static" / "web"
    one_by_one = [len(gzip.compress((folder / f"{name}.js").read_bytes())) for name in LIBRARY]
    assert sum(one_by_one) < BUDGET
