"""Every answer carries its headers: pages, refusals, errors, files, JSON, downloads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from kith.base import clock
from kith.web import doors
from proof.headers import lacks
from proof.oracle import WHO_MAY
from proof.reach import Reach
from proof.village import LATER, Village, undone

pytestmark = pytest.mark.django_db


def test_every_page_that_somebody_can_open(village: Village, reaches: dict[str, Reach]) -> None:
    openers = {places[0]: called for called, reach in reaches.items()
               for places in reach.places.values()}  # fmt: skip
    once = {place.address.route: (place, called) for place, called in openers.items()}
    told = {}
    for place, called in once.values():
        for answer in _answers(village, called, place.url):
            same = WHO_MAY[place.address.route] == "the same"
            told[place.address.route, answer.status_code] = lacks(answer.headers, file=same)
    assert {asked: lack for asked, lack in told.items() if lack} == {}
    assert {200, 302, 404, 405, 422} <= {status for _route, status in told}


def _answers(village: Village, called: str, url: str) -> list[HttpResponse]:
    """What comes back when one opens it, and when one sends nothing, in either way, to it."""
    with clock.stopped_at(LATER), undone():
        client = village.browser(called)
        return [getattr(client, way)(url) for way in ("get", "put", "post")]


ODD: dict[str, Callable[[Client], HttpResponse]] = {
    "no such page": lambda client: client.get("/nowhere/"),
    "another host": lambda client: client.get("/", headers={"host": "elsewhere.example"}),
    "without a token": lambda client: client.post("/in/", {"name": "R."}),
    "from another site": lambda client: client.post(
        "/in/", headers={"sec-fetch-site": "cross-site"}
    ),
    "not as a form": lambda client: client.post(
        "/in/", b"\x00" * 9, content_type="multipart/form-data"
    ),
    "too large": lambda client: client.post("/in/", {"name": "x" * 3_000_000}),
    "too many fields": lambda client: client.post("/in/", {str(n): "" for n in range(1100)}),
    "without its slash": lambda client: client.get("/in"),
    "the wrong method": lambda client: client.delete("/map/new/"),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_not_as_it_should_be(db: None, odd: str) -> None:
    client = Client(enforce_csrf_checks=odd == "without a token", raise_request_exception=False)
    answer = ODD[odd](client)
    assert answer.status_code in (301, 302, 400, 403, 404, 405)
    assert lacks(answer.headers) == []


@pytest.mark.parametrize("broken", ["a page", "the database", "the page that says so"])
def test_what_breaks(db: None, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("what somebody wrote")

    if broken != "a page":
        monkeypatch.setattr("kith.people.readings.viewer_of", fail)
        monkeypatch.setattr("kith.people.middleware.viewer_of", fail)
    if broken == "the page that says so":
        monkeypatch.setattr(doors, "render", fail)
    monkeypatch.setattr("kith.people.pages.render", fail)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert lacks(answer.headers) == []
    assert "what somebody wrote" not in answer.content.decode()


def test_files_of_the_product(db: None, kith_home: Path) -> None:
    root = Path(str(kith_home)) / "static"
    root.mkdir()
    (root / "look.css").write_text("body {}")
    with override_settings(STATIC_ROOT=str(root), WHITENOISE_AUTOREFRESH=True):
        answer = Client().head("/static/look.css")
    assert answer.status_code == 200
    assert lacks(answer.headers, file=True) == []
    assert "no-store" not in answer.headers["Cache-Control"]


def test_over_https_the_line_stays_locked(db: None) -> None:
    locked = {
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_SSL_REDIRECT": True,
    }
    with override_settings(**locked):
        assert lacks(Client().get("/", secure=True).headers, https=True) == []
        assert Client().get("/").headers["Location"].startswith("https://")
