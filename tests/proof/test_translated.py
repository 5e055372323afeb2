"""Every text of Kith's own can be translated (PEOPLE.md 24).

Each page is made in a language in which every text stands between marks. What stands outside of
them has to be what people typed, the name of the product, or what is written on a key.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import msgspec
import pytest
from django.utils import translation

from kith.base import clock
from kith.people.models import Circle
from kith.records.models import Record
from kith.records.sealing import words_in
from proof.plain import VOID
from proof.reach import Reach
from proof.test_reading_age import texts_in
from proof.village import LATER, Village, undone

pytestmark = pytest.mark.django_db

OPEN, SHUT = "⟦", "⟧"
READ_OUT = {"alt", "title", "aria-label", "aria-roledescription", "placeholder", "label"}
SKIPPED = {"script", "style", "textarea", "kbd"}
NAMES = "Kith\nA phone"
"""The name of the product, and what someone in the village calls a passkey."""


class Outside(HTMLParser):
    """Gathers what a page says, or has read out, outside of the marks.

    A text that is cut short has lost its last mark: its element ends it.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks = 0
        self.open: list[tuple[str, int]] = []  # each with how many marks were open before it
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name in READ_OUT or _is_for_a_script(name, value)):
                self._take(value, 0)
        if tag not in VOID:
            self.open.append((tag, self.marks))

    def handle_endtag(self, tag: str) -> None:
        while any(one == tag for one, _ in self.open):
            last, marks = self.open.pop()
            self.marks = min(self.marks, marks)
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if not any(tag in SKIPPED for tag, _ in self.open):
            self.marks = self._take(data, self.marks)

    def _take(self, text: str, marks: int) -> int:
        """Take what stands outside, with so many marks open before it; how many are after it."""
        for part in re.split(f"([{OPEN}{SHUT}])", text):
            if part in (OPEN, SHUT):
                marks += 1 if part == OPEN else -1
            elif not marks:
                self.found.append(part)
        return marks


def _is_for_a_script(name: str, value: str) -> bool:
    """Whether it is a sentence that a script will show; names of tools are none."""
    return name.startswith("data-") and bool(re.match(r"\W*[A-Z].* ", value))


def outside(page: str, typed: str) -> list[str]:
    """What a page says that is neither translated nor typed."""
    reader = Outside()
    reader.feed(page)
    reader.close()
    whole = (" ".join(text.split()) for text in reader.found)
    parts = (part for text in whole for part in re.split("[,.] | · ", text))
    found = {part.strip(" .:·,…“”").casefold() for part in parts}
    return sorted(text for text in found if re.search(r"[^\W\d_]{2}", text) and text not in typed)


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which each text stands between marks."""

    def mark(text: str) -> str:
        return f"{OPEN}{text}{SHUT}" if text else text

    def mark_one(one: str, many: str, number: int) -> str:
        return mark(one if number == 1 else many)

    ways = {
        "gettext": mark,
        "ngettext": mark_one,
        "pgettext": lambda _where, text: mark(text),
        "npgettext": lambda _where, *told: mark_one(*told),
    }
    for name, way in ways.items():
        monkeypatch.setattr(translation._trans, name, way, raising=False)  # type: ignore[attr-defined]


def _typed() -> str:
    nouns = (words_in(record) for record in Record.objects.filter(removed=False))
    told = [text for noun in nouns if noun for text in texts_in(msgspec.to_builtins(noun))]
    every = [*told, *(circle.name for circle in Circle.objects.all()), NAMES]
    return "\n".join(" ".join(text.split()) for text in every).casefold()


def _pages(village: Village, reaches: dict[str, Reach]) -> Iterator[tuple[str, str]]:
    """Each kind of page as each kind of person finds it first."""
    for called, reach in reaches.items():
        with undone():
            client = village.browser(called)
            for route, places in reach.places.items():
                if place := next((one for one in places if one in reach.pages), None):
                    yield route, client.get(place.url).content.decode()


def test_every_text_on_every_page_can_be_translated(
    village: Village, reaches: dict[str, Reach], marked: None
) -> None:
    typed = _typed()
    with clock.stopped_at(LATER):
        told = [(route, outside(page, typed)) for route, page in _pages(village, reaches)]
    assert len({route for route, _ in told}) > 150
    assert [one for one in told if one[1]] == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>⟦Tea⟧ is ready</p>",
        '<img alt="A cup of tea">',
        '<p data-words="It was kept.">⟦Kept⟧</p>',
        "<p>⟦Kept <b>here⟧</b> for you</p>",
    ],
)
def test_a_text_that_cannot_be_translated_is_seen(page: str) -> None:
    assert outside(page, "rain") != []


def test_what_people_typed_stands_as_it_is() -> None:
    page = "<p>⟦With⟧ A neighbour: <q>Tea on the …</q> <kbd>Enter</kbd></p>"
    assert outside(page, "a neighbour\ntea on the stairs") == []
