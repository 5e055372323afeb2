"""The pages of moments, practices and cards: bad input, twice sent, and somebody else's things."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.arrangements import actions as arrangements
from kith.arrangements.nouns import Arrangement
from kith.maps import actions as maps
from kith.maps.nouns import Figure
from kith.maps.readings import figures
from kith.moments import actions, days, readings
from kith.moments.nouns import Card, Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.models import LedgerLine, Record
from world import signed_in, viewer, ward

pytestmark = pytest.mark.django_db


def at(name: str, thing: UUID | None = None, **more: object) -> str:
    named = {"thing": thing, **more} if thing else more
    return reverse(f"moments:{name}", kwargs=named or None)


def text(answer: HttpResponse) -> str:
    """What a reader meets, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def source(answer: HttpResponse) -> str:
    """The page as it is written, without its drawings."""
    return re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)


def a_moment(**said: object) -> dict[str, object]:
    return {"id": uuid4(), "words": "Tea", "happened": "yes", "when": "now"} | said


def a_practice(**said: object) -> dict[str, object]:
    return {"id": uuid4(), "now_id": uuid4(), "name": "Tea", "state": "kept"} | said


def yesterday() -> str:
    return (days.today() - timedelta(days=1)).isoformat()


# Noting


@pytest.mark.store
def test_noting_says_so_once_and_writes_no_session(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = client.post(at("write"), a_moment(), follow=True)
    assert "Kept. Only you see it." in text(page)
    written = [one["sql"] for one in asked if not one["sql"].startswith(("SELECT", "SAVEPOINT"))]
    assert [sql for sql in written if "kith_session" in sql] == []
    thing = Record.objects.get(kind="moment").thing
    assert "Kept." not in text(client.get(at("moment", thing)))


def test_words_are_all_it_takes(client: Client, who: Viewer) -> None:
    answer = client.post(
        at("write"), {"id": uuid4(), "words": "Tea", "happened": "yes", "when": "now"}
    )
    (entry,) = readings.moments(who)
    assert answer["Location"] == at("moment", entry.thing) + "?kept"
    page = client.get(answer["Location"])
    assert "Tea" in text(page) and "Stored" in text(page)


def test_the_page_says_that_nobody_watches_and_begins_with_the_words(client: Client) -> None:
    page = source(client.get(at("write")))
    assert "Nobody watches what you write here." in page
    assert page.count("autofocus") == 1 and re.search(r"<textarea[^>]*autofocus", page)
    assert "<details><summary>" in page


def test_all_one_says_is_kept(client: Client, who: Viewer) -> None:
    map_id = maps.begin(who)
    t = maps.add_figure(who, map_id, Figure(0.2, 0.2, label="T.")).thing
    tea = actions.name_practice(who, Practice("Tea with T.")).thing
    client.post(
        at("write"),
        a_moment(
            happened="no",
            with_whom=[str(t)],
            and_whom="the neighbour",
            kinds=["routine", "own"],
            part_of=[str(tea)],
            in_the_way="a locked door",
            when="day",
            day=yesterday(),
        ),
    )
    (entry,) = readings.moments(who)
    assert entry.noun == Moment(
        "Tea",
        happened=False,
        with_whom=(t,),
        and_whom="the neighbour",
        kinds=("routine", "own"),
        part_of=(tea,),
        in_the_way="a locked door",
    )
    assert days.day_of(entry.seen_on).isoformat() == yesterday()
    page = text(client.get(at("moment", entry.thing)))
    for said in ("With T. and the neighbour", "Our own thing", "a locked door", "Tea with T."):
        assert said in page


def test_an_arrangement_of_ones_ward_is_offered_by_name() -> None:
    keeper, circle = ward()
    kitchen = arrangements.add(keeper, circle, Arrangement("The kitchen is locked")).thing
    browser = Client()
    signed_in(browser, keeper)
    assert "The kitchen is locked" in text(browser.get(at("write")))
    browser.post(at("write"), a_moment(happened="no", arrangements=[str(kitchen)]))
    assert readings.moments(keeper)[0].noun.arrangements == (kitchen,)


def test_someone_elses_figure_or_arrangement_is_no_choice(client: Client, who: Viewer) -> None:
    maps.add_figure(who, maps.begin(who), Figure(0.2, 0.2, label="T."))
    other, (keeper, circle) = viewer("B."), ward()
    theirs = maps.add_figure(other, maps.begin(other), Figure(0.2, 0.2, label="Zed")).thing
    kitchen = arrangements.add(keeper, circle, Arrangement("The kitchen is locked")).thing
    for said in ({"with_whom": [str(theirs)]}, {"arrangements": [str(kitchen)]}):
        answer = client.post(at("write"), a_moment(**said))
        assert answer.status_code == 200 and readings.moments(who) == []
        assert "Zed" not in text(answer) and "kitchen" not in text(answer)


def test_someone_new_goes_on_the_map_if_one_says_so(client: Client, who: Viewer) -> None:
    maps.begin(who, with_me="me")
    sent = a_moment(and_whom="Z.", on_map="on", figure_id=uuid4())
    for _ in range(2):
        assert client.post(at("write"), sent).status_code == 302
    assert [entry.noun.label for entry in figures(who)] == ["me", "Z."]
    (entry,) = readings.moments(who)
    assert entry.noun.with_whom == (sent["figure_id"],) and not entry.noun.and_whom
    client.post(at("write"), a_moment(and_whom="Y."))
    assert len(figures(who)) == 2


def test_sent_twice_it_is_kept_once(client: Client, who: Viewer) -> None:
    for name, sent in (("write", a_moment()), ("name", a_practice(state="interrupted"))):
        for _ in range(2):
            assert client.post(at(name), sent).status_code == 302
    assert (len(readings.moments(who)), len(readings.practices(who))) == (1, 1)
    assert Record.objects.count() == 3 and LedgerLine.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": "   "}, "words"),
        ({"words": "x" * 5000}, "words"),
        ({"happened": "perhaps"}, "happened"),
        ({"kinds": ["best"]}, "kinds"),
        ({"when": "day"}, "day"),
        ({"day": "2026-02-31"}, "day"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "<script>"}, "day"),
        ({"when": "soon"}, "when"),
        ({"id": "me"}, "id"),
    ],
)
def test_bad_input_keeps_nothing_and_loses_nothing(
    client: Client, who: Viewer, said: dict[str, object], field: str
) -> None:
    sent = a_moment(in_the_way="a locked door") | said
    answer = client.post(at("write"), sent)
    page = source(answer)
    assert answer.status_code == 200
    assert readings.moments(who) == []
    assert "What you wrote is still here." in page
    assert "a locked door" in page
    assert f"id_{field}" in page and "<script>" not in page.replace("<script type", "")
    assert "<details open>" in page or field in ("words", "happened", "id")


