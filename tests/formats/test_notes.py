"""Notes of a workshop: what is read from each kind of file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from formats.notes_files import left, said, word
from kith.formats.notes import NoteLine, Notes, read_notes

STANCES = ["said", "other view", "silence", "question", "story"]

# Text as people write it: no control characters; a line break is a line feed.
letters = st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n")
words = st.text(letters, max_size=60).map(str.strip).filter(bool)
short = st.text(st.characters(categories=["L", "N"], include_characters=" -,."), max_size=12)
value = short.map(lambda text: " ".join(text.split())).filter(bool)
values = st.lists(value, unique=True, max_size=3).map(tuple)
moments = st.none() | st.datetimes(timezones=st.just(UTC))

note_lines = st.builds(
    NoteLine,
    words=words,
    voice=st.none() | value,
    roles=values,
    table=st.none() | value,
    themes=values,
    said_at=moments,
    stance=st.sampled_from(STANCES),
)

HEADERS = {
    "english": ["words", "speaker", "roles", "table", "themes", "time", "stance"],
    "generous": [
        "Comment-Body",
        "AUTHOR_ID",
        "Role",
        "Group",
        "topic",
        "datetime",
        "Kind",
    ],
    "swedish": ["Yttrande", "röst", "Roller", "bord", "Tema", "Tidpunkt", "hållning"],
}


def as_csv(lines: list[NoteLine], header: list[str], delimiter: str, between: str, end: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    for line in lines:
        said_at = line.said_at.isoformat() if line.said_at else ""
        roles, themes = between.join(line.roles), between.join(line.themes)
        writer.writerow([line.words, line.voice, roles, line.table, themes, said_at, line.stance])
    return out.getvalue()


def plain(notes: Notes) -> list[NoteLine]:
    """The contributions without what a file adds to them: row and key."""
    return [
        NoteLine(n.words, n.voice, n.roles, n.table, n.themes, n.said_at, n.into, n.stance)
        for n in notes.contributions
    ]


@given(
    st.lists(note_lines, min_size=1, max_size=8),
    st.sampled_from(sorted(HEADERS)),
    st.sampled_from(",;\t"),
    st.sampled_from([";", " | ", "/"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_what_is_written_as_csv_is_read_back_the_same(
    lines: list[NoteLine], header: str, delimiter: str, between: str, end: str, encoding: str
) -> None:
    data = as_csv(lines, HEADERS[header], delimiter, between, end).encode(encoding)
    notes = read_notes(data, "notes.csv")
    assert plain(notes) == lines
    assert notes.source.encoding == encoding
    assert notes.left_out == ()
    assert [note.row for note in notes.contributions] == list(range(2, len(lines) + 2))


@given(st.lists(note_lines, min_size=1, max_size=8))
def test_the_same_notes_have_the_same_keys_and_each_its_own(lines: list[NoteLine]) -> None:
    def keys(delimiter: str, end: str) -> list[str]:
        data = as_csv(lines + lines, HEADERS["english"], delimiter, ";", end).encode()
        return [note.key for note in read_notes(data, "notes.csv").contributions]

    assert keys(",", "\n") == keys(";", "\r\n")
    assert len(set(keys(",", "\n"))) == 2 * len(lines)


def test_a_key_does_not_depend_on_where_a_line_stands_or_how_letters_are_composed() -> None:
    one = read_notes("words\nKaffe på sängen\nTea\n".encode(), "a.csv").contributions
    two = read_notes("words\nTea\nKaffe  på sängen\n".encode(), "b.csv").contributions
    assert [one[0].key, one[1].key] == [two[1].key, two[0].key]


# CSV


@pytest.mark.data
def test_comments_of_a_public_deliberation(real_data: Callable[[str], Path]) -> None:
    path = real_data("qualitative/polis/london.youth.policing/comments.csv")
    notes = read_notes(path, "comments.csv")
    with path.open(newline="", encoding="utf-8") as file:
        true = [row for row in csv.DictReader(file) if row["moderated"] != "-1"]
    assert [note.words for note in notes.contributions] == [r["comment-body"].strip() for r in true]
    assert [note.voice for note in notes.contributions] == [row["author-id"] for row in true]
    first = notes.contributions[0].said_at
    assert first is not None
    assert int(first.timestamp() * 1000) == int(true[0]["timestamp"])
    assert left(notes).count("rejected-by-moderators") == 3
    unused = {flaw.column for flaw in notes.left_out if flaw.code == "column-not-used"}
    assert unused == {"comment-id", "agrees", "disagrees"}
    assert len(notes.contributions) == 36


def test_what_is_not_understood_is_named_and_the_rest_kept() -> None:
    data = (
        b"words;time;stance;shoe size\nTea;at noon;loud;44\n;;;\n;2016-05-01T10:00;;\n"
        b"Dance;2016-05-01 10:00;question;"
    )
    notes = read_notes(data, "notes.csv")
    assert [(n.words, n.stance) for n in notes.contributions] == [
        ("Tea", "said"),
        ("Dance", "question"),
    ]
    assert [(flaw.code, flaw.row, flaw.column) for flaw in notes.left_out] == [
        ("column-not-used", 1, "shoe size"),
        ("time-not-understood", 2, "time"),
        ("stance-not-understood", 2, "stance"),
        ("time-zone-guessed", 4, "time"),
        ("no-words", 4, ""),
    ]
    assert notes.columns == {"words": "words", "time": "time", "stance": "stance"}


def test_times_without_a_zone_take_the_one_given() -> None:
    stockholm = ZoneInfo("Europe/Stockholm")
    (note,) = read_notes(b"ord,tid\nTe,2016-05-01 10:00", "n.csv", zone=stockholm).contributions
    assert note.said_at == datetime(2016, 5, 1, 8, tzinfo=UTC)


def test_columns_of_names_are_never_taken_in() -> None:
    notes = read_notes(b"name,words,email\nA. Person,Tea,a@example.org", "notes.csv")
    assert "Person" not in repr(notes)
    assert left(notes) == ["column-not-used", "column-not-used"]


# Markdown

MARKDOWN = """# Second workshop

