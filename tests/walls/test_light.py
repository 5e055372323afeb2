"""`import kith` in a notebook costs nothing one would notice."""

import subprocess
import sys

HEAVY = {"django", "numpy", "polars", "scipy", "numba", "cryptography", "typer", "rich", "docx"}
ASK = """
import sys, time
began = time.perf_counter()
import kith
print(time.perf_counter() - began, *(name for name in sys.modules if "." not in name))
"""


def import_kith() -> tuple[float, set[str]]:
    """Seconds that a fresh process needs to import kith, and what came along."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    seconds, *names = done.stdout.split()
    return float(seconds), set(names)


def test_importing_kith_is_quick() -> None:
    # The quickest of five: what other work on the machine costs is not Kith's.
    assert min(import_kith()[0] for _ in range(5)) < 0.3


def test_importing_kith_brings_nothing_heavy() -> None:
    assert HEAVY & import_kith()[1] == set()
