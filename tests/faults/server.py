"""`kith serve`, begun again and again from one warm process, so that it can be killed often.

    python -m faults.server HOME [--wrong NAME] [--platter FOLDER]

Everything is imported once; each order forks a child, which runs the very command a person types.
Orders come one a line, as JSON, and each is answered by one line:

    {"serve": PORT, "years": N, "room": BYTES}   the child's process id
    {"kill": ID}                                 kill -9, and word when it is wholly gone
    {"person": ID or "", "years": N}             a signed-in session of this person, or of a new one
    {"end": ""}                                  all sessions end
    {"forget": ID}                               that moment is taken away and erased
    {"kith": [WORDS]}                            any other command, as it is typed
    {"look": ""}                                 everything that is stored, and whether it holds
"""

import argparse
import gc
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

parser = argparse.ArgumentParser()
parser.add_argument("home", type=Path)
parser.add_argument("--wrong", default="")
parser.add_argument("--platter", type=Path)
told = parser.parse_args()
os.environ |= {"KITH_HOME": str(told.home), "DJANGO_SETTINGS_MODULE": "kith.site.settings"}

import django  # noqa: E402

django.setup()

import uvicorn  # noqa: E402, F401
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from faults.power import Disk  # noqa: E402
from faults.wrong import WRONG  # noqa: E402
from kith.base import clock  # noqa: E402
from kith.cli import app  # noqa: E402
from kith.cli.place import _collect_static, get_ready  # noqa: E402
from world import person, signed_in  # noqa: E402

BESIDES = ("kith.sqlite3", "kith.sqlite3-wal", "keyring/keys.sqlite3")


def move_clocks(years: int) -> None:
    """Every look at the time is off by so many years, in this process."""
    off, real, djangos = timedelta(days=365 * years), clock.now, timezone.now
    clock.now = lambda: real() + off
    timezone.now = lambda: djangos() + off


def leave_room(room: int) -> None:
    """No file may grow `room` bytes beyond the largest: the disk is nearly full."""
    there = [told.home / name for name in BESIDES if (told.home / name).exists()]
    most = max(path.stat().st_size for path in there) + room
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def serve(order: dict[str, Any]) -> None:
    if order.get("room"):
        leave_room(order["room"])
    app(["serve", "--port", str(order["serve"]), "--home", str(told.home), "--clock-is-right"])


def come_in(order: dict[str, Any]) -> dict[str, str]:
    """A session of a person, as a browser holds it after signing in."""
    from kith.people.models import Person
    from kith.people.readings import viewer_of

    get_ready(told.home)
    who = Person.objects.get(id=order["person"]) if order["person"] else person()
    client = Client()
    signed_in(client, viewer_of(who))
    name = settings.SESSION_COOKIE_NAME
    return {"person": str(who.id), "cookie": f"{name}={client.cookies[name].value}"}


def end_sessions(order: dict[str, Any]) -> dict[str, int]:
    get_ready(told.home)
    sessions = importlib.import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    return {"ended": sessions.objects.all().delete()[0]}


def forget(order: dict[str, Any]) -> dict[str, bool]:
    """Take a moment away and erase it, as its author does on its page."""
    from kith.moments.actions import remove
    from kith.moments.nouns import Moment
    from kith.people import leaving
    from kith.people.models import Person
    from kith.people.readings import viewer_of
    from kith.records.models import Record

    get_ready(told.home)
    record = Record.objects.get(id=order["forget"])
    author = viewer_of(Person.objects.get(id=record.author))
    remove(author, Moment, record.thing)
    leaving.forget(author, record.thing)
    return {"forgotten": True}


def look(order: dict[str, Any]) -> dict[str, Any]:
    """Every moment's record with its words, every arrival with its digest, and the proof."""
    from kith.records.models import Erased, Record
    from kith.records.sealing import words_in
    from kith.records.verify import verify
    from kith.web.models import Arrival

    get_ready(told.home)
    found = verify()
    records = Record.objects.filter(kind="moment", removed=False)
    return {
        "words": {str(one.id): words_in(one).words for one in records},  # type: ignore[union-attr]
        "arrived": {str(a.id): bytes(a.digest).hex() for a in Arrival.objects.all()},
        "erased": [str(id) for id in Erased.objects.values_list("id", flat=True)],
        "holds": found.holds,
        "why": found.why,
    }


def command(order: dict[str, Any]) -> dict[str, bool]:
    app(order["kith"], standalone_mode=False)
    return {"done": True}


DO: dict[str, Callable[[dict[str, Any]], Any]] = {
    "person": come_in,
    "end": end_sessions,
    "forget": forget,
    "look": look,
    "kith": command,
}


def child(order: dict[str, Any], out: int) -> None:
    """What one order is about, in a process of its own."""
    os.dup2(2, 1)  # what commands print is not for whoever gives the orders
    with ExitStack() as stack:
        if told.platter:
            stack.disk = Disk(told.home, told.platter)  # type: ignore[attr-defined]
        if told.wrong:
            stack.enter_context(WRONG[told.wrong]())
        move_clocks(order.get("years", 0))
        if "serve" in order:
            serve(order)
        name = next(name for name in DO if name in order)
        os.write(out, json.dumps(DO[name](order)).encode() + b"\n")


def prepare() -> None:
    """Lay the files of pages out first: what serves them looks once, when it is loaded."""
    pid = os.fork()
    if pid == 0:
        get_ready(told.home)
        _collect_static()
        os._exit(0)
    os.waitpid(pid, 0)
    importlib.import_module("kith.site.asgi")
    gc.freeze()


def main() -> None:
    prepare()
    serving: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "kill" in order:
            end(order["kill"])
            serving.discard(order["kill"])
            print(json.dumps({"killed": order["kill"]}), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            try:
                child(order, os.dup(1))
                os._exit(0)
            finally:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
                os._exit(1)
        if "serve" in order:
            serving.add(pid)
            print(json.dumps({"pid": pid}), flush=True)
        elif os.waitpid(pid, 0)[1]:
            print(json.dumps({"failed": order}), flush=True)
    for pid in serving:  # whoever gave the orders is gone
        end(pid)


def end(pid: int) -> None:
    """kill -9, and wait until it is wholly gone."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
