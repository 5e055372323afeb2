"""Half a year of a couple: R. and T., each in their own notebook, before the ward and through it.

Nothing happened on most days, and a blank day says nothing. Both see the same months otherwise:
practices stop for a night shift, a tired back, a locked door, and some come back.
"""

from typing import Any
from uuid import UUID

from kith.maps import actions as maps
from kith.maps.bonds import actions as bonds
from kith.maps.nouns import Figure, Region, Said, Shape
from kith.maps.readings import drawing
from kith.moments.actions import change_practice, name_practice, note
from kith.moments.nouns import Moment, Practice
from kith.moments.plans import actions as plans
from kith.moments.readings import practice
from kith.permissions.viewer import Viewer
from kith.reports.letter.actions import write as write_letter
from kith.reports.nouns import Letter
from kith.sample.cast import as_viewer, id_of
from kith.sample.home_story import FIGURES
from kith.sample.time import day, days_ago, when

Line = tuple[int, int, str, dict[str, Any]]
"""How many days ago, at what hour, the words, and what else the moment says."""
T, DOG, M = (id_of(f"figure {name}") for name in ("t", "dog", "m"))
OURS: dict[str, Any] = {"with_whom": (T,), "flow": ("shared",)}
NO: dict[str, Any] = {"happened": False}

R_NOTED: tuple[Line, ...] = (
    (178, 20, "Danced while the radio was on. He leads badly and knows it.",
     OURS | {"kinds": ("own",), "felt": ("glad", "close"), "place": "the kitchen"}),
    (171, 20, "Friday. One song, then the dishes.", OURS | {"kinds": ("own", "routine")}),
    (164, 20, "Friday. T. had a shift.", NO | OURS | {"own": ("time",), "felt": ("sad",)}),
    (163, 9, "He left a note on the bread.",
     {"with_whom": (T,), "flow": ("received",), "kinds": ("impromptu",), "felt": ("warm",)}),
    (157, 20, "Friday. A shift again.", NO | OURS | {"own": ("time",)}),
    (150, 11, "By the canal with B. and T. It rained and nobody minded.",
     {"with_whom": (T, DOG), "kinds": ("routine",), "felt": ("glad", "tired"), "place": "canal"}),
    (143, 11, "The canal. We argued as far as the bridge, and held hands on the way back.",
     {"with_whom": (T, DOG), "kinds": ("routine",), "felt": ("angry", "close")}),
    (136, 11, "No canal. His back.", NO | {"with_whom": (T, DOG), "own": ("health",)}),
    (129, 20, "He came home early and we danced in our coats.",
     OURS | {"kinds": ("own", "impromptu"), "felt": ("glad",), "helped": "a swapped shift"}),
    (122, 20, "Friday again. The neighbours know the song by now.", OURS | {"kinds": ("own",)}),
    (115, 11, "The canal, slowly. He asked how I sleep. I said well.",
     {"with_whom": (T, DOG), "kinds": ("routine",), "felt": ("close", "alone")}),
    (108, 15, "I cut his hair. It is not straight.",
     {"with_whom": (T,), "flow": ("given",), "kinds": ("own",), "about_then": "about"}),
    (101, 20, "Friday. I did not want to, and he did not ask why.",
     NO | OURS | {"own": ("felt",), "felt": ("sad", "safe")}),
    (94, 9, "He rang the surgery for me, and waited on the line with his hand on my back.",
     {"with_whom": (T,), "flow": ("received",), "kinds": ("impromptu",),
      "felt": ("safe", "afraid")}),
    (87, 19, "Gran’s birthday. M. brought the cake and we all cried a bit.",
     {"with_whom": (T, M), "kinds": ("own",), "felt": ("sad", "warm"), "place": "M.’s flat"}),
    (2, 19, "T. came at seven. We danced in the corridor, without the radio.",
     OURS | {"kinds": ("own",), "felt": ("glad", "sad"), "helped": "the later visiting hour"}),
)  # fmt: skip
T_NOTED: tuple[Line, ...] = (
    (171, 21, "We danced. She laughed at my feet.", {"and_whom": "R.", "felt": ("glad",)}),
    (164, 22, "Late shift. I thought of the radio.", NO | {"and_whom": "R.", "own": ("time",)}),
    (143, 20, "We quarrelled about money and it was not about money.",
     {"and_whom": "R.", "felt": ("angry", "close"), "place": "by the canal"}),
    (129, 21, "Swapped a shift. Danced in our coats.",
     {"and_whom": "R.", "kinds": ("own",), "helped": "my mate at work", "felt": ("glad",)}),
    (101, 21, "She was far away tonight. I did not ask.",
     {"and_whom": "R.", "felt": ("alone",), "in_the_way": "I never know how to ask"}),
    (94, 20, "Held the line for her. Forty minutes.", {"and_whom": "R.", "flow": ("given",)}),
    (20, 8, "Two cups out of habit.", {"felt": ("sad",), "place": "the kitchen"}),
    (19, 20, "First visit. We sat under the clock.",
     {"and_whom": "R.", "felt": ("close", "tense"), "in_the_way": "visits end at half past six"}),
    (13, 19, "The bus was late and the door was shut.",
     NO | {"and_whom": "R.", "own": ("distance",), "in_the_way": "the visiting hour"}),
    (16, 21, "Walked her dog with the neighbour. Told B. the news.", {"felt": ("calm",)}),
    (9, 21, "Tea by the window. She poured.",
     {"and_whom": "R.", "flow": ("received",), "felt": ("glad", "tired")}),
)  # fmt: skip
PLAN = id_of("plan")
ROOMS = {
    "Day room": (0.06, 0.06, 0.52, 0.46),
    "Kitchen": (0.58, 0.06, 0.94, 0.34),
    "Corridor": (0.06, 0.5, 0.94, 0.64),
    "My room": (0.06, 0.68, 0.42, 0.94),
}
SEEN: dict[str, tuple[int, dict[str, Said]]] = {
    "spring": (175, {"good": Said("answered", "She knows when I lie."),
                     "hard": Said("answered", "She knows when I lie."),
                     "pleasant": Said("answered", "Yes."), "lasting": Said("answered", "Yes.")}),
    "autumn": (17, {"given": Said("answered", "I keep the flat as it was."),
                    "received": Said("cannot-tell"), "hard": Said("rather-not"),
                    "pleasant": Said("depends", "When they let us sit."),
                    "lasting": Said("answered", "Yes. That is not the question.")}),
    "now": (3, {"given": Said("answered", "I come when the door is open."),
                "received": Said("answered", "She pours the tea."),
                "often": Said("answered", "Most days now."), "pleasant": Said("unsure"),
                "lasting": Said("answered", "Yes.")}),
}  # fmt: skip
"""How T. sees the two of them, on three days: neither better nor worse, only at another time."""

