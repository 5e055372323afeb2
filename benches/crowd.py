"""Many people at one server at once: invented people with sessions, and what they do over HTTP.

`python -m benches.crowd PEOPLE` fills the installation of the environment and prints, as JSON, the
cookies of everyone and the gathering they are at. `run` then lets them act, each on a connection
of their own, and notes how long every answer took.
"""

import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
EARLIER = 20  # moments that everyone has noted before


@dataclass
class Answer:
    """What came back, and how long it took from sending to the last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Someone:
    """A person at a device: a connection kept open, cookies, a form that is open on the screen."""

    port: int
    cookies: dict[str, str]
    token: str = ""
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None, repr=False)

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request. A connection that the server closed meanwhile is opened anew."""
        began = time.perf_counter()
        try:
            return await self._ask(method, path, body, headers, began)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.line = None
            return await self._ask(method, path, body, headers, began)

    async def open(self, path: str) -> Answer:
        """Look at a page; if it holds a form, it is the one that is filled in next."""
        answer = await self.ask("GET", path)
        found = TOKEN.search(answer.body)
        self.token = found[1].decode() if found else self.token
        return answer

    async def send(self, path: str, **fields: str) -> Answer:
        """Send the form that is open."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        kind = "application/x-www-form-urlencoded"
        return await self.ask("POST", path, body, **{"Content-Type": kind})

    async def _ask(
        self, method: str, path: str, body: bytes, more: dict[str, str], began: float
    ) -> Answer:
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.line
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Host": "127.0.0.1", "Cookie": cookies, "Content-Length": str(len(body)), **more}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        status, headers = self._head(await reader.readuntil(b"\r\n\r\n"))
        text = await _rest(reader, headers)
        return Answer(status, headers, text, time.perf_counter() - began)

    def _head(self, raw: bytes) -> tuple[int, dict[str, str]]:
        first, *lines = raw.decode("latin-1").split("\r\n")
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                name, _, value = value.partition(";")[0].partition("=")
                self.cookies[name] = value
        return int(first.split()[1]), headers


async def _rest(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    if headers.get("transfer-encoding") != "chunked":
        return b""
    text = b""
    while size := int(await reader.readline(), 16):
        text += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return text


Deed = Callable[[Someone, list[Answer]], Awaitable[None]]


async def at_once(people: list[Someone], within: float, deed: Deed) -> list[Answer]:
    """Everyone does it once, each at a moment of their own within so many seconds."""
    chance, answers = random.Random(7), list[Answer]()

    async def one(someone: Someone, wait: float) -> None:
        await asyncio.sleep(wait)
        await deed(someone, answers)

    await asyncio.gather(*(one(who, chance.uniform(0, within)) for who in people))
    return answers


async def over_and_over(
    people: list[Someone], pause: tuple[float, float], seconds: float, deed: Deed
) -> list[Answer]:
    """Everyone does it, thinks for a while, and does it again, for so many seconds."""
    chance, answers = random.Random(7), list[Answer]()
    end = time.monotonic() + seconds

    async def one(someone: Someone) -> None:
        await asyncio.sleep(chance.uniform(0, pause[1]))
        while time.monotonic() < end:
            await deed(someone, answers)
            await asyncio.sleep(chance.uniform(*pause))

    await asyncio.gather(*(one(who) for who in people))
    return answers


# Filling the installation, in a process of its own


def fill(people: int) -> dict[str, object]:
    """Invented people with sessions, notebooks with some moments, and one gathering for all."""
    from kith.cli.place import get_ready

    get_ready(None)
    from django.test import Client

    from kith.inquiry.actions import open_gathering
    from kith.inquiry.nouns import Gathering
    from kith.people.actions import begin, invite, join, open_circle
    from kith.people.models import Person
    from kith.people.readings import viewer_of

    keeper = begin("Keeper")
    circle = open_circle(viewer_of(keeper), "Mornings", "inquiry").id
    there = open_gathering(viewer_of(keeper), circle, Gathering("Mornings on the ward")).thing
    code = invite(viewer_of(keeper), circle, "guest", 1)
    cookies = []
    for number in range(people):
        person = begin(f"P{number}")
        join(viewer_of(person), code)
        _earlier(viewer_of(Person.objects.get(pk=person.pk)))
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(person)
        cookies.append({name: morsel.value for name, morsel in client.cookies.items()})
    return {"cookies": cookies, "meeting": f"/meet/{circle}/{there}/say/"}


def _earlier(viewer):  # type: ignore[no-untyped-def]
    from datetime import timedelta

    from kith.base import clock
    from kith.moments.nouns import Moment
    from kith.records.actions import Draft, act

    with act(viewer.me, "bench.fill") as doing:
        for day in range(EARLIER):
            at = clock.now() - timedelta(days=day + 1)
            noun = Moment(words="Tea by the window, and a word about the garden.")
            told = {"space": viewer.own, "author": viewer.me, "seen_on": at}
            doing.keep(Draft(kind=Moment, noun=noun, **told))


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
