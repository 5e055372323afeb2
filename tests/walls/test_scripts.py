"""Pages run no script that is not a file of ours, and ask nobody else for anything."""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from walls.house import name, scripts, source, templates, without_remarks

# A data block (type="application/json") is not run; everything else must be a file.
INLINE = re.compile(
    r"""<script(?![^>]*\b(?:src=|type="application/json"))[^>]*>"""
    r"""|<style\b|\sstyle\s*=|[\s"']on[a-z]+\s*=\s*["'{]|javascript:""",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"""https?://[^\s"'<>)]+|\b(?:src|href)\s*=\s*["']?//[^\s"'>]+""")
NAMESPACE = re.compile(r"http://www\.w3\.org/(2000/svg|1999/x(link|html)|XML/1998/namespace)$")
TAKES = re.compile(r"""^\s*(?:import|export)\b[^"';]*?\bfrom\s+["'](\.[^"']+)["']""", re.MULTILINE)
WRITES_CODE = re.compile(r"\beval\(|\bnew Function\(|document\.write\(|\.outerHTML\s*=")


def inline(template: str) -> list[str]:
    return [hit.group().strip() for hit in INLINE.finditer(without_remarks(template))]


def strange_addresses(text: str) -> list[str]:
    return [found for found in ADDRESS.findall(text) if not NAMESPACE.match(found)]


def test_no_template_holds_a_script_or_a_style() -> None:
    found = {name(p): inline(p.read_text(encoding="utf-8")) for p in templates()}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_nothing_asks_anyone_else() -> None:
    shown = [*templates(), *source(".js", ".css", ".json", ".webmanifest", ".svg")]
    found = {name(p): strange_addresses(p.read_text(encoding="utf-8")) for p in shown}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_no_script_writes_code() -> None:
    found = [name(p) for p in scripts() if WRITES_CODE.search(p.read_text(encoding="utf-8"))]
    assert found == []


def in_a_ring(takes: Mapping[str, set[str]]) -> list[str]:
    """Scripts that take from each other, if any do."""
    try:
        list(TopologicalSorter(takes).static_order())
    except CycleError as ring:
        return list(ring.args[1])
    return []


def taken_by(path: Path) -> set[str]:
    found = TAKES.findall(path.read_text(encoding="utf-8"))
    return {name((path.parent / other).resolve()) for other in found}


def test_no_two_scripts_take_from_each_other() -> None:
    """Each is served under a name made from what is in it, and so from the names it takes from."""
    takes = {name(path): taken_by(path) for path in scripts()}
    assert sum(map(len, takes.values())) > 50
    assert in_a_ring(takes) == []
    assert in_a_ring({"a": {"b"}, "b": {"c"}, "c": {"a"}})


@pytest.mark.parametrize(
    "template",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p{}</style>",
        '<p style="color:red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_the_wall_bites(template: str) -> None:
    assert inline(template)


@pytest.mark.parametrize(
    "template",
    [
        '<script type="module" src="{% static "web/a.js" %}"></script>',
        '<script id="x" type="application/json">{}</script>',
        '<link rel="stylesheet" href="a.css">',
        "<p>the only one = you</p>",
    ],
)
def test_the_wall_lets_files_be(template: str) -> None:
    assert inline(template) == []


def test_an_address_elsewhere_is_found() -> None:
    elsewhere = "https:" + "//cdn.example/x.js"
    assert strange_addresses(f'<script src="{elsewhere}">') == [elsewhere]
    assert strange_addresses('<img src="//cdn.example/x.png">')
    assert strange_addresses('<svg xmlns="http://www.w3.org/2000/svg">') == []
