"""The way in from a device: what was written there, sealed, and sent when there was a connection.

Rooms register their acts at start-up, and what arrives takes the ordinary way:

    on_arrival("moment.note", note_arrived)
    def note_arrived(viewer, id, made_at, body) -> UUID: ...

Each entry is a transaction of its own, and is answered only when that is committed. The same
entry again gets the same answer; other bytes under its id are a clash; what was erased stays so.

Times: `made_at` is what the device says and is kept as told. Where it also stands for when
something was (`seen_at`), it never lies in the future, so that a wrong clock puts nothing ahead of
what others say later. Arrival is the server's own time. Nothing ends or is left out by a device's
clock.
"""

import hashlib
import logging
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.middleware.csrf import get_token

from kith.base import clock
from kith.base.problems import Clash, Gone, Invalid, Problem, Refused
from kith.permissions.viewer import Viewer
from kith.records.erased import is_anothers
from kith.records.intake import intake_public, open_intake
from kith.web.models import Arrival
from kith.web.pages import NotSignedIn, Request, anyone, page, signed_in
from kith.web.whose import tag

Handler = Callable[[Viewer, UUID, datetime, Mapping[str, Any]], UUID]

MOST = 25
"""Entries in one batch."""
SHUT = frozenset({"only-me-shut"})
"""Problems that go away when the person opens what only they can open."""
AGAIN = (400, 423, 503)
"""Statuses of entries that their device sends again."""
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_log = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}
_mine: set[str] = set()


def on_arrival(act: str, handler: Handler, *, mine: bool = False) -> None:
    """Let a room take what a device sends under the name `act`; `handler` does it.

    `mine` is for what goes into one's own notebook: it waits while that is *only me* and shut.
    """
    _handlers[act] = handler
    if mine:
        _mine.add(act)


class Item(msgspec.Struct, frozen=True):
    """One sealed entry of a batch, and what its device says about its bytes."""

    id: UUID
    seq: Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
    digest: bytes
    length: int
    sealed: bytes


class Batch(msgspec.Struct, frozen=True):
    """What a device sends at once."""

    device: UUID
    items: Annotated[list[Item], msgspec.Meta(min_length=1, max_length=MOST)]


class Told(msgspec.Struct, frozen=True):
    """What a sealed entry says once it is open."""

    v: int
    act: str
    made_at: Annotated[datetime, msgspec.Meta(tz=True)]
    who: str
    body: dict[str, Any]