LETTER = Letter(
    to="the manager of Ward 6",
    matters="Our quarter of an hour in the morning. In the evening, sitting with her until she is"
    " tired.",
    in_the_way="Visiting ends at half past six. I finish work at six, and the bus takes forty"
    " minutes.",
    would_help="One later evening a week, any evening. I can ring ahead.",
    signed="T., R.’s partner",
)
"""Not sent by Kith: T. prints it, or reads it out."""


def tell() -> None:
    """Each side by itself; nothing of it is shown to the other."""
    r, t = as_viewer("R."), as_viewer("T.")
    _name_ours(r)
    _note_all(r, R_NOTED)
    _walk_through(r)
    _note_all(t, T_NOTED)
    _as_t_sees_it(t)
    _on_the_plan(r)
    with days_ago(2, 22):
        write_letter(t, LETTER, id=id_of("letter"))


def _name_ours(r: Viewer) -> None:
    with days_ago(177, 21):
        dance = Practice(name="Dancing on Fridays", with_whom=(T,), rhythm="One song a week")
        name_practice(r, dance, id=id_of("dance"))
        canal = Practice(name="The canal", with_whom=(T, DOG), rhythm="Sundays", began="For years")
        name_practice(r, canal, id=id_of("canal"))


def _walk_through(r: Viewer) -> None:
    """How the two of them went: broken off and back, and broken off once more."""
    shift, back = "his late shifts", "T.’s back"
    states: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("dance", 164, {"state": "interrupted", "words": shift}),
        ("canal", 136, {"state": "interrupted", "words": back}),
        ("dance", 129, {"state": "restored", "words": "a swapped shift"}),
        ("canal", 115, {"state": "restored", "words": "slowly"}),
        ("dance", 21, {"state": "interrupted", "words": "I am on the ward"}),
        ("canal", 21, {"state": "interrupted", "arrangements": (id_of("leave"),), "words": ""}),
        ("dance", 2, {"state": "restored", "words": "in the corridor"}),
    )
    for name, days, said in states:
        with days_ago(days, 22):
            now = practice(r, id_of(name)).noun.but(since="day", arrangements=())
            change_practice(r, id_of(name), now.but(**said), day=day(days))


def _note_all(who: Viewer, lines: tuple[Line, ...]) -> None:
    for days, hour, words, said in lines:
        with days_ago(days, hour + 1):
            moment = Moment(words=words, **said)
            note(who, moment, id=_id(who, days, hour), seen_on=when(days, hour))


def _as_t_sees_it(t: Viewer) -> None:
    """T.'s own small map, and how he sees the two of them on three days."""
    board, r_here = id_of("map of T."), id_of("R. for T.")
    with days_ago(176, 20):
        maps.begin(t, with_me="me", id=board)
        me = drawing(t, board).figures[0].thing
        maps.add_figure(t, board, Figure(0.76, 0.24, label="R.", kind="person"), id=r_here)
        maps.add_figure(t, board, FIGURES["dog"].but(label="B."), id=id_of("B. for T."))
        maps.add_tie(t, board, me, r_here, id=id_of("tie R. for T."))
    for days, told in SEEN.values():
        with days_ago(days, 21):
            bonds.say(t, board, r_here, told)


def _on_the_plan(r: Viewer) -> None:
    """The ward as R. drew its floor, with some of her moments where they were."""
    with days_ago(14, 16):
        plans.begin(r, "Ward 6", id=PLAN)
        for name, room in ROOMS.items():
            maps.add(r, PLAN, Region(_walls(*room), label=name))
        maps.add(r, PLAN, Shape("arrow", 0.88, 0.78, 0.97, 0.78))
    with days_ago(1, 12):
        for days, hour, place in ((2, 19, (0.5, 0.57)), (4, 8, (0.2, 0.2)), (5, 8, (0.24, 0.3))):
            plans.put(r, PLAN, _id(r, days, hour), place)
        plans.put(r, PLAN, _id(r, 11, 8), (0.72, 0.2))


def _walls(x: float, y: float, x2: float, y2: float) -> tuple[tuple[float, float], ...]:
    """The four walls of a room, as a hand draws them: close points, from the middle of the top."""
    across, down = x2 - x, y2 - y
    steps = [step / 8 for step in range(8)]
    top = [(x + across * part, y) for part in steps]
    right = [(x2, y + down * part) for part in steps]
    bottom = [(x2 - across * part, y2) for part in steps]
    left = [(x, y2 - down * part) for part in steps]
    return (*top[4:], *right, *bottom, *left, *top[:4])


def _id(who: Viewer, days: int, hour: int) -> UUID:
    return id_of(f"moment {who.me} {days} {hour}")
