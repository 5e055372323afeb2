"""Files and functions stay small enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from walls.house import ROOT, Function, name, parse, source, tracked

FILE_LINES = 400
FUNCTION_LINES = 40
LIST = ROOT / "tests" / "walls" / "exceptions.txt"
MOST_EXCEPTIONS = 3


def exceptions() -> set[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, Function]]:
    """Every function and method with its full name, inner ones as well."""
    for node in ast.iter_child_nodes(tree):
        inner = within
        if isinstance(node, Function | ast.ClassDef):
            inner = f"{within}.{node.name}".lstrip(".")
        if isinstance(node, Function):
            yield inner, node
        yield from functions(node, inner)


def length(function: Function) -> int:
    """Lines from `def` to the end; a docstring costs nothing, so that nobody saves on it."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        words = function.body[0]
        lines -= (words.end_lineno or words.lineno) - words.lineno + 1
    return lines


def too_large(path: Path, text: str) -> set[str]:
    """What is over size in a file: itself, or functions in it."""
    found = {name(path)} if len(text.splitlines()) > FILE_LINES else set()
    if path.suffix == ".py":
        every = functions(ast.parse(text))
        found |= {f"{name(path)}::{n}" for n, f in every if length(f) > FUNCTION_LINES}
    return found


def test_nothing_is_over_size() -> None:
    ours = [*source(".py", ".js"), *(p for p in tracked() if p.parts[-2] == "scripts")]
    large = set().union(*(too_large(path, path.read_text(encoding="utf-8")) for path in ours))
    assert large == exceptions(), "split what is large; take off the list what is not"


def test_the_list_of_exceptions_only_shrinks() -> None:
    assert len(exceptions()) <= MOST_EXCEPTIONS


def test_a_usual_function_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    lengths = [length(f) for path in source(".py") for _, f in functions(parse(path))]
    with capsys.disabled():
        print(f"\nmedian function: {median(lengths):g} lines of {len(lengths)} functions")
    assert median(lengths) <= 8


def test_the_wall_bites() -> None:
    place = ROOT / "src" / "kith" / "new.py"
    long_function = "class A:\n    def f(self):\n" + "        x = 1\n" * FUNCTION_LINES
    assert too_large(place, long_function) == {"src/kith/new.py::A.f"}
    assert too_large(place, "x = 1\n" * (FILE_LINES + 1)) == {"src/kith/new.py"}
    documented = f'def f():\n    """{"word" + chr(10)}    """\n' + "    x = 1\n" * 39
    assert too_large(place, documented) == set()
