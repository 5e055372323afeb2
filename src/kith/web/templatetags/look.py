"""The parts of the look, as template tags: `{% load look %}`. `/look/` shows each of them live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from kith.web import drawings, icons

register = template.Library()

Text = str | Promise

STATES: dict[str, tuple[str, Text]] = {
    "draft": ("pen", gettext_lazy("Draft, on this device only")),
    "saved": ("device", gettext_lazy("Saved on this device")),
    "sent": ("sent", gettext_lazy("Sent")),
    "stored": ("check", gettext_lazy("Stored")),
}

CAPTIONS: dict[str, Text] = {
    "said": gettext_lazy("What the drawer said"),
    "described": gettext_lazy("What someone described"),
    "interpreted": gettext_lazy("What someone interpreted"),
}


def _svg(box: tuple[int, int], strokes: Iterable[drawings.Stroke], css: str = "") -> SafeString:
    paths = format_html_join("", '<path class="{}" d="{}"/>', strokes)
    # A line may be pulled as wide as the page; a picture keeps its shape.
    fit = SafeString(' preserveAspectRatio="none"') if css in {"rule", "here", "thread"} else ""
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false"{}>{}</svg>',
        css, *box, fit, paths,
    )  # fmt: skip


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "cup" %}`: a small hand-drawn sign in the colour of the text beside it."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 26 26" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        css, icons.path(name),
    )  # fmt: skip


@register.simple_tag
def brand() -> SafeString:
    """`{% brand %}`: the two rings."""
    return _svg(drawings.RINGS_BOX, drawings.rings(), "rings")


@register.simple_tag
def rule() -> SafeString:
    """`{% rule %}`: the drawn line under a title."""
    return _svg((148, 14), drawings.rule(), "rule")


@register.simple_tag
def here() -> SafeString:
    """`{% here %}`: the drawn line under the place one is in."""
    return _svg((100, 9), drawings.underline(), "here")


@register.simple_tag
def thread(spans: Sequence[drawings.Span], seed: object = "") -> SafeString:
    """`{% thread spans practice.id %}`: a practice through time (see `drawings.thread`)."""
    return _svg(drawings.THREAD_BOX, drawings.thread(tuple(map(tuple, spans)), str(seed)), "thread")


@register.simple_tag
def tally(number: int | None) -> SafeString:
    """`{% tally 15 %}`: bundles of five and "about 15"; None is a number held back."""
    if number is None:
        return withheld()
    across, down = drawings.BUNDLE_BOX
    marks = _svg((across * number // 5, down), drawings.tally(number))
    words = gettext("about %(number)d") % {"number": number}
    return format_html('<span class="tally">{}<b>{}</b></span>', marks, words)


@register.simple_tag
def withheld() -> SafeString:
    """`{% withheld %}`: the slip for a number held back; none, too few and all look the same."""
    return format_html('<span class="withheld"><span>{}</span></span>', gettext("withheld"))


@register.simple_tag
def state(name: str) -> SafeString:
    """`{% state "stored" %}`: draft, saved, sent or stored, as a sign and a word."""
    sign, text = STATES[name]
    return format_html('<span class="state">{}{}</span>', icon(sign), text)


@register.simple_block_tag
def words(content: str, kind: str, by: Text = "") -> SafeString:
    """`{% words "said" by=... %}...{% endwords %}`: said, described or interpreted, and by whom."""
    caption = by or CAPTIONS[kind]
    body = format_html("<q>{}</q>", content.strip()) if kind == "said" else content.strip()
    return format_html(
        '<div class="words {}"><p>{}</p><small>{}</small></div>', kind, body, caption
    )


@register.simple_tag
def paradox() -> SafeString:
    """`{% paradox %}`: the arc between two poles, pointing both ways."""
    return _svg(drawings.ARC_BOX, drawings.paradox(), "both")


@register.simple_tag
def shape(name: str, index: int = 0) -> SafeString:
    """`{% shape theme.name forloop.counter0 %}`: one theme as a small loose shape."""
    return _svg(drawings.SMALL_SHAPE_BOX, drawings.shape(str(name), drawings.pen(index)), "shape")


@register.simple_tag
def shapes(names: Iterable[str]) -> SafeString:
    """`{% shapes names %}`: themes as overlapping shapes, and the same in words."""
    placed = drawings.shapes(tuple(map(str, names)))
    strokes = [stroke for _, _, part in placed for stroke in part]
    texts = [(round(x), round(y), name) for name, (x, y), _ in placed]
    labels = format_html_join("", '<text x="{}" y="{}">{}</text>', texts)
    across, down = drawings.SHAPES_BOX
    told = gettext("Themes drawn as overlapping shapes: %(names)s.") % {
        "names": ", ".join(name for name, _, _ in placed)
    }
    return format_html(
        '<svg class="shapes" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        across, down, told, format_html_join("", '<path class="{}" d="{}"/>', strokes), labels,
    )  # fmt: skip


@register.simple_tag
def mark(happened: bool | None, sign: str = "cup") -> SafeString:
    """`{% mark True %}`: a day's mark. It happened: a sign; it could not: dots; None: nothing."""
    if happened is None:
        return SafeString("")
    return icon(sign, "day walnut") if happened else icon("silence", "day")


@register.simple_tag
def evidence(number: int, url: str = "", told: Text = "") -> SafeString:
    """`{% evidence 14 url %}`: the small number that leads from a sentence to its source."""
    said = told or gettext("Source")
    inside = format_html('<span class="vh">{} </span>{}', said, number)
    if url:
        return format_html('<a class="ev" href="{}">{}</a>', url, inside)
    return format_html('<span class="ev">{}</span>', inside)


@register.simple_tag
def values(name: str, held: object) -> SafeString:
    """`{% values "map-state" state %}`: plain values for a script of the page, as JSON in a tag.

    As Django's json_script, but quick with thousands of numbers: nothing in it can end the tag.
    """
    text = msgspec.json.encode(held).decode().translate(_UNSAFE)
    return format_html(
        '<script id="{}" type="application/json">{}</script>', name, SafeString(text)
    )


_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


@register.simple_tag
def pin(number: int) -> SafeString:
    """`{% pin 1 %}`: the round number that ties words to a place on a drawing."""
    return format_html('<span class="pin">{}</span>', number)


@register.inclusion_tag("web/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """`{% field form.words %}`: label, hint, control, and what to mend if something is."""
    kind = _kind(bound)
    return {"field": bound, "kind": kind, "control": "" if kind in _MANY else _control(bound)}


@register.inclusion_tag("web/form_body.html")
def form_body(form: BaseForm) -> dict[str, Any]:
    """`{% form_body form %}`: the summary of what to mend, then every field, hidden ones too."""
    return {"form": form}


@register.inclusion_tag("web/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """`{% errors form %}`: everything to mend at once, each with a link to its field."""
    unseen = [why for bound in form.hidden_fields() for why in bound.errors]
    rows = [_row(bound) for bound in form.visible_fields() if bound.errors]
    return {"rows": rows, "whole": [*form.non_field_errors(), *unseen]}


_MANY = frozenset({"chips", "seg"})


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, (CheckboxSelectMultiple, RadioSelect)):
        return "seg" if widget.attrs.get("data-look") == "seg" else "chips"
    return "tick" if isinstance(widget, CheckboxInput) else "plain"


def _control(bound: BoundField) -> SafeString:
    own = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"in {own}".strip()})


def _row(bound: BoundField) -> dict[str, Any]:
    first = f"{bound.auto_id}_0" if _kind(bound) in _MANY else bound.auto_id
    return {"id": first, "label": bound.label, "whys": bound.errors}
