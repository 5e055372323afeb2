"""Hostile texts through the doors that take JSON: what a device seals, and gestures on a map."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import APIRequestContext, APIResponse

from browser.hostile import TEXTS
from device import NOW, Device, text
from kith.web.sync import MOST
from pictures import A_PICTURE
from proof.forms import Field, forms_on
from proof.pairs import encoded

Body = dict[str, Any]
Write = Callable[[Field], str]


@dataclass(frozen=True)
class Answer:
    """An answer of the server, as a device of the tests reads it."""

    told: APIResponse

    @property
    def status_code(self) -> int:
        return self.told.status

    @property
    def content(self) -> bytes:
        return self.told.body()

    def json(self) -> Any:
        return self.told.json()


@dataclass(frozen=True)
class Line:
    """The way from a device to the server: as the browser that somebody is signed in with."""

    send: APIRequestContext
    address: str

    def get(self, path: str) -> Answer:
        return Answer(self.send.get(self.address + path))

    def put(self, path: str, body: bytes, content_type: str, headers: dict[str, str]) -> Answer:
        told = {"Content-Type": content_type, **headers}
        return Answer(self.send.put(self.address + path, data=body, headers=told))

    def post(self, path: str, body: Body, token: str) -> int:
        told = {"Content-Type": "application/json", "X-CSRFToken": token}
        return self.send.post(self.address + path, data=json.dumps(body), headers=told).status


@dataclass
class Sent:
    """What somebody's device sent: which entries, by their act, and how each was answered."""

    line: Line
    write: Write
    answered: dict[str, list[int]]
    device: Device = field(init=False)

    def __post_init__(self) -> None:
        self.device = Device(self.line)  # type: ignore[arg-type]  # it only gets and puts

    def all(self, said: Iterable[tuple[str, Body]]) -> list[UUID]:
        """Seal and send them; the ids they have."""
        entries = [(act, self.device.keep(act, body)) for act, body in said]
        for at in range(0, len(entries), MOST):
            part = entries[at : at + MOST]
            statuses = self.device.send(*(entry for _act, entry in part))
            for (act, _entry), status in zip(part, statuses, strict=True):
                self.answered.setdefault(act, []).append(status)
        return [entry.id for _act, entry in entries]

    def words(self, most: int) -> list[str]:
        """All texts, as many of them together as fit."""
        told, left = [], sum(len(text) + 1 for text in TEXTS)
        while left > 0:
            told.append(self.write(Field("words", "textarea", most=most))[:most])
            left -= max(len(told[-1]), 1)
        return told


def moments(sent: Sent) -> list[str]:
    """Notes, said anew, and taken away by names that are none. The pages that show them."""
    page = sent.line.get("/notes/write/").content.decode()
    form = next(one for one in forms_on(page, "/notes/write/") if one.action == "/notes/write/")
    bodies = [encoded(form.filled(sent.write, Random(n))) for n in range(len(sent.words(600)))]
    noted = sent.all(("moment.note", body) for body in bodies)
    sent.all(
        ("moment.correct", {**body, "thing": str(id), "seen": str(id)})
        for id, body in zip(noted[::2], reversed(bodies), strict=False)
    )
    tea = {"words": "Tea"}
    sent.all(("moment.note", {**tea, "picture": data, "sound": data}) for data in TEXTS[::8])
    codes = ("kinds", "flow", "felt", "own", "tags", "when", "happened")
    sent.all(("moment.note", {**tea, code: [words]}) for code in codes for words in TEXTS[::20])
    for act in ("moment.remove", "moment.restore"):
        sent.all((act, {"thing": text}) for text in TEXTS)
    return ["/notes/", *(f"/notes/{id}/" for id in noted[:4])]


