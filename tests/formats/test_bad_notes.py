"""Bad files of notes: one clear answer each, nothing taken, nothing harmed."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats import notes_files as files
from formats.notes_files import codes
from kith.base.problems import Invalid
from kith.formats.notes import Limits, read_notes, safety

MEGABYTE = 1_000_000
ENDINGS = ["csv", "tsv", "md", "docx", "srt", "vtt"]
GOOD = files.said("Tea in the morning", "carer: nobody asked")
BOMB = files.with_part(GOOD, "word/bomb.xml", b"<a>" + b" " * 120 * MEGABYTE + b"</a>")
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

BAD: dict[str, tuple[bytes, str, list[str]]] = {
    "nothing at all": (b"", "notes.csv", ["empty"]),
    "only blank lines": (b"\n \r\n", "notes.md", ["empty"]),
    "a byte order mark and no more": (b"\xef\xbb\xbf", "notes.csv", ["nothing-said"]),
    "a header and no rows": (b"words,role\n", "notes.csv", ["nothing-said"]),
    "UTF-16 with a mark": ("words\nTea\n".encode("utf-16"), "notes.csv", ["utf-16"]),
    "UTF-16 without a mark": ("words\nTea\n".encode("utf-16-le"), "notes.csv", ["utf-16"]),
    "a western code page": (
        "ord\nkaffe på sängen\nte\nöl".encode("cp1252"),
        "notes.csv",
        ["not-utf-8", "not-utf-8", "save-as-utf-8"],
    ),
    "cut in the middle of a letter": (
        "words\nTea på".encode()[:-1],
        "notes.csv",
        ["not-utf-8", "save-as-utf-8"],
    ),
    "cut in the middle of a cell": (
        b'words,role\n"Tea in the',
        "notes.csv",
        ["quotes-do-not-match"],
    ),
    "cut in the middle of a row": (b"role,words\ncarer,Tea\ncar", "notes.csv", ["row-cut-short"]),
    "commas that were not quoted": (
        b"words,role\nTea, milk, sugar,carer\nTea,carer\na,b,c",
        "notes.csv",
        ["too-many-cells", "too-many-cells"],
    ),
    "no column of words": (b"mood,shoe size\nfine,44\n", "notes.csv", ["no-words-column"]),
    "a zip called csv": (GOOD, "notes.csv", ["other-kind"]),
    "a picture called md": (b"\x89PNG\r\n\x1a\n", "notes.md", ["other-kind"]),
    "bytes of no kind": (b"words\n\x00\x01\x02\x03\x00tea", "notes.csv", ["binary"]),
    "noise": (b"words\n" + bytes(range(1, 9)) * 9, "notes.md", ["binary"]),
    "a kind we do not know": (b"words", "notes.xlsx", ["unknown-kind"]),
    "no ending": (b"words", "notes", ["unknown-kind"]),
    "not subtitles": (b"Tea in the morning", "notes.srt", ["not-subtitles"]),
    "not subtitles of the web": (b"Tea in the morning", "notes.vtt", ["not-subtitles"]),
    "nested beyond reason": (b"> " * 500 + b"tea", "notes.md", ["nested-too-deeply"]),
    "text called docx": (b"words\nTea", "notes.docx", ["not-a-zip"]),
    "an old Word file": (OLD_OFFICE, "notes.docx", ["not-a-zip"]),
    "a zip that is no document": (files.zipped([("a.txt", b"tea")]), "notes.docx", ["not-word"]),
    "a spreadsheet called docx": (
        files.with_part(
            GOOD,
            "[Content_Types].xml",
            files.part_of(GOOD, "[Content_Types].xml").replace(
                b"wordprocessingml.document", b"spreadsheetml.sheet"
            ),
        ),
        "notes.docx",
        ["not-word"],
    ),
    "a cut docx": (GOOD[: len(GOOD) // 2], "notes.docx", ["damaged"]),
    "a docx of another method": (
        files.zipped([("a", b"tea")], zipfile.ZIP_LZMA),
        "notes.docx",
        ["zip-method"],
    ),
    "a zip bomb": (BOMB, "notes.docx", ["too-large-inside"]),
    "a zip bomb that says it is small": (
        files.lying(BOMB, "word/bomb.xml", 10),
        "notes.docx",
        ["damaged"],
    ),
    "a part too large": (
        files.with_part(GOOD, "word/large.xml", b" " * 11 * MEGABYTE),
        "notes.docx",
        ["too-large-inside"],
    ),
    "too many parts": (
        files.zipped([(str(n), b"") for n in range(1001)]),
        "notes.docx",
        ["too-many-parts"],
    ),
    "entities": (files.with_part(GOOD, "word/document.xml", LAUGHS), "notes.docx", ["entities"]),
    "entities hidden in UTF-16": (
        files.with_part(GOOD, "word/document.xml", LAUGHS.decode().encode("utf-16")),
        "notes.docx",
        ["entities"],
    ),
    "entities over a step of reading": (
        files.with_part(GOOD, "word/document.xml", b" " * (64 * 1024 - 5) + LAUGHS),
        "notes.docx",
        ["entities"],
    ),
    "broken XML": (
        files.with_part(GOOD, "word/document.xml", b"<w:document"),
        "notes.docx",
        ["not-word"],
    ),
    "a Word file of nothing": (files.said(), "notes.docx", ["nothing-said"]),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_clear_answer(name: str) -> None:
    data, file, expected = BAD[name]
    assert codes(data, file) == expected


def test_wrong_columns_are_named_but_not_what_people_said() -> None:
    said = "The ward was a cold place and nobody ever asked me how I was that winter"
    with pytest.raises(Invalid) as caught:
        read_notes(f"mood,shoe size,{said}\nfine,44,tea".encode(), "notes.csv")
    (flaw,) = caught.value.flaws
    assert (flaw.code, flaw.row, dict(flaw.facts)) == (
        "no-words-column",
        1,
        {"columns": "mood, shoe size, (3)"},
    )


def test_every_bad_row_is_named_up_to_a_limit() -> None:
    rows = "".join(f"tea,{n},\n" if n % 2 else f"tea,{n},{n}\n" for n in range(1, 21))
    with pytest.raises(Invalid) as caught:
        read_notes(f"words,role\n{rows}".encode(), "notes.csv")
    assert [flaw.row for flaw in caught.value.flaws] == list(range(3, 22, 2))
    few = codes(f"words,role\n{rows}".encode(), "notes.csv", Limits(flaws=3))
    assert few == ["too-many-cells"] * 3 + ["more-of-the-same"]


def test_limits_on_rows_and_words() -> None:
    assert codes(b"words\n" + b"tea\n" * 9, "notes.csv", Limits(rows=8)) == ["too-many-rows"]
    assert codes(b"- tea\n" * 9, "notes.md", Limits(rows=8)) == ["too-many-rows"]
    assert codes(files.said(*["tea"] * 9), "notes.docx", Limits(rows=8)) == ["too-many-rows"]
    assert (
        codes(b"words\ntea tea tea\ntea\ntea tea tea", "notes.csv", Limits(words=5))
        == ["words-too-long"] * 2
    )


def test_no_such_file(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.csv", "none.csv") == ["cannot-open"]
    assert codes(tmp_path, "notes.csv") == ["cannot-open"]


# A file as large as a disk


def huge(tmp_path: Path, size: int) -> Path:
    """A file of one line that takes no room on the disk."""
    path = tmp_path / "notes.csv"
    with path.open("wb") as file:
        file.write(b"words\n" + b"a" * 10_000)
        file.truncate(size)
    return path


def peak(path: Path) -> int:
    """The most memory that Python held while the file was refused, in bytes."""
    tracemalloc.start()
    try:
        assert codes(path, "notes.csv") == ["line-too-long"]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_line_of_two_gigabytes_is_refused_after_its_first_part(tmp_path: Path) -> None:
    assert peak(huge(tmp_path, 2 * 1024 * MEGABYTE)) < 8 * Limits().line


def test_the_measure_catches_a_reader_that_takes_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(stream: io.BufferedReader, found: safety.Found, *, text: bool) -> None:
        stream.read()
        raise found.refusal("line-too-long")

    monkeypatch.setattr(safety, "_pieces", everything)
    assert peak(huge(tmp_path, 30 * MEGABYTE)) > 8 * Limits().line


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(b"words\n" + b"tea\n" * MEGABYTE)
    assert codes(path, "notes.csv", Limits(bytes=10_000)) == ["too-large"]
    assert codes(path.read_bytes(), "notes.csv", Limits(bytes=10_000)) == ["too-large"]
    assert codes(GOOD, "notes.docx", Limits(bytes=1000)) == ["too-large"]
    assert codes(b"- tea\n" * 99, "notes.md", Limits(prose=100)) == ["too-large"]
    assert codes(b"- tea\n" * 99, "notes.md", Limits(rows=9)) == ["too-many-rows"]


def test_the_bomb_is_found_by_what_it_inflates_to_even_where_its_directory_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(safety, "_check_directory", lambda *_: None)
    assert codes(BOMB, "notes.docx") == ["too-large-inside"]
    monkeypatch.setattr(safety, "_inflate", lambda *_: 0)
    with pytest.raises(AssertionError, match="it was read"):
        codes(BOMB, "notes.docx")


# Any bytes at all


def read_or_refused(data: bytes, name: str) -> None:
    try:
        notes = read_notes(data, name)
    except Invalid as problem:
        assert problem.flaws
    else:
        assert notes.contributions
        assert len({note.key for note in notes.contributions}) == len(notes.contributions)


@given(st.binary(max_size=400), st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    read_or_refused(data, f"notes.{ending}")


STARTS = {
    "csv": "words,time,role\n",
    "tsv": "words\ttime\n",
    "md": "",
    "srt": "1\n00:00:01,0 --> 00:00:02,0\n",
}
STARTS |= {"vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n"}
text = st.text(
    st.sampled_from('ab:,;"\n\r\t#*_|[]()<>-`!&0123 \\\u2028')
    | st.characters(exclude_categories=["Cs"])
)


@given(text, st.sampled_from(sorted(STARTS)))
def test_any_text_is_read_or_refused(body: str, ending: str) -> None:
    read_or_refused((STARTS[ending] + body).encode(), f"notes.{ending}")


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_damaged_word_file_is_read_or_refused(place: int, instead: bytes, cut: bool) -> None:
    rest = b"" if cut else GOOD[place + len(instead) :]
    read_or_refused(GOOD[:place] + instead + rest, "notes.docx")


@given(st.data())
def test_a_word_file_with_damaged_parts_is_read_or_refused(data: st.DataObject) -> None:
    parts = [
        "word/document.xml",
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    ]
    name = data.draw(st.sampled_from(parts))
    content = files.part_of(GOOD, name)
    place = data.draw(st.integers(0, len(content)))
    gap = data.draw(st.integers(0, 40))
    changed = content[:place] + data.draw(st.binary(max_size=4)) + content[place + gap :]
    read_or_refused(files.with_part(GOOD, name, changed), "notes.docx")
