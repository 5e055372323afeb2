"""What gets in the way of one person's life with others, and the letter made of it."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kith.arrangements.actions import add
from kith.arrangements.nouns import Arrangement
from kith.base.problems import Invalid, Missing
from kith.care import actions as asking
from kith.care.nouns import Request
from kith.moments import actions as noting
from kith.moments.nouns import Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.letter import actions, files, readings
from kith.reports.letter.gathering import gather
from kith.reports.nouns import Letter
from world import joined, signed_in, viewer, ward

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-10T12:00:00+00:00")


def browser(who: Viewer) -> Client:
    client = Client()
    signed_in(client, who)
    return client


def words(lines: object) -> list[str]:
    return [line.words for line in lines]  # type: ignore[attr-defined]


@pytest.mark.store
def test_each_part_is_gathered_from_what_one_noted_and_from_nobody_else() -> None:
    keeper, circle = ward()
    kitchen = add(keeper, circle, Arrangement("The kitchen is locked")).thing
    who, other = joined(keeper, circle, "guest"), joined(keeper, circle, "guest")
    noting.note(other, Moment("Not for others", happened=False, arrangements=(kitchen,)))
    noting.note(who, Moment("Tea with T."))
    no_tea = Moment("No tea", happened=False, arrangements=(kitchen,), in_the_way="and so cold")
    noting.note(who, no_tea)
    noting.note(who, Moment("No visit", happened=False, own=("money",)))
    noting.note(who, Moment("We rang instead", helped="Her own room to ring from"))
    noting.name_practice(who, Practice("The paper together", rhythm="most mornings"))
    broken = Practice("Chess", state="interrupted", arrangements=(kitchen,))
    noting.name_practice(who, broken)
    asking.write(who, Request("Tea at eight, please", circle=circle, helps="My day begins."))
    found = gather(who)
    assert [way.name for way in found.ways] == ["Money", "The kitchen is locked"]
    locked = words(found.ways[1].lines)
    assert len(locked) == 2 and "and so cold" in locked[0] and "Chess" in locked[1]
    assert any("Tea with T." in one for one in words(found.matters))
    assert any("Most mornings" in one for one in words(found.matters))
    assert not any("No tea" in one for one in words(found.matters))
    helped = words(found.would_help)
    assert any("Her own room" in one for one in helped) and any("eight" in one for one in helped)
    assert "Not for others" not in str(found)


def test_nothing_is_counted_and_nothing_put_in_an_order_of_weight() -> None:
    """However often something was in the way, it stands by its name."""
    who = viewer()
    for code, times in (("money", 1), ("time", 3), ("distance", 2)):
        for _again in range(times):
            noting.note(who, Moment("No visit", own=(code,)))
    names = [way.name for way in gather(who).ways]
    assert names == sorted(names, key=str.casefold) and len(names) == 3
    page = browser(who).get(reverse("letters:way")).content.decode()
    told = page.split("<main")[1].split("</main>")[0].split(">Your letters<")[0]
    assert not {"2", "3", "times"} & set(re.findall(r">[^<]*\b(2|3|times)\b[^<]*<", told))


@pytest.mark.store
def test_a_letter_is_its_authors_alone_can_be_said_anew_and_comes_back() -> None:
    who, other = viewer(), viewer()
    thing = actions.write(who, Letter(matters="Tea")).thing
    actions.correct(who, thing, Letter(matters="Tea, at eight"))
    assert [one.noun.matters for one in readings.letters(who)] == ["Tea, at eight"]
    assert readings.letters(other) == []
    for do in (actions.remove, actions.restore, readings.letter):
        with pytest.raises(Missing):
            do(other, thing)
    actions.remove(who, thing)
    assert actions.remove(who, thing) is None
    assert readings.letters(who) == [] and len(readings.removed(who)) == 1
    actions.restore(who, thing)
    actions.restore(who, thing)
    assert len(readings.letters(who)) == 1
    with pytest.raises(Invalid):
        actions.write(who, Letter(to="The ward", matters=" \n"))


def test_by_page_from_the_chosen_lines_to_a_file() -> None:
    who = viewer()
    client = browser(who)
    tea = noting.note(who, Moment("Tea <with> T.")).thing
    locked = noting.note(who, Moment("No tea", happened=False, in_the_way="the door")).thing
    chosen = {"matters": [tea], "in_the_way": [locked]}
    page = client.post(reverse("letters:choose"), chosen)
    assert "Tea &lt;with&gt; T." in page.content.decode()
    first = page.context["form"].initial
    assert "the door" in first["in_the_way"] and first["would_help"] == ""
    form = {"id": uuid4(), "to": "Ward 6", "signed": "R."} | first
    for _twice in range(2):
        answer = client.post(reverse("letters:write"), form)
    (kept,) = readings.letters(who)
    assert answer["Location"] == reverse("letters:one", args=[kept.thing])
    assert "Tea &lt;with&gt; T." in client.get(answer["Location"]).content.decode()
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("txt", b"1")):
        file = client.post(reverse("letters:take", args=[kept.thing]), {"form": kind})
        assert file.status_code == 200 and file["Content-Type"] == files.TYPES[kind]
        assert kind == "txt" or file.content.startswith(begins)
    bare = client.post(reverse("letters:write"), {"id": uuid4(), "to": "Ward 6"})
    assert bare.status_code == 422 and "Ward 6" in bare.content.decode()


def in_three(said: Letter) -> dict[str, str]:
    """What each sort of file says, one space between words."""
    id = uuid4()
    entry = Entry(
        id=id, thing=id, parent=None, space=id, author=id, seen_on=NOW, made_at=NOW, noun=said
    )
    made = {kind: files.as_file(entry, kind) for kind in files.TYPES}
    pages = PdfReader(io.BytesIO(made["pdf"])).pages
    told = {
        "pdf": " ".join(page.extract_text() for page in pages),
        "docx": " ".join(one.text for one in Document(io.BytesIO(made["docx"])).paragraphs),
        "txt": made["txt"].decode(),
    }
    return {kind: "".join(text.split()).casefold() for kind, text in told.items()}


def test_paper_word_and_text_say_the_same() -> None:
    said = Letter("The team", "Tea #1\nand *dance*", "The $door$", "A kettle\n\n= open", "R.")
    told = in_three(said)
    for part in (said.to, *said.matters.split("\n"), said.in_the_way, "A kettle", "= open", "R."):
        for kind, text in told.items():
            assert "".join(part.split()).casefold() in text, (kind, part)


def test_a_word_file_names_no_author_and_no_hour() -> None:
    id = uuid4()
    entry = Entry(
        id=id, thing=id, parent=None, space=id, author=id, seen_on=NOW, made_at=NOW,
        noun=Letter(matters="Tea"),
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(files.as_file(entry, "docx"))) as made:
        about = made.read("docProps/core.xml").decode()
        hours = {one.date_time[3:] for one in made.infolist()}
    assert "python-docx" not in about and "T12:00:00Z" in about
    assert hours == {(0, 0, 0)}


@settings(deadline=timedelta(seconds=20), max_examples=15,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.text(min_size=1, max_size=60).filter(str.strip), st.text(max_size=20))
def test_no_words_break_a_file(matters: str, to: str) -> None:
    assert set(in_three(Letter(to=to, matters=matters))) == {"pdf", "docx", "txt"}


@pytest.mark.store
def test_a_letter_of_anothers_is_not_there() -> None:
    thing = actions.write(viewer(), Letter(matters="Tea")).thing
    other = browser(viewer())
    for name in ("one", "correct", "take", "remove", "restore"):
        assert other.post(reverse(f"letters:{name}", args=[thing])).status_code == 404
