"""Every page is written for a reader of about eleven (PEOPLE.md 24).

How that is counted stands in plain.py.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pytest
from django.utils.translation import get_language

from kith.records.models import Record
from kith.records.sealing import words_in
from proof.plain import FEW, MOST, grade, sentences_on, syllables, words_of
from proof.reach import Reach
from proof.village import Village

pytestmark = pytest.mark.django_db
EXCEPTIONS: dict[str, str] = {}
"""Pages, by address, that may be harder to read, each with its reason: for researchers, or for
those who run a server. None needs it so far."""


@pytest.fixture(scope="module")
def said(village: Village, reaches: dict[str, Reach]) -> dict[str, list[list[str]]]:
    """What Kith says on each page, by address; and under "" what pages say only later."""
    assert get_language() == "en"
    typed = _typed()
    told: dict[str, list[list[str]]] = {"": [[]]}
    for place, page in _pages(reaches):
        told.setdefault(place, []).append(sentences_on(page, typed))
        told[""][0] += [one for one in sentences_on(page, hidden=True) if one not in told[""][0]]
    return told


def _pages(reaches: dict[str, Reach]) -> Iterator[tuple[str, str]]:
    """Each address as each kind of person finds it first; a page as all have it, once."""
    seen = set()
    for reach in reaches.values():
        for route, places in reach.places.items():
            page = next((reach.pages[one] for one in places if one in reach.pages), b"")
            if page and page not in seen:
                seen.add(page)
                yield route, page.decode()


def _typed() -> list[str]:
    """All that people typed, the longest first; a single word is no harder than any other."""
    nouns = (words_in(record) for record in Record.objects.filter(removed=False))
    found = {text for noun in nouns if noun for text in texts_in(msgspec.to_builtins(noun))}
    return sorted((text for text in found if " " in text), key=len, reverse=True)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else ():
        yield from texts_in(inner)
    for inner in value if isinstance(value, (list, tuple)) else ():
        yield from texts_in(inner)


def _many(sentences: list[str]) -> int:
    return sum(len(words_of(one)) for one in sentences)


def test_every_page_can_be_read_at_eleven(said: dict[str, list[list[str]]]) -> None:
    hard = {
        route: (round(grade(page), 1), sorted(page, key=_grade_of_one, reverse=True)[:3])
        for route, pages in said.items()
        for page in pages
        if _many(page) >= FEW and grade(page) > MOST and route not in EXCEPTIONS
    }
    assert hard == {}, "Say it in shorter sentences and plainer words; the hardest stand first."


def test_short_pages_can_be_read_at_eleven_too(said: dict[str, list[list[str]]]) -> None:
    short = [one for pages in said.values() for page in pages if _many(page) < FEW for one in page]
    assert grade(short) <= MOST


def test_exceptions_are_needed_and_have_a_reason(said: dict[str, list[list[str]]]) -> None:
    for route, reason in EXCEPTIONS.items():
        assert reason and any(grade(page) > MOST for page in said[route]), route


@cache
def _grade_of_one(sentence: str) -> float:
    return grade([sentence])


HARD = (
    "Participation necessitates comprehensive documentation of individual circumstances, "
    "notwithstanding organisational considerations that professionals may subsequently communicate."
)


def test_a_hard_page_is_seen() -> None:
    page = f"<main><h1>Page</h1><p>{HARD}</p><p>Tea.</p></main>"
    assert grade(sentences_on(page)) > MOST


@pytest.mark.parametrize(
    "hides",
    [
        "<p>{}</p>",  # outside `main`
        "<main><button>{}</button></main>",
        '<main><a class="btn plain" href="/">{}</a></main>',
        "<main><select><option>{}</option></select></main>",
        "<main><p hidden>{}</p></main>",
    ],
)
def test_what_is_no_sentence_of_a_page_is_left_out(hides: str) -> None:
    page = hides.format(HARD) + "<main><p>You can stop at any time.</p></main>"
    assert sentences_on(page) == ["You can stop at any time."]


def test_what_people_typed_is_theirs() -> None:
    page = f"<main><blockquote>{HARD}</blockquote><p>Only you see this.</p></main>"
    assert sentences_on(page, [HARD]) == ["Only you see this."]


def test_titles_and_names_do_not_make_a_page_look_easier() -> None:
    page = f"<main><h1>Tea</h1><label>Who</label><p>J. · Ward 6 · tea</p><p>{HARD}</p></main>"
    assert sentences_on(page) == [HARD]


def test_a_grade_by_hand() -> None:
    """Eleven words of one syllable each, in two sentences."""
    told = sentences_on("<main><p>J. brought tea. We did not have to talk at all.</p></main>")
    assert told == ["Jo brought tea.", "We did not have to talk at all."]
    assert grade(told) == pytest.approx(0.39 * 11 / 2 + 11.8 * 11 / 11 - 15.59)


@pytest.mark.parametrize(
    ("word", "many"),
    [("tea", 1), ("nothing", 2), ("notebook", 2), ("anyone’s", 3), ("Kith", 1), ("unsealed", 2)],
)
def test_syllables(word: str, many: int) -> None:
    assert syllables(word) == many
