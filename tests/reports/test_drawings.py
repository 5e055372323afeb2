"""A map as a file: everything that is drawn is in it, and no name unless its drawer wants it."""

import csv
import io
import zipfile
from uuid import UUID
from xml.etree import ElementTree

import msgspec
import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from kith.base import clock, ids
from kith.maps import actions
from kith.maps.drawing import Still, still
from kith.maps.layers import actions as layers
from kith.maps.nouns import DRAWN, Drawn, Figure, Region, Shape, Stroke, Talk, Writing
from kith.maps.readings import Drawing, drawing
from kith.maps.talk import photos, prompts, talking
from kith.maps.twin import actions as twin
from kith.permissions.viewer import Viewer
from kith.reports.maps import papers, tables
from kith.reports.maps import sheet as sheets
from kith.reports.maps.sheet import without_names
from kith.reports.setting import printable
from kith.reports.vector import as_svg
from pictures import A_PICTURE
from world import signed_in, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NAMED = ("Theodora", "her words on the line", "written by hand", "Home by the sea", "the harbour")
KINDS = ["pdf", "png", "svg", "csv", "parquet"]


def drawn_map(me: Viewer) -> str:
    """A map with one of everything, each with a name that must not get out unasked."""
    board = actions.begin(me, with_me="me")
    tea = actions.add_figure(me, board, Figure(0.8, 0.3, label=NAMED[0], kind="person")).thing
    own = next(one.thing for one in drawing(me, board).figures if one.noun.kind == "self")
    tie = actions.add_tie(me, board, own, tea)
    actions.change(me, board, tie, words=NAMED[1], qualities=("helps", "hurts"), direction="both")
    for noun in (
        Writing(0.1, 0.1, words=NAMED[2]),
        Region(((0.6, 0.1), (0.95, 0.1), (0.95, 0.5)), label=NAMED[3]),
        Shape("heart", 0.2, 0.8, 0.3, 0.9),
        Stroke(((0.1, 0.5, 0.5), (0.3, 0.6, 0.7)), width="broad", pen="woad"),
    ):
        put(me, board, noun)
    twin.describe(me, board, f"This is about {NAMED[4]}.")
    talking.say(me, board, Talk(by="said", about=tea, words=f"{NAMED[0]} makes the tea."))
    talking.say(me, board, Talk(by="interpreted", words="A wide gap."))
    return str(board)


def put(me: Viewer, board: UUID, noun: Drawn) -> None:
    fresh, body = ids.new(), {name: getattr(noun, name) for name in noun.__struct_fields__}
    del body["away"]
    kind = noun.__kind__
    told = {"id": fresh, "thing": fresh, "kind": kind, "act": f"{kind}.add", "body": body}
    made = actions.read_gesture(msgspec.json.encode({**told, "made_at": clock.now()}))
    actions.draw(me, board, made)


@pytest.fixture
def me() -> Viewer:
    return viewer("M.")


@pytest.fixture
def at_home(me: Viewer, client: Client) -> Client:
    signed_in(client, me)
    return client


def taken(client: Client, board: str, **asked: object) -> bytes:
    answer = client.post(reverse("drawings:out", args=[board]), {"names": "letters", **asked})
    assert answer.status_code == 200, answer
    assert "attachment" in answer["Content-Disposition"]
    return bytes(answer.content)


