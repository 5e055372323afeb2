"""Nothing changes anything without the token that stands on the person's own pages.

Every address is asked in every way that could change something, with what its owner could send
there, once without a token and once with one that another person's page carries.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from kith.base import clock
from proof.addresses import every_address
from proof.pairs import encoded
from proof.reach import Reach
from proof.targets import Target, every_target
from proof.village import LATER, Village, undone

pytestmark = pytest.mark.django_db
WAYS = ("post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def targets(village: Village, reaches: dict[str, Reach]) -> list[Target]:
    return every_target(village, reaches)


@pytest.fixture
def anothers(village: Village) -> str:
    """A token that stands on a page of X.'s."""
    with clock.stopped_at(LATER), undone():
        return _token(village.browser("X."))


def _token(client: Client) -> str:
    return str(client.get("/keep/").json()["token"])


def _strict(village: Village, called: str) -> Client:
    """This person's browser, as strict as it really is."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = village.browser(called).cookies
    client.get("/keep/")  # so that a token of their own waits in it
    return client


def _taken(village: Village, target: Target, token: str) -> Iterator[str]:
    """In which ways this page takes what was forged."""
    route = target.place.address.route
    with undone():
        client = _strict(village, target.owner)
        before = _all_that_is_kept()
        for way, told in product(WAYS, ({}, {"X-CSRFToken": token})):
            status = _send(client, way, target, told)
            if status != 403:
                yield f"{way} {route}: {status}"
        if _all_that_is_kept() != before:
            yield f"{route}: something changed"


def _send(client: Client, way: str, target: Target, told: dict[str, str]) -> int:
    body: dict[str, Any] = {"data": encoded(target.data)}
    if way != "post":
        body = {"data": b"{}", "content_type": "application/json"}
    return int(getattr(client, way)(target.place.url, **body, headers=told).status_code)


def _all_that_is_kept() -> list[tuple[str, Any]]:
    """What there is of each kind, the ledger's lines too."""
    return [
        (model.__name__, list(model._default_manager.order_by("pk").values_list("pk", flat=True)))
        for model in apps.get_models()
    ]


def test_every_address_refuses_what_is_forged(
    village: Village, targets: list[Target], anothers: str
) -> None:
    assert {target.place.address.route for target in targets} == set(every_address())
    with clock.stopped_at(LATER):
        wrong = [one for target in targets for one in _taken(village, target, anothers)]
    assert wrong == []


def test_with_a_token_of_ones_own_it_is_as_without_this_check(
    village: Village, targets: list[Target]
) -> None:
    """So that the refusals above are for no other reason."""
    told: dict[str, list[int]] = {}
    with clock.stopped_at(LATER):
        for target in targets:
            for client in (_strict(village, target.owner), village.browser(target.owner)):
                with undone():
                    token = {"X-CSRFToken": _token(client)}
                    status = _send(client, "post", target, token)
                    told.setdefault(target.place.address.route, []).append(status)
                village.mend()
    assert {route: both for route, both in told.items() if both[0] != both[1]} == {}
    assert sum(both[0] == 403 for both in told.values()) < len(told) / 4


@pytest.mark.parametrize("route", ["notes/write/", "keep/", "me/erase/now/"])
def test_a_page_that_asks_for_no_token_is_caught(
    monkeypatch: pytest.MonkeyPatch, village: Village, targets: list[Target], anothers: str,
    route: str,
) -> None:  # fmt: skip
    target = next(one for one in targets if one.place.address.route == route)
    monkeypatch.setattr(target.place.address.view, "csrf_exempt", True, raising=False)
    with clock.stopped_at(LATER):
        assert list(_taken(village, target, anothers))
    village.mend()
