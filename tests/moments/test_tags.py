"""Words that a circle offers for moments: who may, and that nobody learns who uses them."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from kith.base.problems import Invalid, Missing, Refused
from kith.moments import readings
from kith.moments.actions import note
from kith.moments.nouns import Moment, Tag
from kith.moments.tags import actions
from kith.moments.tags.readings import Lately, tags_of, taken_away
from kith.people.actions import invite, join
from kith.permissions.viewer import Viewer
from world import again, signed_in, viewer, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def kitchen() -> tuple[Viewer, Viewer, UUID]:
    """Who looks after a ward, a guest there, and the ward."""
    keeper, circle = ward()
    guest = viewer("R.")
    join(guest, invite(keeper, circle, "guest", 30))
    return again(keeper), again(guest), circle


def words(who: Viewer, circle: UUID) -> list[str]:
    return [entry.noun.word for entry in tags_of(who, circle)]


def test_the_team_offers_words_and_everyone_there_can_use_them(
    kitchen: tuple[Viewer, Viewer, UUID],
) -> None:
    keeper, guest, circle = kitchen
    actions.offer(keeper, circle, Tag("the kettle"))
    actions.offer(keeper, circle, Tag("On the stairs"))
    assert words(guest, circle) == ["On the stairs", "the kettle"]
    assert Lately(guest).tags == ["On the stairs", "the kettle"]
    assert Lately(viewer("S.")).tags == []
    with pytest.raises(Refused):
        actions.offer(guest, circle, Tag("mine"))
    with pytest.raises(Missing):
        actions.offer(viewer("S."), circle, Tag("mine"))
    with pytest.raises(Invalid):
        actions.offer(keeper, circle, Tag("  "))


def test_taken_off_it_stays_on_moments_and_can_be_put_back(
    kitchen: tuple[Viewer, Viewer, UUID],
) -> None:
    keeper, guest, circle = kitchen
    thing = actions.offer(keeper, circle, Tag("the kettle")).thing
    made = note(guest, Moment("Tea", tags=("the kettle",))).thing
    assert actions.take_away(keeper, circle, thing)
    assert actions.take_away(keeper, circle, thing) is None
    assert words(guest, circle) == []
    assert readings.moment(guest, made).noun.tags == ("the kettle",)
    assert [entry.thing for entry in taken_away(keeper, circle)] == [thing]
    with pytest.raises(Refused):
        actions.put_back(guest, circle, thing)
    actions.put_back(keeper, circle, thing)
    assert words(guest, circle) == ["the kettle"]
    with pytest.raises(Missing):
        actions.put_back(keeper, circle, thing)


def test_the_page_of_the_circle_is_the_same_whoever_uses_a_word(
    kitchen: tuple[Viewer, Viewer, UUID],
) -> None:
    keeper, guest, circle = kitchen
    browser, address = Client(), reverse("moments:tags", args=[circle])
    signed_in(browser, keeper)
    browser.post(address, {"id": "5b1e2b0c-5c0f-4b55-8b0e-0a3cf5a4a001", "word": "the kettle"})
    before = browser.get(address).context["tags"], browser.get(f"/together/{circle}/").status_code
    note(guest, Moment("Tea", tags=("the kettle",)))
    assert (browser.get(address).context["tags"], 200) == before
    other = Client()
    signed_in(other, guest)
    page = other.get(address).content.decode()
    assert "the kettle" in page and "Put it on the list" not in page
    assert other.post(address, {"word": "mine"}).status_code == 403
