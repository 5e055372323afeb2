#!/usr/bin/python3
"""Stands in for `systemctl` and `systemd-run` where systemd does not run.

It starts what a unit says, as its user, with its settings and credentials and no more rights than
it leaves; what else the unit shuts off is for systemd. A service counts as started once it says so.
"""

import os
import pwd
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
Said = dict[str, list[str]]


def said_by(unit: str) -> Said:
    """What the [Service] part of a unit says, and then what is dropped in beside it."""
    file = UNITS / f"{unit}.service"
    said: Said = {}
    for each in (file, *sorted(UNITS.glob(f"{unit}.service.d/*.conf"))):
        for line in _service(each.read_text()):
            name, _, value = line.partition("=")
            said[name] = [*said.get(name, []), value] if value else []
    return said


def _service(text: str) -> list[str]:
    part = re.split(r"^\[(\w+)\]$", text, flags=re.MULTILINE)
    lines = part[part.index("Service") + 1].splitlines()
    return [line for line in lines if "=" in line and not line.startswith("#")]


def command_of(said: Said, words: list[str], name: str) -> tuple[list[str], dict[str, str]]:
    """The command that runs `words` as the unit says, and its whole environment."""
    user = said["User"][-1]
    told = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": pwd.getpwnam(user).pw_dir}
    for file in said.get("EnvironmentFile", []):
        pairs = (line.split("=", 1) for line in Path(file).read_text().splitlines() if line)
        told |= dict(pairs)
    told["CREDENTIALS_DIRECTORY"] = _lend(said.get("LoadCredential", []), user, name)
    filled = [_fill(word, told) for word in words]
    wanted = " ".join(said.get("AmbientCapabilities", [])).split()
    rights = ",".join(f"+{each[4:].lower()}" for each in wanted)
    caps = ["--inh-caps", f"-all,{rights}".rstrip(",")]
    caps += ["--ambient-caps", rights] if rights else []
    as_user = ["setpriv", "--reuid", user, "--regid", user, "--init-groups", *caps]
    return [*as_user, "--no-new-privs", *filled], told


def _fill(word: str, told: dict[str, str]) -> str:
    return re.sub(r"\$\{(\w+)\}", lambda found: told[found[1]], word)


def _lend(credentials: list[str], user: str, name: str) -> str:
    """As systemd does it: files that their user may read, and seem readable by a group."""
    folder = Path("/run/credentials") / name
    folder.mkdir(parents=True, exist_ok=True)
    for credential in credentials:
        called, _, source = credential.partition(":")
        file = folder / called
        file.unlink(missing_ok=True)
        file.write_bytes(Path(source).read_bytes())
        file.chmod(0o440)
        os.chown(file, 0, pwd.getpwnam(user).pw_gid)
    return str(folder)


def start(unit: str) -> None:
    if unit == "nginx":
        subprocess.run(["nginx"], check=True)
        return
    said = said_by(unit)
    command, told = command_of(said, shlex.split(said["ExecStart"][-1]), unit)
    log = Path(f"/run/{unit}.log")
    with log.open("wb") as out:
        where = said["WorkingDirectory"][-1]
        umask = int(said["UMask"][-1], 8)
        process = subprocess.Popen(
            command, env=told, cwd=where, stdout=out, stderr=out, umask=umask
        )
    Path(f"/run/{unit}.pid").write_text(str(process.pid))
    end = time.monotonic() + 90
    while b"Kith is open" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > end:
            sys.exit(f"{unit} did not start:\n{log.read_text()}")
        time.sleep(0.1)


def stop(unit: str) -> None:
    file = Path(f"/run/{unit}.pid")
    if not file.exists():
        return
    number = int(file.read_text())
    file.unlink()
    os.kill(number, signal.SIGTERM)
    while (
        Path(f"/proc/{number}").exists() and " Z " not in Path(f"/proc/{number}/stat").read_text()
    ):
        time.sleep(0.1)


def systemctl(words: list[str]) -> None:
    deed, *units = [word for word in words if not word.startswith("--")]
    for unit in units:
        if deed in ("stop", "restart"):
            stop(unit)
        if deed in ("start", "restart") or (deed == "enable" and "--now" in words):
            start(unit)
        if deed == "reload":
            pid = Path(f"/run/{unit}.pid")
            running = pid.exists() and pid.read_text().strip()
            subprocess.run([unit, "-s", "reload"], check=True) if running else start(unit)


def systemd_run(words: list[str]) -> None:
    said: Said = {}
    while words and words[0].startswith("--"):
        word = words.pop(0)
        if word.startswith("--property="):
            name, _, value = word.removeprefix("--property=").partition("=")
            said.setdefault(name, []).append(value)
    command, told = command_of(said, words, "run")
    os.umask(int(said["UMask"][-1], 8))
    os.chdir(said["WorkingDirectory"][-1])
    os.execvpe(command[0], command, told)


if __name__ == "__main__":
    name = Path(sys.argv[0]).name
    (systemctl if name == "systemctl" else systemd_run)(sys.argv[1:])
