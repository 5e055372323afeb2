"""Which functions of ours a page can come to: read from its code, so that nothing has to run."""

import dis
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import kith

OURS = (str(Path(kith.__file__).parent), str(Path(__file__).parent))


def reached(page: Callable[..., Any]) -> set[object]:
    """The page, and every function and class of ours that it names, or that one of those names."""
    seen: set[object] = set()
    waiting: list[object] = [page]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += filter(_is_ours, _named_by(one))
    return seen


def _named_by(one: object) -> Iterator[object]:
    if isinstance(one, type):
        yield from vars(one).values()
    if isinstance(one, FunctionType):
        yield from (cell.cell_contents for cell in one.__closure__ or ())
        for name, then in _names(one.__code__):
            told = one.__globals__.get(name)
            yield getattr(told, then, None) if isinstance(told, ModuleType) else told


def _is_ours(part: object) -> bool:
    """Ours by its file, or by its name where something of Django's is wrapped around it."""
    if not isinstance(part, FunctionType | type):
        return False
    code = getattr(part, "__code__", None)
    by_file = code is not None and code.co_filename.startswith(OURS)
    return by_file or part.__module__.startswith("kith.")


def _names(code: CodeType) -> Iterator[tuple[str, str]]:
    """Every name that is looked up, with the one looked up in it, if any (`words.make`)."""
    for one, after in pairwise(dis.get_instructions(code)):
        if one.opname.startswith(("LOAD_GLOBAL", "LOAD_NAME")):
            yield str(one.argval), str(after.argval)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
