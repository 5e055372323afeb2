"""Sessions kept as rows that know whose they are, so that one can see and end one's own.

Django's own store of sessions in the database, with a few columns more. What a row says of a
device is a neutral word for its kind and the moment it was last used: no address, no name.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kith.base import clock

if TYPE_CHECKING:
    from kith.people.models import Person, Session

SHARED_IDLE = timedelta(seconds=60)
BY_ITSELF = "/keep/"
"""Below this address a page asks by itself, which is no sign that anyone is there."""
TOUCH_SHARED, TOUCH_OWN = timedelta(seconds=1), timedelta(seconds=60)
"""How far apart two notes of being used lie at least: finer would only cost writes."""


class SessionStore(DatabaseStore):
    """Reads and writes sessions; the name is the one that Django looks for."""

    seen: datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        from kith.people.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.seen = row.seen if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = cast("Session", super().create_model_instance(data))
        row.person_id = data.get(SESSION_KEY)
        row.began = datetime.fromisoformat(data["began"]) if "began" in data else clock.now()
        row.kind, row.shared = data.get("kind", ""), data.get("shared", False)
        row.seen = self.seen = clock.now()
        return row


def begin(sender: object, request: HttpRequest, **_named: object) -> None:
    """Note at sign-in when it was and on what kind of device. Called by Django's signal."""
    moment = clock.now()
    told = {"began": moment.isoformat(), "kind": kind_of(request), "sure": moment.timestamp()}
    request.session.update(told)


def kind_of(request: HttpRequest) -> str:
    """A neutral word for the device: no model, no version."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    if "iPad" in agent or "Tablet" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    if "Mobi" in agent:
        return "phone"
    return "computer" if agent else ""


def is_over(request: HttpRequest) -> bool:
    """Whether nobody touched this session for too long, or it began too long ago."""
    seen = cast(SessionStore, request.session).seen
    began = request.session.get("began")
    if seen is None or began is None:
        return False
    now = clock.now()
    return (
        now - seen > _idle(request.session.get("shared", False))
        or now - datetime.fromisoformat(began) > _whole()
    )


def touch(request: HttpRequest) -> None:
    """Note that the session is in use, without rewriting what else it holds."""
    if request.path.startswith(BY_ITSELF):
        return
    store = cast(SessionStore, request.session)
    apart = TOUCH_SHARED if request.session.get("shared") else TOUCH_OWN
    now = clock.now()
    if store.session_key and store.seen is not None and now - store.seen >= apart:
        store.get_model_class().objects.filter(pk=store.session_key).update(seen=now)
        store.seen = now


@dataclass(frozen=True, slots=True)
class Place:
    """One device where a person is signed in. `mark` stands for it in forms."""

    mark: str
    kind: str
    seen: date
    shared: bool
    here: bool


def places(request: HttpRequest, person: "Person") -> list[Place]:
    """Where the person is signed in, this device first. Those that are over are cleared away."""
    rows = list(person.sessions.order_by("-seen"))
    gone = [row.pk for row in rows if _is_past(row, person)]
    person.sessions.filter(pk__in=gone).delete()
    here = request.session.session_key
    found = [
        Place(_mark(row.pk), row.kind, timezone.localdate(row.seen), row.shared, row.pk == here)
        for row in rows
        if row.pk not in gone
    ]
    return sorted(found, key=lambda place: not place.here)


def end(person: "Person", mark: str) -> None:
    """End the session that `mark` stands for, if it is one of the person's own."""
    gone = [row.pk for row in person.sessions.all() if _mark(row.pk) == mark]
    person.sessions.filter(pk__in=gone).delete()


def end_others(request: HttpRequest, person: "Person") -> int:
    """End all sessions of the person but this one. Returns how many."""
    others = person.sessions.exclude(pk=request.session.session_key)
    ended, _each = others.delete()
    return ended


def _mark(key: str) -> str:
    return salted_hmac("kith.people.sessions", key, algorithm="sha256").hexdigest()


def _is_past(row: "Session", person: "Person") -> bool:
    now = clock.now()
    over = now - row.seen > _idle(row.shared) or now - row.began > _whole()
    return row.expire_date < timezone.now() or (over and person.has_way_in())


def _idle(shared: bool) -> timedelta:
    return SHARED_IDLE if shared else timedelta(minutes=settings.KITH_IDLE_MINUTES)


def _whole() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)
