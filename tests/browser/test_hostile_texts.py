"""Hostile texts, stored together through every field of every form: on every page they stay text.

They are sent as a browser sends them, by everyone in the invented village. Then each page is
opened once, at 360 px, by each who can: nothing runs, nothing is asked elsewhere, nothing of them
becomes an element, and no page grows wider than the screen.
"""

from collections.abc import Iterator
from random import Random
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page

from browser.conftest import OpenPage, Site, run_site
from browser.hostile import TEXTS
from browser.hostile_devices import Line, Sent, lines, map_of_them, moments
from kith.web.sync import _handlers
from proof.addresses import Place, place_of
from proof.forms import Field, Form, forms_on, links_on
from scale import FULL, many

pytestmark = pytest.mark.faults
CAST = ("R.", "T.", "J.", "K.", "O.")
TIMES = many(4, len(TEXTS))
"""How often each form is sent, until each field had every text; a long one takes many at a time."""
PARTS = many(1, 6)
"""In how many parts the forms are sent: those that are done stay done (`-k "nothing_runs[3]"`)."""
LONGEST = 4000
LEAVES = (
    "out/",
    "walk/",
    "me/erase",
    "me/where",
    "shared",
    "today/",
    "me/ways",
    "/leave/",
    "words/",
)
"""What would end the session or the person, and so the test."""
HURTS = """() => ({
  flag: window.hostile,
  made: document.querySelectorAll(".hostile, hostile-element, [class=hostile]").length,
  wide: document.querySelector("meta[name=viewport]") && document.documentElement.scrollWidth > 361
    ? [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > 361)
        .map(e => `${e.tagName}.${e.className}`).slice(0, 4).join(" ") || "something" : "" })"""


@pytest.fixture
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for each test: the forms also change what people are called."""
    yield from run_site(["demo"], tmp_path_factory.mktemp("hostile") / "home")


def test_there_are_two_hundred_of_them() -> None:
    assert len(TEXTS) >= 200


class Sender:
    """Someone who sends every form that they come to, each field with the next texts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.send, self.address = context.request, address
        self.first, self.had = 0, dict[str, int]()
        self.seen: set[str] = set()
        self.sent: set[str] = set()

    def be(self, called: str) -> None:
        token = _token(self.send.get(f"{self.address}/walk/").text())
        answer = self.send.post(f"{self.address}/walk/be/{called}/", form=token)
        assert answer.status == 200

    def every_page(self, most: int) -> Iterator[tuple[Place, APIResponse]]:
        """All pages that one comes to by links, at most so many of one address."""
        waiting, counts = ["/"], dict[str, int]()
        self.seen = set()
        while waiting:
            place = place_of(waiting.pop(0))
            route = place.address.route if place else ""
            if place is None or place.url in self.seen or counts.get(route, 0) >= most:
                continue
            if any(word in place.url for word in LEAVES):
                continue
            self.seen.add(place.url)
            counts[route] = counts.get(route, 0) + 1
            answer = self.send.get(f"{self.address}{place.url}")
            assert answer.status in (200, 401, 404, 405), f"{answer.status} at {route}"
            if answer.status == 200 and "html" in answer.headers["content-type"]:
                waiting += links_on(answer.text(), place.url)
                yield place, answer

    def fill(self, form: Form, token: dict[str, str]) -> int:
        """Send the form anew until each field had every text, at most `TIMES`; the worst answer."""
        self.first, self.had = self.first + 37, {}
        words = [field for field in form.fields if field.takes_words]
        worst = 0
        for time in range(TIMES):
            data: dict[str, Any] = dict(token)
            for name, value in form.filled(self.write, Random(f"{form.action} {time}")):
                data.setdefault(name, value)
            worst = max(worst, self.send.post(f"{self.address}{form.action}", form=data).status)
            if all(self.had.get(field.name, 0) >= len(TEXTS) for field in words):
                break
        return worst

    def write(self, field: Field) -> str:
        """As many of the next texts as fit, each field by its own count."""
        told, had = "", self.had.get(field.name, 0)
        for at in range(had, had + len(TEXTS)):
            text = TEXTS[(self.first + at) % len(TEXTS)]
            if told and len(told) + 1 + len(text) > min(field.most, LONGEST):
                break
            told = f"{told} {text}" if told else text
            self.had[field.name] = at + 1
        return told