## Table: Trust
- **nurse, carer:** the tea (theme: care, trust) was *locked* away #intimacy
- carer: nobody asked
- Remember: tea at eight
- question: why #now is it so?

### Theme: reciprocity and care
A paragraph
over two lines.

| words | role |
|---|---|
| hello | nurse; carer |

## Bord 4
P3: svårt att säga (röst: P4)

## Discussion
> other view: not everyone wants tea

```
code
```
"""


def test_markdown_notes() -> None:
    notes = read_notes(MARKDOWN.encode(), "notes.md")
    assert plain(notes) == [
        NoteLine(
            "the tea was locked away",
            None,
            ("nurse", "carer"),
            "Trust",
            ("care", "trust", "intimacy"),
        ),
        NoteLine("nobody asked", None, ("carer",), "Trust"),
        NoteLine("Remember: tea at eight", table="Trust"),
        NoteLine("why #now is it so?", table="Trust", themes=("now",), stance="question"),
        NoteLine("A paragraph over two lines.", table="Trust", themes=("reciprocity", "care")),
        NoteLine("hello", None, ("nurse", "carer"), "Trust", ("reciprocity", "care")),
        NoteLine("svårt att säga", "P4", table="4"),
        NoteLine("not everyone wants tea", stance="other view"),
    ]
    assert [note.row for note in notes.contributions] == [4, 5, 6, 7, 10, 15, 18, 21]
    assert [(flaw.code, flaw.row) for flaw in notes.left_out] == [
        ("code-left-out", 23),
        ("heading-not-used", 1),
        ("heading-not-used", 20),
    ]


def test_links_pictures_and_html_stay_as_they_were_typed() -> None:
    typed = "see [here](http://example.org) ![x](y.png) <b>now</b> & then"
    (note,) = read_notes(typed.encode(), "notes.md").contributions
    assert note.words == typed


# Word


def scribe(document: Document) -> None:
    document.add_heading("Second workshop", 0)
    document.add_heading("Table: Trust", 1)
    item = document.add_paragraph(style="List Bullet")
    item.add_run("nurse, carer:").bold = True
    item.add_run(" the tea was locked away #intimacy")
    document.add_paragraph("")
    document.add_heading("Tema: omsorg", 2)
    document.add_paragraph("anhörig: ingen frågade")
    table = document.add_table(2, 2)
    for cell, text in zip(
        [c for r in table.rows for c in r.cells], ["Ord", "Roll", "hej", "skötare"], strict=True
    ):
        cell.text = text


def test_word_notes() -> None:
    notes = read_notes(word(scribe), "notes.docx")
    assert plain(notes) == [
        NoteLine("the tea was locked away", None, ("nurse", "carer"), "Trust", ("intimacy",)),
        NoteLine("ingen frågade", None, ("anhörig",), "Trust", ("omsorg",)),
        NoteLine("hej", None, ("skötare",), "Trust", ("omsorg",)),
    ]
    assert left(notes) == ["heading-not-used"]


def test_words_inserted_with_tracked_changes_are_read_and_deleted_ones_are_not() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def write(document: Document) -> None:
        paragraph = document.add_paragraph("The kitchen ")
        for xml in (
            f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t>is locked</w:t></w:r></w:ins>',
            f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>is open</w:delText></w:r></w:del>',
        ):
            paragraph._p.append(parse_xml(xml))

    (note,) = read_notes(word(write), "notes.docx").contributions
    assert note.words == "The kitchen is locked"


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=5))
def test_words_survive_a_word_file(paragraphs: list[str]) -> None:
    notes = read_notes(said(*paragraphs), "notes.docx")
    assert [note.words for note in notes.contributions] == paragraphs


# Subtitles

VTT = """WEBVTT

