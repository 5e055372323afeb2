"""Looking back: what fits and nothing else, a stretch at a time; all about one relationship."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.arrangements import actions as arrangements
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.base.problems import Missing
from kith.care import actions as asking
from kith.care import trying
from kith.care.nouns import Answer, Change, Request
from kith.care.readings import my_request
from kith.maps import actions as maps
from kith.maps.actions import add_figure, add_tie, begin
from kith.maps.bonds import actions as bonds
from kith.maps.layers import actions as layers
from kith.maps.nouns import Figure, Said
from kith.maps.readings import figures
from kith.moments import actions, readings
from kith.moments.looking import readings as looking
from kith.moments.looking.readings import Wanted, look_back
from kith.moments.looking.relationship import relationship
from kith.moments.names import Names
from kith.moments.nouns import Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from world import joined, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLACES = ("", "kitchen", "the stairs")
SAYINGS = ("Tea", "No tea", "We danced", "TEA again")


def found(who: Viewer, wanted: Wanted) -> list[str]:
    """The words of all that fits, from the first page to the last."""
    seen: list[Entry[Moment]] = []
    until: date | None = None
    while True:
        page = look_back(who, wanted.fits(Names(who)), until)
        seen += page.moments
        if page.earlier is None:
            return [entry.noun.words for entry in seen]
        assert until is None or page.earlier < until
        until = page.earlier


def text(answer: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


# What fits


NOTED = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from(SAYINGS),
        st.sampled_from(PLACES),
        st.sets(st.sampled_from("TM"), max_size=2),
        st.booleans(),
    ),
    max_size=12,
)


@given(
    NOTED,
    st.sampled_from(("", "tea", "te a", "no")),
    st.sampled_from(("", "STAIRS", "kit")),
    st.sampled_from(("", "T", "M")),
    st.booleans(),
)
@laws(max_examples=25)
def test_exactly_what_fits_is_found_the_latest_first(
    noted: list[tuple[int, str, str, set[str], bool]],
    words: str,
    place: str,
    whom: str,
    of_practice: bool,
) -> None:
    who = viewer()
    people = {name: uuid4() for name in "TM"}
    with clock.stopped_at(NOON), pytest.MonkeyPatch.context() as few:
        few.setattr(looking, "PORTIONS", (3, 2))
        few.setattr(readings, "AT_ONCE", 4)
        practice = readings.practice(who, actions.name_practice(who, Practice("A cup")).thing)
        for at, (back, said, where, withs, part) in enumerate(noted):
            part_of = (practice.thing,) if part else ()
            moment = Moment(said, place=where, part_of=part_of)
            moment = moment.but(with_whom=tuple(people[name] for name in sorted(withs)))
            actions.note(who, moment, seen_on=NOON - timedelta(days=back, minutes=at))
        fitting = [
            (back, at, said)
            for at, (back, said, where, withs, part) in enumerate(noted)
            if all(word in said.lower() for word in words.split())
            and place.lower() in where
            and (not whom or whom in withs)
            and (part or not of_practice)
        ]
        wanted = Wanted(
            words,
            place,
            frozenset([people[whom]] if whom else ()),
            practice if of_practice else None,
        )
        assert found(who, wanted) == [said for _, _, said in sorted(fitting)]


def test_words_are_found_wherever_they_stand() -> None:
    keeper, circle = ward()
    kitchen = arrangements.add(keeper, circle, Arrangement("The kitchen is locked")).thing
    t = add_figure(keeper, begin(keeper), Figure(0.2, 0.2, label="Tamsin")).thing
    actions.note(keeper, Moment("No tea", happened=False, arrangements=(kitchen,)))
    actions.note(keeper, Moment("We danced", and_whom="M.", with_whom=(t,), felt_words="light"))
    actions.note(
        keeper, Moment("A call", place="on the stairs", helped="a warm voice", tags=("x",))
    )
    for words, said in {
        "kitchen TEA": ["No tea"],
        "m. danced": ["We danced"],
        "tamsin": ["We danced"],
        "light": ["We danced"],
        "stairs": ["A call"],
        "warm": ["A call"],
        "choir": [],
    }.items():
        assert found(keeper, Wanted(words)) == said, words
    assert found(viewer("B."), Wanted("tea")) == []


def test_what_one_looks_for_goes_on_in_the_body(
    client: Client, who: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "PORTIONS", (1,))
    for back in (1, 2):
        actions.note(who, Moment(f"Danced {back}"), seen_on=clock.now() - timedelta(days=back))
    page = client.post(reverse("moments:find"), {"words": "danced"})
    assert "Danced 1" in text(page) and "Danced 2" not in text(page)
    again = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    )
    again.pop("csrfmiddlewaretoken", None)
    page = client.post(reverse("moments:find"), again)
    assert again["words"] == "danced" and "Danced 2" in text(page)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"words": " "},
        {"whom": "x", "words": "a"},
        {"until": "x", "words": "a"},
        {"practice": "y"},
    ],
)
def test_what_cannot_be_looked_for_is_said(
    client: Client, who: Viewer, said: dict[str, str]
) -> None:
    add_figure(who, begin(who), Figure(0.2, 0.2, label="T."))
    page = client.post(reverse("moments:find"), said)
    assert page.status_code == 200 and "Looking back" in text(page)


# All about one relationship


WORDS = "Tea at eight, please."


def with_everything(keeper: Viewer, circle: UUID, who: Viewer) -> UUID:
    """T. on a map of `who` with two layers, and something of each kind about T."""
    board = begin(who, with_me="me")
    (me,) = [one.thing for one in figures(who)]
    t = add_figure(who, board, Figure(0.2, 0.2, label="T.")).thing
    tie = add_tie(who, board, me, t)
    maps.change(who, board, tie, words="since school", qualities=("helps", "hurts"))
    tea = actions.name_practice(who, Practice("Tea with T.", with_whom=(t,))).thing
    actions.change_practice(who, tea, Practice("Tea with T.", (t,), state="let go"))
    actions.note(who, Moment("We danced", with_whom=(t,)))
    noted = actions.note(who, Moment("Only tea", part_of=(tea,), happened=False)).thing
    actions.note(who, Moment("Somebody else"))
    bonds.say(who, board, tie, {"good": Said("answered", "the jokes"), "hard": Said("unsure")})
    layers.begin(who, board, {"layer": "before"}, take="all")
    asked = asking.write(who, Request(WORDS, circle, about=noted)).thing
    asking.write(who, Request("Of nobody in particular", circle))
    version = my_request(who, asked).request.id
    asking.send(who, asked, previewed=version, ends=clock.now() + timedelta(days=9))
    change = trying.plan(keeper, circle, Change("The kitchen stays open")).thing
    trying.answer(keeper, circle, asked, Answer("We will try", changes=(change,)))
    return t


def test_all_about_a_relationship_stands_together_in_time() -> None:
    keeper, circle = ward()
    who = joined(keeper, circle, "guest")
    told = relationship(who, with_everything(keeper, circle, who))
    said = [(str(one.what), *map(str, one.lines)) for one in told.pieces]
    assert told.name == "T." and told.earlier is None
    assert ("It happened", "We danced") in said
    assert ("It could not happen", "Only tea") in said
    assert ("Tea with T.", "It goes on") in said and ("Tea with T.", "It was let go") in said
    assert ("On the map: The first map",) in said and ("On the map: Before",) in said
    assert ("me and T., on the map: The first map", "helps, hurts", "since school") in said
    (bond,) = [one for one in said if one[0] == "What you said about it"]
    assert bond[1:] == ("What is good: the jokes", "What is hard: I am not sure")
    assert ("You asked", WORDS) in said and ("They answered", "We will try") in said
    assert ("A change", "The kitchen stays open", "Proposed") in said
    assert not any("Somebody" in line or "particular" in line for one in said for line in one)
    assert [one.at for one in told.pieces] == sorted((p.at for p in told.pieces), reverse=True)


def test_what_is_said_of_one_side_alone_still_shows_both() -> None:
    """Good and hard stand together, also where only one of them was come to."""
    who = viewer("A.")
    board = begin(who)
    t = add_figure(who, board, Figure(0.2, 0.2, label="T.")).thing
    bonds.say(who, board, t, {"hard": Said("answered", "the waiting")})
    (bond,) = [one for one in relationship(who, t).pieces if one.sign == "words"]
    assert bond.lines == ["What is good: I have not come to this", "What is hard: the waiting"]


@given(st.lists(st.integers(0, 9), max_size=8))
@laws(max_examples=10)
def test_leafing_through_a_relationship_shows_each_thing_once(ago: list[int]) -> None:
    who = viewer()
    with clock.stopped_at(NOON), pytest.MonkeyPatch.context() as few:
        few.setattr(looking, "PORTIONS", (2, 1))
        t = add_figure(who, begin(who), Figure(0.2, 0.2, label="T.")).thing
        for at, back in enumerate(ago):
            when = NOON - timedelta(days=back, minutes=at)
            actions.note(who, Moment(str(at), with_whom=(t,)), seen_on=when)
        seen: list[str] = []
        until: date | None = None
        while True:
            told = relationship(who, t, until)
            seen += [one.url for one in told.pieces]
            if told.earlier is None:
                break
            until = told.earlier
        assert len(seen) == len(set(seen)) == len(ago) + 1


def test_it_is_for_its_drawer_alone(who: Viewer, client: Client) -> None:
    other = viewer("B.")
    theirs = add_figure(other, begin(other), Figure(0.2, 0.2, label="Secret")).thing
    for thing in (theirs, uuid4()):
        with pytest.raises(Missing):
            relationship(who, thing)
        assert client.get(reverse("moments:with", kwargs={"thing": thing})).status_code == 404


def test_there_is_a_way_to_it_from_the_map_and_from_the_moments(
    who: Viewer, client: Client
) -> None:
    board = begin(who)
    t = add_figure(who, board, Figure(0.2, 0.2, label="T.")).thing
    way = reverse("moments:with", kwargs={"thing": t})
    figure = client.get(reverse("maps:figure", kwargs={"map_id": board, "thing": t}))
    noted = actions.note(who, Moment("Tea", with_whom=(t,))).thing
    moment = client.get(reverse("moments:moment", kwargs={"thing": noted}))
    for page in (figure, client.get(reverse("moments:find")), moment):
        assert f'href="{way}"' in page.content.decode()
    assert "Tea" in text(client.get(way))


def test_what_was_taken_off_the_paper_keeps_its_moments(who: Viewer, client: Client) -> None:
    board = begin(who)
    t = add_figure(who, board, Figure(0.2, 0.2, label="T.")).thing
    actions.note(who, Moment("Tea", with_whom=(t,)))
    maps.take_off(who, board, t)
    assert [str(one.what) for one in relationship(who, t).pieces] == ["It happened"]
    assert client.get(reverse("moments:with", kwargs={"thing": t})).status_code == 200
