"""All script and style of the map's page stay small enough for a poor connection."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from kith.maps import actions
from world import signed_in, viewer

pytestmark = [pytest.mark.django_db]

MOST = 100_000
"""Bytes, compressed as a server sends them."""
IMPORTED = re.compile(r"""^(?:import|export)\b[^;"']*["'](\.[^"']+)["']""", re.MULTILINE)


def loaded(page: str) -> set[Path]:
    """Every script and style that a page asks for, with what they import in turn."""
    names = re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', page)
    waiting = [Path(str(finders.find(_plain(name)))) for name in names]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop().resolve()
        if path in found:
            continue
        found.add(path)
        if path.suffix == ".js":
            waiting += [_beside(path, name) for name in IMPORTED.findall(path.read_text())]
    return found


def _plain(name: str) -> str:
    """The name of a file without the mark of its content."""
    return re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name)


def _beside(path: Path, name: str) -> Path:
    rooms = path.parents[1]
    near = (path.parent / name).resolve()
    return near if near.exists() else Path(str(finders.find(str(near.relative_to(rooms)))))


def test_script_and_style_of_the_map_fit_the_budget(client: Client) -> None:
    who = viewer("A.")
    board = actions.begin(who, with_me="me")
    signed_in(client, who)
    paths = loaded(client.get(f"/map/{board}/").content.decode())
    names = {path.name for path in paths}
    assert {"relation-map.js", "ink.js", "keep.js", "store.js", "map.css", "look.css"} <= names
    total = sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)
    assert total < MOST, f"{total} bytes"
