"""The pages of asking, answering and trying: what they refuse, and that twice is once."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kith.arrangements import actions as arrangements
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.care import readings, trying
from kith.care import ward as warding
from kith.care.nouns import Change, Side
from kith.moments import actions as moments
from kith.moments.nouns import Moment, Practice
from kith.people.actions import open_circle
from kith.permissions.viewer import Viewer
from world import joined, signed_in, viewer, ward

pytestmark = pytest.mark.django_db

MESSAGE = re.compile(r'<article class="message.*?</article>', re.DOTALL)


class Place:
    """A ward, a nurse and someone who asks, each with a browser."""

    def __init__(self) -> None:
        self.keeper, self.circle = ward()
        self.nurse = joined(self.keeper, self.circle, "team")
        self.asker = joined(self.keeper, self.circle, "guest")
        self.kitchen = arrangements.add(
            self.keeper, self.circle, Arrangement("The kitchen is locked", owner="the team")
        ).thing
        self.ward_client, self.client = browser(self.nurse), browser(self.asker)

    def write(self, **more: object) -> UUID:
        """Fill in the form of a request; the new thing."""
        answer = self.client.post(reverse("care:write"), fields(**more))
        assert answer.status_code == 302, answer.content.decode()
        return UUID(answer["Location"].strip("/").split("/")[-1])

    def send(self, thing: UUID) -> str:
        """Press Send on the preview of a request; the message that was previewed."""
        preview = self.client.get(reverse("care:request", args=[thing])).content.decode()
        hidden = dict(re.findall(r'type="hidden" name="(previewed|ends)" value="([^"]+)"', preview))
        self.client.post(reverse("care:send", args=[thing]), hidden)
        return MESSAGE.findall(preview)[0]

    def ward_page(self) -> str:
        """The ward's page as a nurse has it."""
        return self.ward_client.get(reverse("care:ward", args=[self.circle])).content.decode()


def browser(who: Viewer) -> Client:
    client = Client()
    signed_in(client, who)
    return client


def fields(**more: object) -> dict[str, object]:
    return {"id": uuid4(), "words": "Tea at eight, please.", "signed": "R.", "days": 30} | more


@pytest.fixture
def place() -> Place:
    return Place()


def test_the_ward_reads_exactly_what_was_previewed(place: Place) -> None:
    thing = place.write(
        helps="My <b>mornings</b>.\nAnd his.", arrangement=place.kitchen, together="yes"
    )
    assert "Tea at eight" not in place.ward_page()
    previewed = place.send(thing)
    assert MESSAGE.findall(place.ward_page()) == [previewed]
    assert "The kitchen is locked" in previewed
    assert "From R., together" in previewed
    assert "&lt;b&gt;" in previewed


def test_nothing_else_of_the_person_is_on_the_wards_page(place: Place) -> None:
    moment = moments.note(place.asker, Moment("We danced by the window.")).thing
    page = reverse("care:write", kwargs={"about": moment})
    answer = place.client.post(page, fields(words="Could the door stay open?"))
    thing = UUID(answer["Location"].strip("/").split("/")[-1])
    place.send(thing)
    shown = place.ward_page()
    assert "Could the door stay open?" in shown
    for secret in ("danced", str(moment), str(place.asker.person), str(place.asker.notebook)):
        assert secret not in shown


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ("kept", "I would like to keep this going"),
        ("interrupted", "I would like to have this again"),
    ],
)
def test_a_request_begins_with_the_practice_it_comes_from(
    place: Place, state: str, begins: str
) -> None:
    said = Practice("tea with A.", state=state, arrangements=(place.kitchen,))
    about = moments.name_practice(place.asker, said).thing
    page = place.client.get(reverse("care:write", kwargs={"about": about})).content.decode()
    assert f"{begins}: tea with A." in page
    assert re.search(rf'value="{place.kitchen}"[^>]*checked', page)


