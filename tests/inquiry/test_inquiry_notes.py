"""Notes from files: once however often, in any parts; the preview; bad files change nothing."""

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as some

from inquiry.test_inquiry_pages import as_, text, url
from inquiry.village import Meeting, meeting
from kith.base import ids
from kith.base.problems import Missing, Refused
from kith.formats.notes import Notes, read_notes
from kith.inquiry import actions, evidence, readings
from kith.inquiry.bringing import bring_in, made_of, role_code
from kith.inquiry.nouns import Cite, Finding, Recommendation, Voice
from kith.permissions.readings import look
from kith.records.models import LedgerLine, Record

pytestmark = [pytest.mark.store, pytest.mark.django_db]

TABLE = """words,speaker id,role,table,theme
When the same face comes back.,P1,partner; peer worker,Trust,trust
I don’t agree.,P2,juggler,Trust,trust; fresh starts
It takes one person.,P1,nurse,Care,Fresh starts
"""


def notes(table: str = TABLE, name: str = "notes.csv") -> Notes:
    return read_notes(table.encode(), name)


def told(at: Meeting) -> list[tuple[Any, ...]]:
    names = readings.theme_names(at.team, at.thing)
    return sorted(
        (line.thing, line.words, line.roles, line.table, sorted(names[t] for t in line.themes))
        for line in readings.lines(at.team, at.thing)
    )


def voices(at: Meeting) -> set[tuple[Any, ...]]:
    return {(one.thing, one.noun) for one in look(at.team, Voice)}


def test_lines_come_with_their_roles_tables_themes_and_voices() -> None:
    at = meeting()
    done = bring_in(at.team, at.circle, at.thing, notes())
    assert (done.gathering, done.added, done.known) == (at.thing, 3, 0)
    first, second, third = readings.lines(at.guest, at.thing)
    assert (first.roles, second.roles, third.table) == (
        ("close", "peer-worker"),
        ("juggler",),
        "Care",
    )
    names = readings.theme_names(at.guest, at.thing)
    assert [names[theme] for theme in second.themes] == ["trust", "fresh starts"]
    assert len(names) == 7 and not any(one.quotable for one in (first, second, third))
    roles = {one.noun.roles for one in look(at.team, Voice)}
    assert roles == {("close", "nurse", "peer-worker"), ("juggler",)}


def test_the_same_file_twice_adds_nothing_whoever_brings_it() -> None:
    at = meeting()
    bring_in(at.team, at.circle, at.thing, notes(), quote=True)
    records, lines = Record.objects.count(), LedgerLine.objects.count()
    for who in (at.team, at.keeper):
        done = bring_in(who, at.circle, at.thing, notes())
        assert (done.added, done.known) == (0, 3)
    assert (Record.objects.count(), LedgerLine.objects.count()) == (records, lines)


def test_one_file_is_one_act_in_the_ledger() -> None:
    at = meeting()
    before = LedgerLine.objects.count()
    bring_in(at.team, at.circle, at.thing, notes())
    assert LedgerLine.objects.count() == before + 1


def test_what_was_taken_back_or_said_anew_stays_so() -> None:
    at = meeting()
    bring_in(at.team, at.circle, at.thing, notes())
    first, second, _third = readings.lines(at.team, at.thing)
    actions.take_back(at.team, first.thing)
    seen = readings.line(at.team, at.thing, second.thing)
    actions.correct_line(at.team, second.thing, seen.noun.but(words="Anew"), seen.id)
    assert bring_in(at.team, at.circle, at.thing, notes()).added == 0
    assert next(line.words for line in readings.lines(at.team, at.thing)) == "Anew"


def test_without_a_gathering_the_title_finds_or_opens_one() -> None:
    at = meeting()
    first = bring_in(at.team, at.circle, None, notes(), title="An open day")
    again = bring_in(at.team, at.circle, None, notes(), title="an open DAY")
    assert first.gathering == again.gathering != at.thing and again.added == 0
    assert readings.gathering(at.guest, first.gathering).noun.title == "An open day"
    named = bring_in(at.team, at.circle, None, notes()).gathering
    assert readings.gathering(at.team, named).noun.title == "notes.csv"


def test_only_the_team_brings_notes_in() -> None:
    at, other = meeting(), meeting()
    with pytest.raises(Refused):
        bring_in(at.guest, at.circle, at.thing, notes())
    with pytest.raises(Missing):
        bring_in(other.team, at.circle, at.thing, notes())
    with pytest.raises(Missing):
        bring_in(at.team, at.circle, other.thing, notes())


def test_an_id_tells_nothing_of_the_words(settings: Any) -> None:
    space = ids.new()
    one = made_of(space, "line", "key")
    assert one == made_of(space, "line", "key") != made_of(ids.new(), "line", "key")
    settings.SECRET_KEY = "another house"
    assert one != made_of(space, "line", "key")


@pytest.mark.parametrize(
    ("word", "code"),
    [("Nurses", "nurse"), ("Sjuksköterska", "nurse"), ("peer-worker", "peer-worker"),
     ("Family member", "close"), ("psychiatrist", "doctor"), ("Juggler", "Juggler")],
)  # fmt: skip
def test_roles_of_files_become_ours_where_we_know_them(word: str, code: str) -> None:
    assert role_code(word) == code


