"""The recipes in docs/run: their blocks of commands, and a place where they can be run as root.

The place is made of namespaces: its own /etc, /srv, /var, /run and network, its own processes,
which all end with it. What is outside is read, never written.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
DOCS = ROOT / "docs" / "run"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PRIVATE = ("/etc", "/srv", "/run", "/var/lib", "/var/log", "/var/backups", "/usr/local/sbin")


def blocks(page: str, heading: str) -> list[str]:
    """The commands below one heading of a recipe, those that only fetch packages left out."""
    text = (DOCS / page).read_text(encoding="utf-8")
    _, _, after = text.partition(f"\n## {heading}\n")
    found = BLOCK.findall(after.partition("\n## ")[0])
    assert found, f"{page} has nothing to run under {heading}"
    return found


def every_heading(page: str) -> list[str]:
    """The headings of a recipe that have something to run."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [part.partition("\n")[0] for part in text.split("\n## ")[1:] if BLOCK.search(part)]


def needs(*programs: str) -> None:
    """Skip, saying why, where the place cannot be made or a program is missing."""
    if os.geteuid() != 0:
        pytest.skip("a place of its own for a recipe needs root")
    missing = [one for one in ("unshare", "setpriv", "ip", *programs) if not shutil.which(one)]
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    tried = subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "true"], check=False)
    if tried.returncode:
        pytest.skip("this machine makes no namespaces")


def run_there(script: str, out: Path) -> str:
    """Run `script` in a place of its own; what it writes to $OUT is kept in `out`."""
    out.mkdir(exist_ok=True)
    file = out / "script"
    file.write_text(f"{_preamble(out)}\n{script}\n")
    command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    settings = ("KITH_", "DATABASE_URL", "DJANGO_", "XDG_", "PYTEST")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(settings)}
    kept["PATH"] = "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
    done = subprocess.run(
        [*command, "bash", "-eu", str(file)],
        cwd=ROOT,
        env={**kept, "OUT": str(out), "HOME": str(out)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-5000:]}"
    return done.stdout


def _preamble(out: Path) -> str:
    """Private folders and a network; what is needed of the old ones is let in again."""
    needed = [Path(sys.base_prefix), ROOT, out]
    saved = [f"mkdir /mnt/{n}; mount --bind {path} /mnt/{n}" for n, path in enumerate(needed)]
    shut = sorted({str(top) for path in needed if (top := _closed_above(path))})
    opened = [f"mount -t tmpfs -o mode=755 tmpfs {top}" for top in shut]
    back = [
        f"mkdir -p {path}; mount --bind /mnt/{n} {path}"
        for n, path in enumerate(needed)
        if any(path.is_relative_to(top) for top in shut)
    ]
    kith = f'#!/bin/sh\\nexec {ROOT}/.venv/bin/python -m kith.cli "$@"\\n'
    return "\n".join(
        [
            "mount --make-rprivate /",
            "mount -t tmpfs tmpfs /mnt",
            "mkdir /mnt/etc; cp -a /etc/. /mnt/etc",
            *saved,
            *(f"mount -t tmpfs -o mode=755 tmpfs {path}" for path in PRIVATE[1:]),
            "mount --bind /mnt/etc /etc",
            *opened,
            *back,
            "ip link set lo up; ip addr add 192.168.1.20/32 dev lo",
            "mkdir -p /srv/kith/bin /var/log/nginx /var/lib/nginx",
            f"printf '{kith}' > /srv/kith/bin/kith; chmod 755 /srv/kith/bin/kith",
            f"for name in systemctl systemd-run; do install -m 755 {HERE}/stand_in.py"
            " /usr/local/sbin/$name; done",
            "ln -s /srv/kith/bin/kith /usr/local/sbin/kith",
            f"cd {ROOT}; export PYTHONDONTWRITEBYTECODE=1",
        ]
    )


def _closed_above(path: Path) -> Path | None:
    """The highest folder on the way to `path` that other users may not pass."""
    above = reversed(path.resolve().parents)
    return next((folder for folder in above if not folder.stat().st_mode & 0o001), None)
