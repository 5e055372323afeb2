"""Four servers that are wrong on purpose, as seams pulled apart in a running one.

Nothing in Kith switches these on: they exist so that a suite which did not notice one of them
fails. `synchronous-off` is told to SQLite when its connections open, so that only a cut of power
shows it; the others change what the endpoint does.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from faults.seal import text
from kith.base import ids
from kith.base.problems import Clash
from kith.permissions.viewer import Viewer
from kith.web import sync
from kith.web.models import Arrival

Later = Callable[[Callable[[], object]], None]


def a_moment_later(do: Callable[[], object]) -> None:
    """Do it in a fifth of a second, in a thread of its own."""

    def alone() -> None:
        do()
        close_old_connections()

    threading.Timer(0.2, alone).start()


@contextmanager
def answers_first(later: Later = a_moment_later) -> Iterator[None]:
    """It answers, and commits afterwards."""
    real = sync.receive

    def receive(viewer: Viewer, device: UUID, item: sync.Item) -> dict[str, Any]:
        later(lambda: real(viewer, device, item))
        digest = hashlib.sha256(item.sealed).digest()
        return {"id": str(item.id), "status": 200, "digest": text(digest), "why": ""}

    with _instead(sync, "receive", receive):
        yield


@contextmanager
def synchronous_off() -> Iterator[None]:
    """SQLite commits without waiting for the disk."""
    options = settings.DATABASES["default"]["OPTIONS"]
    real = options["init_command"]
    options["init_command"] = real.replace("synchronous=full", "synchronous=off")
    assert options["init_command"] != real
    yield
    options["init_command"] = real


@contextmanager
def digest_unchecked() -> Iterator[None]:
    """It compares no bytes with what the device said of them, and says what the device said."""
    real, batch = sync.receive, sync._batch

    def receive(viewer: Viewer, device: UUID, item: sync.Item) -> dict[str, Any]:
        return real(viewer, device, item) | {"digest": text(item.digest)}

    def unchecked(request: Any) -> sync.Batch:
        said = f"sha-256=:{text(hashlib.sha256(request.body).digest())}:"
        request.META["HTTP_CONTENT_DIGEST"] = said
        request.__dict__.pop("headers", None)
        return batch(request)

    with (
        _instead(sync, "_whole", lambda item, digest: None),
        _instead(sync, "_batch", unchecked),
        _instead(sync, "receive", receive),
    ):
        yield


@contextmanager
def last_wins() -> Iterator[None]:
    """Other words under an id that is taken are put in place of the first."""
    real = sync._store_once

    def store(viewer: Viewer, device: UUID, item: sync.Item) -> None:
        try:
            real(viewer, device, item)
        except Clash:
            told = sync._opened(viewer, item)
            named = {"thing": str(item.id), "seen": str(item.id)}
            correct = sync._handlers["moment.correct"]
            correct(viewer, ids.new(), told.made_at, {**told.body, **named})
            Arrival.objects.filter(id=item.id).update(digest=item.digest)

    with _instead(sync, "_store_once", store):
        yield


WRONG: dict[str, Callable[[], Any]] = {
    "answers-first": answers_first,
    "synchronous-off": synchronous_off,
    "digest-unchecked": digest_unchecked,
    "last-wins": last_wins,
}


@contextmanager
def _instead(of: Any, name: str, other: Any) -> Iterator[None]:
    real = getattr(of, name)
    setattr(of, name, other)
    try:
        yield
    finally:
        setattr(of, name, real)
