"""Every page for every kind of viewer: nobody opens what is not for them, or learns that it exists.

For each page of somebody's things the answer to a viewer is held beside the answer to the same
viewer when the ids lead nowhere. Whoever may not open it gets the same, byte for byte, however
they ask; whoever may gets something else.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from kith.base import clock
from kith.people.actions import begin
from kith.people.leaving import erase_me
from kith.people.models import Session
from kith.people.readings import viewer_of
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.nouns import noun_named
from proof.addresses import Place, every_address
from proof.oracle import WHO_MAY
from proof.pairs import Seen, answer
from proof.reach import Reach
from proof.targets import Target, every_target
from proof.village import LATER, Village, undone

pytestmark = pytest.mark.django_db

VIEWERS = {
    "nobody": "nobody",
    "fresh": "S.",
    "owner": "R.",
    "guest": "T.",
    "team": "J.",
    "keeper": "K.",
    "named": "G.",
    "elsewhere": "X.",
    "ended": "ended",
    "erased": "erased",
}
NOWHERE = (UUID(int=0x5EED << 64, version=4), UUID(int=0xF00D << 64, version=4))
"""Ids of nothing."""


@pytest.fixture(scope="module")
def targets(village: Village, reaches: dict[str, Reach]) -> list[Target]:
    return every_target(village, reaches)


@pytest.mark.parametrize("kind", VIEWERS)
def test_who_may_not_open_it_cannot_tell_that_it_exists(
    village: Village, targets: list[Target], kind: str
) -> None:
    wrong, called = [], VIEWERS[kind]
    with seen_by(village, called) as client:
        for target in targets:
            if _ids(target.place):
                wrong += list(_wrong(village, target, called, client))
    assert wrong == []


def _wrong(village: Village, target: Target, called: str, client: Client) -> Iterator[str]:
    """What is not as the oracle says, in a sentence each."""
    place, may, ids = target.place, _may(village, target, called), _ids(target.place)
    told = _told(village, called, client, target, place)
    lost = _told(
        village, called, client, target, place.but(**dict(zip(ids, NOWHERE, strict=False)))
    )
    if may and told == lost and target.data:
        yield f"{called} may open {place.address.route} and is told nothing"
    if not may and told != lost:
        how = _how(told, lost)
        yield f"{called} may not open {place.address.route} of {target.owner} and {how}"
    if not may and len(ids) > 1:
        beside = place.but(**{ids[-1]: NOWHERE[0]})
        if told != _told(village, called, client, target, beside):
            yield f"{called} learns of a part of {place.address.route} of {target.owner}"


def _how(told: list[tuple[Any, ...]], lost: list[tuple[Any, ...]]) -> str:
    """In what an answer tells that something is there."""
    parts = ("status", "headers", "page", "queries")
    found = [
        f"{part} of {way} tells: {a} or {b}"
        if part in ("status", "queries")
        else f"{part} of {way}"
        for way, one, other in zip(("get", "post"), told, lost, strict=True)
        for part, a, b in zip(parts, one, other, strict=True)
        if a != b
    ]
    return "; ".join(found)


def _ids(place: Place) -> list[str]:
    return [gap for gap, told in place.where if isinstance(told, UUID)]


def _may(village: Village, target: Target, called: str) -> bool:
    who, viewer = WHO_MAY[target.place.address.route], village.viewer(called)
    if who == "its own":
        return called == target.owner
    if who in ("guest", "team", "keeper"):
        circle = dict(target.place.where).get("circle", village.ward)
        return viewer.has_part(circle, who)
    return who == "anyone" or (who == "signed in" and viewer.person is not None)


def _told(
    village: Village, called: str, client: Client, target: Target, place: Place
) -> list[tuple[Any, ...]]:
    """What this viewer is answered either way, with the ids that they asked for struck out."""
    told = []
    for way, data in (("get", None), ("post", target.data)):
        with undone():
            told.append(_struck(answer(client, way, place.url, data), place))
            _only_their_own(village.viewer(called))
    village.mend()
    return told


def _struck(seen: Seen, place: Place) -> tuple[Any, ...]:
    ids = [str(told) for _gap, told in place.where]
    pattern = re.compile("|".join(map(re.escape, ids)) or "$^")
    headers = tuple((name, pattern.sub("…", text)) for name, text in seen.headers)
    body = pattern.sub("…", seen.body.decode(errors="replace"))
    return seen.status, headers, re.sub(r'value="\w{64}"', "", body), seen.queries


def _only_their_own(viewer: Viewer) -> None:
    """What a viewer asks for makes records of their own alone, where they have a part."""
    for record in Record.objects.filter(arrived__gte=LATER).exclude(kind="access"):
        assert record.author == viewer.person
        assert record.space == viewer.notebook or viewer.has_part(record.space, "guest")
        first = Record.objects.get(id=record.thing)
        if noun_named(record.kind, record.version).__kept_by__ == "author":
            keeps = record.removed and viewer.has_part(record.space, "keeper")
            assert first.author == viewer.person or keeps


@contextmanager
def seen_by(village: Village, called: str) -> Iterator[Client]:
    """A browser for the block: of one whose session was ended, or who was erased, for these."""
    with clock.stopped_at(LATER), undone():
        client = village.browser("R." if called == "ended" else called)
        if called == "ended":
            Session.objects.filter(session_key=village.cookie("R.")).delete()
        if called == "erased":
            person = begin("E.")
            client.force_login(person)
            erase_me(viewer_of(person))
            village.keep()
        client.get("/")
        yield client
    village.mend()


def test_what_a_device_keeps_is_the_same_for_all(village: Village) -> None:
    for route, who in WHO_MAY.items():
        if who == "the same":
            told = set()
            for kind in ("nobody", "owner", "team"):
                with seen_by(village, VIEWERS[kind]) as client:
                    seen = answer(client, "get", f"/{route}")
                    told.add((seen.status, seen.headers, seen.body))
            assert len(told) == 1, route


@pytest.mark.parametrize("kind", ["nobody", "ended", "erased", "fresh"])
def test_pages_without_ids_ask_who_one_is(village: Village, kind: str) -> None:
    """For those not signed in they are all one page; for others they are not that page."""
    told: dict[str, tuple[int, str]] = {}
    with seen_by(village, VIEWERS[kind]) as client:
        for route, address in every_address().items():
            if not address.gaps and WHO_MAY[route] == "signed in":
                with undone():
                    seen = answer(client, "get", Place(address, ()).url)
                told[route] = (seen.status, _way_in(seen, route))
    answers = set(told.values())
    assert (len(answers) == 1) == (kind != "fresh"), told
    if kind == "fresh":
        assert not any(where for _status, where in answers)


def _way_in(seen: Seen, route: str) -> str:
    """Where one is sent to, or what one is shown, instead of the page."""
    headers = dict(seen.headers)
    sent = headers.get("Location", "").replace(f"/{route}", "…")
    return sent if "next" in sent else ""
