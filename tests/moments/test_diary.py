"""A week from paper: a row that says something is a moment of its day; a blank day is blank."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from device import Device
from kith.moments import days, readings
from kith.moments.nouns import Moment
from kith.permissions.viewer import Viewer
from kith.records.models import LedgerLine, Record
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]
Row = dict[str, object]


def row(at: int, words: str = "", **said: object) -> Row:
    return {"id": uuid4(), "at": at, "words": words, "happened": "yes", **said}


def sent(first: date, *rows: Row) -> dict[str, object]:
    told = {f"r{n}-{name}": said for n, one in enumerate(rows) for name, said in one.items()}
    return {"first": first.isoformat(), **told}


def ago(many: int) -> date:
    return days.today() - timedelta(many)


def kept(who: Viewer) -> list[tuple[date, Moment]]:
    return [(days.day_of(one.seen_on), one.noun) for one in readings.moments(who)]


def test_each_row_is_a_moment_of_its_own_day(client: Client, who: Viewer) -> None:
    tea = row(0, "Tea.", and_whom="T.", kinds=["routine", "own"], felt_words="glad, sad")
    gone = row(4, "No walk.", happened="no", in_the_way="no leave")
    again = row(4, "She rang.")
    answer = client.post("/notes/week/", sent(ago(6), tea, gone, row(5), again))
    assert answer.status_code == 302
    assert kept(who) == [
        (
            ago(6),
            Moment("Tea.", and_whom="T.", kinds=("routine", "own"), felt_words="glad, sad"),
        ),
        (ago(2), Moment("No walk.", happened=False, in_the_way="no leave")),
        (ago(2), Moment("She rang.")),
    ]


def test_sent_twice_it_is_kept_once_in_one_act(client: Client, who: Viewer) -> None:
    week = sent(ago(6), row(0, "Tea."), row(1, "A walk."))
    client.post("/notes/week/", week)
    client.post("/notes/week/", week)
    assert len(kept(who)) == 2
    assert LedgerLine.objects.filter(act="moment.note").count() == 1


def test_by_page_and_by_device_a_row_is_the_same_moment(client: Client, who: Viewer) -> None:
    tea = row(2, "Tea.", and_whom="T.", in_the_way="rain", felt_words="glad", kinds=["own"])
    client.post("/notes/week/", sent(ago(6), tea))
    device, body = Device(client), {**tea, "when": "day", "day": ago(4).isoformat()}
    again = device.keep(
        "moment.note", {name: body[name] for name in body if name not in ("id", "at")}
    )
    assert device.send(again) == [200]
    by_page, by_device = readings.moments(who)
    assert (by_page.noun, by_page.seen_on) == (by_device.noun, by_device.seen_on)


def test_a_blank_week_keeps_nothing_and_reproaches_nobody(client: Client, who: Viewer) -> None:
    before = Record.objects.count()
    answer = client.post("/notes/week/", sent(ago(6), *map(row, range(7))))
    assert answer.status_code == 302
    assert Record.objects.count() == before


def test_what_is_wrong_is_said_at_every_row_and_nothing_is_half_kept(
    client: Client, who: Viewer
) -> None:
    rows = row(0, "Tea."), row(1, and_whom="T."), row(6, "Tomorrow.")
    answer = client.post("/notes/week/", sent(ago(5), *rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Say in a word what it was, or leave the whole row blank.") >= 2
    assert "This day has not come yet." in page
    assert "Tomorrow." in page and "Tea." in page
    assert kept(who) == []


@pytest.mark.parametrize("first", ["", "2026-02-31", "9999-01-01", "0001-01-01", "soon"])
def test_a_first_day_that_is_none_is_said_so(client: Client, who: Viewer, first: str) -> None:
    answer = client.post("/notes/week/", {**sent(ago(6), row(0, "Tea.")), "first": first})
    assert answer.status_code == 422
    assert "Tea." in answer.content.decode()
    assert kept(who) == []


def test_without_a_script_other_days_are_shown_and_no_word_is_lost(
    client: Client, who: Viewer
) -> None:
    week = sent(ago(20), row(0, "Tea."), *(row(at) for at in range(1, 7)))
    answer = client.post("/notes/week/", {**week, "show": ""})
    page = answer.content.decode()
    assert "Tea." in page and f"{ago(20):%A} {ago(20).day} {ago(20):%B}" in page
    assert kept(who) == []


def test_days_to_come_are_out_of_sight(client: Client) -> None:
    page = client.post("/notes/week/", {**sent(ago(2), *map(row, range(7))), "show": ""})
    assert page.content.decode().count(" hidden aria-labelledby=") == 4


@pytest.mark.parametrize("at", ["-1", "7", "x", ""])
def test_a_row_of_no_day_is_refused(client: Client, who: Viewer, at: str) -> None:
    answer = client.post("/notes/week/", sent(ago(6), {**row(0, "Tea."), "at": at}))
    assert answer.status_code == 422
    assert kept(who) == []


def test_a_row_under_the_id_of_anothers_moment_keeps_nothing(client: Client, who: Viewer) -> None:
    other, browser = viewer("B."), Client()
    signed_in(browser, other)
    mine = row(0, "Mine.")
    browser.post("/notes/week/", sent(ago(6), mine))
    answer = client.post("/notes/week/", sent(ago(6), {**row(0, "Tea."), "id": mine["id"]}))
    assert answer.status_code in (404, 409)
    assert kept(who) == [] and len(kept(other)) == 1


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
ROWS = st.lists(st.tuples(st.integers(0, 6), st.none() | WORDS, st.booleans()), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(ROWS, st.integers(6, 400))
def test_whatever_the_rows_are_the_moments_are_those_with_words(
    rows: list[tuple[int, str | None, bool]], back: int
) -> None:
    who, browser = viewer("A."), Client()
    signed_in(browser, who)
    told = [row(at, words or "", happened="yes" if yes else "no") for at, words, yes in rows]
    assert browser.post("/notes/week/", sent(ago(back), *told)).status_code == 302
    wanted = [(ago(back) + timedelta(at), words, yes) for at, words, yes in rows if words]
    found = [(day, one.words, one.happened) for day, one in kept(who)]
    assert sorted(found) == sorted(wanted)


def test_the_sheet_is_one_page_the_same_for_everyone(client: Client) -> None:
    answer = client.get("/out/week/")
    other = Client()
    signed_in(other, viewer("B."))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == other.get("/out/week/").content
    pages = PdfReader(BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert all(day in text for day in ("Monday", "Sunday"))
    assert text.count("It could not happen") == 7


def test_the_shell_knows_no_day(client: Client) -> None:
    page = client.get("/notes/week/shell/").content.decode()
    assert "Day 7" in page and str(days.today().year) not in page
    assert "value" not in page.split('name="r0-id"')[1].split(">")[0]