# Reading, taking away, bringing back


def test_an_empty_list_is_fine(client: Client) -> None:
    assert "Nothing to note is fine." in text(client.get(at("list")))


def test_moments_stand_under_their_days(client: Client, who: Viewer) -> None:
    actions.note(who, Moment("Tea"), seen_on=days.noon(days.today() - timedelta(days=1)))
    actions.note(who, Moment("We danced"))
    page = text(client.get(at("list")))
    assert page.index("We danced") < page.index("Tea")
    assert "Tea" in text(client.get(at("day", day=days.today() - timedelta(days=1))))
    assert "blank day" in text(client.get(at("day", day=days.today() - timedelta(days=9))))


def test_looking_for_words_keeps_them_out_of_the_address(client: Client, who: Viewer) -> None:
    actions.note(who, Moment("We danced"))
    actions.note(who, Moment("No milk"))
    page = client.post(at("find"), {"words": "danced"})
    assert "We danced" in text(page) and "No milk" not in text(page)
    assert 'method="get"' not in source(page).lower()
    assert "No moment like it." in text(client.post(at("find"), {"words": "choir"}))
    asked = source(client.get(at("find"), {"words": "danced"}))
    assert "We danced" not in asked and "danced" not in asked


@pytest.mark.parametrize(
    "asked", ["?until=x", "?until=2026-99-99", "?gone=me", "?until=0001-01-01"]
)
def test_odd_addresses_are_met_calmly(client: Client, asked: str) -> None:
    assert client.get(at("list") + asked).status_code == 200


def test_a_day_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/notes/on/2026-02-31/").status_code == 404


def test_the_way_back_is_right_there(client: Client, who: Viewer) -> None:
    thing = actions.note(who, Moment("Tea")).thing
    answer = client.post(at("remove", thing))
    page = client.get(answer["Location"])
    assert at("restore", thing) in source(page) and "Taken away." in text(page)
    assert at("gone") in source(page)
    assert "Tea" in text(client.get(at("gone")))
    client.post(at("restore", thing))
    assert len(readings.moments(who)) == 1


