"""What a record can say: frozen values with a kind and a version, registered by name.

A room writes::

    @noun("figure", seals="map", apart=("label",))
    class Figure(Noun, frozen=True): ...

    @noun("arrangement", kept_by="space", sees="guest", makes="team", changes="team")
    class Arrangement(Noun, frozen=True): ...

`seals` is the class of key that seals the body; the fields in `apart` are sealed on their own
under the class "labels". `kept_by` says whose key: the author's for what a person makes, the
space's for what a circle keeps together. `sees`, `makes` and `changes` name the least part in a
circle that may do so; a noun that names none lives in notebooks only.
Old versions are read for ever: a new shape of a noun is a new version beside the old one.
"""

from collections.abc import Callable, Iterable
from typing import ClassVar, Self, TypeVar

import msgspec

CLASSES = ("map", "words", "media", "labels", "contributions")
"""Classes of what people say; each person has a key of their own for each."""

_nouns: dict[tuple[str, int], type["Noun"]] = {}


class Noun(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a record says. Fields are plain values; all of them are sealed."""

    __kind__: ClassVar[str] = ""
    __version__: ClassVar[int] = 1
    __seals__: ClassVar[str] = "words"
    __kept_by__: ClassVar[str] = "author"
    __apart__: ClassVar[tuple[str, ...]] = ()
    __sees__: ClassVar[str] = "nobody"
    __makes__: ClassVar[str] = "nobody"
    __changes__: ClassVar[str] = "nobody"
    __in_notebooks__: ClassVar[bool] = True

    def but(self, **changes: object) -> Self:
        """The same noun with some fields said anew."""
        return msgspec.structs.replace(self, **changes)


N = TypeVar("N", bound=type[Noun])


def noun(
    kind: str,
    *,
    version: int = 1,
    seals: str = "words",
    kept_by: str = "author",
    apart: tuple[str, ...] = (),
    sees: str = "nobody",
    makes: str = "nobody",
    changes: str = "nobody",
) -> Callable[[N], N]:
    """Register a noun; see the top of this file for what each word means.

    What a circle keeps with its own key does not belong in notebooks.
    """

    def register(cls: N) -> N:
        cls.__kind__, cls.__version__, cls.__seals__ = kind, version, seals
        cls.__kept_by__, cls.__apart__ = kept_by, apart
        cls.__sees__, cls.__makes__, cls.__changes__ = sees, makes, changes
        cls.__in_notebooks__ = sees == "nobody"
        _register(cls)
        return cls

    return register


def _register(cls: type[Noun]) -> None:
    name = (cls.__kind__, cls.__version__)
    if cls.__seals__ not in CLASSES or cls.__kept_by__ not in ("author", "space"):
        raise TypeError(f"{cls.__name__} is sealed by nobody we know")
    if _nouns.setdefault(name, cls).__qualname__ != cls.__qualname__:
        raise TypeError(f"two nouns call themselves {name}")
    _nouns[name] = cls


def noun_named(kind: str, version: int) -> type[Noun]:
    """The noun registered under this kind and version. Raises KeyError when there is none."""
    return _nouns[kind, version]


def sealed_under(kinds: Iterable[str]) -> frozenset[str]:
    """The classes of keys that things of these kinds are sealed under, as they are kept today."""
    last = {cls.__kind__: cls for cls in sorted(all_nouns(), key=lambda cls: cls.__version__)}
    wanted = set(kinds)
    under = {last[kind].__seals__ for kind in wanted & last.keys()}
    return frozenset(under | wanted & set(CLASSES))


def all_nouns() -> tuple[type[Noun], ...]:
    """Every noun that the rooms registered."""
    return tuple(_nouns.values())


def encode(said: Noun) -> tuple[bytes, bytes | None]:
    """The canonical bytes of `said`: the body, and the fields that are sealed apart (or None)."""
    fields = msgspec.to_builtins(said, enc_hook=_plain_text)
    apart = {name: fields.pop(name) for name in said.__apart__ if name in fields}
    return _canonical(fields), _canonical(apart) if said.__apart__ else None


def decode(cls: type[Noun], body: bytes, apart: bytes | None) -> Noun:
    """The noun in `body`; where `apart` cannot be opened its fields keep their defaults."""
    fields = msgspec.json.decode(body)
    if apart is not None:
        fields |= msgspec.json.decode(apart)
    return msgspec.convert(fields, cls)


def _plain_text(value: object) -> str:
    """Text that knows more about itself (safe for HTML, say) as text and nothing else."""
    if isinstance(value, str):
        return "".join(list(value))
    raise TypeError(f"a noun cannot hold a {type(value).__name__}")


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="sorted")
