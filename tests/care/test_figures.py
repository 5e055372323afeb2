"""About how many asked: through the gate, frozen, and withheld under the number."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kith.analysis import gate
from kith.arrangements.actions import add, join
from kith.arrangements.nouns import Arrangement
from kith.base import clock
from kith.care import actions, figures
from kith.care.nouns import Request
from kith.permissions.viewer import Viewer
from world import joined, signed_in, ward

pytestmark = [pytest.mark.django_db, pytest.mark.store]


class Ward:
    def __init__(self) -> None:
        self.keeper, self.circle = ward()
        self.kitchen, self.phones = (self.add(name) for name in ("Kitchen", "Phones"))
        self.asked: list[tuple[Viewer, UUID]] = []

    def add(self, name: str) -> UUID:
        return add(self.keeper, self.circle, Arrangement(name)).thing

    def ask(self, about: UUID, people: int) -> None:
        for _one in range(people):
            who = joined(self.keeper, self.circle, "guest")
            self.asked.append((who, self.send(who, about)))

    def send(self, who: Viewer, about: UUID) -> UUID:
        said = Request("Tea, please", circle=self.circle, arrangement=about)
        kept = actions.write(who, said)
        ends = clock.now() + timedelta(days=20)
        actions.send(who, kept.thing, previewed=kept.id, ends=ends)
        return kept.thing

    def take_back(self) -> None:
        who, thing = self.asked.pop()
        actions.take_back(who, thing)

    def count(self) -> figures.Figures:
        figures.count(self.keeper, self.circle)
        return figures.figures(self.keeper, self.circle)


@pytest.fixture
def here() -> Ward:
    return Ward()


def test_under_the_number_nothing_is_said_and_nothing_kept(here: Ward) -> None:
    here.ask(here.kitchen, 8)
    here.send(here.asked[0][0], here.phones)  # one person twice is one person
    assert here.count().is_bare
    assert figures.counted(here.keeper, here.circle) == []
    client = Client()
    signed_in(client, here.keeper)
    page = client.get(reverse("care:figures", args=[here.circle])).content.decode()
    assert "Talk about it instead" in page and "withheld" in page
    assert reverse("sheets:talk", args=[here.circle]) in page


def test_beyond_it_people_are_counted_rounded_and_all_or_none_is_withheld(here: Ward) -> None:
    here.ask(here.kitchen, 11)
    found = here.count()
    assert found.everyone == 10
    assert dict(found.rows) == {"Kitchen": None, "Phones": None}


def test_what_was_counted_stays_when_one_comes_or_goes(here: Ward) -> None:
    here.ask(here.kitchen, 11)
    before = here.count()
    here.take_back()
    assert here.count() == before
    here.ask(here.kitchen, 2)
    assert here.count() == before
    here.ask(here.phones, 9)
    assert here.count().everyone in (10, 20)


def test_each_figure_is_what_the_gate_says_of_a_table_made_by_hand(here: Ward) -> None:
    """An oracle that knows of people by name, and of arrangements told as one."""
    here.ask(here.kitchen, 10)
    here.ask(here.phones, 6)
    more = here.add("The telephone box")
    here.ask(more, 5)
    join(here.keeper, here.phones, [more])
    found = here.count()
    assert found.everyone == 20
    assert dict(found.rows) == {"Kitchen": 10, "Phones": 10}


def test_under_one_id_it_is_counted_once_and_for_the_team_alone(here: Ward) -> None:
    here.ask(here.kitchen, 11)
    id = uuid4()
    for _twice in range(2):
        figures.count(here.keeper, here.circle, id=id)
    assert len(figures.counted(here.keeper, here.circle)) == 1
    guest = here.asked[0][0]
    assert figures.counted(guest, here.circle) == []
    client = Client()
    signed_in(client, guest)
    assert client.get(reverse("care:figures", args=[here.circle])).status_code == 404


def test_a_count_without_the_gate_is_noticed(here: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrong variant: every month may be counted anew."""
    monkeypatch.setattr(gate, "may_release", lambda *_any: True)
    with pytest.raises(AssertionError):
        test_what_was_counted_stays_when_one_comes_or_goes(here)
