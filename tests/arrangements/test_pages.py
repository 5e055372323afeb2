"""The pages of what gets in the way."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kith.arrangements import actions, readings
from kith.arrangements.nouns import Arrangement, Noticed
from kith.permissions.viewer import Viewer
from world import joined, signed_in, ward

pytestmark = pytest.mark.django_db

KITCHEN = Arrangement("The kitchen is locked", "No hot water.", "the team", "door")


def browser(who: Viewer) -> Client:
    client = Client()
    signed_in(client, who)
    return client


def place() -> tuple[Viewer, UUID, Client, Client]:
    """A keeper, their ward, a browser of the keeper's and one of a guest's."""
    keeper, circle = ward()
    return keeper, circle, browser(keeper), browser(joined(keeper, circle, "guest"))


def test_an_arrangement_is_added_changed_taken_off_and_brought_back() -> None:
    keeper, circle, team, guest = place()
    form = {"id": uuid4(), "name": "The <kitchen>", "sort": "door", "owner": "the team"}
    for _twice in range(2):
        answer = team.post(reverse("arrangements:add", args=[circle]), form)
        assert answer.status_code == 302
    (kept,) = readings.named(keeper)
    at = [circle, kept.thing]
    new = {"id": uuid4(), "name": "The kitchen until ten", "sort": "time"}
    team.post(reverse("arrangements:change", args=at), new)
    page = guest.get(reverse("arrangements:one", args=at)).content.decode()
    assert "The kitchen until ten" in page and "The &lt;kitchen&gt;" in page
    assert "No hot water" not in page
    assert team.get(reverse("arrangements:take-away", args=at)).status_code == 200
    assert len(readings.named(keeper)) == 1
    for _twice in range(2):
        assert team.post(reverse("arrangements:take-away", args=at)).status_code == 302
    assert readings.named(keeper) == []
    every = reverse("arrangements:every", args=[circle])
    assert "Taken off the list" in team.get(every).content.decode()
    assert "until ten" not in guest.get(every).content.decode()
    team.post(reverse("arrangements:bring-back", args=at))
    assert "until ten" in guest.get(every).content.decode()


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"name": " "}, "id_name_error"),
        ({"name": "x" * 121}, "id_name_error"),
        ({"sort": "person"}, "id_sort_error"),
    ],
)
def test_a_bad_field_is_named_and_what_was_written_is_still_there(
    bad: dict[str, str], told: str
) -> None:
    keeper, circle, team, _guest = place()
    form = {"id": uuid4(), "name": "The kitchen", "sort": "door", "owner": "Night team"} | bad
    answer = team.post(reverse("arrangements:add", args=[circle]), form)
    assert answer.status_code == 422
    assert told in answer.content.decode() and "Night team" in answer.content.decode()
    assert readings.named(keeper) == []


def test_a_line_of_the_team_is_without_a_name_and_not_for_guests() -> None:
    keeper, circle, team, guest = place()
    thing = actions.add(keeper, circle, KITCHEN).thing
    form = {"id": uuid4(), "words": "People queue at seven.", "arrangement": str(thing)}
    for _twice in range(2):
        team.post(reverse("arrangements:notice", args=[circle]), form)
    (line,) = readings.noticed(keeper, circle)
    for name, at in (("every", [circle]), ("one", [circle, thing])):
        url = reverse(f"arrangements:{name}", args=at)
        shown = team.get(url).content.decode()
        assert "People queue" in shown and str(keeper.person) not in shown
        assert "People queue" not in guest.get(url).content.decode()
    nurse = browser(joined(keeper, circle, "team"))
    away = reverse("arrangements:unnotice", args=[circle, line.thing])
    assert away not in nurse.get(reverse("arrangements:every", args=[circle])).content.decode()
    assert nurse.post(away).status_code == 404
    team.post(away)
    assert readings.noticed(keeper, circle) == []


def test_a_guest_finds_no_way_to_change_anything() -> None:
    keeper, circle, _team, guest = place()
    thing = actions.add(keeper, circle, KITCHEN).thing
    for name in ("change", "take-away", "bring-back"):
        url = reverse(f"arrangements:{name}", args=[circle, thing])
        assert guest.get(url).status_code == guest.post(url).status_code == 404
        assert (
            url not in guest.get(reverse("arrangements:one", args=[circle, thing])).content.decode()
        )


def test_an_arrangement_is_not_found_through_another_circle() -> None:
    keeper, circle, _team, _guest = place()
    other, elsewhere = ward("Ward 7")
    thing = actions.add(keeper, circle, KITCHEN).thing
    assert (
        browser(other).get(reverse("arrangements:one", args=[elsewhere, thing])).status_code == 404
    )
    assert browser(other).get(reverse("arrangements:one", args=[circle, thing])).status_code == 404


def test_the_sheet_names_arrangements_and_ends_in_something_to_try() -> None:
    keeper, circle, team, _guest = place()
    actions.add(keeper, circle, KITCHEN)
    actions.notice(keeper, circle, Noticed("People queue."))
    sheet = team.get(reverse("arrangements:talk", args=[circle])).content.decode()
    assert KITCHEN.name in sheet and "at no cost" in sheet
    assert "People queue." not in sheet