def map_of_them(sent: Sent) -> list[str]:
    """A map with each text on it; by sealed entries, and by the page's own gestures."""
    (map_id,) = sent.all([("map.begin", {"with_me": TEXTS[0]})])
    figures = [{"x": 0.3, "y": 0.6, "label": text} for text in sent.words(200)]
    drawn = [_gesture(map_id, "figure", body) for body in figures]
    sent.all(("map.draw", gesture) for gesture in drawn)
    ends = {"a": drawn[0]["thing"], "b": drawn[1]["thing"]}
    others = [
        *(("tie", {**ends, "words": text}) for text in sent.words(500)),
        *(("writing", {"x": 0.2, "y": 0.2, "words": text}) for text in sent.words(500)[:20]),
        *(("region", {"points": _ROUND, "label": text}) for text in sent.words(200)[:20]),
        *(("stroke", {"points": [[0.1, 0.1, 1]], "pen": text}) for text in TEXTS[:9]),
    ]
    sent.all(("map.draw", _gesture(map_id, kind, body)) for kind, body in others)
    sent.all(("map.draw", {"map": text, "do": text, "kind": text}) for text in TEXTS)
    for kind, body in [*(("figure", body) for body in figures), *others]:
        told = _gesture(map_id, kind, body)
        told |= {"id": told["thing"], "act": told.pop("do"), "made_at": NOW}
        del told["map"]
        status = sent.line.post(f"/map/{map_id}/keep/", told, sent.device.told["token"])
        sent.answered.setdefault(f"keep {kind}", []).append(status)
    at = f"/map/{map_id}/"
    return [at, f"{at}list/", f"{at}paper/", *_talk(sent, map_id, drawn[0]["thing"])]


_ROUND = [[0.1, 0.1], [0.3, 0.1], [0.2, 0.3]]


def _talk(sent: Sent, map_id: UUID, figure: str) -> list[str]:
    """Words over that map, pictures that are none, and layers beside it."""
    at, picture = {"map": str(map_id)}, text(A_PICTURE)
    said = [{**at, "by": "said", "words": words} for words in sent.words(3000)]
    noted = sent.all(("talk.say", body) for body in said)
    sent.all(
        ("talk.correct", {**body, "thing": str(id)})
        for id, body in zip(noted, reversed(said), strict=True)
    )
    for act in ("photo.lay", "face.give"):
        sent.all((act, {**at, "thing": figure, "picture": data}) for data in (*TEXTS, picture))
        sent.all(
            (act, {**at, "thing": figure, "picture": text(data.encode())}) for data in TEXTS[:20]
        )
    sent.all(("photo.lay", {**at, "picture": picture, "strength": words}) for words in TEXTS[:20])
    sent.all(("layer.begin", {**at, "layer": "other", "name": words}) for words in TEXTS[::6])
    about = {**at, "about": figure}
    sent.all(("perspective.say", {**about, "good": words, "hard": words}) for words in TEXTS)
    return [f"/map/{map_id}/talk/", f"/map/{map_id}/layers/", f"/map/{map_id}/about/{figure}/"]


def _gesture(map_id: UUID, kind: str, body: Body) -> Body:
    thing = str(uuid4())
    return {"map": str(map_id), "do": f"{kind}.add", "kind": kind, "thing": thing, "body": body}


def lines(sent: Sent, act: str, gathering: dict[str, Any]) -> list[str]:
    """Lines at a gathering, by the scribe or from a seat; and taken back by names that are none."""
    where = {"circle": str(gathering["circle"]), "gathering": str(gathering["thing"])}
    sent.all((act, {**where, "words": text, "quote": "on"}) for text in sent.words(3000))
    for other in ("contribution.take-back", "contribution.bring-back"):
        sent.all((other, {"line": text}) for text in TEXTS)
    sent.all((act, {**where, "roles": [text], "themes": [text]}) for text in TEXTS[:20])
    at = f"/meet/{where['circle']}/{where['gathering']}/"
    return [at, f"{at}{act.rpartition('.')[2]}/", f"{at}lines/"]
