"""The pages of gatherings: who may open them, bad input, pressing twice, and without script."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inquiry.village import Meeting, meeting, said
from kith.base import ids
from kith.inquiry import actions, evidence, readings
from kith.inquiry.forms import key
from kith.permissions.viewer import Viewer
from world import signed_in, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]
SCRIPT = {"headers": {"X-Asked-By": "script"}}


def as_(who: Viewer) -> Client:
    client = Client()
    signed_in(client, who)
    return client


def url(at: Meeting, name: str, **more: object) -> str:
    return reverse(f"inquiry:{name}", kwargs={"circle": at.circle, "thing": at.thing, **more})


def text(response: Any) -> str:
    return str(response.content.decode())


def full(at: Meeting) -> dict[str, Any]:
    """A gathering with something of everything."""
    theme = next(iter(readings.theme_names(at.team, at.thing)))
    line = said(at, "Someone put a second cup out.", themes=(theme,))
    picked = [key(one) for one in evidence.citable(at.team, at.thing)]
    team = as_(at.team)
    finding = {"id": ids.new(), "text": "Small things build trust.", "cites": picked}
    team.post(url(at, "new-finding"), finding)
    both = {"id": ids.new(), "one": "Stay", "other": "Change", "ones": picked}
    team.post(url(at, "new-paradox"), both)
    found = evidence.findings(at.team, at.thing)[0].thing
    advice = {"id": ids.new(), "what": "Unlock it.", "findings": [found], "by": "2030-01-02"}
    team.post(url(at, "new-advice"), advice)
    return {
        "theme": theme,
        "line": line,
        "finding": found,
        "paradox": evidence.paradoxes(at.team, at.thing)[0].thing,
        "advice": evidence.recommendations(at.team, at.thing)[0].thing,
    }


def every_page(at: Meeting, made: dict[str, Any]) -> dict[str, str]:
    plain = ("gathering", "edit", "seat", "voice", "write", "say", "lines", "add-theme", "notes")
    pages = {name: url(at, name) for name in (*plain, "new-finding", "new-paradox", "new-advice")}
    return pages | {
        "every": reverse("inquiry:every", kwargs={"circle": at.circle}),
        "new": reverse("inquiry:new", kwargs={"circle": at.circle}),
        "line": url(at, "line", line=made["line"]),
        "theme": url(at, "theme", theme=made["theme"]),
        "finding": url(at, "finding", part=made["finding"]),
        "edit-finding": url(at, "edit-finding", part=made["finding"]),
        "edit-paradox": url(at, "edit-paradox", part=made["paradox"]),
        "edit-advice": url(at, "edit-advice", part=made["advice"]),
        "take-away": url(at, "take-away", part=made["finding"]),
    }


FOR_GUESTS = {"every", "gathering", "seat", "say", "lines", "line", "theme", "finding"}


def test_every_page_opens_for_those_it_is_for_and_for_nobody_else() -> None:
    at = meeting(tables=("Trust", "Care"))
    pages = every_page(at, full(at))
    for name, address in pages.items():
        team = as_(at.team).get(address).status_code
        guest = as_(at.guest).get(address).status_code
        stranger = as_(viewer()).get(address)
        assert team == (404 if name == "line" else 200), name
        assert guest == (200 if name in FOR_GUESTS else 404), name
        assert stranger.status_code == 404 and "cup" not in text(stranger), name
        assert Client().get(address).status_code == 302, name


def test_things_of_one_gathering_are_not_found_under_another() -> None:
    at, other = meeting(), meeting()
    made = full(at)
    for name, address in every_page(at, made).items():
        if str(at.thing) in address:
            crossed = address.replace(str(at.thing), str(other.thing))
            assert as_(at.team).get(crossed).status_code == 404, name


def test_a_gathering_is_opened_once_and_bad_fields_are_all_named() -> None:
    at = meeting()
    new = reverse("inquiry:new", kwargs={"circle": at.circle})
    team = as_(at.team)
    bad = team.post(new, {"id": ids.new(), "title": "", "starts": "31 February"})
    assert bad.status_code == 200 and text(bad).count('class="why"') == 2
    told = {
        "id": ids.new(),
        "title": "Evenings",
        "starts": "2030-11-26T14:00",
        "tables": "A\n\nB\nA",
    }
    for _ in range(2):
        assert team.post(new, told).status_code == 302
    first = readings.gatherings(at.team, at.circle)[0].noun
    assert (first.title, first.tables) == ("Evenings", ("A", "B"))
    assert len(readings.gatherings(at.team, at.circle)) == 2


def test_the_scribe_writes_without_script() -> None:
    at = meeting(tables=("Trust",))
    theme = next(iter(readings.theme_names(at.team, at.thing)))
    scribe = as_(at.team)
    page = text(scribe.get(url(at, "write")))
    told = {
        "id": re.search(r'name="id" value="([^"]+)"', page).group(1),  # type: ignore[union-attr]
        "words": "When the same face comes back.",
        "roles": ["nurse", "close"],
        "themes": [theme],
        "table": "Trust",
    }
    for _ in range(2):
        assert scribe.post(url(at, "write"), told).status_code == 302
    (line,) = readings.lines(at.guest, at.thing)
    assert (line.roles, line.themes, line.table, line.quotable) == (
        ("nurse", "close"), (theme,), "Trust", False,
    )  # fmt: skip
    after = text(scribe.get(url(at, "write")))
    assert "When the same face" in after and "partner, relative or friend" in after
    assert re.search(rf'value="{theme}"[^>]*checked', after)
    last = {"line": line.thing, "from": "write"}
    for _ in range(2):
        assert scribe.post(url(at, "take-back"), last).url == url(at, "write")  # type: ignore[attr-defined]
    assert readings.lines(at.guest, at.thing) == []
    scribe.post(url(at, "bring-back"), last)
    assert len(readings.lines(at.guest, at.thing)) == 1


def test_the_scribe_writes_with_script() -> None:
    at, id = meeting(), str(ids.new())
    scribe = as_(at.team)
    bad = scribe.post(url(at, "write"), {"id": id, "words": " "}, **SCRIPT)
    assert bad.status_code == 422 and bad.json()["why"] and not bad.json()["stored"]
    for _ in range(2):
        good = scribe.post(url(at, "write"), {"id": id, "words": "Tea <b>"}, **SCRIPT)
        assert good.json()["stored"] and "Tea &lt;b&gt;" in good.json()["lines"]
    assert scribe.post(url(at, "write"), {"id": id, "words": "Else"}, **SCRIPT).status_code == 409
    assert len(readings.lines(at.team, at.thing)) == 1


def test_the_list_answers_only_when_it_changed() -> None:
    at = meeting()
    guest = as_(at.guest)
    first = guest.get(url(at, "lines")).json()
    assert guest.get(url(at, "lines"), {"seen": first["stamp"]}).status_code == 204
    said(at, "New", at.team)
    again = guest.get(url(at, "lines"), {"seen": first["stamp"]}).json()
    assert "New" in again["lines"] and again["stamp"] != first["stamp"]


def test_someone_adds_their_own_line_and_takes_it_back_in_two_presses() -> None:
    at = meeting()
    guest = as_(at.guest)
    guest.post(url(at, "seat"), {"roles": ["uses-service"]})
    told = {"id": ids.new(), "words": "I was up at six.", "quote": "on"}
    guest.post(url(at, "say"), told)
    (line,) = readings.lines(at.guest, at.thing)
    assert line.mine and line.quotable and line.roles == ("uses-service",)
    assert "You speak from: uses a service." in text(guest.get(url(at, "say")))
    page = url(at, "line", line=line.thing)
    assert page in text(guest.get(url(at, "say"))) and page not in text(
        as_(at.team).get(url(at, "say"))
    )
    guest.post(url(at, "quote", line=line.thing), {"may": "no"})
    assert not readings.lines(at.team, at.thing)[0].quotable
    guest.post(url(at, "take-back"), {"line": line.thing})
    assert "I was up" not in text(as_(at.team).get(url(at, "say")))
    assert as_(at.guest).post(url(at, "take-back"), {"line": "nonsense"}).status_code == 404


def test_another_cannot_touch_a_line_through_a_page() -> None:
    at = meeting()
    line = said(at, "Mine")
    team = as_(at.team)
    assert team.post(url(at, "quote", line=line), {"may": "no"}).status_code == 403
    assert team.post(url(at, "take-back"), {"line": line}).status_code == 403
    assert as_(viewer()).post(url(at, "take-back"), {"line": line}).status_code == 404
    assert readings.lines(at.guest, at.thing)[0].quotable


def test_a_line_is_said_anew_with_everything_that_was_there() -> None:
    at = meeting()
    line = said(at, "First", roles=("nurse",))
    seen = readings.line(at.guest, at.thing, line).id
    told = {"seen": seen, "words": "Second", "roles": ["nurse"], "quote": "on"}
    for _ in range(2):
        assert as_(at.guest).post(url(at, "line", line=line), told).status_code == 302
    (now,) = readings.lines(at.guest, at.thing)
    assert (now.words, now.roles, now.quotable) == ("Second", ("nurse",), True)
    late = as_(at.guest).post(url(at, "line", line=line), told | {"words": "Third"})
    assert late.status_code == 409


def test_a_finding_is_written_once_and_needs_what_it_rests_on() -> None:
    at = meeting()
    made = full(at)
    team = as_(at.team)
    bad = team.post(url(at, "new-finding"), {"id": ids.new(), "text": ""})
    assert "Say in a sentence" in text(bad) and bad.status_code == 200
    gone = team.post(url(at, "new-finding"), {"id": ids.new(), "text": "So", "cites": ["a.b.c"]})
    assert "no longer there" in text(gone)
    picked = key(evidence.citable(at.team, at.thing)[0])
    both = {"id": ids.new(), "text": "So", "cites": [picked], "dissent": [picked]}
    assert "both sides" in text(team.post(url(at, "new-finding"), both))
    told = {"id": ids.new(), "text": "Also this.", "cites": [picked]}
    for _ in range(2):
        assert team.post(url(at, "new-finding"), told).status_code == 302
    assert len(evidence.findings(at.team, at.thing)) == 2
    edit = url(at, "edit-finding", part=made["finding"])
    seen = evidence.finding(at.team, made["finding"]).version
    for _ in range(2):
        said_anew = {"seen": seen, "text": "Anew.", "cites": [picked]}
        assert team.post(edit, said_anew).status_code == 302
    assert team.post(edit, {"seen": seen, "text": "Late", "cites": [picked]}).status_code == 409


def test_what_was_taken_back_is_on_no_page_and_nobody_is_named() -> None:
    at = meeting()
    other = said(at, "He rang me back.", at.team)
    made = full(at)
    one = evidence.finding(at.team, made["finding"])
    picked = [key(each) for each in evidence.citable(at.team, at.thing)]
    again = {"seen": one.version, "text": one.text, "cites": picked}
    as_(at.team).post(url(at, "edit-finding", part=made["finding"]), again)
    actions.take_back(at.guest, made["line"])
    for who in (at.team, at.keeper):
        for name, address in every_page(at, made).items():
            shown = text(as_(who).get(address))
            assert "second cup" not in shown and str(made["line"]) not in shown, name
            assert str(at.guest.person) not in shown, name
    finding = text(as_(at.guest).get(url(at, "finding", part=made["finding"])))
    assert "lost support" in finding and "He rang me back." in finding and other
    look = url(at, "look-again", part=made["finding"])
    for _ in range(2):
        assert as_(at.team).post(look).status_code == 302
    assert "lost support" not in text(as_(at.guest).get(url(at, "finding", part=made["finding"])))


def test_a_recommendation_looks_back_after_its_day() -> None:
    at = meeting()
    made = full(at)
    told = {
        "id": ids.new(), "what": "Tea", "findings": [made["finding"]],
        "by": "2030-05-02", "review": "2030-05-01",
    }  # fmt: skip
    assert "that day or later" in text(as_(at.team).post(url(at, "new-advice"), told))
    assert "no such day" in text(as_(at.team).post(url(at, "new-advice"), told | {"by": "31 Feb"}))
    for _ in range(2):
        good = as_(at.team).post(url(at, "new-advice"), told | {"review": "2030-06-01"})
        assert good.status_code == 302
    assert len(evidence.recommendations(at.team, at.thing)) == 2


def test_the_circle_shows_its_gatherings() -> None:
    at = meeting()
    page = as_(at.guest).get(reverse("people:circle", kwargs={"circle": at.circle}))
    assert "Mornings on the ward" in text(page) and "Open a gathering" not in text(page)