WORDS = some.sampled_from(["Tea.", "No tea.", "The dog.", "Åsa’s key", "A minute", "Tea. "])
LINES = some.lists(
    some.tuples(
        WORDS,
        some.sampled_from(["", "P1", "P2"]),
        some.sampled_from(["", "nurse", "carer; nurse"]),
        some.sampled_from(["", "trust", "new theme; care"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(lines=LINES, cuts=some.lists(some.integers(0, 8), max_size=3), twice=some.booleans())
def test_in_any_parts_and_any_order_it_is_the_whole_file_once(
    lines: list[tuple[str, ...]], cuts: list[int], twice: bool
) -> None:
    """Law: bringing in all parts of a file, in any order and again, is bringing it in once."""
    head = "words,speaker id,role,theme\n"
    read = notes(head + "".join(f'"{w}",{v},{r},{t}\n' for w, v, r, t in lines))
    whole, apart = meeting(), meeting()
    bring_in(whole.team, whole.circle, whole.thing, read)
    want, heard = told(whole), voices(whole)
    marks = [0, *sorted(cut % (len(lines) + 1) for cut in cuts), len(lines)]
    parts = [replace(read, contributions=read.contributions[a:b]) for a, b in pairwise(marks)]
    added = sum(
        bring_in(apart.team, apart.circle, apart.thing, part).added
        for part in [*reversed(parts), *parts * twice]
    )
    assert added == len(lines)
    assert [row[1:] for row in sorted(told(apart), key=lambda r: r[1:])] == [
        row[1:] for row in sorted(want, key=lambda r: r[1:])
    ]
    assert sorted(noun.roles for _, noun in voices(apart)) == sorted(n.roles for _, n in heard)


def upload(client: Client, at: Meeting, data: bytes, name: str = "notes.csv") -> Any:
    file = io.BytesIO(data)
    file.name = name
    return client.post(url(at, "notes"), {"file": file})


def sealed(page: Any) -> str:
    return str(page.context["sealed"])


def test_the_preview_keeps_nothing_and_the_second_press_keeps_all() -> None:
    at = meeting()
    team = as_(at.team)
    before = Record.objects.count()
    page = upload(team, at, TABLE.encode())
    shown = text(page)
    assert page.status_code == 200 and "Nothing has been kept yet" in shown
    assert "juggler" in shown and "When the same face" in shown and "fresh starts" in shown
    assert Record.objects.count() == before
    kept = {"sealed": sealed(page), "quote": "on"}
    assert "3 lines came in." in text(team.post(url(at, "notes"), kept, follow=True))
    again = text(team.post(url(at, "notes"), kept, follow=True))
    assert "0 lines came in. 3 were here already." in again
    assert [line.quotable for line in readings.lines(at.team, at.thing)] == [True] * 3


def test_what_goes_to_the_browser_between_the_presses_cannot_be_read_or_moved() -> None:
    at, other = meeting(), meeting()
    page = upload(as_(at.team), at, TABLE.encode())
    token = sealed(page)
    assert "same face" not in token and "c2FtZSBmYWNl" not in token
    for who, place, given_token in (
        (at.keeper, at, token),
        (other.team, other, token),
        (at.team, at, token[:-9] + "AAAAAAAA="),
        (at.team, at, "nonsense"),
        (at.team, at, ""),
    ):
        refused = as_(who).post(url(place, "notes"), {"sealed": given_token})
        assert refused.status_code == 422 and "Choose it once more" in text(refused)
    assert readings.lines(at.team, at.thing) == readings.lines(other.team, other.thing) == []


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "notes.csv", "empty"),
        (TABLE.encode("utf-16"), "notes.csv", "UTF-16"),
        (b"a,b\n1,2\n", "notes.csv", "No column holds the words"),
        (b"words,role\nHello\x00\xff,nurse\n", "notes.csv", ""),
        (b'words,role\n"Hello,nurse\n', "notes.csv", "row"),
        (b"hello", "notes.exe", "do not know this kind"),
        (b"not a zip", "notes.docx", ""),
        (b"PK\x03\x04 cut", "notes.docx", ""),
    ],
)
def test_a_bad_file_gets_one_clear_answer_and_changes_nothing(
    data: bytes, name: str, why: str
) -> None:
    at = meeting()
    before = Record.objects.count()
    page = upload(as_(at.team), at, data, name)
    assert page.status_code == 422 and "Nothing has changed" in text(page) and why in text(page)
    assert Record.objects.count() == before


def test_no_file_at_all_is_a_field_to_mend() -> None:
    at = meeting()
    assert "Choose a file" in text(as_(at.team).post(url(at, "notes"), {}))


@pytest.mark.data
def test_a_real_deliberation_becomes_a_finding_and_a_recommendation(
    real_data: Callable[[str], Path],
) -> None:
    """All the statements of a public deliberation, themed, found in, recommended from."""
    file = real_data("qualitative/polis/london.youth.policing/comments.csv")
    read = read_notes(file, file.name)
    at = meeting()
    done = bring_in(at.team, at.circle, at.thing, read, quote=True)
    assert done.added == len(read.contributions) == len(readings.lines(at.guest, at.thing)) > 30
    assert bring_in(at.team, at.circle, at.thing, read).added == 0
    theme = actions.add_theme(at.team, at.thing, "a say of their own")
    chosen = [one for one in readings.lines(at.team, at.thing) if "young" in one.words.lower()][:3]
    entry = readings.theme(at.team, theme)
    lines = tuple(one.thing for one in chosen)
    actions.change_theme(at.team, theme, entry.noun.but(lines=lines), entry.id)
    cites = tuple(Cite("contribution", one.thing, one.version) for one in chosen)
    found = Finding("Young people want a part in deciding.", cites)
    finding = actions.write_finding(at.team, at.thing, found).thing
    actions.recommend(at.team, at.thing, Recommendation("Ask them first.", (finding,)))
    assert evidence.may_issue(at.team, at.thing) == []
    assert as_(at.guest).get(url(at, "gathering")).status_code == 200
