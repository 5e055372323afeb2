"""The doors of the web site: headers on every answer, and problems in plain words."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kith.base.problems import Missing, Problem, Refused
from kith.web.sentences import BROKEN, KINDS, Plain, flaw_sentences, plainly

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Headers:
    """What every answer carries: nothing from elsewhere, nothing kept, nothing framed."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


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
        elif record.name.startswith("django.request"):
            record.msg, record.args = "an answer that was not as it should be", None
        return True


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page that says what happened and what one can do."""
    return _page(request, plainly(problem), problem.status, flaw_sentences(problem.flaws))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address: the same answer as for what is not yours."""
    return problem_page(request, Missing())


def broken(request: HttpRequest) -> HttpResponse:
    """Something we did not foresee."""
    return _page(request, BROKEN, 500, [])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our pages, or from one that grew too old."""
    return _page(request, KINDS[Refused], 403, [])


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
