"""A bad network between devices and the server: what goes through is lost, torn, doubled, late.

Each connection is one request and one answer. What happens to it is drawn by chance; `good` lets
everything through. Bytes of requests are also changed on the way; those of answers are only cut,
because nothing but the transport guards them, and TLS does that.
"""

import asyncio
import contextlib
import random
import re
import string
import threading
from collections import Counter
from collections.abc import Awaitable, Callable

PORTAL = b"<!doctype html><title>Welcome</title><p>Sign in to use this network."
FAULTS = (
    "request lost",
    "request torn",
    "request doubled",
    "request late",
    "answer lost",
    "answer torn",
    "answer slow",
    "portal",
)
LETTERS = string.ascii_letters.encode()


class Proxy:
    """Listens on `port`, in a thread of its own."""

    def __init__(self, server: int, seed: str, share: float = 0.4) -> None:
        self.server, self.share, self.good = server, share, False
        self.chance = random.Random(seed)
        self.changes = 4  # how often bytes of a body change, for each time it is lost
        self.done: Counter[str] = Counter()
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._up.wait()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        door = self._loop.run_until_complete(asyncio.start_server(self._meet, "127.0.0.1", 0))
        self.port = door.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        door.close()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._holds(asyncio.current_task())
        try:
            request = await _request(reader)
            writer.write(await self._treat(request))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    def _holds(self, task: "asyncio.Task[None] | None") -> None:
        """Keep what is going on, which the loop alone would let go of."""
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _treat(self, request: bytes) -> bytes:
        fault = ""
        if not self.good and self.chance.random() < self.share:
            changes = 0 if request.endswith(b"\r\n\r\n") else self.changes
            fault = self.chance.choice(FAULTS + ("request changed",) * changes)
        self.done[fault or "let through"] += 1
        ways: dict[str, Callable[[bytes], Awaitable[bytes]]] = {
            "request lost": self._lost,
            "request torn": self._torn,
            "request changed": self._changed,
            "request doubled": self._doubled,
            "request late": self._late,
            "answer lost": self._unanswered,
            "answer torn": self._cut,
            "answer slow": self._slow,
            "portal": self._portal,
        }
        return await ways.get(fault, self._through)(request)

    async def _through(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server)
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read(-1)
        finally:
            writer.close()

    async def _lost(self, request: bytes) -> bytes:
        return b""

    async def _torn(self, request: bytes) -> bytes:
        return await self._through_and_no_more(request[: self.chance.randrange(len(request))])

    async def _through_and_no_more(self, request: bytes) -> bytes:
        """The connection breaks after these bytes."""
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.server)
        writer.write(request)
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.close()
        return b""

    async def _changed(self, request: bytes) -> bytes:
        """One letter of what is sent becomes another, so that it often still looks well."""
        body = request.find(b"\r\n\r\n") + 4
        places = [at for at in range(body, len(request)) if request[at] in LETTERS]
        at = self.chance.choice(places)
        others = [letter for letter in LETTERS if letter != request[at]]
        other = bytes([self.chance.choice(others)])
        return await self._through(request[:at] + other + request[at + 1 :])

    async def _doubled(self, request: bytes) -> bytes:
        both = await asyncio.gather(self._through(request), self._through(request))
        return both[1]

    async def _late(self, request: bytes) -> bytes:
        """The device gives up and asks anew; what it sent first arrives behind that."""

        async def arrive() -> None:
            await asyncio.sleep(0.1 + self.chance.random())
            with contextlib.suppress(OSError):
                await self._through(request)

        self._holds(asyncio.create_task(arrive()))
        return b""

    async def _unanswered(self, request: bytes) -> bytes:
        await self._through(request)
        return b""

    async def _cut(self, request: bytes) -> bytes:
        answer = await self._through(request)
        return answer[: self.chance.randrange(len(answer) + 1)]

    async def _slow(self, request: bytes) -> bytes:
        await asyncio.sleep(self.chance.random() * 0.3)
        return await self._through(request)

    async def _portal(self, request: bytes) -> bytes:
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PORTAL)}\r\n\r\n"
        )
        return head.encode() + PORTAL


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    head = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"\r\nConnection: close", head)
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    return head + (await reader.readexactly(int(length[1])) if length else b"")
