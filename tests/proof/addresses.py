"""Every address of the site, taken from the resolver, so that new pages come in by themselves."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver, resolve

Where = tuple[tuple[str, Any], ...]
"""What stands in the gaps of an address, as pairs, so that it can be in a set."""


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: `route` is its name here and in the tables of these tests."""

    route: str
    gaps: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def rule(self) -> str:
        return str(getattr(getattr(self.view, "rule", None), "__name__", ""))

    def url(self, where: Mapping[str, Any]) -> str:
        told = re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(where[gap[1]]), self.route)
        return "/" + told


@dataclass(frozen=True)
class Place:
    """An address with its gaps filled: what one can open."""

    address: Address
    where: Where

    @property
    def url(self) -> str:
        return self.address.url(dict(self.where))

    def but(self, **other: Any) -> "Place":
        """The same page of something else."""
        return Place(
            self.address, tuple((name, other.get(name, told)) for name, told in self.where)
        )


@cache
def every_address() -> dict[str, Address]:
    """All addresses by their route."""
    return {one.route: one for one in _walk(get_resolver().url_patterns, "")}


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield Address(route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)), pattern.callback)


def place_of(url: str) -> Place | None:
    """The page that this address leads to; None where it leads to none of ours."""
    parts = urlsplit(url)
    if parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return None
    try:
        found = resolve(parts.path)
    except Http404:
        return None
    address = every_address().get(found.route)
    return address and Place(address, tuple((gap, found.kwargs[gap]) for gap in address.gaps))
