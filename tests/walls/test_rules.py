"""Every page says who may see it: a view without a rule fails here."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

# What shows nothing of anyone: files of the product, and the switch of language.
WITHOUT_RULE = {
    "django.views.i18n.set_language",
    "django.views.static.serve",
    "django.contrib.staticfiles.views.serve",
}

View = Callable[..., Any]


def views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, View]]:
    """Every address below `patterns`, and what answers there."""
    for pattern in patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def full_name(view: View) -> str:
    answers = getattr(view, "view_class", view)
    return f"{answers.__module__}.{answers.__qualname__}"


def lawless(patterns: list[URLPattern | URLResolver]) -> list[str]:
    return [
        f"{address or '/'} ({full_name(view)})"
        for address, view in views(patterns)
        if not getattr(view, "rule", None) and full_name(view) not in WITHOUT_RULE
    ]


def test_every_page_has_a_rule() -> None:
    assert lawless(get_resolver().url_patterns) == []


def answered_twice(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Addresses that two pages want: the second would never be seen."""
    addresses = [address for address, _view in views(patterns)]
    return sorted({address for address in addresses if addresses.count(address) > 1})


def test_no_address_belongs_to_two_pages() -> None:
    assert answered_twice(get_resolver().url_patterns) == []
    assert answered_twice([path("a/", _open), path("", include([path("a/", _ruled)]))]) == ["a/"]


def _open(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _ruled(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_ruled.rule = "anyone"  # type: ignore[attr-defined]


def test_a_page_without_a_rule_is_found_however_deep_it_lies() -> None:
    inner = [path("b/", _open), path("c/", _ruled)]
    assert lawless([path("a/", include(inner))]) == [f"a/b/ ({full_name(_open)})"]
