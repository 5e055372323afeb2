"""The fourteen rules of showing, one by one, by the pages and acts that people use."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from typer.main import get_command

from inquiry.village import meeting, said
from kith.analysis.gate import Cell, Table, Tier, count_cells, count_everyone
from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.care import actions as care
from kith.care.nouns import Request
from kith.cli import app
from kith.inquiry.actions import take_back
from kith.maps import actions as maps
from kith.maps.nouns import Figure, Perspective
from kith.moments import actions as moments
from kith.moments.nouns import Moment, Practice
from kith.people.actions import begin
from kith.people.readings import viewer_of
from kith.permissions import windows
from kith.permissions.actions import PURPOSES, SHOWING, act, give, withdraw
from kith.permissions.models import Grant
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.nouns import all_nouns
from meeting import browsing, choice, grants, hidden, met, page, previewed, shows, window
from walls.test_docs import commands
from walls.test_rules import views
from world import again, joined, viewer, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEA = "tea before anyone was up"


def at(moment: datetime) -> AbstractContextManager[None]:
    return clock.stopped_at(moment)


def couple() -> tuple[Viewer, Viewer, str]:
    """R., who noted one moment, and J.; and how R. names J. in a form."""
    a, b = viewer("R."), viewer("J.")
    moments.note(a, Moment(words=TEA))
    return a, b, choice(met(a, b)[0])


@pytest.fixture
def shown() -> tuple[Viewer, Viewer]:
    """R. shows J. her moments; J. sees them from the second day on."""
    with at(START):
        a, b, whom = couple()
        assert shows(browsing(a), "moments", whom).status_code == 302
    return a, b


def seen(who: Viewer) -> str:
    return page(browsing(who), "/sharing/seen/")


# G1


def test_g1_nothing_is_shown_without_a_grant_that_fits_in_every_way() -> None:
    with at(START):
        keeper, circle = ward()
        giver, nurse = joined(keeper, circle, "guest"), joined(keeper, circle, "team")
        for words in ("one", "two"):
            moments.note(giver, Moment(words=words))
        moments.name_practice(giver, Practice(name="choir"))
        shows(browsing(giver), "practices", f"circle:{circle}", purpose="plan", days="7")
        audience = {"nurse": nurse, "guest": joined(keeper, circle, "guest"), "no": viewer()}
    purposes = (None, *PURPOSES)
    times = {"before": -HOUR, "then": HOUR, "over": 7 * DAY}
    for who, purpose, when, kind in product(audience, purposes, times, (Moment, Practice)):
        with at(START + times[when]):
            found = look(audience[who], kind, purpose=purpose)
            fits = (who, purpose, when, kind) == ("nurse", "plan", "then", Practice)
            assert bool(found) is fits, (who, purpose, when, kind)


def test_g1_whoever_looks_after_a_circle_or_a_study_sees_no_more_than_was_granted() -> None:
    for sort in ("ward", "study", "inquiry", "household"):
        keeper, circle = ward(sort, sort)
        giver = joined(keeper, circle, "guest")
        thing = moments.note(giver, Moment(words=TEA)).thing
        researcher = joined(keeper, circle, "team", "researcher")
        for who, purpose in product((keeper, researcher), (None, *PURPOSES)):
            assert look(who, Moment, purpose=purpose) == []
            assert browsing(who).get(f"/notes/{thing}/").status_code == 404
            assert TEA not in page(browsing(who), f"/together/{circle}/shown/")


def test_g1_a_map_without_names_is_shown_without_names() -> None:
    with at(START):
        a, b, whom = couple()
        drawn = maps.begin(a, with_me="me")
        maps.add_figure(a, drawn, Figure(x=0.2, y=0.2, label="Grandmother", kind="person"))
        shows(browsing(a), f"map:{drawn}", whom)
    with at(START + 25 * HOUR):
        assert "a person" in seen(b)
        assert "Grandmother" not in seen(b)
        shows(browsing(a), f"map:{drawn}", whom, names="on")
    with at(START + 50 * HOUR):
        assert "Grandmother" in seen(b)


# G2


def test_g2_nobody_can_show_what_another_wrote() -> None:
    a, b, whom = couple()
    theirs = moments.note(b, Moment(words="mine alone")).thing
    for what in ("moments", f"moments:{theirs}"):
        told = browsing(a).post(
            "/sharing/choose/", {"what": what, "whom": whom, "purpose": "talk", "days": "7"}
        )
        assert "mine alone" not in told.content.decode()
    assert browsing(a).get(f"/sharing/choose/{theirs}/").status_code == 404
    draft = Grant(giver=b.me, space=b.own, to_circle=None, classes=["moment"], purpose="talk",
                  starts=clock.now(), ends=clock.now() + DAY).given()  # fmt: skip
    with pytest.raises(Missing):
        windows.preview(a, draft)


def test_g2_a_grant_of_anothers_thing_shows_nothing() -> None:
    with at(START):
        a, b, whom = couple()
        theirs = moments.note(b, Moment(words="mine alone")).thing
        third = viewer("Third")
        with act(a, "grant.give") as doing:
            pair = met(a, third)[0].noun.pair
            give(doing, thing=theirs, classes=["moment"], purpose="talk", to_pair=pair,
                 ends=START + 9 * DAY, alone=True)  # fmt: skip
    with at(START + 2 * DAY):
        assert "mine alone" not in seen(third)
        assert whom


# G3


def test_g3_who_is_shown_something_cannot_show_it_on(shown: tuple[Viewer, Viewer]) -> None:
    a, b = shown
    with at(START + 2 * DAY):
        assert TEA in seen(b)
        third = viewer("Third")
        met(b, third)
        choose = page(browsing(b), "/sharing/choose/")
        assert "There is nothing in your notebook to show yet." in choose
        assert "<a " not in window(seen(b))
        assert TEA not in seen(third)
    with at(START + 2 * DAY):
        thing = look(a, Moment)[0].thing
        for address in (f"/notes/{thing}/", f"/sharing/choose/{thing}/"):
            assert browsing(b).get(address).status_code == 404


def test_g3_a_window_has_no_address_that_could_be_passed_on(shown: tuple[Viewer, Viewer]) -> None:
    with at(START + 2 * DAY):
        grant = Grant.objects.get().id
        for address in (f"/sharing/{grant}/stop/", f"/sharing/{grant}/change/"):
            assert browsing(shown[1]).get(address).status_code == 404
            assert Client(headers={"host": "127.0.0.1"}).get(address).status_code in (302, 403, 404)


# G4


@pytest.mark.parametrize("purpose", SHOWING)
def test_g4_a_purpose_does_not_widen(purpose: str) -> None:
    with at(START):
        a, b, whom = couple()
        shows(browsing(a), "moments", whom, purpose=purpose)
    with at(START + 2 * DAY):
        for other in (None, *PURPOSES):
            found = [e for e in look(b, Moment, purpose=other) if e.author == a.person]
            assert bool(found) is (other == purpose)


def test_g4_another_purpose_is_another_grant_and_the_old_one_stops() -> None:
    with at(START):
        a, _b, whom = couple()
        client = browsing(a)
        shows(client, "moments", whom)
        old = grants(page(client, "/sharing/"))[0]
        told = client.post(f"/sharing/{old}/change/", {
            "what": "moments", "whom": whom, "purpose": "plan", "days": "7"})  # fmt: skip
        client.post(
            f"/sharing/{old}/change/",
            hidden(told.content.decode()) | {"show": "yes", "alone": "yes"},
        )
        assert [str(row.id) for row in Grant.objects.filter(withdrawn=None)] != [old]
        assert Grant.objects.get(withdrawn=None).purpose == "plan"
        assert Grant.objects.get(id=old).withdrawn == START


# G5


@pytest.mark.parametrize("days", [7, 30, 90])
def test_g5_it_ends_by_itself_and_nothing_has_to_run(days: int) -> None:
    with at(START):
        a, b, whom = couple()
        shows(browsing(a), "moments", whom, days=str(days))
    with at(START + days * DAY - HOUR):
        assert TEA in seen(b)
    with at(START + days * DAY):
        assert TEA not in seen(b)
        assert grants(page(browsing(a), "/sharing/")) == []
        assert "From 3 March" in page(browsing(a), "/sharing/before/")


@pytest.mark.parametrize(("days", "ends"), [("91", ""), ("0", ""), ("30", "2036-01-01T00:00:00Z")])
def test_g5_no_page_gives_more_than_ninety_days(days: str, ends: str) -> None:
    with at(START):
        a, _b, whom = couple()
        form = {"what": "moments", "whom": whom, "purpose": "talk", "days": days, "ends": ends}
        answer = browsing(a).post("/sharing/choose/", form | {"show": "yes", "alone": "yes"})
        assert answer.status_code == 422
        assert not Grant.objects.exists()


def test_g5_thirty_days_is_what_stands_chosen() -> None:
    with at(START):
        a, _b, _whom = couple()
        choose = page(browsing(a), "/sharing/choose/")
        assert re.search(r'name="days" value="30"[^>]*checked', choose)


def test_g5_a_study_sees_until_it_ends_and_no_longer() -> None:
    keeper, circle = ward("Study", "study")
    giver = joined(keeper, circle, "guest")
    now = clock.now()

    def given(ends: datetime, study: datetime | None) -> None:
        with act(giver, "grant.give") as doing:
            give(doing, thing=None, classes=["moment"], purpose="research", ends=ends,
                 to_circle=circle, study_ends=study)  # fmt: skip

    given(now + 300 * DAY, now + 300 * DAY)
    with pytest.raises(Invalid, match="grant-too-long"):
        given(now + 301 * DAY, now + 300 * DAY)
    with pytest.raises(Invalid, match="purpose-unknown"):
        given(now + 9 * DAY, None)


def test_g5_by_the_pages_a_study_is_shown_something_until_its_last_day() -> None:
    with at(START):
        keeper, circle = ward("Study", "study")
        giver = joined(keeper, circle, "guest")
        moments.note(giver, Moment(words=TEA))
        whom = f"circle:{circle}"
        form = {"what": "moments", "whom": whom, "purpose": "research", "days": "7"}
        assert browsing(giver).post("/sharing/choose/", form).status_code == 422
        days = browsing(keeper).post(f"/together/{circle}/days/", {"ends": "2026-12-01"})
        assert days.status_code == 302
        assert shows(browsing(giver), "moments", whom, purpose="research").status_code == 302
    seen_by_study = f"/together/{circle}/shown/"
    with at(datetime(2026, 12, 1, 23, tzinfo=UTC)):
        assert TEA in page(browsing(keeper), seen_by_study)
    with at(datetime(2026, 12, 2, tzinfo=UTC)):
        assert TEA not in page(browsing(keeper), seen_by_study)


# G6


def test_g6_stopping_takes_two_presses_and_no_reason(shown: tuple[Viewer, Viewer]) -> None:
    a, b = shown
    with at(START + 2 * DAY):
        client = browsing(a)
        stop = f"/sharing/{grants(page(client, '/sharing/'))[0]}/stop/"
        first = page(client, stop)
        fields = re.findall(r"<(input|textarea|select)[^>]*>", first[first.index("<main") :])
        assert len(fields) == 1  # the token, and nothing that asks
        assert TEA in seen(b)
        client.post(stop)
        assert TEA not in seen(b)


def test_g6_saying_no_costs_nothing_and_leaves_nothing() -> None:
    a, b, whom = couple()
    client = browsing(a)
    before = masked(page(client, "/sharing/"))
    assert shows(client, "moments", whom, alone="no").status_code == 302
    assert "Nothing is shown." in page(client, "/sharing/")
    assert masked(page(client, "/sharing/")) == before
    assert not Grant.objects.exists()
    assert seen(b)


# G7


TOKEN = re.compile(r'name="(csrfmiddlewaretoken|id)" value="[\w-]+"')


def masked(text: str) -> str:
    return TOKEN.sub("", text)


def asked(who: Viewer, address: str) -> tuple[str, int]:
    client = browsing(who)
    with CaptureQueriesContext(connection) as queries:
        told = page(client, address)
    return masked(told), len(queries)


def states(giver: Viewer, whom: str) -> Iterator[str]:
    """Everything a grant can be without being in force, one after the other."""
    client = browsing(giver)
    yield "never asked"
    previewed(client, "moments", whom)
    yield "looked at"
    if whom.startswith("pair"):
        shows(client, "moments", whom, alone="no")
        yield "refused"
        shows(client, "moments", whom)
        yield "waiting"
        client.post(f"/sharing/{grants(page(client, '/sharing/'))[0]}/stop/")
        yield "stopped before it began"
    with at(START - 50 * DAY):
        shows(browsing(giver), "moments", whom, days="7")
    yield "over"
    with at(START - 9 * DAY):
        client = browsing(giver)
        shows(client, "moments", whom)
    with at(START - 2 * DAY):
        client = browsing(giver)
        client.post(f"/sharing/{grants(page(client, '/sharing/'))[0]}/stop/")
    yield "stopped"


@pytest.mark.parametrize("audience", ["person", "team"])
def test_g7_nobody_sees_how_anothers_grant_stands(audience: str) -> None:
    with at(START - 60 * DAY):
        keeper, circle = ward()
        a, b = joined(keeper, circle, "guest"), joined(keeper, circle, "team")
        moments.note(a, Moment(words=TEA))
        theirs, ours = met(a, b)
        whom = choice(theirs) if audience == "person" else f"circle:{circle}"
        moments.note(b, Moment(words="my own"))
    pages = ("/", "/sharing/", "/sharing/seen/", "/sharing/before/", "/known/", "/together/",
             f"/known/{ours.thing}/", f"/map/us/{ours.thing}/", f"/together/{circle}/",
             f"/together/{circle}/shown/", f"/asks/{circle}/")  # fmt: skip
    there = [one for one in pages if browsing(b).get(one).status_code == 200]
    assert len(there) >= 10
    with at(START):
        told = {name: [asked(b, one) for one in there] for name in states(a, whom)}
    for name, found in told.items():
        assert found == told["never asked"], name


# G8


def passphrased() -> tuple[Viewer, Viewer, str]:
    a = viewer_of(begin("R.", handle="rose", passphrase="tea in the morning"))
    b = viewer("J.")
    moments.note(a, Moment(words=TEA))
    return a, b, choice(met(a, b)[0])


def test_g8_giving_asks_again_who_one_is_after_ten_minutes() -> None:
    with at(START):
        a, _b, whom = passphrased()
        client = browsing(a)
        kept = hidden(previewed(client, "moments", whom))
    press = kept | {"show": "yes", "alone": "yes"}
    with at(START + timedelta(minutes=10)):
        told = client.post("/sharing/choose/", press)
        assert told.status_code == 403
        assert "Is it you?" in told.content.decode()
        assert not Grant.objects.exists()
        sure = {"sure-then": "send", "sure-passphrase": "tea in the morning"}
        assert client.post("/sharing/choose/", press | sure).status_code == 302
        assert Grant.objects.count() == 1


@pytest.mark.parametrize("alone", ["no", "", "perhaps"])
def test_g8_without_being_alone_nothing_is_given_to_a_person(alone: str) -> None:
    a, _b, whom = couple()
    shows(browsing(a), "moments", whom, alone=alone)
    assert not Grant.objects.exists()
    with act(a, "grant.give") as doing, pytest.raises(Invalid, match="not-alone"):
        give(doing, thing=None, classes=["moment"], purpose="talk", ends=clock.now() + 9 * DAY,
             to_pair=whom.removeprefix("pair:"))  # type: ignore[arg-type]  # fmt: skip


def test_g8_a_day_of_silence_then_it_begins(shown: tuple[Viewer, Viewer]) -> None:
    a, b = shown
    with at(START + DAY - timedelta(milliseconds=1)):
        assert TEA not in seen(b)
        assert "It begins on 3 March" in page(browsing(a), "/sharing/")
    with at(START + DAY):
        assert TEA in seen(b)
        assert "They can see it until" in page(browsing(a), "/sharing/")


def test_g8_in_the_silent_day_it_can_be_stopped_and_was_never_seen(
    shown: tuple[Viewer, Viewer],
) -> None:
    a, b = shown
    with at(START + 23 * HOUR):
        client = browsing(a)
        grant = grants(page(client, "/sharing/"))[0]
        assert "never will" in page(client, f"/sharing/{grant}/stop/")
        client.post(f"/sharing/{grant}/stop/")
        assert "before it began" in page(client, "/sharing/before/")
    for hours in (24, 48, 300):
        with at(START + hours * HOUR):
            assert TEA not in seen(b)


def test_g8_changing_it_in_the_silent_day_begins_the_day_anew(
    shown: tuple[Viewer, Viewer],
) -> None:
    a, b = shown
    with at(START + 20 * HOUR):
        client = browsing(a)
        old = grants(page(client, "/sharing/"))[0]
        assert "checked" in page(client, f"/sharing/{old}/change/")
        whom = f"pair:{Grant.objects.get().to_pair_id}"
        form = {"what": "moments", "whom": whom, "purpose": "know", "days": "7"}
        kept = hidden(client.post(f"/sharing/{old}/change/", form).content.decode())
        client.post(f"/sharing/{old}/change/", kept | {"show": "yes", "alone": "yes"})
    with at(START + 30 * HOUR):
        assert TEA not in seen(b)
    with at(START + 44 * HOUR):
        assert "so that they know" in seen(b)


def test_g8_a_team_is_shown_at_once() -> None:
    keeper, circle = ward()
    giver = joined(keeper, circle, "guest")
    moments.note(giver, Moment(words=TEA))
    shows(browsing(giver), "moments", f"circle:{circle}")
    assert TEA in page(browsing(keeper), f"/together/{circle}/shown/")
    assert "Someone who works at Ward 6 opened it" in page(browsing(giver), "/sharing/")


# G9


def test_g9_withdrawing_acts_on_every_page_at_once() -> None:
    keeper, circle = ward()
    giver = joined(keeper, circle, "guest")
    moments.note(giver, Moment(words=TEA))
    client = browsing(giver)
    shows(client, "moments", f"circle:{circle}")
    asking = care.write(giver, Request(words="a kettle, please", circle=circle))
    care.send(giver, asking.thing, previewed=asking.id, ends=clock.now() + 9 * DAY)
    team = browsing(keeper)
    addresses = (f"/together/{circle}/shown/", f"/asks/ward/{circle}/", f"/together/{circle}/")
    pages = [one for one in addresses if team.get(one).status_code == 200]
    told = "".join(page(team, one) for one in pages)
    assert TEA in told
    for grant in Grant.objects.values_list("id", flat=True):
        withdraw(giver, grant)
    told = "".join(page(team, one) for one in pages)
    assert TEA not in told
    assert "a kettle" not in told


# G10


def test_g10_of_two_who_show_something_one_stops_and_no_gap_is_left() -> None:
    """The page is the same as if the one who stopped had never shown anything."""
    told = []
    for both in (True, False):
        with at(START - DAY):
            keeper, circle = ward()
            first, second = (joined(keeper, circle, "guest") for _ in range(2))
            for who, words in ((first, "the first"), (second, "the second")):
                moments.note(who, Moment(words=words))
        with at(START):
            shows(browsing(first), "moments", f"circle:{circle}")
            if both:
                client = browsing(second)
                shows(client, "moments", f"circle:{circle}")
                shown = page(browsing(keeper), f"/together/{circle}/shown/")
                assert "the first" in shown
                assert "the second" in shown
                client.post(f"/sharing/{grants(page(client, '/sharing/'))[0]}/stop/")
            found = asked(keeper, f"/together/{circle}/shown/")[0]
            told.append(re.sub(r'data-who="[^"]+"', "", found.replace(str(circle), "")))
    assert "the second" not in told[0]
    assert told[0] == told[1]


# G11


def test_g11_what_each_said_in_a_group_is_their_own_and_goes_when_they_take_it_back() -> None:
    room = meeting()
    mine = said(room, "I was heard", room.guest)
    said(room, "tea at ten", room.team)
    pages = [f"/meet/{room.circle}/{room.thing}/", f"/meet/{room.circle}/{room.thing}/lines/",
             f"/papers/{room.circle}/{room.thing}/"]  # fmt: skip
    readers = [browsing(again(who)) for who in (room.keeper, room.team, room.guest)]
    there = [(who, one) for who in readers for one in pages if who.get(one).status_code == 200]
    assert any("I was heard" in page(who, one) for who, one in there)
    take_back(room.guest, mine)
    for who, one in there:
        assert "I was heard" not in page(who, one)
    assert any("tea at ten" in page(who, one) for who, one in there)


# G12


@pytest.mark.parametrize("others", range(6, 11))
def test_g12_a_number_needs_eight_besides_whoever_reads_it(others: int) -> None:
    def people(side: str) -> frozenset[str]:
        return frozenset(f"{side}{number}" for number in range(others))

    cells = (Cell("yes", people("y") | {"reader"}), Cell("no", people("n")))
    table = Table("asked", cells, people("y") | people("n") | {"reader"})
    shown = count_cells(table, "reader", Tier.TEAM)
    assert [one.withheld for one in shown] == [others < 8] * 2
    alone = Table("asked", (), people("y") | {"reader"})
    assert count_everyone(alone, "reader", Tier.TEAM).withheld is (others < 8)


# G13, G14


def test_g13_g14_nobody_can_speak_or_look_for_another() -> None:
    """No proxy, no consultee, no break-glass: no such kind, field, act, command or page."""
    words = re.compile(
        r"prox|consultee|guardian|glass|emergency|behalf|supporter|override|imperson"
    )
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    kinds = {noun.__kind__ for noun in all_nouns()}
    names = {name for noun in all_nouns() for name in noun.__struct_fields__}
    addresses = {address for address, _view in views(get_resolver().url_patterns)}
    told = {*fields, *kinds, *names, *addresses, *commands_there(), *PURPOSES}
    assert len(told) > 200
    assert [one for one in told if words.search(one)] == []


def commands_there() -> set[str]:
    return {name for name, _command in commands(get_command(app))}


def test_g13_g14_every_grant_is_given_by_the_one_whose_things_it_shows() -> None:
    with at(START):
        a, _b, whom = couple()
        shows(browsing(a), "moments", whom)
    assert [(row.giver, row.space) for row in Grant.objects.all()] == [(a.me, a.own)]
    assert {field.name for field in Grant._meta.get_fields()} == {
        "id", "giver", "space", "to_pair", "to_circle", "classes", "thing", "purpose", "starts",
        "ends", "withdrawn", "also",
    }  # fmt: skip


def test_g14_nobody_is_shown_how_another_sees_the_two_of_them_by_a_grant() -> None:
    a, _b, _whom = couple()
    with act(a, "grant.give") as doing, pytest.raises(Invalid, match="nothing-to-show"):
        give(doing, thing=None, classes=[Perspective.__kind__], purpose="talk", alone=True,
             to_pair=None, ends=clock.now() + DAY)  # fmt: skip


# Exactly what they will see


@pytest.mark.parametrize("what", ["moments", "practices", "map", "one"])
@pytest.mark.parametrize("names", [{}, {"names": "on"}])
def test_the_preview_is_byte_for_byte_what_they_see(what: str, names: dict[str, str]) -> None:
    with at(START):
        a, b, whom = couple()
        moments.name_practice(a, Practice(name="Choir", rhythm="Thursdays", words="no bus"))
        drawn = maps.begin(a, with_me="me")
        maps.add_figure(a, drawn, Figure(x=0.2, y=0.2, label="Grandmother", kind="person"))
        one = look(a, Moment)[0].thing
        chosen = {"map": f"map:{drawn}", "one": f"moments:{one}"}.get(what, what)
        client = browsing(a)
        promised = window(previewed(client, chosen, whom, **names))
        shows(client, chosen, whom, **names)
    assert len(promised) > 200
    with at(START + 2 * DAY):
        assert window(seen(b)) == promised


def test_a_preview_that_shows_less_than_they_see_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = windows.Window.look

    def less(self: windows.Window, *what: object) -> list[object]:
        found = right(self, *what)  # type: ignore[arg-type]
        return found[:-1] if self.given.to_person is None else found

    monkeypatch.setattr(windows.Window, "look", less)
    with pytest.raises(AssertionError):
        test_the_preview_is_byte_for_byte_what_they_see("moments", {})
