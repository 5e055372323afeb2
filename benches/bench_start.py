"""How long one waits before anything happens at all."""

import subprocess
import sys

from benches import Row, p95, seconds


def run() -> list[Row]:
    """The time that a fresh process needs to import Kith, and to start its commands."""
    rows = []
    for name, module in (("import kith", "kith"), ("import its commands", "kith.cli")):
        command = [sys.executable, "-c", f"import {module}"]
        taken = seconds(lambda command=command: subprocess.run(command, check=True), times=9)
        rows.append(Row(name, p95(taken) * 1000, "ms", "p95 of 9 fresh processes"))
    return rows