def test_said_anew_it_stands_in_place_of_the_old(client: Client, who: Viewer) -> None:
    thing = actions.note(who, Moment("Tee", kinds=("own",)), seen_on=days.noon(days.today())).thing
    page = source(client.get(at("correct", thing)))
    assert "Tee</textarea>" in page and "<details open>" in page
    client.post(at("correct", thing), a_moment(words="Tea", day=yesterday()))
    entry = readings.moment(who, thing)
    assert (entry.noun, days.day_of(entry.seen_on).isoformat()) == (Moment("Tea"), yesterday())


# Practices


def test_a_practice_is_named_out_of_a_moment(client: Client, who: Viewer) -> None:
    moment = actions.note(who, Moment("No tea", happened=False, in_the_way="a locked door")).thing
    page = source(client.get(at("name") + f"?moment={moment}"))
    assert "a locked door" in page
    assert re.search(rf'value="{moment}"[^>]*checked', page)
    sent = a_practice(moments=[str(moment)], state="interrupted", since=yesterday(), words="locked")
    answer = client.post(at("name"), sent)
    page = text(client.get(answer["Location"]))
    assert "Not since" in page and ": locked." in page


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"state": "better"}, "state"),
        ({"since": "2999-01-01"}, "since"),
        ({"since": "2026-02-31"}, "since"),
        ({"choice": "hers"}, "choice"),
        ({"now_id": "x"}, "now_id"),
    ],
)
def test_a_practice_that_cannot_be_kept_is_still_there(
    client: Client, who: Viewer, said: dict[str, object], field: str
) -> None:
    answer = client.post(at("name"), a_practice(rhythm="most mornings") | said)
    page = source(answer)
    assert answer.status_code == 200 and "most mornings" in page and f"id_{field}" in page
    assert readings.practices(who) == [] and not Record.objects.exists()


def test_how_it_is_now_is_said_and_put_right(client: Client, who: Viewer) -> None:
    thing = actions.name_practice(who, Practice("Tea", rhythm="most mornings")).thing
    sent = {"id": uuid4(), "state": "interrupted", "since": yesterday(), "words": "no kettle"}
    client.post(at("now", thing), sent)
    assert "no kettle" in text(client.get(at("practice", thing)))
    anew = {"id": uuid4(), "state": "let go", "since": yesterday(), "about": "on", "choice": "mine"}
    client.post(at("now-again", thing), anew)
    page = text(client.get(at("practice", thing)))
    assert "let go in" in page and "my choice" in page and "no kettle" not in page


def test_a_day_before_what_is_known_is_shown_at_its_field(client: Client, who: Viewer) -> None:
    now = Practice("Tea", state="interrupted", since="day")
    thing = actions.name_practice(who, now, day=days.today()).thing
    sent = {"id": uuid4(), "state": "restored", "since": yesterday(), "words": "some mornings"}
    page = source(client.post(at("now", thing), sent))
    assert "You already said how it was after that day." in page and "some mornings" in page
    assert readings.practice(who, thing).noun.state == "interrupted"


def test_what_it_is_can_be_changed(client: Client, who: Viewer) -> None:
    moment = actions.note(who, Moment("Tea")).thing
    thing = actions.name_practice(who, Practice("Tee", moments=(moment,))).thing
    assert re.search(
        rf'value="{moment}"[^>]*checked', source(client.get(at("correct-practice", thing)))
    )
    client.post(at("correct-practice", thing), {"id": uuid4(), "name": "Tea"})
    assert readings.practice(who, thing).noun == Practice("Tea")


def test_a_month_shows_what_was_noted_and_no_number(client: Client, who: Viewer) -> None:
    thing = actions.name_practice(who, Practice("Tea")).thing
    for _ in range(3):
        actions.note(who, Moment("Tea", part_of=(thing,)))
    happened, could_not = "it happened </span>", '<span class="vh">it could not'
    once = source(client.get(at("practice", thing)))
    assert once.count(happened) == 1
    actions.note(who, Moment("None", happened=False))
    assert could_not not in source(client.get(at("practice", thing)))
    assert could_not in source(client.get(at("practices")))


@pytest.mark.parametrize("asked", ["2026-10", "x", "2026-13", "0001-01", "2999-01", ""])
def test_any_month_can_be_asked_for(client: Client, asked: str) -> None:
    answer = client.get(at("practices"), {"month": asked})
    assert answer.status_code == 200 and "2999" not in text(answer)


