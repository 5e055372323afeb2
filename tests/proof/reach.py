"""What each person can open, found as a person finds it: by following links, then by trying.

A page that nobody in the village can come to by either way is in no plan, and a test says so:
give the village what the page needs, or name a way to it in BESIDES.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.test import Client

from kith.records.models import Record
from proof.addresses import Address, Place, place_of
from proof.forms import Form, forms_on, links_on
from proof.village import Village, undone

ENOUGH = 3
"""How many pages of one address are looked at; more of a kind say nothing new."""


@dataclass
class Reach:
    """The pages that one person comes to, by address; what each says, and the forms on it."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    pages: dict[Place, bytes] = field(default_factory=dict)
    forms: dict[Place, list[Form]] = field(default_factory=dict)

    def has(self, place: Place) -> bool:
        return place in self.places.get(place.address.route, ())

    def add(self, place: Place) -> bool:
        known = self.places.setdefault(place.address.route, [])
        if place in known or len(known) >= ENOUGH:
            return False
        known.append(place)
        return True

    def every(self) -> list[Place]:
        return [place for known in self.places.values() for place in known]


def reach_of(village: Village, called: str) -> Reach:
    """All that this person comes to by links and forms. Looking changes nothing."""
    with undone():
        return _by_links(village.browser(called))


def _by_links(client: Client) -> Reach:
    found, waiting = Reach(), ["/"]
    seen = set(waiting)
    while waiting:
        url = waiting.pop(0)
        for link in _open(client, url, found):
            place = place_of(link)
            if place and place.url not in seen and found.add(place):
                seen.add(place.url)
                waiting.append(place.url)
    return found


def _open(client: Client, url: str, found: Reach) -> list[str]:
    """Open a page; keep its forms; say where it leads. One that only takes forms leads nowhere."""
    place = place_of(url)
    answer = client.get(url)
    if place is None or _ends_session(client, answer):
        return []
    found.add(place)
    if answer.status_code == 302:
        return [answer["Location"]]
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return []
    page = answer.content.decode()
    found.pages[place] = answer.content
    found.forms[place] = forms_on(page, place.url)
    return links_on(page, place.url)


def _ends_session(client: Client, answer: Any) -> bool:
    return bool(answer.has_header("Clear-Site-Data"))


def candidates(address: Address) -> Iterator[Place]:
    """Ways to fill the gaps of an address with what there is: a record and what it hangs on."""
    if not address.gaps:
        yield Place(address, ())
        return
    for thing, above, circle in _chains():
        told: list[UUID] = [above, thing] if above else [thing, thing]
        inner = [gap for gap in address.gaps if gap != "circle"]
        filled = dict(zip(inner, told[-len(inner) :] if inner else [], strict=False))
        where = {gap: circle if gap == "circle" else filled.get(gap, thing) for gap in address.gaps}
        if None not in where.values():
            yield Place(address, tuple(where.items()))


def _chains() -> Iterable[tuple[UUID, UUID | None, UUID | None]]:
    """One record of each kind and space: its thing, what it hangs on, and its circle."""
    seen = set()
    for kind, space, thing, parent in Record.objects.order_by("arrived", "id").values_list(
        "kind", "space", "thing", "parent"
    ):
        if (kind, space) not in seen:
            seen.add((kind, space))
            yield thing, parent, space
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.UUIDField) and model is not Record:
            for one in model._default_manager.order_by("pk").values_list("pk", flat=True)[:3]:
                yield one, None, one
