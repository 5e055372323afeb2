"""What R. and T. keep in their own notebooks: a map, moments, practices, a card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kith.maps.actions import add_figure, begin, change
from kith.maps.actions import add_tie as tie
from kith.maps.nouns import Figure
from kith.maps.readings import drawing
from kith.moments.actions import change_practice, make_card, name_practice, note
from kith.moments.nouns import Card, Moment, Practice
from kith.permissions.viewer import Viewer
from kith.sample.cast import as_viewer, id_of
from kith.sample.time import day, days_ago, when

FIGURES = {
    "t": Figure(0.74, 0.3, label="T., mornings", kind="person", colour="walnut", size="large"),
    "m": Figure(0.22, 0.26, label="M., my mum", kind="person", colour="moss"),
    "dog": Figure(0.2, 0.7, label="B., the dog", kind="animal", colour="ink"),
    "gran": Figure(0.48, 0.12, label="Gran", kind="gone", colour="weld"),
    "j": Figure(0.5, 0.86, label="J., key worker", kind="person", colour="woad"),
    "ward": Figure(0.8, 0.72, label="Ward 6", kind="service", colour="ink"),
}
TIES: dict[str, dict[str, object]] = {
    "t": {"words": "Before anyone else is up. We do not have to talk.", "line": "thick"},
    "m": {"words": "She rings every Sunday.", "qualities": ("helps", "hurts")},
    "dog": {"words": "With my neighbour for now.", "line": "thick"},
    "gran": {"words": "She died in spring.", "line": "dashed"},
    "j": {"words": "Does what he says.", "qualities": ("helps",)},
    "ward": {"words": "It keeps me safe, and it keeps me away.", "qualities": ("helps", "hurts")},
}


@dataclass(frozen=True)
class Told:
    """One moment: how many days ago, at what hour, and what it says."""

    days: int
    words: str
    hour: int = 8
    happened: bool = True
    kinds: tuple[str, ...] = ("routine",)
    part_of: str = ""
    more: Mapping[str, object] = field(default_factory=dict)


def tell() -> None:
    """First the map, then what came and went, then a card for the bedside."""
    r = as_viewer("R.")
    with days_ago(80, 15):
        _draw(r)
    _name_practices(r)
    for told in (*_mornings(), *_others()):
        _note(r, told)
    _stand(r)
    with days_ago(5, 16):
        make_card(r, _card(), id=id_of("card"))
    _note(as_viewer("T."), Told(3, "Tea by the window before work. She laughed.", hour=20))


def _draw(r: Viewer) -> None:
    board = begin(r, with_me="me", id=id_of("map"))
    me = drawing(r, board).figures[0].thing
    for name, figure in FIGURES.items():
        add_figure(r, board, figure, id=id_of(f"figure {name}"))
        line = tie(r, board, me, id_of(f"figure {name}"), id=id_of(f"tie {name}"))
        change(r, board, line, **TIES[name])


def _name_practices(r: Viewer) -> None:
    with days_ago(79, 16):
        tea = Practice(
            name="Tea with T. in the morning",
            with_whom=(_figure("t"),),
            rhythm="Most mornings",
            began="For thirty years",
        )
        name_practice(r, tea, id=id_of("tea"))
        call = Practice(name="Sunday call with M.", with_whom=(_figure("m"),), rhythm="Most weeks")
        name_practice(r, call.but(words="It helps, and it is hard."), id=id_of("call"))
        walk = Practice(name="Walking B.", with_whom=(_figure("dog"),), rhythm="Twice a day")
        name_practice(r, walk, id=id_of("walk"))
        name_practice(r, Practice(name="Choir", rhythm="Thursdays"), id=id_of("choir"))


def _stand(r: Viewer) -> None:
    """How each practice stands now, said on the day it changed or soon after."""
    states = (
        ("choir", 60, {"state": "let go", "choice": "mine", "words": "I needed the evening."}),
        ("walk", 21, {"state": "interrupted", "words": "no leave yet"}),
        ("tea", 20, {"state": "interrupted", "arrangements": (id_of("kitchen"),)}),
        ("tea", 9, {"state": "restored", "arrangements": (), "words": "some mornings again"}),
    )
    for name, days, said in states:
        with days_ago(days, 20):
            now = _practice(r, name).but(since="day", **said)
            change_practice(r, id_of(name), now, day=day(days))


def _practice(r: Viewer, name: str) -> Practice:
    from kith.moments.readings import practice

    return practice(r, id_of(name)).noun


def _mornings() -> list[Told]:
    """Tea at home, then no tea, then tea by the window."""
    home = (
        "Tea before anyone else was up.",
        "Tea on the stairs. Rain.",
        "Tea. He burnt the toast.",
    )
    gone = ("No tea. The kitchen opens at seven and T. has to go at half past.", "No tea again.")
    again = ("Tea by the day-room window.", "Tea. We said almost nothing, which is how we talk.")
    locked = {"arrangements": (id_of("kitchen"),)}
    told = [Told(days, home[days // 3 % 3], part_of="tea") for days in range(78, 21, -3)]
    told += [
        Told(days, gone[days % 2], happened=False, part_of="tea", more=locked)
        for days in (20, 18, 17, 14, 11)
    ]
    return told + [Told(days, again[days % 2], part_of="tea") for days in (9, 8, 5, 4)]


def _others() -> list[Told]:
    phone = {"arrangements": (id_of("phones"),)}
    told = [
        Told(days, "M. rang. It helps, and it is hard.", 19, part_of="call")
        for days in (64, 50, 29, 8)
    ]
    missed = "M. rang at handover. My phone was in the office."
    told.append(Told(15, missed, 20, happened=False, part_of="call", more=phone))
    told.append(Told(45, "We danced in the kitchen while the potatoes boiled.", 18, kinds=("own",)))
    told.append(
        Told(12, "J. brought a picture of B. from my neighbour, unasked.", 14, kinds=("impromptu",))
    )
    visit = {"arrangements": (id_of("visiting"),), "and_whom": "T."}
    told.append(
        Told(13, "T. came from work and visiting was over.", 19, happened=False, more=visit)
    )
    return told


def _note(who: Viewer, told: Told) -> None:
    said: dict[str, Any] = {"happened": told.happened, "kinds": told.kinds} | dict(told.more)
    if told.part_of:
        said["part_of"] = (id_of(told.part_of),)
        said["with_whom"] = (_figure("t" if told.part_of == "tea" else "m"),)
    moment = Moment(words=told.words, **said)
    with days_ago(told.days, told.hour + 1):
        name = f"moment {who.me} {told.days} {told.hour}"
        note(who, moment, id=id_of(name), seen_on=when(told.days, told.hour))


def _card() -> Card:
    return Card(
        called="R.",
        practices=(id_of("tea"), id_of("walk")),
        words="Mornings are when I am most myself. If I am quiet then, nothing is wrong.",
    )


def _figure(name: str) -> UUID:
    return id_of(f"figure {name}")