def test_what_is_not_ones_own_is_no_beginning(place: Place) -> None:
    moment = moments.note(viewer(), Moment("We danced.")).thing
    for about in (moment, uuid4()):
        answer = place.client.get(reverse("care:write", kwargs={"about": about}))
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"words": " "}, "id_words_error"),
        ({"words": "x" * 1501}, "id_words_error"),
        ({"days": "365"}, "id_days_error"),
        ({"days": "soon"}, "id_days_error"),
        ({"arrangement": str(uuid4())}, "id_arrangement_error"),
        ({"id": "mine"}, "id"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_kept(
    place: Place, bad: dict[str, str], told: str
) -> None:
    answer = place.client.post(reverse("care:write"), fields(**bad))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert readings.my_requests(place.asker) == []


def test_sent_twice_a_form_keeps_one_request_and_one_grant(place: Place) -> None:
    form = fields()
    first, again = (place.client.post(reverse("care:write"), form) for _twice in range(2))
    assert first["Location"] == again["Location"]
    thing = UUID(first["Location"].strip("/").split("/")[-1])
    place.send(thing)
    place.send(thing)
    assert len(readings.my_requests(place.asker)) == 1
    assert len(readings.request_grants(place.asker)) == 1


def test_one_press_takes_nothing_back_and_the_second_does(place: Place) -> None:
    thing = place.write()
    place.send(thing)
    first = place.client.get(reverse("care:take-back", args=[thing])).content.decode()
    assert "They may still remember what they saw." in first
    assert "Tea at eight" in place.ward_page()
    for _twice in range(2):
        answer = place.client.post(reverse("care:take-back", args=[thing]), follow=True)
        assert answer.status_code == 200
        assert "They may still remember what they saw." in answer.content.decode()
    after = place.ward_page()
    assert "Tea at eight" not in after
    assert "withdrawn" not in after.lower() and "taken back" not in after.lower()


def test_links_to_a_request_show_nothing_once_it_is_taken_back(place: Place) -> None:
    thing = place.write(arrangement=place.kitchen)
    place.send(thing)
    plan = {"id": uuid4(), "what": "A kettle", "cost": "free", "requests": [str(thing)]}
    place.ward_client.post(reverse("care:plan", args=[place.circle]), plan)
    change = readings.changes(place.nurse)[0].thing
    page = reverse("care:change", args=[place.circle, change])
    assert "Tea at eight" in place.ward_client.get(page).content.decode()
    assert "Tea at eight" not in place.client.get(page).content.decode()
    place.client.post(reverse("care:take-back", args=[thing]))
    for url in (page, reverse("arrangements:one", args=[place.circle, place.kitchen])):
        shown = place.ward_client.get(url).content.decode()
        assert "Tea at eight" not in shown and "Requests it takes up" not in shown
    answer = place.ward_client.get(reverse("care:answer", args=[place.circle, thing]))
    assert answer.status_code == 404


def test_the_one_who_asked_reads_what_came_back(place: Place) -> None:
    thing = place.write()
    place.send(thing)
    url = reverse("care:answer", args=[place.circle, thing])
    said = {"id": uuid4(), "words": "Yes, from Monday.", "arrangements": [str(place.kitchen)]}
    for _twice in range(2):
        assert place.ward_client.post(url, said).status_code == 302
    assert "Yes, from Monday." in place.ward_page()
    page = place.client.get(reverse("care:request", args=[thing])).content.decode()
    assert page.count("Yes, from Monday.") == 1
    assert len(warding.arrived_one(place.nurse, place.circle, thing).answers) == 1


def test_shown_longer_says_the_new_day(place: Place) -> None:
    thing = place.write(days=7)
    place.send(thing)
    url = reverse("care:longer", args=[thing])
    assert place.client.post(url, {"days": "400"}).status_code == 422
    place.client.post(url, {"days": "90"})
    ends = readings.my_request(place.asker, thing).ends
    assert ends and ends > clock.now() + timedelta(days=89)


def test_a_stale_preview_sends_nothing(place: Place) -> None:
    thing = place.write()
    stale = readings.my_request(place.asker, thing).request.id
    place.client.post(reverse("care:rewrite", args=[thing]), fields(words="Coffee."))
    ends = (clock.now() + timedelta(days=3)).isoformat()
    url = reverse("care:send", args=[thing])
    assert place.client.post(url, {"previewed": stale, "ends": ends}).status_code == 409
    place.client.post(url, {"previewed": "x", "ends": "never"})
    assert "Coffee." not in place.ward_page()


def test_with_several_services_one_says_which(place: Place) -> None:
    second = open_circle(place.asker, "Community team", "team")
    page = place.client.get(reverse("care:write")).content.decode()
    for circle in (place.circle, second.id):
        assert reverse("care:write", kwargs={"circle": circle}) in page


def test_with_no_service_there_is_nothing_to_fill_in() -> None:
    page = browser(viewer()).get(reverse("care:write")).content.decode()
    assert "There is no service here to ask yet" in page
    assert "<textarea" not in page


GUEST_MAY_NOT = ("care:ward", "care:plan", "arrangements:add", "arrangements:notice",
                 "arrangements:talk")  # fmt: skip


@pytest.mark.parametrize("name", GUEST_MAY_NOT)
def test_pages_of_the_team_do_not_exist_for_guests_and_strangers(place: Place, name: str) -> None:
    url = reverse(name, args=[place.circle])
    assert place.ward_client.get(url).status_code == 200
    assert place.client.get(url).status_code == 404
    assert browser(viewer()).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_the_way_to_requests_is_on_the_circles_page_for_the_team_alone(place: Place) -> None:
    circle = reverse("people:circle", args=[place.circle])
    way = reverse("care:ward", args=[place.circle])
    assert way in place.ward_client.get(circle).content.decode()
    assert way not in place.client.get(circle).content.decode()


# Changes


def planned(place: Place, **more: object) -> UUID:
    return trying.plan(place.keeper, place.circle, Change("A kettle", **more)).thing  # type: ignore[arg-type]


def test_what_gets_in_the_way_shows_what_is_tried_beside_it(place: Place) -> None:
    planned(place, arrangements=(place.kitchen,), state="trying")
    page = place.client.get(reverse("arrangements:every", args=[place.circle])).content.decode()
    assert "Being tried:" in page and "A kettle" in page


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"what": ""}, "id_what_error"),
        ({"cost": "dear"}, "id_cost_error"),
        ({"starts": "2026-02-31"}, "id_starts_error"),
        ({"starts": "2026-05-02", "review": "2026-05-01"}, "id_review_error"),
        ({"arrangements": [str(uuid4())]}, "id_arrangements_error"),
    ],
)
def test_a_plan_that_does_not_fit_is_sent_back_whole(
    place: Place, bad: dict[str, object], told: str
) -> None:
    form = {"id": uuid4(), "what": "A kettle", "cost": "free", "owner": "Night team"} | bad
    answer = place.ward_client.post(reverse("care:plan", args=[place.circle]), form)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert told in shown and "Night team" in shown
    assert readings.changes(place.nurse) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"state": "dropped"}, "id_why_error"),
        ({"state": "finished"}, "id_state_error"),
        ({"since": "2999-01-01"}, "id_since_error"),
        ({"since": "1999-01-01"}, "id_since_error"),
    ],
)
def test_a_move_that_does_not_fit_moves_nothing(
    place: Place, bad: dict[str, str], told: str
) -> None:
    thing = planned(place)
    form = {"id": uuid4(), "state": "trying", "since": str(readings.today())} | bad
    answer = place.ward_client.post(reverse("care:move", args=[place.circle, thing]), form)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert readings.change(place.nurse, thing).noun.state == "proposed"