NOTE not said

00:01.000 --> 00:03.000
<v P1>Hello there

00:03.500 --> 00:05.000
<v P1>and <i>tea</i> &amp; milk

00:06.000 --> 00:07.000
<v P2>Yes.
<v P1>No

01:00:08.000 --> 01:00:09.000
Nurse: the door

01:00:09.000 --> 01:00:10.000
was locked
"""

SRT = """1
00:00:01,000 --> 00:00:02,000
ANNA: We had

2
00:00:02,000 --> 00:00:03,000
tea at 8:00

3
00:00:04,000 --> 00:00:05,000
Speaker 2: Remember: two sugars

4
00:00:05,000 --> broken
lost
"""


def test_subtitles_of_the_web() -> None:
    notes = read_notes(VTT.encode(), "talk.vtt")
    assert plain(notes) == [
        NoteLine("Hello there and tea & milk", "P1", into=timedelta(seconds=1)),
        NoteLine("Yes.", "P2", into=timedelta(seconds=6)),
        NoteLine("No", "P1", into=timedelta(seconds=6)),
        NoteLine("the door was locked", roles=("Nurse",), into=timedelta(hours=1, seconds=8)),
    ]


def test_subtitles_of_films() -> None:
    began = datetime(2016, 5, 1, 10, tzinfo=UTC)
    notes = read_notes(SRT.encode(), "talk.srt", began=began)
    first, second = notes.contributions
    assert (first.voice, first.words) == ("ANNA", "We had tea at 8:00")
    assert second.voice == "Speaker 2"
    assert second.words.startswith("Remember: two sugars")
    assert second.said_at == began + timedelta(seconds=4)
    assert left(notes) == ["cues-not-understood"]
    assert [n.key for n in notes.contributions] == [
        n.key for n in read_notes(SRT.encode(), "again.srt").contributions
    ], "when it began does not make it another contribution"


def test_words_without_a_voice_are_joined_to_the_end_of_the_sentence() -> None:
    cues = ["It was", "late.", "Then we", "danced."]
    data = "\n\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{cue}" for n, cue in enumerate(cues, 1)
    )
    notes = read_notes(data.encode(), "talk.srt")
    assert [note.words for note in notes.contributions] == ["It was late.", "Then we danced."]