def test_a_practice_taken_away_comes_back(client: Client, who: Viewer) -> None:
    thing = actions.name_practice(who, Practice("Tea")).thing
    answer = client.post(at("remove-practice", thing))
    assert at("restore-practice", thing) in source(client.get(answer["Location"]))
    client.post(at("restore-practice", thing))
    assert len(readings.practices(who)) == 1


# Cards


def test_a_card_holds_what_was_chosen_and_nothing_of_the_account(
    client: Client, who: Viewer
) -> None:
    tea = actions.name_practice(who, Practice("Tea with T.", rhythm="most mornings")).thing
    actions.name_practice(who, Practice("Choir"))
    sent = {"id": uuid4(), "called": "Anna", "practices": [str(tea)], "words": "Please sit down."}
    answer = client.post(at("write-card"), sent)
    page = source(client.get(answer["Location"]))
    card = page[page.index('<article class="keepsake') : page.index("</article>")]
    for said in (
        "Tea with T.",
        "Most mornings.",
        "Please sit down.",
        "From Anna",
        str(days.today().year),
    ):
        assert said in card
    for unsaid in ("Choir", str(who.person), str(who.notebook)):
        assert unsaid not in card
    assert 'class="keepsake a4"' in page
    assert 'class="keepsake a5"' in source(client.get(answer["Location"] + "?paper=a5"))


def test_an_empty_card_says_so(client: Client, who: Viewer) -> None:
    answer = client.post(at("write-card"), {"id": uuid4(), "called": "Anna"})
    assert "Choose something for the card" in text(answer) and readings.cards(who) == []
    assert "Anna" in source(answer)


def test_a_card_is_changed_taken_away_and_brought_back(client: Client, who: Viewer) -> None:
    thing = actions.make_card(who, Card(words="Hello")).thing
    client.post(at("correct-card", thing), {"id": uuid4(), "words": "Sit down."})
    assert readings.card(who, thing).noun.words == "Sit down."
    client.post(at("remove-card", thing))
    assert at("restore-card", thing) in source(client.get(at("cards")))
    client.post(at("restore-card", thing))
    assert len(readings.cards(who)) == 1


# Somebody else's

THEIRS: dict[str, Callable[[Viewer], UUID]] = {
    "": lambda who: actions.note(who, Moment("Secret tea")).thing,
    "-practice": lambda who: actions.name_practice(who, Practice("Secret tea")).thing,
    "-card": lambda who: actions.make_card(who, Card(words="Secret tea")).thing,
}
PAGES = {"": ["moment"], "-practice": ["practice", "now", "now-again"], "-card": ["card"]}


@pytest.mark.parametrize("kind", THEIRS)
def test_what_is_anothers_is_the_same_as_what_is_not_there(client: Client, kind: str) -> None:
    theirs = THEIRS[kind](viewer("B."))
    lines = LedgerLine.objects.count()
    for name in [*PAGES[kind], *(f"{act}{kind}" for act in ("correct", "remove", "restore"))]:
        for ask in (client.get, client.post):
            answers = [ask(at(name, thing)) for thing in (theirs, uuid4())]
            assert [one.status_code for one in answers] == [404, 404], name
            assert "Secret" not in text(answers[0])
    assert LedgerLine.objects.count() == lines


def test_one_cannot_begin_from_anothers_moment(client: Client) -> None:
    theirs = THEIRS[""](viewer("B."))
    assert client.get(at("name") + f"?moment={theirs}").status_code == 404
    assert "Secret" not in text(client.get(at("list") + f"?gone={theirs}"))


@pytest.mark.parametrize("name", ["list", "write", "gone", "practices", "name", "cards", "find"])
def test_only_someone_signed_in_gets_in(name: str) -> None:
    assert Client().get(at(name)).status_code == 302


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_nothing_changes_by_following_a_link(client: Client, who: Viewer, act: str) -> None:
    for kind, make in THEIRS.items():
        assert client.get(at(f"{act}{kind}", make(who))).status_code == 404


# The first page


def test_the_first_page_shows_the_last_moments_and_what_one_does(
    client: Client, who: Viewer
) -> None:
    page = text(client.get("/"))
    assert "Nothing to note is fine." in page and "Name something you do" in page
    for n in "abcd":
        actions.note(who, Moment(f"Moment {n}."))
    actions.name_practice(who, Practice("Tea with T.", rhythm="most mornings"))
    page = text(client.get("/"))
    assert "Moment d." in page and "Moment a." not in page
    assert "Tea with T. Most mornings." in page