def test_a_plan_is_tried_changed_and_dropped_with_a_reason(place: Place) -> None:
    thing = planned(place)
    move = reverse("care:move", args=[place.circle, thing])
    today = str(readings.today())
    place.ward_client.post(move, {"id": uuid4(), "state": "trying", "since": today})
    new = {"id": uuid4(), "what": "Two kettles", "cost": "little", "cost_words": "£20"}
    place.ward_client.post(reverse("care:replan", args=[place.circle, thing]), new)
    gone = {"id": uuid4(), "state": "dropped", "why": "They boiled dry.", "since": today}
    place.ward_client.post(move, gone)
    page = place.client.get(reverse("care:change", args=[place.circle, thing])).content.decode()
    for words in ("Two kettles", "£20", "Proposed", "Being tried", "They boiled dry."):
        assert words in page


def test_sides_stand_side_by_side_and_only_ones_own_can_be_taken_back(place: Place) -> None:
    thing = planned(place)
    url = reverse("care:speak", args=[place.circle, thing])
    said = {"id": uuid4(), "words": "It was there at six.", "speaks_as": "asked"}
    for _twice in range(2):
        place.client.post(url, said)
    trying.speak(place.nurse, thing, Side("One more thing to unlock.", "staff"))
    mine, theirs = (entry.thing for entry in readings.sides(place.asker, thing))
    page = place.client.get(reverse("care:change", args=[place.circle, thing])).content.decode()
    assert page.count("It was there at six.</p>") == 1
    at = [place.circle, thing]
    assert reverse("care:unsay", args=[*at, mine]) in page
    assert reverse("care:unsay", args=[*at, theirs]) not in page
    assert place.client.get(reverse("care:unsay", args=[*at, theirs])).status_code == 404
    assert place.client.post(reverse("care:unsay", args=[*at, theirs])).status_code == 404
    place.client.post(reverse("care:unsay", args=[*at, mine]))
    assert [one.thing for one in readings.sides(place.nurse, thing)] == [theirs]
    place.client.post(reverse("care:say-again", args=[*at, mine]))
    assert len(readings.sides(place.nurse, thing)) == 2


@pytest.mark.parametrize("bad", [{"words": ""}, {"speaks_as": "staff"}, {"speaks_as": ""}])
def test_a_side_that_does_not_fit_is_shown_again(place: Place, bad: dict[str, str]) -> None:
    thing = planned(place)
    form = {"id": uuid4(), "words": "It was there.", "speaks_as": "asked"} | bad
    answer = place.client.post(reverse("care:speak", args=[place.circle, thing]), form)
    assert answer.status_code == 422
    assert "Please look at this again" in answer.content.decode()
    assert readings.sides(place.nurse, thing) == []