def _token(page: str) -> dict[str, str]:
    found = page.split('name="csrfmiddlewaretoken" value="', 1)
    return {"csrfmiddlewaretoken": found[1].split('"', 1)[0]} if len(found) > 1 else {}


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_runs(open_page: OpenPage, village: Site, part: int) -> None:
    pages = {called: open_page("phone", village) for called in CAST}
    senders = [Sender(page.context, village.address) for page in pages.values()]
    sent: set[str] = set()
    for called, sender in zip(CAST, senders, strict=True):
        sender.be(called)
        sender.sent = sent
    for sender in senders:
        _store(sender, part)
    assert len(sent) > 30 // PARTS
    wrong: list[str] = []
    opened: set[str] = set()
    for page, sender in zip(pages.values(), senders, strict=True):
        page.on("dialog", lambda dialog, wrong=wrong: wrong.append(f"dialog: {dialog.message}"))
        for place in [place for place, _answer in sender.every_page(many(1, 3))]:
            if not FULL and place.address.route in opened:
                continue
            opened.add(place.address.route)
            wrong += [f"{place.address.route}: {what}" for what in _hurt(page, place)]
    assert wrong == []
    _papers(senders[-1])
    assert "hostile" not in village.home.with_suffix(".log").read_text()


def test_nothing_runs_that_devices_sent(open_page: OpenPage, village: Site) -> None:
    page, scribes = open_page("phone", village), open_page("phone", village)
    shown: list[str] = []
    answered: dict[str, list[int]] = {}
    for called, one in (("R.", page), ("O.", scribes)):
        sender = Sender(one.context, village.address)
        sender.be(called)
        met = {place.address.route: place for place, _answer in sender.every_page(1)}
        gathering = dict(met["meet/<uuid:circle>/<uuid:thing>/"].where)
        sent = Sent(Line(sender.send, village.address), sender.write, answered)
        act = "contribution.say" if called == "R." else "contribution.write"
        shown += [*moments(sent), *map_of_them(sent), *lines(sent, act, gathering)]
        wrong = [f"{place.url}: {what}" for place in map(place_of, shown) if place
                 for what in _hurt(one, place)]  # fmt: skip
        assert wrong == []
        shown.clear()
    assert set(answered) - BY_PAGE == set(_handlers), "a new act: let it take hostile texts here"
    assert {status for told in answered.values() for status in told} <= {200, 404, 422}
    assert min(answered[act].count(200) for act in WITH_WORDS) > 3
    assert "hostile" not in village.home.with_suffix(".log").read_text()


BY_PAGE = {f"keep {kind}" for kind in ("figure", "tie", "stroke", "writing", "region")}
WITH_WORDS = (
    "moment.note", "moment.correct", "map.draw", "contribution.say", "contribution.write",
    "keep figure", "keep tie", "keep writing", "keep region", "talk.say", "talk.correct",
    "perspective.say",
)  # fmt: skip
"""What keeps words; the others name something, and no hostile text is the name of anything."""


def _store(sender: Sender, part: int) -> None:
    for place, answer in list(sender.every_page(1)):
        text = answer.text()
        for form in forms_on(text, place.url):
            to = place_of(form.action)
            route = to.address.route if to else ""
            words = any(field.takes_words for field in form.fields)
            if not words or route in sender.sent or any(word in form.action for word in LEAVES):
                continue
            if crc32(route.encode()) % PARTS == part:
                sender.sent.add(route)
                status = sender.fill(form, _token(text))
                assert status < 500, f"{status} from {route}"


def _hurt(page: Page, place: Place) -> Iterator[str]:
    answer = page.goto(place.url)
    if answer is None or answer.status >= 500:
        yield "does not open"
        return
    told = page.evaluate(HURTS)
    if told["flag"] or told["made"]:
        yield "something of it runs"
    if told["wide"]:
        yield f"too wide is {told['wide']}"


def _papers(sender: Sender) -> None:
    """The report in PDF, with all of it inside."""
    found = {place.address.route: place for place, _answer in sender.every_page(1)}
    report = found["papers/<uuid:circle>/<uuid:thing>/"]
    made = sender.send.get(f"{sender.address}{report.url}paper/")
    assert (made.status, made.body()[:5]) == (200, b"%PDF-")
