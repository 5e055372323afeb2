"""What makes a function a page: a rule who may open it, and what stands around it.

    @page(signed_in, nav="moments")
    def note(request: Request) -> HttpResponse: ...

The rule runs before the page and raises Missing or Refused. A page without one fails the build.
`fresh=True` is for what gives, exports or erases: the passphrase or passkey is asked for again
unless that was within ten minutes. `mine=True` is for what shows or keeps things of one's own
notebook: while some of it is *only me* and not opened, the way to open it is shown instead. In both
cases what was already filled in is not lost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from kith.base.problems import Missing
from kith.permissions.viewer import NOBODY, Viewer
from kith.web.whose import tag


class Request(HttpRequest):
    """A request that knows who asks. `people` fills in the viewer and the surroundings."""

    viewer: Viewer
    circle_names: dict[UUID, str]
    invented: bool


class Rule(Protocol):
    """Who may open a page; raises a Problem for everyone else."""

    __name__: str

    def __call__(self, viewer: Viewer, **named: Any) -> None: ...


class NotSignedIn(Missing):
    """The page is for someone signed in; the door shows the way in instead."""


def anyone(viewer: Viewer, **named: Any) -> None:
    """Open to all, signed in or not."""


def signed_in(viewer: Viewer, **named: Any) -> None:
    """Open to everyone who is signed in; what the page shows is decided record by record."""
    if viewer.person is None:
        raise NotSignedIn


def in_circle(least: str) -> Rule:
    """Open to those with at least this part in the circle that the address names."""

    def rule(viewer: Viewer, **named: Any) -> None:
        signed_in(viewer)
        if not viewer.has_part(named["circle"], least):
            raise Missing

    rule.__name__ = f"in_circle_{least}"
    return rule


Door = Callable[[HttpRequest], HttpResponse | None]
_doors: dict[str, Door] = {}


def on_door(stranger: Door, unsure: Door) -> None:
    """Who asks at the door: someone not signed in, and someone to show again that it is them.

    Each gives the page that asks, or None when the answer is in this very request and right.
    """
    _doors.update(stranger=stranger, unsure=unsure)


def on_shut(door: Door) -> None:
    """The same for someone who has not opened what is only theirs."""
    _doors["shut"] = door


def page(
    rule: Rule, *, nav: str = "", fresh: bool = False, mine: bool = False
) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Give a page its rule and its place in the navigation."""

    def with_rule(make: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(make)
        def answer(request: Request, **named: Any) -> HttpResponse:
            try:
                rule(request.viewer, **named)
            except NotSignedIn:
                if asked := _doors["stranger"](request):
                    return asked
                rule(request.viewer, **named)
            request.nav = nav  # type: ignore[attr-defined]
            if fresh and (asked := _doors["unsure"](request)):
                return asked
            if mine and request.viewer.shut and (asked := _doors["shut"](request)):
                return asked
            return make(request, **named)

        answer.rule = rule  # type: ignore[attr-defined]
        answer.fresh = fresh  # type: ignore[attr-defined]
        answer.mine = mine  # type: ignore[attr-defined]
        return answer

    return with_rule


@dataclass(frozen=True, slots=True)
class NavItem:
    """One of the five ways that are always there; `url` is the name of its address."""

    key: str
    url: str
    icon: str
    text: str | Promise
    current: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a room shows on the home page or a circle's page: a template and its values."""

    template: str
    values: dict[str, Any]


CardMaker = Callable[[Viewer], Card | None]
CircleCardMaker = Callable[[Viewer, UUID], Card | None]
_home: list[tuple[int, CardMaker, bool]] = []
_guides: list[Callable[[HttpRequest], Any]] = []
_circle: list[tuple[int, CircleCardMaker]] = []

_ways: list[tuple[int, NavItem]] = []


def on_nav(place: int, key: str, url: str, icon: str, text: str | Promise) -> None:
    """Let a room be one of the five ways that are on every page."""
    _ways.append((place, NavItem(key, url, icon, text)))


def on_home(place: int, make: CardMaker, *, mine: bool = True) -> None:
    """Let a room put a card on the home page; a smaller `place` stands higher.

    One that shows things of the notebook (`mine`) waits while some of that is *only me* and shut.
    """
    _home.append((place, make, mine))


def on_circle(place: int, make: CircleCardMaker) -> None:
    """Let a room put a card on the page of a circle."""
    _circle.append((place, make))


def on_guide(make: Callable[[HttpRequest], Any]) -> None:
    """Let a room put a guide at the top of every page (the walk through the invented village)."""
    _guides.append(make)


def home_cards(viewer: Viewer) -> list[Card]:
    """The cards of all rooms for this viewer's home page."""
    in_order = sorted(_home, key=lambda one: one[0])
    made = (make(viewer) for _place, make, mine in in_order if not (mine and viewer.shut))
    return [card for card in made if card]


def circle_cards(viewer: Viewer, circle: UUID) -> list[Card]:
    """The cards of all rooms for the page of one circle."""
    made = (make(viewer, circle) for _place, make in sorted(_circle, key=lambda pair: pair[0]))
    return [card for card in made if card]


def around(request: HttpRequest) -> dict[str, Any]:
    """What every template may use: who asks, the five ways, whether people are invented.

    `here` says whether someone is signed in: in, out, erased (just now), or shell (an empty page
    that a device keeps). `who` is the tag of that person on their devices.
    """
    viewer = getattr(request, "viewer", NOBODY)
    here = getattr(request, "here", _here(request))
    return {
        "viewer": viewer,
        "here": here,
        "who": tag(viewer) if here == "in" else "",
        "nav": _nav(getattr(request, "nav", "")) if here in ("in", "shell") else [],
        "sample": getattr(request, "invented", False),
        "shared_device": getattr(request, "shared_device", False),
        "circle_names": getattr(request, "circle_names", {}),
        "guide": next((guide for make in _guides if (guide := make(request))), None),
    }


def _here(request: HttpRequest) -> str:
    """Whether someone is signed in; nothing where something broke before that was known."""
    if not hasattr(request, "viewer"):
        return ""
    return "in" if request.viewer.person else "out"


def _nav(now: str) -> list[NavItem]:
    ways = (way for _place, way in sorted(_ways, key=lambda pair: pair[0]))
    return [replace(way, url=reverse(way.url), current=way.key == now) for way in ways]
