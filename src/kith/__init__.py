"""Kith helps people record, see and talk about relationships."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Names a notebook uses, each brought in when first asked for, so that `import kith` stays quick.
_LATE = {
    "egonets": ("kith.analysis.egonets", None),
    "read_interviews": ("kith.formats.interviews", "read_interviews"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module 'kith' has no attribute {name!r}")
    module, attribute = _LATE[name]
    found = import_module(module)
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    return [*globals(), *_LATE]
