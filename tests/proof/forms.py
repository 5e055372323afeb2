"""Reading the forms of a page and filling them in, so that no page needs a hand of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from uuid import UUID

Data = list[tuple[str, str]]
Write = Callable[["Field"], str]
SHORT, LONG = 60, 600


@dataclass
class Field:
    """One thing to fill in. `options` of a choice, with those that are chosen already."""

    name: str
    kind: str
    value: str = ""
    most: int = LONG
    options: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def takes_words(self) -> bool:
        return self.kind in ("text", "textarea", "search", "password")


@dataclass
class Form:
    """A form of a page: where it goes, and its fields in order."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, write: Write, choose: Random) -> Data:
        """What is sent when each text says `write(field)` and each choice is drawn."""
        data: Data = []
        for one in self.fields:
            data += _answer(one, write, choose)
        return data + ([choose.choice(self.buttons)] if self.buttons else [])


def forms_on(page: str, here: str) -> list[Form]:
    """The forms of a page that change something, as they stand on it."""
    reader = _Reader(here)
    reader.feed(page)
    reader.close()
    return [form for form in reader.forms if form.method == "post"]


def links_on(page: str, here: str) -> list[str]:
    """Every address that the page leads to, its forms among them."""
    reader = _Reader(here)
    reader.feed(page)
    reader.close()
    return reader.links + [form.action for form in reader.forms]


def _answer(one: Field, write: Write, choose: Random) -> Data:
    if one.kind == "csrf":
        return []
    if one.takes_words:
        return [(one.name, write(one)[: one.most])]
    if one.kind in ("radio", "select"):
        return [(one.name, choose.choice(one.options)[0])] if one.options else []
    if one.kind in ("checkbox", "several"):
        return [(one.name, value) for value, _chosen in one.options if choose.random() < 0.4]
    return [] if one.kind == "file" else [(one.name, _hidden(one, choose))]


def _hidden(one: Field, choose: Random) -> str:
    """What stands hidden in a form goes back as it is; the id of what it makes is a new one."""
    makes = one.name.rpartition("-")[2] in ("id", "now_id")
    return str(UUID(int=choose.getrandbits(128), version=4)) if makes else one.value


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__(convert_charrefs=True)
        self.here = here
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._in: Form | None = None
        self._text: Field | None = None
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: text or "" for name, text in attrs}
        self._templates += tag == "template"
        self.links += [text for name, text in told.items() if _leads(tag, name) and text]
        if tag == "form" and not self._templates:
            action = told.get("action") or self.here
            self._in = Form(action, told.get("method", "get").lower())
            self.forms.append(self._in)
        elif self._in is not None and told.get("name"):
            self._field(tag, told)
        elif tag == "option" and self._text is not None:
            self._text.options.append((told.get("value", ""), "selected" in told))

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        if tag == "form":
            self._in = None
        if tag in ("textarea", "select"):
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None and self._text.kind == "textarea":
            self._text.value += data

    def _field(self, tag: str, told: dict[str, str]) -> None:
        assert self._in is not None
        kind = told.get("type", "text") if tag == "input" else tag
        name, value = told["name"], told.get("value", "")
        if tag == "button" or kind == "submit":
            self._in.buttons.append((name, value))
            return
        if name == "csrfmiddlewaretoken":
            kind = "csrf"
        known = next((one for one in self._in.fields if one.name == name), None)
        if known and kind in ("radio", "checkbox"):
            known.options.append((value, "checked" in told))
            return
        if kind == "select" and "multiple" in told:
            kind = "several"
        most = int(told.get("maxlength") or (LONG if kind == "textarea" else SHORT))
        made = Field(name, kind, value, most)
        if kind in ("radio", "checkbox"):
            made.options.append((value, "checked" in told))
        self._in.fields.append(made)
        self._text = made if kind in ("textarea", "select", "several") else None


def _leads(tag: str, name: str) -> bool:
    if name == "src":
        return tag in ("img", "audio", "source")
    return name in ("href", "formaction") or (name.startswith("data-") and tag != "form")
