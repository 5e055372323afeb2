"""What devices of the village send in the paired worlds: real entries, sealed for the intake.

What is sealed is never the same twice, so each entry is sealed once and the very same bytes go out
in both worlds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from device import Device, text
from kith.records.models import Record
from pictures import A_PICTURE, A_SOUND
from proof.secrets import HEARD_OF
from proof.village import LATER, Village

Said = tuple[str, dict[str, Any]]
"""The name of an act, and what an entry says to it."""
Ask = Callable[[str, Callable[[], HttpResponse]], Any]


@dataclass
class Sending:
    """One time that somebody's device sends what it holds: once more, as after a lost answer."""

    said: list[Said]
    word: str
    sealed: list[Any] = field(default_factory=list)

    def by(self, client: Client, ask: Ask) -> list[Any]:
        """Send it; what `ask` made of each answer."""
        told = Random(self.word)
        device = Device(client, _id(told))
        answers = [ask("get /keep/", lambda: _learnt(device))]
        if not device.told:
            return answers
        self._seal(device, told)
        items = [entry.item() for entry in self.sealed]
        answers += [ask("put /keep/", lambda: device.put(*items)) for _time in range(2)]
        return [*answers, ask("get /keep/…/", lambda: client.get(f"/keep/{device.id}/"))]

    def _seal(self, device: Device, told: Random) -> None:
        if not self.sealed:
            made_at = LATER.isoformat()
            for act, body in self.said:
                device.keep(act, body, id=_id(told), made_at=made_at)
            self.sealed = device.entries


def _learnt(device: Device) -> HttpResponse:
    answer = device.client.get("/keep/")
    device.told = answer.json() if answer.status_code == 200 else {}
    return answer


_MORE = {
    "words": "Tea, and more to say.", "happened": "no", "when": "about", "day": "2026-11-01",
    "felt": ["glad", "sad"], "flow": ["given"], "own": ["money", "felt"],
    "picture": text(A_PICTURE), "sound": text(A_SOUND),
}  # fmt: skip


def sayings(village: Village, called: str) -> tuple[list[Said], list[Said]]:
    """What a device of this person could send: into their own notebook, and into their circles."""
    return list(_own(village, called)), list(_in_circles(village, called))


def _own(village: Village, called: str) -> Iterator[Said]:
    notebook = village.viewer(called).notebook
    yield "moment.note", {"words": f"Noted away from here, {called}"}
    yield "moment.note", {**_MORE, "place": f"Where {called} was", "new_tags": f"{called}, tea"}
    yield "map.begin", {"with_me": called}
    for of, thing in _things(notebook, "moment", "map"):
        if of == "map":
            yield "map.draw", _figure(thing)
        else:
            yield "moment.correct", {"thing": str(thing), "seen": str(thing), "words": "Anew."}
            yield "moment.remove", {"thing": str(thing)}
            yield "moment.restore", {"thing": str(thing)}
    ties = Record.objects.filter(space=notebook, kind="tie").order_by("arrived", "id")
    for about, board in ties.values_list("thing", "parent")[:1]:
        yield "perspective.say", _answers(board, about)
    yield "perspective.say", _answers(HEARD_OF, HEARD_OF)
    # What was heard of: it is the other's, or it is not there.
    yield "moment.remove", {"thing": str(HEARD_OF)}
    yield "moment.correct", {"thing": str(HEARD_OF), "seen": str(HEARD_OF), "words": "Mine?"}
    yield "map.draw", _figure(HEARD_OF)
    yield "contribution.take-back", {"line": str(HEARD_OF)}


def _in_circles(village: Village, called: str) -> Iterator[Said]:
    for circle in village.viewer(called).circles():
        for _kind, thing in _things(circle, "gathering"):
            where = {"circle": str(circle), "gathering": str(thing)}
            yield "contribution.say", {**where, "words": f"From a seat, {called}", "quote": "on"}
            yield "contribution.write", {**where, "words": "As the scribe.", "roles": ["nurse"]}


def _things(space: UUID | None, *kinds: str) -> list[tuple[str, UUID]]:
    found = Record.objects.filter(space=space, kind__in=kinds).order_by("arrived", "id")
    return list(dict.fromkeys(found.values_list("kind", "thing")))


def _figure(on: UUID) -> dict[str, Any]:
    body = {"x": 0.4, "y": 0.4, "label": "From a device"}
    thing = str(_id(Random(f"figure on {on}")))
    return {"map": str(on), "do": "figure.add", "kind": "figure", "thing": thing, "body": body}


def _answers(board: UUID, about: UUID) -> dict[str, Any]:
    answers = {"good": "From a device", "hard": "", "hard_stands": "unsure"}
    return {"map": str(board), "about": str(about), **answers}


def _id(told: Random) -> UUID:
    return UUID(int=told.getrandbits(128), version=4)
