"""The doors of the web site: headers on every answer, and problems in plain words."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kith.base.problems import Invalid, Missing, Problem, Refused
from kith.web.sentences import BROKEN, KINDS, Plain, flaw_sentences, plainly

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


CARRIED = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
    ),
}
"""Headers of every answer, unless a page says otherwise (`hearing`). What must come over https
alone, and what is the same for every site, Django's SecurityMiddleware adds (see settings)."""


def hearing(response: HttpResponse) -> HttpResponse:
    """A page on which people may record a sound, or hear one: the microphone is theirs to allow."""
    response.headers["Content-Security-Policy"] = f"{POLICY}; media-src 'self' blob:"
    allowed = CARRIED["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
    response.headers["Permissions-Policy"] = allowed
    return response


class Headers:
    """What every answer carries: nothing from elsewhere, nothing kept, nothing framed.

    The outermost door, so that files, refusals and errors carry it too. Only a file named by its
    content may be kept by the browser; WhiteNoise says so itself.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        for name, value in CARRIED.items():
            response.headers.setdefault(name, value)
        return response


class OwnPagesOnly:
    """Refuses what another site makes a browser ask: to change something, even with a token of
    ours, or to load a page of ours as part of its own. Following a link to us is fine.

    Browsers say who asks (Sec-Fetch-Site); where one does not, the token and Origin still hold.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks = request.headers.get("Sec-Fetch-Site", "same-origin")
        if asks in ("same-origin", "none") or _follows_a_link(request):
            return self.answer(request)
        return csrf_failure(request)


class Problems:
    """Turns a Problem into a plain page with the right status."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for every problem of ours; anything else goes to `broken`."""
        if isinstance(error, Problem):
            return problem_page(request, error)
        if isinstance(error, Http404):
            return problem_page(request, Missing())
        if isinstance(error, PermissionDenied):
            return problem_page(request, Refused("not-allowed"))
        return None


class WithoutContent(logging.Filter):
    """Keeps out of the log what an error may quote: only where and what kind it was."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.exc_info[0].__name__} in {_place(record.exc_info[2])}"
            record.args, record.exc_info, record.exc_text = None, None, None
        elif record.name.startswith("django"):
            record.msg, record.args = "an answer that was not as it should be", None
        return True


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page that says what happened and what one can do."""
    return _page(request, plainly(problem), problem.status, flaw_sentences(problem.flaws))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address: the same answer as for what is not yours."""
    return problem_page(request, Missing())


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came is no request that we take: too large, or malformed."""
    return _page(request, KINDS[Invalid], 400, [])


def broken(request: HttpRequest) -> HttpResponse:
    """Something we did not foresee; maybe nothing works any more, not even a page of ours."""
    try:
        return _page(request, BROKEN, 500, [])
    except Exception:
        told = f"{BROKEN.what}\n{BROKEN.then}\n"
        return HttpResponse(told, status=500, content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our pages, or from one that grew too old."""
    return _page(request, KINDS[Refused], 403, [])


def _follows_a_link(request: HttpRequest) -> bool:
    """Whether a person steps from another site to a page of ours, in a window of its own."""
    said = request.headers
    whole = said.get("Sec-Fetch-Mode") == "navigate" and said.get("Sec-Fetch-Dest") == "document"
    return whole and request.method in ("GET", "HEAD")


def _page(request: HttpRequest, plain: Plain, status: int, flaws: list[str]) -> HttpResponse:
    told = {"plain": plain, "flaws": flaws, "status": status}
    return render(request, "web/problem.html", told, status=status)


def _place(trace: object) -> str:
    places = []
    while trace is not None:
        frame = trace.tb_frame  # type: ignore[attr-defined]
        places.append(f"{frame.f_globals.get('__name__')}:{trace.tb_lineno}")  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return places[-1] if places else "?"
