"""What a device keeps of the product, so that pages open without a connection.

A shell is a page without anything of anyone's, for one who has no connection: rooms register
theirs with the addresses they stand in for. The worker in the browser keeps them with the files
they need, and nothing else.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.permissions.viewer import NOBODY
from kith.web.pages import Request, anyone, page, signed_in

KEPT = (".js", ".css", ".woff2", ".svg")
_shells: list[tuple[str, str]] = []


def on_shell(pattern: str, name: str) -> None:
    """Let the page `name` stand in, without a connection, for addresses that fit `pattern`."""
    _shells.append((pattern, name))


def shell(request: HttpRequest, template: str, told: dict[str, Any] | None = None) -> HttpResponse:
    """A page that knows nobody, whoever asks, and says so to its scripts."""
    request.viewer, request.here = NOBODY, "shell"  # type: ignore[attr-defined]
    request.circle_names = {}  # type: ignore[attr-defined]
    return render(request, template, told)


@page(anyone)
def worker(request: Request) -> HttpResponse:
    """The script that opens pages without a connection: ours, with what it is to keep."""
    script = f"import {{ start }} from {json.dumps(static('web/worker.js'))};\n"
    text = f"{script}start(self, {json.dumps(_plan(get_language()))});\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@page(anyone)
def app(request: Request) -> HttpResponse:
    """What a phone needs to put Kith among its apps. Its name says nothing."""
    sign = {"src": static("web/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": _("Notes"),
        "short_name": _("Notes"),
        "start_url": reverse("people:home"),
        "display": "standalone",
        "icons": [sign],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@page(anyone)
def today(request: Request) -> HttpResponse:
    """The neutral page, as a device keeps it: a day of its own would soon be yesterday."""
    return shell(request, "web/left.html")


@page(anyone)
def none(request: Request) -> HttpResponse:
    """What stands in for a page that needs a connection."""
    return shell(request, "web/none.html")


@page(signed_in)
def waiting(request: Request) -> HttpResponse:
    """What waits on this device, and what can be done with it."""
    return render(request, "web/waiting.html")


@page(anyone)
def waiting_shell(request: Request) -> HttpResponse:
    """The same without a connection."""
    return shell(request, "web/waiting.html")


@lru_cache
def _plan(language: str | None) -> dict[str, Any]:
    """What the worker keeps, under a name that changes when any of it does."""
    shells = [(pattern, reverse(name)) for pattern, name in _shells]
    files = sorted(staticfiles_storage.url(file) for file in _files() if file.endswith(KEPT))
    told = {
        "files": files,
        "shells": shells,
        "otherwise": reverse("web:shell-none"),
        "left": [reverse("web:left"), reverse("web:shell-today")],
        "closed": reverse("people:closed"),
    }
    pages = [_content(url) for url in sorted({url for _pattern, url in shells})]
    name = hashlib.sha256(json.dumps([told, pages, language]).encode()).hexdigest()[:16]
    return {"name": f"kith-{name}", **told}


def _files() -> Iterable[str]:
    """Every static file of ours by the name it has in templates."""
    if isinstance(staticfiles_storage._wrapped, ManifestStaticFilesStorage):  # type: ignore[attr-defined]
        return list(staticfiles_storage.hashed_files)  # type: ignore[attr-defined]
    return [path for finder in get_finders() for path, _storage in finder.list([])]


def _content(url: str) -> str:
    request = HttpRequest()
    request.method, request.path = "GET", url
    request.META = {"SERVER_NAME": settings.ALLOWED_HOSTS[0], "SERVER_PORT": "80"}
    request.viewer = NOBODY  # type: ignore[attr-defined]
    view = resolve(url)
    return cast(HttpResponse, view.func(request, *view.args, **view.kwargs)).content.decode()
