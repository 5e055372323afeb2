"""Paired worlds: the same village twice, differing only in what another person did out of sight.

A pair is told from its number. Some steps are the same in both worlds: people do what stands on
their pages, and the one who looks opens pages and sends forms. Between them, in each world apart,
the other person does things that the one who looks has no right to see. All that the one who
looks is answered must be the same, byte for byte, after the same number of queries.

What is the same can be told in more than two worlds: then each two of them are a pair, and all of
them are equal when each equals the first.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client

from kith.base import clock
from kith.base.problems import Problem
from kith.people.models import Person
from kith.permissions.models import Trio
from kith.permissions.nouns import Access
from kith.permissions.pairs import given_by_reveals
from kith.permissions.scope import rows_to
from kith.records.models import Record
from kith.records.nouns import all_nouns
from proof.addresses import Place, every_address
from proof.forms import Data, Field, Form, forms_on
from proof.reach import Reach
from proof.secrets import ACTS, HEARD_OF, two_lines
from proof.sendings import Sending, sayings
from proof.village import LATER, Fate, Village, block, undone

T = TypeVar("T")
PEERS = (
    ("T.", "R."), ("J.", "R."), ("K.", "R."), ("X.", "R."), ("S.", "R."), ("G.", "R."),
    ("R.", "T."), ("R.", "J."), ("T.", "J."), ("O.", "R."),
)  # fmt: skip
"""Who looks, and who has something to hide: partners, strangers, and staff beside a patient."""


@dataclass(frozen=True)
class Seen:
    """One answer, and what it took. Two of them are the same or something leaked."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int


@dataclass
class World:
    """The village under one telling: whoever acts has a browser of their own."""

    village: Village
    fate: Fate
    looks: str
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, called: str) -> Client:
        return self.browsers.setdefault(called, self.village.browser(called))


Step = Callable[[World], list[Seen]]
"""One thing that happens in a world: what the one who looks is answered by it."""


@dataclass(frozen=True)
class Pair:
    """Two tellings or more: common steps and, before each, what happens in one world alone."""

    number: int
    looks: str
    hides: str
    routes: tuple[str, ...]
    tellings: tuple[Sequence[tuple[str, Step]], ...]


