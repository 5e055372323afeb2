"""`kith serve` in a process of its own, and a network of our own for it to be reached from."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE = 120  # seconds until a server must have said that it is open
OURS = ("DATABASE_URL", "KITH_HOME", "KITH_LOCAL", "KITH_HTTPS", "KITH_HOSTS", "KITH_SECRET")


def free_port() -> int:
    """A port that nobody listens on, and the next one too."""
    while True:
        with socket.socket() as taken, socket.socket() as following, suppress(OSError):
            taken.bind(("127.0.0.1", 0))
            port = int(taken.getsockname()[1])
            following.bind(("127.0.0.1", port + 1))
            return port


def kith(home: Path, *words: str, within: Sequence[str] = ()) -> list[str]:
    """The command line of `kith WORDS` in this home."""
    return [*within, sys.executable, "-m", "kith.cli", *words, "--home", str(home)]


def surroundings(**more: str) -> dict[str, str]:
    """An environment in which no setting of ours stands but those named."""
    kept = {name: text for name, text in os.environ.items() if name not in OURS}
    settings = {"DJANGO_SETTINGS_MODULE": "kith.site.settings", "PYTHONUNBUFFERED": "1"}
    return {**kept, **settings, **more}


def run(home: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        kith(home, *words), env=surroundings(**more), capture_output=True, text=True, check=False
    )


@contextmanager
def serving(
    home: Path, *words: str, within: Sequence[str] = (), **more: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """`kith serve WORDS`, open, until the block ends."""
    log = home.with_name(f"{home.name}.log")
    command = kith(home, "serve", *words, within=within)
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=surroundings(**more), stdout=said, stderr=said)
        try:
            _wait(server, log)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _wait(server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while "Kith is open" not in log.read_text():
        if server.poll() is not None or time.monotonic() > end:
            pytest.fail(f"Kith did not open; it said:\n{log.read_text()[-4000:]}")
        time.sleep(0.05)


@dataclass(frozen=True)
class Network:
    """A small network of two: `here` is this machine, `there` a place that `within` runs in."""

    here: str
    there: str
    within: tuple[str, ...]


@contextmanager
def network() -> Iterator[Network]:
    """A network of our own, where we may make one; else the test that asks for it is skipped."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("a network of our own needs root and the program ip")
    name, part = f"kith{os.getpid()}", os.getpid() % 250 + 1
    made = Network(f"10.211.{part}.1", f"10.211.{part}.2", ("ip", "netns", "exec", name))
    inside, outside = f"ki{os.getpid()}", f"ko{os.getpid()}"
    steps = [
        f"netns add {name}",
        f"link add {outside} type veth peer name {inside} netns {name}",
        f"addr add {made.here}/24 dev {outside}",
        f"link set {outside} up",
        f"-n {name} addr add {made.there}/24 dev {inside}",
        f"-n {name} link set {inside} up",
        f"-n {name} link set lo up",
    ]
    try:
        for step in steps:
            if subprocess.run(["ip", *step.split()], capture_output=True, check=False).returncode:
                pytest.skip("this machine lets nobody make a network")
        yield made
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", outside], capture_output=True, check=False)
