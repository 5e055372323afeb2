"""No word of anyone gets into a log, an address, a header, the ledger or a page about a failure.

Canaries are typed into every field of every form that anyone comes to, and each sending is made to
fail in turn: the database breaks at some query and quotes what it was given, as databases do; the
body is too large, torn, or none of a form's. What the log keeps is read as the settings write it.
"""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string

from kith.base import clock
from kith.records.models import LedgerLine
from proof.forms import Field, Form
from proof.pairs import encoded
from proof.reach import Reach
from proof.village import LATER, Village, undone

pytestmark = pytest.mark.django_db
CANARY = "yellow-canary-7f3a"


@contextmanager
def log_as_set() -> Iterator[io.StringIO]:
    """What the log would hold, written through the filter that the settings name."""
    told, root, off = io.StringIO(), logging.getLogger(), logging.root.manager.disable
    handler = logging.StreamHandler(told)
    handler.addFilter(import_string(settings.LOGGING["filters"]["plain"]["()"])())
    root.addHandler(handler)
    logging.disable(logging.NOTSET)
    try:
        yield told
    finally:
        root.removeHandler(handler)
        logging.disable(off)


@contextmanager
def failing_at(number: int) -> Iterator[None]:
    """A database that fails at this query, and quotes what it was given."""
    count = 0

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == number:
            raise OperationalError(f"could not run {sql} with {params!r} and {CANARY}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


def _plain(client: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    return client.post(form.action, data)


def _too_large(client: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    return client.post(form.action, {**data, "words": CANARY * 200_000})


def _torn(client: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    body = f'{{"words": "{CANARY}'.encode()
    return client.post(form.action, body, content_type="application/json")


def _no_form(client: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    body = f"--{CANARY}\r\n{CANARY}".encode()
    return client.post(form.action, body, content_type=f"multipart/form-data; boundary={CANARY}")


def _forged(client: Client, form: Form, data: dict[str, list[str]]) -> HttpResponse:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = client.cookies
    return strict.post(form.action, data, headers={"referer": f"https://{CANARY}.example/"})


WAYS: tuple[Callable[[Client, Form, dict[str, list[str]]], HttpResponse], ...] = (
    _plain, _too_large, _torn, _no_form, _forged,
)  # fmt: skip


def _every_form(reaches: dict[str, Reach]) -> list[tuple[str, Form]]:
    """Each form once, with someone who can send it."""
    found: dict[tuple[str, tuple[str, ...]], tuple[str, Form]] = {}
    for called, reach in reaches.items():
        for place, forms in reach.forms.items():
            for form in forms:
                names = tuple(field.name for field in form.fields)
                found.setdefault((place.address.route, names), (called, form))
    return list(found.values())


def _word(field: Field) -> str:
    return f"{CANARY} {field.name}"


def _tells(answer: HttpResponse) -> list[str]:
    """Where an answer carries the canary that should not."""
    told = [name for name, text in answer.items() if CANARY in text]
    failed = answer.status_code >= 400 and answer.status_code not in (403, 422)
    return told + (["body"] if failed and CANARY in answer.content.decode() else [])


def test_no_word_gets_out(village: Village, reaches: dict[str, Reach]) -> None:
    wrong = []
    with log_as_set() as log:
        for number, (called, form) in enumerate(_every_form(reaches)):
            data = encoded(form.filled(_word, Random(number)))
            for way in WAYS:
                for broken in (0, 1 + number % 17):
                    if broken and way is not _plain:
                        continue
                    with clock.stopped_at(LATER), undone():
                        client = village.browser(called)
                        with failing_at(broken) if broken else nullcontext():
                            told = _tells(way(client, form, data))
                        # A write that stands alone and fails spoils only the block around it here.
                        transaction.set_rollback(False)
                        lines = LedgerLine.objects.order_by("-number")[:3].values_list(
                            "act", "seals"
                        )
                        told += ["ledger"] if CANARY in str(list(lines)) else []
                    village.mend()
                    wrong += [f"{way.__name__} to {form.action}: {where}" for where in told]
    assert wrong == []
    assert log.getvalue(), "nothing failed, so nothing was tried"
    assert CANARY not in log.getvalue()


def test_no_word_in_an_address_is_kept(village: Village) -> None:
    addresses = (f"/{CANARY}/", f"/notes/{CANARY}/", f"/?next={CANARY}", f"/come/?c={CANARY}")
    with log_as_set() as log, undone():
        for address in addresses:
            answer = village.browser("nobody").get(address, headers={"host": f"{CANARY}.example"})
            assert answer.status_code == 400 and CANARY not in answer.content.decode()
            answer = village.browser("R.").get(address)
            assert answer.status_code < 500
    assert CANARY not in log.getvalue()


def test_a_log_without_the_filter_would_tell(village: Village) -> None:
    """So that the silence above is the filter's doing."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    with log_as_set(), undone(), failing_at(1):
        logging.getLogger().handlers.insert(0, handler)
        village.browser("R.").get("/notes/")
        logging.getLogger().removeHandler(handler)
    assert CANARY in told.getvalue()