class Teller:
    """Makes pairs out of what each person of the village comes to."""

    def __init__(self, village: Village, reaches: dict[str, Reach]) -> None:
        self.village, self.reaches = village, reaches
        self.routes = sorted(every_address())
        self.acts = {called: list(_acts(reach)) for called, reach in reaches.items()}
        with clock.stopped_at(LATER):  # a pair is the same on whatever day it is told
            self.out_of_sight = {peers: self._out_of_sight(*peers) for peers in PEERS}
            self.sayings = {called: sayings(village, called) for called in village.people}

    def pair(self, number: int, pages: int = 5, worlds: int = 2) -> Pair:
        looks, hides = PEERS[number % len(PEERS)]
        told = Random(f"pair {number}")
        routes = self.turn(number, pages)
        visits = [self._visit(told, looks, hides, route) for route in routes]
        shared = [self._shared(told, called) for called in (looks, "K.")]
        device = self._sends(told, looks)
        common = [*shared[:1], *visits[: pages // 2], *shared[1:], device, *visits[pages // 2 :]]
        apart = [("one", 0.0), ("other", 0.7), *((f"world {n}", 0.0) for n in range(2, worlds))]
        return Pair(number, looks, hides, tuple(routes), tuple(
            list(self._woven(common, Random(f"{world} {number}"), looks, hides, idle))
            for world, idle in apart
        ))  # fmt: skip

    def turn(self, number: int, pages: int) -> list[str]:
        """The addresses whose turn it is: each person's turns go round all of them."""
        at = number // len(PEERS) * pages + number % len(PEERS) * 7
        return [self.routes[(at + step) % len(self.routes)] for step in range(pages)]

    def _woven(
        self, common: Sequence[Step], told: Random, looks: str, hides: str, idle: float
    ) -> Iterator[tuple[str, Step]]:
        """`idle` is how likely the other person does nothing at all in this world."""
        active = told.random() >= idle
        late = told.random() < 0.5
        yield "common lines", lambda world: two_lines(world.village, late)
        for number, step in enumerate(common):
            if active and told.random() < 0.5:
                yield f"apart {told.random()}", self._hidden(told, looks, hides)
            yield f"common {number}", step

    def _shared(self, told: Random, called: str) -> Step:
        (_place, form), word = told.choice(self.acts[called]), f"shared {told.random()}"
        return lambda world: _seen(world, called, _do(world, called, form, word))

    def _sends(self, told: Random, called: str) -> Step:
        """A device of theirs sends some of what it could hold; into circles, too, at times."""
        own, in_circles = self.sayings[called]
        choice = own + in_circles if told.random() < 0.5 else own
        said = [told.choice(choice) for _entry in range(told.randint(1, 4))]
        sending = Sending(said, f"device {told.random()}")
        return lambda world: sending.by(world.browser(called), seen_by)

    def _hidden(self, told: Random, looks: str, hides: str) -> Step:
        if told.random() < 0.4:
            act = told.choice(ACTS)
            return lambda world: _apart(world, lambda: act(world.village, hides, looks))
        if told.random() < 0.2:
            sends = self._sends(told, hides)
            return lambda world: _apart(world, lambda: sends(world))
        form, word = told.choice(self.out_of_sight[looks, hides]), f"hidden {told.random()}"
        return lambda world: _apart(world, lambda: _do(world, hides, form, word))

    def _out_of_sight(self, looks: str, hides: str) -> list[Form]:
        """What stands on the pages of the one who hides, and is none of the other's business."""
        viewer, shown = self.village.viewer(looks), _shown(self.village, looks)
        return [form for place, form in self.acts[hides] if is_hidden(viewer, place, form, shown)]

    def _visit(self, told: Random, looks: str, hides: str, route: str) -> Step:
        mine = self.reaches[looks].places.get(route, [])
        others = [p for reach in self.reaches.values() for p in reach.places.get(route, [])]
        known = mine if mine and told.random() < 0.7 else others
        place = told.choice(known) if known else self._besides(route)
        if place.address.gaps and told.random() < 0.2:
            place = place.but(**{place.address.gaps[-1]: HEARD_OF})
        sends, word = told.random() < 0.4, f"visit {told.random()}"
        posts = [form for _page, form in self.acts[hides] + self.acts[looks] if _goes(form, place)]
        blind = told.choice(posts) if posts and told.random() < 0.5 else None
        return lambda world: _look(world, place, blind, sends, word)

    def _besides(self, route: str) -> Place:
        address = every_address()[route]
        where = self.village.besides.get(route, {})
        return Place(address, tuple((gap, where.get(gap, HEARD_OF)) for gap in address.gaps))


def tell(village: Village, fate: Fate, pair: Pair, which: int) -> list[Seen]:
    """Let one telling happen, say what the one who looks was answered, and undo it all."""
    seen: list[Seen] = []
    cache.clear()
    with undone():
        world = World(village, fate, pair.looks)
        at = LATER
        for word, step in pair.tellings[which]:
            at += timedelta(minutes=3) * word.startswith("common")
            fate.of(f"{pair.number} {word}")
            with clock.stopped_at(at):
                seen += step(world)
    village.mend()
    return seen


def differences(one: Sequence[Seen], other: Sequence[Seen]) -> list[str]:
    """In what two tellings differ for the one who looks; empty when nothing leaked."""
    told = []
    if len(one) != len(other):
        told.append(f"what could be asked differs: {len(one)} or {len(other)} answers")
    for a, b in zip(one, other, strict=False):
        for name in ("asked", "status", "headers", "queries"):
            if getattr(a, name) != getattr(b, name):
                told.append(f"{a.asked}: {name} {getattr(a, name)} or {getattr(b, name)}")
        if a.body != b.body:
            told.append(f"{a.asked}: {_first_difference(a.body, b.body)}")
    return told


def is_hidden(viewer: Any, place: Place, form: Form, shown: set[object]) -> bool:
    """Whether what this form does is none of the viewer's business.

    What one does in one's own notebook is; what one does in a circle is if the viewer has no part
    there, or it is for the team and they are not on it. Not what is about a thing shown to them.
    """
    where = dict(place.where)
    if shown & set(where.values()):
        return False
    if "circle" not in where:
        return place.address.rule in ("signed_in", "anyone")
    part = "team" if place.address.route in FOR_THE_TEAM else "guest"
    return not viewer.has_part(where["circle"], part)


FOR_THE_TEAM = ("place/<uuid:circle>/line/", "asks/at/<uuid:circle>/<uuid:thing>/")
"""Pages on which the team writes what guests do not see, though they are in the circle."""


def _acts(reach: Reach) -> Iterator[tuple[Place, Form]]:
    for place, forms in reach.forms.items():
        for form in forms:
            yield place, form


def _goes(form: Form, place: Place) -> bool:
    return form.action.split("?")[0] == place.url


def _apart(world: World, act: Callable[[], object]) -> list[Seen]:
    """Something out of sight. If it shows the one who looks anything, it does not happen."""

    def shown() -> set[object]:
        return _shown(world.village, world.looks)

    keys = world.village.keys()
    with block():
        with _before_writing(shown) as before, suppress(Problem):
            act()
        again = before != [] and before != [shown()]
        transaction.set_rollback(again)
    if again:
        world.village.mend(keys)
    return []


@contextmanager
def _before_writing(found: Callable[[], T]) -> Iterator[list[T]]:
    """What was found just before the block wrote anything; empty if it only read."""
    before: list[T] = []
    asking = False

    def run(execute: Any, sql: str, *arguments: Any) -> Any:
        nonlocal asking
        if not before and not asking and not sql.startswith(READS):
            asking = True
            before.append(found())
        return execute(sql, *arguments)

    with connection.execute_wrapper(run):
        yield before


READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


def _shown(village: Village, looks: str) -> set[object]:
    """What is shown to this person right now: by grants and reveals, and in their circles.

    Who shows something shows with it how they are called; who works in a circle and looks shows
    that and when.
    """
    viewer, now = village.viewer(looks), clock.now()
    granted = list(rows_to(viewer, now, Q())) if viewer.person else []
    rows = [(row.id, row.thing) for row in granted]
    givers = Person.objects.filter(id__in=[row.giver for row in granted])
    revealed = [given.thing for given in given_by_reveals(viewer, now) if given.in_force(now)]
    here = Q(space__in=viewer.circles("team")) | Q(
        space__in=viewer.circles(), kind__in=_for_guests()
    )
    here |= Q(space=viewer.notebook, kind=Access.__kind__)
    shown = {one for row in rows for one in row} - {None} | set(revealed)
    of_three = Trio.objects.filter(Q(third=viewer.person) | Q(starter=viewer.person))
    asked = of_three.values_list("id", "opens", "ends", "stopped") if viewer.person else []
    called = [(one.id, one.called) for one in givers]
    return shown | {Record.objects.filter(here).count(), *asked, *called}


def _for_guests() -> list[str]:
    return [noun.__kind__ for noun in all_nouns() if noun.__sees__ == "guest"]


def _do(world: World, called: str, form: Form, word: str) -> list[Seen]:
    """Send a form that stood on one of their pages."""
    data = form.filled(_words, Random(word))
    return [answer(world.browser(called), "post", form.action, data)]


def _seen(world: World, called: str, answers: list[Seen]) -> list[Seen]:
    """What the one who looks is answered; what others are is not theirs to compare."""
    return answers if called == world.looks else []


def _look(world: World, place: Place, blind: Form | None, sends: bool, word: str) -> list[Seen]:
    client = world.browser(world.looks)
    seen = [answer(client, "get", place.url)]
    if blind is not None:
        data = blind.filled(_words, Random(word))
        return [*seen, answer(client, "post", place.url, data)]
    forms = forms_on(seen[0].body.decode(errors="replace"), place.url)
    if sends and forms:
        form = Random(word).choice(forms)
        data = form.filled(_words, Random(word))
        seen.append(answer(client, "post", form.action, data))
    return seen


def answer(client: Client, method: str, url: str, data: Data | None = None) -> Seen:
    told = encoded(data) if data is not None else None
    return seen_by(
        f"{method} {url}", lambda: client.get(url) if told is None else client.post(url, told)
    )


def seen_by(asked: str, ask: Callable[[], HttpResponse]) -> Seen:
    """What one is answered, and what it took."""
    with _counted() as count:
        answer = ask()
        headers = {name: text for name, text in answer.items() if name not in MASKED}
    body = b"".join(answer)
    return Seen(asked, answer.status_code, tuple(sorted(headers.items())), body, count[0])


MASKED = ("Date", "Set-Cookie")


@contextmanager
def _counted() -> Iterator[list[int]]:
    count = [0]

    def run(execute: Any, *arguments: Any) -> Any:
        count[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(run):
        yield count


def _words(one: Field) -> str:
    return f"a word for {one.name} of us"


def encoded(data: Data) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for name, value in data:
        told.setdefault(name, []).append(value)
    return told


def _first_difference(one: bytes, other: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    return f"{one[max(0, at - 60) : at + 80]!r} or {other[max(0, at - 60) : at + 80]!r}"