def said_in(form: str, made: bytes) -> str:
    """All that a person could read in a file."""
    if form == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    if form in ("csv", "parquet"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return b"\n".join(parts).decode(errors="replace")
    return made.decode(errors="replace")


@pytest.mark.parametrize("form", KINDS)
def test_no_name_gets_out_unasked(me: Viewer, at_home: Client, form: str) -> None:
    text = said_in(form, taken(at_home, drawn_map(me), form=form, talk=["said", "interpreted"]))
    assert [name for name in NAMED if name in text] == []
    assert "makes the tea" not in text
    assert "wide gap" not in text


@pytest.mark.parametrize("form", ["pdf", "svg", "csv", "parquet"])
def test_names_and_words_go_along_when_asked(me: Viewer, at_home: Client, form: str) -> None:
    made = taken(at_home, drawn_map(me), form=form, names="all", talk=["said"])
    text = " ".join(said_in(form, made).split())
    assert NAMED[0] in text
    assert NAMED[3] in text
    if form == "pdf":
        assert all(name in text for name in (*NAMED, "Theodora makes the tea."))
        assert "A wide gap." not in text  # a kind that was not asked for


def test_a_name_that_slips_through_is_seen(
    me: Viewer, at_home: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong on purpose: regions keep what they are called."""

    def careless(drawn: Drawing) -> Drawing:
        return sheets.replace(without_names(drawn), regions=drawn.regions)

    monkeypatch.setattr(sheets, "without_names", careless)
    monkeypatch.setattr(tables, "without_names", careless)
    for form in ("pdf", "svg", "csv"):
        assert NAMED[3] in said_in(form, taken(at_home, drawn_map(me), form=form))


def test_the_picture_is_a_picture(me: Viewer, at_home: Client) -> None:
    board = drawn_map(me)
    image = Image.open(io.BytesIO(taken(at_home, board, form="png", names="all")))
    assert (image.size, image.format) == ((2000, 2000), "PNG")
    assert len(image.convert("RGB").getcolors(maxcolors=1 << 20) or []) > 100
    svg = ElementTree.fromstring(taken(at_home, board, form="svg", names="all"))
    assert svg.tag.endswith("svg")
    assert not [one for one in svg.iter() if "href" in " ".join(one.attrib)]


@pytest.mark.parametrize("form", ["pdf", "png", "svg"])
def test_pictures_go_along_when_asked_and_only_with_names(
    me: Viewer, at_home: Client, form: str
) -> None:
    board = drawn_map(me)
    figure = drawing(me, UUID(board)).figures[0].thing
    photos.lay_under(me, UUID(board), A_PICTURE, "strong")
    photos.give_face(me, UUID(board), figure, A_PICTURE)
    bare = taken(at_home, board, form=form, names="all")
    assert taken(at_home, board, form=form, pictures="on") != bare
    assert pictures_in(form, taken(at_home, board, form=form, pictures="on")) == 0
    assert pictures_in(form, bare) == 0
    whole = taken(at_home, board, form=form, names="all", pictures="on")
    assert whole != bare
    if form != "png":
        assert pictures_in(form, whole) == 2
    photos.take_off(me, UUID(board))
    one = taken(at_home, board, form=form, names="all", pictures="on")
    assert pictures_in(form, one) == (1 if form != "png" else 0)


def pictures_in(form: str, made: bytes) -> int:
    """How many photos a file holds; a picture of everything tells nothing of them."""
    if form == "pdf":
        return sum(len(page.images) for page in PdfReader(io.BytesIO(made)).pages)
    return made.count(b"data:image/jpeg") if form == "svg" else 0


def test_paper_says_what_is_drawn_for_those_who_hear_it(me: Viewer, at_home: Client) -> None:
    made = PdfReader(io.BytesIO(taken(at_home, drawn_map(me), form="pdf", names="all")))
    text = " ".join(page.extract_text() for page in made.pages)
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "are tied: helps, hurts" in " ".join(text.split())


def test_tables_hold_every_layer_and_say_what_they_mean(me: Viewer) -> None:
    board = UUID(drawn_map(me))
    layers.begin(me, board, {"layer": "before"}, take="all")
    found = tables.tables(me, board, names=True)
    assert [row["time"] for row in found["layers"]] == ["", "before"]
    figures = found["figures"]
    first, second = ([f for f in figures if f["layer"] == f"layer-{at}"] for at in (1, 2))
    assert [row["same_as"] for row in second] == [row["figure"] for row in first]
    assert {row["sort"] for row in found["marks"]} == set(DRAWN) - {"figure", "tie"}
    assert [(row["helps"], row["hurts"], row["give"]) for row in found["ties"]] == [(1, 1, 0)] * 2
    with zipfile.ZipFile(io.BytesIO(tables.as_csv(me, board, names=True))) as archive:
        rows = list(csv.DictReader(archive.read("figures.csv").decode().splitlines()))
        told = archive.read("read-me.txt").decode()
    assert len(rows) == len(found["figures"])
    assert "A distance means nothing until its drawer says so." in told
    assert all(name in told for columns in tables.COLUMNS.values() for name in set(columns) - BARE)


BARE = {"name", "words", "mark", "what", "tie"}
"""Columns whose names say it all, or that are named together with another."""


def test_both_sorts_of_tables_say_the_same(me: Viewer) -> None:
    board = UUID(drawn_map(me))
    whole = zipfile.ZipFile(io.BytesIO(tables.as_parquet(me, board, names=True)))
    for name, rows in tables.tables(me, board, names=True).items():
        read = pl.read_parquet(io.BytesIO(whole.read(f"{name}.parquet")))
        assert read.columns == list(tables.COLUMNS[name])
        assert read.to_dicts() == [{key: row[key] for key in read.columns} for row in rows]


def test_a_cell_is_never_a_formula(me: Viewer) -> None:
    board = actions.begin(me)
    actions.add_figure(me, board, Figure(0.5, 0.5, label="=2+2"))
    with zipfile.ZipFile(io.BytesIO(tables.as_csv(me, board, names=True))) as archive:
        assert "'=2+2" in archive.read("figures.csv").decode()


def test_a_bare_map_is_a_whole_map(me: Viewer, at_home: Client) -> None:
    board = str(actions.begin(me))
    for form in KINDS:
        assert taken(at_home, board, form=form)


def test_another_persons_map_is_not_there(me: Viewer, at_home: Client) -> None:
    board = drawn_map(viewer("T."))
    for answer in (
        at_home.get(reverse("drawings:out", args=[board])),
        at_home.post(reverse("drawings:out", args=[board]), {"form": "svg", "names": "all"}),
    ):
        assert answer.status_code == 404


def test_what_is_asked_for_wrongly_is_said(me: Viewer, at_home: Client) -> None:
    answer = at_home.post(reverse("drawings:out", args=[drawn_map(me)]), {"form": "doc"})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"form", "names"}


def test_sheets_to_draw_on_carry_ones_own_prompts(me: Viewer, at_home: Client) -> None:
    prompts.word(me, "self", ["Where would you like to be?"])
    made = PdfReader(io.BytesIO(at_home.get(reverse("drawings:blank")).content))
    assert len(made.pages) == len(prompts.TOUCHPOINTS)
    assert "Where would you like to be?" in made.pages[0].extract_text()


words = st.text(max_size=40)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["writing", "region", "figure"]), words), max_size=4))
def test_whatever_is_written_makes_whole_files(marks: list[tuple[str, str]]) -> None:
    """Any text makes an SVG that is XML and has each text in it, and paper that typst can set."""
    with_texts(marks)


@pytest.mark.parametrize(
    "text",
    [
        "\r\tTea",
        "one\u2028two\u2029three",
        "a\u0309 and o\u030b, as some devices type them",
        "x\u0305, a\u0344 and \u1e08, which no font of ours has whole",
        ">\u0338 after a sign that is no letter",
        "❤️‍🔥 👩‍👧 \ufeff\u1680",
    ],
    ids=["tab", "lines", "apart", "marks", "no-letter", "pictures"],
)
def test_signs_that_no_font_draws_make_paper_all_the_same(text: str) -> None:
    with_texts([("writing", text)])


def test_a_letter_with_its_mark_apart_is_one_sign_on_paper() -> None:
    missing: set[str] = set()
    assert printable("a\u0309 \r\n b\tc", missing) == "\u1ea3 \n b c"
    assert missing == set()


def with_texts(marks: list[tuple[str, str]]) -> None:
    texts = [
        {"x": 10.0, "y": 10.0, "size": "middle", "pen": "ink", "rows": [text] if text else []}
        for _sort, text in marks
    ]
    svg = as_svg(Still([], [], texts), "".join(text for _sort, text in marks))
    made = papers.as_picture(sheets.Sheet("", "", svg, ()))
    assert made.startswith(b"\x89PNG")
    assert papers.as_paper(sheets.Sheet("t", "d", svg, [text for _s, text in marks])).startswith(
        b"%PDF"
    )


def test_stills_say_what_svg_says(me: Viewer) -> None:
    drawn = drawing(me, UUID(drawn_map(me)))
    picture = still(drawn)
    svg = as_svg(picture)
    assert svg.count("<path") >= len(picture.lines)
    assert svg.count('stroke-width="8.5"') == 1
    assert 'stroke-dasharray="9 8"' in svg
