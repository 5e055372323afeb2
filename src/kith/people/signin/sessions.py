"""Sessions kept as rows that know whose they are, so that one can see and end one's own.

Django's own store of sessions in the database, with a few columns more. What a row says of a
device is a neutral word for its kind and the moment it was last used: no address, no name.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from kith.base import clock

if TYPE_CHECKING:
    from kith.people.models import Session

SHARED_IDLE = timedelta(seconds=60)
TOUCH_SHARED, TOUCH_OWN = timedelta(seconds=5), timedelta(seconds=60)
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
    return now - seen > _idle(request) or now - datetime.fromisoformat(began) > _whole()


def touch(request: HttpRequest) -> None:
    """Note that the session is in use, without rewriting what else it holds."""
    store = cast(SessionStore, request.session)
    apart = TOUCH_SHARED if request.session.get("shared") else TOUCH_OWN
    now = clock.now()
    if store.session_key and store.seen is not None and now - store.seen >= apart:
        store.get_model_class().objects.filter(pk=store.session_key).update(seen=now)
        store.seen = now


def _idle(request: HttpRequest) -> timedelta:
    own = timedelta(minutes=settings.KITH_IDLE_MINUTES)
    return SHARED_IDLE if request.session.get("shared") else own


def _whole() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)
