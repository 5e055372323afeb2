"""The emotion map: moments where they were, on a plan; a week in words as on the picture."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.base.problems import Missing
from kith.maps import actions as maps
from kith.maps.nouns import Region, Writing
from kith.maps.readings import my_maps
from kith.moments import days
from kith.moments.actions import note, put_on_map, remove
from kith.moments.nouns import Moment
from kith.moments.plans import actions, readings
from kith.moments.plans.nouns import Pin
from kith.moments.plans.pages import _day
from kith.people.leaving import forget
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]
KITCHEN = Region(((0.5, 0.1), (0.9, 0.1), (0.9, 0.4), (0.5, 0.4)), label="Kitchen")


@pytest.fixture
def plan(who: Viewer) -> UUID:
    made = actions.begin(who, "The flat")
    maps.add(who, made, KITCHEN)
    maps.add(who, made, Writing(0.2, 0.8, words="Bed"))
    return made


def at(plan: UUID) -> str:
    return f"/notes/plans/{plan}/"


def text(page: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def this_week(who: Viewer, plan: UUID) -> readings.Week:
    return readings.week_on(who, readings.plan_of(who, plan), readings.monday_of(days.today()))


def put(client: Client, plan: UUID, moment: UUID, place: str) -> int:
    told = {"id": uuid4(), "moment": moment, "place": place}
    return client.post(at(plan), told).status_code


def test_a_moment_is_put_where_it_was_and_told_in_words(
    client: Client, who: Viewer, plan: UUID
) -> None:
    noted = Moment("We burnt the toast.", felt=("glad", "tired"), and_whom="T.")
    tea = note(who, noted).thing
    assert put(client, plan, tea, "0.7 0.2") == 302
    page = client.get(at(plan)).content
    assert "translate(0.7 0.2)" in page.decode()
    for said in ("a Kitchen", "We burnt the toast.", "With T.", "glad · tired"):
        assert said in text(page)


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ((0.7, 0.2), "Kitchen"), ((0.25, 0.82), "Bed"),
        ((0.1, 0.1), "top left"), ((1, 1), "bottom right"),
    ],
)  # fmt: skip
def test_where_it_was_has_a_name(
    who: Viewer, plan: UUID, place: tuple[float, float], where: str
) -> None:
    assert readings.where(readings.plan_of(who, plan), place) == where


def test_put_again_it_moves_and_taken_off_it_stays_a_moment(
    client: Client, who: Viewer, plan: UUID
) -> None:
    tea = note(who, Moment("Tea.")).thing
    put(client, plan, tea, "0.7 0.2")
    put(client, plan, tea, "0.2 0.8")
    assert [(one.letter, one.where) for one in this_week(who, plan).on] == [("a", "Bed")]
    client.post(f"{at(plan)}off/{tea}/")
    assert not this_week(who, plan).on and [one.thing for one in this_week(who, plan).off] == [tea]
    put(client, plan, tea, "0.7 0.2")
    assert [one.where for one in this_week(who, plan).on] == ["Kitchen"]


def test_a_week_holds_only_what_is_there(client: Client, who: Viewer, plan: UUID) -> None:
    gone, old = note(who, Moment("Gone.")).thing, days.noon(days.today() - timedelta(9))
    before = note(who, Moment("Before."), seen_on=old).thing
    for thing in (gone, before):
        actions.put(who, plan, thing, (0.5, 0.5))
    remove(who, Moment, gone)
    assert not this_week(who, plan).on and not this_week(who, plan).off
    page = text(client.get(f"{at(plan)}?week={(days.today() - timedelta(9)).isoformat()}").content)
    assert "Before." in page and "Gone." not in page
    assert "A blank week is blank." in text(client.get(at(plan)).content)


def test_two_plans_do_not_know_each_other(who: Viewer, plan: UUID) -> None:
    other, tea = actions.begin(who), note(who, Moment("Tea.")).thing
    actions.put(who, plan, tea, (0.7, 0.2))
    actions.put(who, other, tea, (0.1, 0.1))
    assert [one.x for one in this_week(who, plan).on] == [0.7]
    assert [one.x for one in this_week(who, other).on] == [0.1]


def test_taken_away_a_plan_comes_back_with_all_that_was_on_it(
    client: Client, who: Viewer, plan: UUID
) -> None:
    tea = note(who, Moment("Tea.")).thing
    actions.put(who, plan, tea, (0.7, 0.2))
    client.post(f"{at(plan)}away/")
    assert readings.plans(who) == [] and client.get(at(plan)).status_code == 404
    assert client.get(f"/notes/{tea}/").status_code == 200
    assert "The flat" in text(client.get("/notes/plans/").content)
    client.post(f"{at(plan)}back/")
    assert [one.where for one in this_week(who, plan).on] == ["Kitchen"]
    assert client.post(f"{at(plan)}back/").status_code == 404


def test_forgotten_for_good_a_plan_takes_its_pins_along_and_no_moment(
    who: Viewer, plan: UUID
) -> None:
    other, tea, walk = actions.begin(who), note(who, Moment("Tea.")), note(who, Moment("A walk."))
    for on, moment in ((plan, tea), (other, tea), (plan, walk)):
        actions.put(who, on, moment.thing, (0.5, 0.5))
    actions.take_away(who, plan)
    forget(who, plan)
    kept = Record.objects.filter(kind=Pin.__kind__)
    assert [one.parent for one in kept] == [tea.thing]
    assert [one.x for one in this_week(who, other).on] == [0.5]
    remove(who, Moment, tea.thing)
    forget(who, tea.thing)
    assert not Record.objects.filter(kind=Pin.__kind__).exists()


def test_a_plan_is_no_map_of_ones_world(who: Viewer, plan: UUID) -> None:
    assert my_maps(who) == [] and put_on_map(who, "M.", uuid4()) is None
    board = maps.begin(who)
    assert [one.thing for one in my_maps(who)] == [board]
    assert [one.thing for one in readings.plans(who)] == [plan]
    with pytest.raises(Missing):
        readings.a_plan(who, board)


def test_nobody_else_opens_a_plan_or_puts_anothers_moment_on_theirs(
    client: Client, who: Viewer, plan: UUID
) -> None:
    other = viewer("B.")
    theirs, tea = actions.begin(other), note(who, Moment("Tea.")).thing
    assert client.get(at(theirs)).status_code == 404
    with pytest.raises(Missing):
        actions.put(other, theirs, tea, (0.5, 0.5))
    with pytest.raises(Missing):
        actions.put(other, plan, note(other, Moment("Mine.")).thing, (0.5, 0.5))
    with pytest.raises(Missing):
        actions.take_off(other, plan, tea)
    with pytest.raises(Missing):
        actions.take_away(other, plan)


def test_where_it_was_lies_sealed(who: Viewer, plan: UUID) -> None:
    tea = note(who, Moment("Tea.")).thing
    actions.put(who, plan, tea, (0.4321, 0.1234))
    row = Record.objects.get(kind=Pin.__kind__)
    assert b"0.4321" not in bytes(row.body) and str(plan).encode() not in bytes(row.body)


@pytest.mark.parametrize("place", ["", "2 0.5", "0.5", "-0.1 0.5", "nan nan", "0.5 0.5 0.5", "x"])
def test_a_place_that_is_none_is_said_so(
    client: Client, who: Viewer, plan: UUID, place: str
) -> None:
    tea = note(who, Moment("Tea.")).thing
    assert put(client, plan, tea, place) == 422
    assert put(client, plan, uuid4(), "0.5 0.5") == 422
    assert not Record.objects.filter(kind=Pin.__kind__).exists()


@pytest.mark.parametrize("week", ["", "soon", "0001-01-01", "9999-12-31", "2026-02-31"])
def test_a_week_that_is_none_is_this_one(client: Client, plan: UUID, week: str) -> None:
    assert _day(week) == days.today()
    assert client.get(f"{at(plan)}?week={week}").status_code == 200


SHARES = st.floats(0, 1).map(lambda share: round(share, 4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.tuples(SHARES, SHARES, st.booleans()), max_size=30))
def test_picture_and_words_tell_the_same_and_add_nothing_up(
    told: list[tuple[float, float, bool]],
) -> None:
    who, browser = viewer("A."), Client()
    signed_in(browser, who)
    made = actions.begin(who)
    for x, y, happened in told:
        thing = note(who, Moment("Tea.", happened=happened)).thing
        actions.put(who, made, thing, (x, y))
    page = browser.get(at(made)).content.decode()
    drawn = re.findall(
        r'class="mark( not)?" transform="translate\((\S+) (\S+)\)".*?>(\w+)</text>', page
    )
    listed = re.findall(r'<b class="pin( not)?">(\w+)</b>', page)
    assert [(kind, letter) for kind, _x, _y, letter in drawn] == listed
    assert [(float(x), float(y), not kind) for kind, x, y, _letter in drawn] == told
    assert len({letter for *_more, letter in drawn}) == len(told)
    reaches = set(re.findall(r'<circle r="([^"]+)"', page))
    assert len(reaches) == 1  # no mark is larger or darker than another