def for_devices(answer: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose answers and problems are JSON, for the script on the device."""

    @wraps(answer)
    def told(request: Request, **named: Any) -> HttpResponse:
        try:
            signed_in(request.viewer)
            return answer(request, **named)
        except NotSignedIn:
            return JsonResponse({"why": "signed-out"}, status=401)
        except Problem as problem:
            return JsonResponse({"why": problem.code}, status=_status(problem))

    return told


@page(anyone)
@for_devices
def keep(request: Request) -> HttpResponse:
    """What a device needs before it seals and sends; and with PUT, what it sends."""
    if request.method == "PUT":
        batch = _batch(request)
        return JsonResponse({"items": list(_each(request.viewer, batch))})
    return JsonResponse(
        {
            "intake": _text(intake_public()),
            "token": get_token(request),
            "who": tag(request.viewer),
            "now": clock.now().isoformat(),
        }
    )


@page(anyone)
@for_devices
def words(request: Request) -> HttpResponse:
    """What entries of one's own say: the device that sealed them cannot open them."""
    told = {str(item.id): _opened(request.viewer, item) for item in _batch(request).items}
    return JsonResponse({"entries": msgspec.to_builtins(told)})


@page(anyone)
@for_devices
def manifest(request: Request, device: UUID) -> HttpResponse:
    """What is stored of one's own device: up to which number without a gap, and one hash of it."""
    mine = Arrival.objects.filter(person=request.viewer.me, device=device).order_by("seq")
    upto, rolled = roll(mine.values_list("seq", "id", "digest").iterator())
    return JsonResponse({"upto": upto, "hash": _text(rolled)})


def roll(stored: Iterable[tuple[int, UUID, bytes | memoryview]]) -> tuple[int, bytes]:
    """The last number before a gap, and SHA-256 over (hash so far, id, digest) up to there."""
    upto, rolled = 0, b""
    for seq, id, digest in stored:
        if seq != upto + 1:
            break
        upto, rolled = seq, hashlib.sha256(rolled + id.bytes + bytes(digest)).digest()
    return upto, rolled


def seen_at(made_at: datetime) -> datetime:
    """When something happened that was noted at once: as the device says, but never ahead."""
    return min(made_at, clock.now())


def _each(viewer: Viewer, batch: Batch) -> Iterator[dict[str, Any]]:
    """One answer an entry. What speaks of an entry that failed just now is to be sent again too."""
    waiting = False
    for item in batch.items:
        told = receive(viewer, batch.device, item)
        waiting = waiting or told["status"] in AGAIN
        if waiting and told["why"] == "missing":
            told |= {"status": 503, "why": "not-now"}
        yield told


def receive(viewer: Viewer, device: UUID, item: Item) -> dict[str, Any]:
    """Keep one entry, and say what became of it. One that fails never holds up the others."""
    digest = hashlib.sha256(item.sealed).digest()
    status, why = 200, ""
    try:
        _whole(item, digest)
        _store(viewer, device, item)
    except Problem as problem:
        status, why = _status(problem), problem.code
    except Exception:
        _log.exception("an entry from a device could not be kept now")
        status, why = 503, "not-now"
    return {"id": str(item.id), "status": status, "digest": _text(digest), "why": why}


def _whole(item: Item, digest: bytes) -> None:
    if (digest, len(item.sealed)) != (item.digest, item.length):
        raise Invalid("bytes-torn")


def _store(viewer: Viewer, device: UUID, item: Item) -> None:
    """As `_store_once`; when the same entry came by another way at this very moment, once more."""
    try:
        _store_once(viewer, device, item)
    except IntegrityError:
        _store_once(viewer, device, item)


@transaction.atomic(durable=True)
def _store_once(viewer: Viewer, device: UUID, item: Item) -> None:
    """Do what the entry says and note its arrival: both or neither.

    An id that is another's is refused before anything is opened, with the same answer after the
    same queries whether it is there or erased, and by whichever way it came.
    """
    anothers = is_anothers(item.id, viewer.me)
    known = Arrival.objects.filter(id=item.id).first()
    if known is None:
        if anothers:
            raise Clash("id-taken")
        told = _opened(viewer, item)
        if viewer.shut and told.act in _mine:
            raise Refused("only-me-shut")
        _handlers[told.act](viewer, item.id, _in_range(told.made_at), told.body)
    elif (known.person, bytes(known.digest)) != (viewer.me, item.digest):
        raise Clash("id-taken")
    if known is None or (known.device, known.seq) != (device, item.seq):
        Arrival(id=item.id, person=viewer.me, device=device, seq=item.seq, digest=item.digest).save(
            force_insert=known is None
        )


def _opened(viewer: Viewer, item: Item) -> Told:
    mine = tag(viewer)
    text = open_intake(item.sealed, item.id.bytes + mine.encode())
    try:
        told = msgspec.json.decode(text, type=Told)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Invalid("entry-unclear") from None
    if told.who != mine:
        raise Invalid("entry-not-yours")
    if told.v != 1 or told.act not in _handlers:
        raise Invalid("act-unknown")
    return told


def _in_range(made_at: datetime) -> datetime:
    """A device's clock may say anything; what cannot be stored becomes the nearest that can."""
    return min(max(made_at, _EARLIEST), _LATEST)


def _batch(request: HttpRequest) -> Batch:
    try:
        body = request.body
    except RequestDataTooBig:
        raise Invalid("batch-too-large") from None
    except UnreadablePostError:
        raise Invalid("bytes-torn") from None
    except RawPostDataException:  # a form, which was read as one on the way here
        raise Invalid("batch-unclear") from None
    said = request.headers.get("Content-Digest", "")
    if said != f"sha-256=:{_text(hashlib.sha256(body).digest())}:":
        raise Invalid("bytes-torn")
    try:
        return msgspec.json.decode(body, type=Batch)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Invalid("batch-unclear") from None


def _status(problem: Problem) -> int:
    """For the device: 422 keeps the entry there for good; 400 and 413 send it again, otherwise."""
    if problem.code in SHUT:
        return 423
    if problem.code in ("bytes-torn", "batch-unclear"):
        return 400
    if problem.code == "batch-too-large":
        return 413
    return problem.status if isinstance(problem, Clash | Gone) else 422


def _text(some: bytes) -> str:
    return b64encode(some).decode()
