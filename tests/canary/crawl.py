"""Someone who opens every page there is a way to, and types into every field of every form.

No list of pages: it starts at the first page and follows links, so a page added later is visited
as well. Each text field gets a canary of its own, made by `say`.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pictures import A_PICTURE, A_SOUND

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LEAVES = re.compile(
    r"/(out|end|erase|leave|stop|away|gone|today|where|device|forget|only|back|take-back|ways)/"
)
"""What would take things away again, or end the walk."""
OPPOSITES = ("dissent", "others")
MEDIA = {"picture": A_PICTURE, "sound": A_SOUND}
"""Files that are looked at before the words beside them are kept."""


@dataclass
class Form:
    """One form of a page, as a browser would send it."""

    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # kind, name, value


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select, self._area = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "form":
            self._open = Form(told.get("action", ""), told.get("method", "get"))
            self.forms.append(self._open)
        elif self._open is not None:
            self._take(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""

    def _take(self, tag: str, told: dict[str, str]) -> None:
        assert self._open is not None
        name = told.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and told.get("value"):
            self._open.fields.append(("choice", self._select, told["value"]))
        elif tag == "textarea" and name:
            self._open.fields.append(("text", name, ""))
        elif tag in ("input", "button") and name:
            kind = told.get("type", "text" if tag == "input" else "submit")
            self._open.fields.append((kind, name, told.get("value", "")))


@dataclass
class Walker:
    """Goes through all pages. `refused` are the answers that were no page."""

    client: Client
    say: Callable[[str], str]
    notes: Callable[[], bytes]
    each: int = 2
    pages: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def walk(self, start: str = "/") -> None:
        """Follow every link, fill in every form, until nothing is new."""
        waiting = [start]
        while waiting:
            address = waiting.pop(0)
            kind = ID.sub("*", urlsplit(address).path)
            if self.pages[kind] >= self.each or LEAVES.search(address):
                continue
            self.pages[kind] += 1
            waiting += self._open(address)

    def _open(self, address: str) -> list[str]:
        answer = self.client.get(address, follow=True)
        if answer.status_code >= 500:
            self.broken.append(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            return []
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        page = Page(answer.content.decode())
        found = [urljoin(here, link) for link in page.links]
        for form in page.forms:
            found += self._send(here, form)
        return [link for link in found if urlsplit(link).netloc in ("", "testserver")]

    def _send(self, here: str, form: Form) -> list[str]:
        action = urljoin(here, form.action or here)
        names = ",".join(sorted({name for _kind, name, _value in form.fields}))
        kind = ID.sub("*", f"{urlsplit(action).path} {names}")
        if form.method.lower() != "post" or LEAVES.search(action) or self.sent[kind] >= self.each:
            return []
        self.sent[kind] += 1
        answer = self.client.post(action, self._filled(form), follow=True)
        if answer.status_code >= 500:
            self.broken.append(action)
        there = [address for address, _status in answer.redirect_chain]
        if answer.status_code == 200 and "html" in answer["Content-Type"] and not there:
            for again in Page(answer.content.decode()).forms:  # a preview that asks once more
                if again.fields != form.fields:
                    there += self._send(action, again)
        return there

    def _filled(self, form: Form) -> dict[str, object]:
        told: dict[str, object] = {}
        for kind, name, value in form.fields:
            if kind in ("hidden", "submit", "choice"):
                told.setdefault(name, value)
            elif kind == "checkbox" and name in OPPOSITES:
                continue  # what speaks against it: not the same as what it rests on
            elif kind in ("radio", "checkbox"):
                told.setdefault(name, value or ("on" if kind == "checkbox" else ""))
            elif kind == "file" and name in MEDIA:
                told[name] = SimpleUploadedFile(name, MEDIA[name])
            elif kind == "file":
                told[name] = SimpleUploadedFile("notes.csv", self.notes(), "text/csv")
            elif kind in ("date", "time", "datetime-local", "number"):
                told[name] = value
            elif kind == "password":
                told[name] = "a teapot on a sill"
            else:
                told[name] = self.say(name)
        return {name: value for name, value in told.items() if value != ""}
