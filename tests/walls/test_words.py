"""Words that never meet a person, and places that never meet the project."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from walls.house import (
    literals,
    name,
    parse,
    room,
    scripts,
    shown,
    source,
    strings,
    templates,
    tracked,
    translated,
    without_remarks,
)

# PEOPLE.md, rule 10: Kith judges nobody, so it has no words to do it with.
FORBIDDEN = re.compile(
    r"\b(risk scor\w*|predict\w*|deteriorat\w*|relaps\w*|diagnos\w*|severity|at risk"
    r"|early warning\w*)\b".replace(" ", r"[\s-]+"),
    re.IGNORECASE,
)
SHOUTS = re.compile(r"[\w\"'’”)]!(?![=\w(])")
QUIET_ROOMS = {"", "base", "formats", "analysis", "records"}  # these show nothing to anyone

# Written in pieces, so that this file is not the first to break its own wall.
PLACES = re.compile(
    "|".join(
        "".join(pieces)
        for pieces in (
            (r"\bpypi", r"\.org"),
            (r"python", r"hosted\.org"),
            (r"\bnpm", r"js\.(?:org|com)"),
            (r"\byarn", r"pkg\.com"),
            (r"\bdeb", r"\.debian\.org"),
            (r"(?<![\w.])/wo", r"rk/"),
            (r"(?<![\w.])/ro", r"ot\b"),
            (r"(?<![\w.])/fa", r"rm\b"),
            (r"(?<![\w.])/opt/", r"pypi"),
            (r"(?<![\w.])/ho", r"me/\w+/"),
            (r"(?<![\w.])/Us", r"ers/\w+/"),
        )
    )
)


def docstrings(tree: ast.Module) -> set[str]:
    places = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = (ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, places))
    return {text for text in found if text}


def said_by(path: Path) -> Iterator[str]:
    """The texts in Python code that may meet a person; a command's docstring is its help."""
    tree = parse(path)
    silent = docstrings(tree) if room(path) != "cli" else set()
    return (text for text in strings(tree) if text not in silent)


def interface() -> Iterator[tuple[Path, str]]:
    """Every text that may meet a person, with the file it stands in."""
    for path in templates():
        yield path, without_remarks(path.read_text(encoding="utf-8"))
    for path in scripts():
        yield path, literals(path.read_text(encoding="utf-8"))
    for path in source(".po"):
        yield path, path.read_text(encoding="utf-8")
    for path in source(".py"):
        if room(path) not in QUIET_ROOMS:
            yield path, "\n".join(said_by(path))


def sentences() -> Iterator[tuple[Path, str]]:
    """Only what is surely a sentence for a person: no code, no class name, no pattern."""
    for path in templates():
        yield path, shown(path.read_text(encoding="utf-8"))
    for path in scripts():
        yield path, literals(path.read_text(encoding="utf-8"))
    for path in source(".py"):
        yield path, "\n".join(translated(parse(path)))


def found(needle: re.Pattern[str], texts: Iterator[tuple[Path, str]]) -> list[str]:
    return [
        f"{name(path)}: {hit.group()!r}" for path, text in texts for hit in needle.finditer(text)
    ]


def project() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        yield path, path.read_bytes().decode("utf-8", errors="ignore")


def test_kith_has_no_words_to_judge_anyone_with() -> None:
    assert found(FORBIDDEN, interface()) == []


def test_kith_does_not_shout() -> None:
    assert found(SHOUTS, sentences()) == []


def test_the_project_names_no_registry_and_no_machine() -> None:
    assert found(PLACES, project()) == []


@pytest.mark.parametrize(
    "text",
    ["a risk score", "Risk\nscores", "it predicts", "her diagnosis", "At-risk people", "relapsed"],
)
def test_the_wall_of_words_bites(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["that risk", "atrisk", "a score for strings", "severe weather"])
def test_the_wall_of_words_lets_others_be(text: str) -> None:
    assert not FORBIDDEN.search(text)


def test_a_shout_is_heard_wherever_it_is_written() -> None:
    assert SHOUTS.search(shown("<p>{{ name }}, well done!</p>"))
    assert SHOUTS.search(shown('{% translate "Saved!" %}'))
    assert SHOUTS.search(shown('<img alt="Hooray!">'))
    assert SHOUTS.search(literals('say("Great!"); // fine'))
    assert SHOUTS.search("\n".join(translated(ast.parse("_('Saved!')"))))
    assert not SHOUTS.search(
        shown("<!doctype html><!-- no! -->{% if a != b %}<p>Yes</p>{% endif %}")
    )
    assert not SHOUTS.search(literals("if (a !== b) { /* now! */ }"))


@pytest.mark.parametrize("pieces", [("pypi", ".org"), ("/wo", "rk/main"), ("/ro", "ot/x")])
def test_a_place_is_found(pieces: tuple[str, str]) -> None:
    assert PLACES.search(f"see {''.join(pieces)} there")
