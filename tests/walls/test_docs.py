"""What one can name has its entry in docs/: every command, setting, problem and noun."""

import ast
import importlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from kith.cli import app
from walls.house import ROOT, SOURCE, Function, called, parse, source, strings, tracked

PROBLEMS = {"Problem", "Invalid", "Missing", "Refused", "Clash", "Gone", "Flaw"}
SETTING = re.compile(r"\b(KITH_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL)\b")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)


def docs(page: str) -> str:
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")


def entries(page: str) -> set[str]:
    """What a page explains: the words between backticks that open a table row or a heading."""
    return set(re.findall(r"^(?:\| |#+ +)`([^`]+)`", docs(page), re.MULTILINE))


def differences(said: set[str], real: set[str]) -> dict[str, list[str]]:
    """What a page does not explain, and what it explains that is not there."""
    found = {"not explained": sorted(real - said), "not there": sorted(said - real)}
    return {words: names for words, names in found.items() if names}


# Commands


def commands(command: Any, words: str = "kith") -> Iterator[tuple[str, Any]]:
    """Every command that does something, under its full name."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words, command
    else:
        for word, each in inner.items():
            yield from commands(each, f"{words} {word}")


def app_commands() -> dict[str, Any]:
    return dict(commands(get_command(app)))


def section(page: str, title: str) -> str:
    """The text below one heading of a page."""
    _, _, after = page.partition(f"## `{title}`")
    return HEADING.split(after, maxsplit=1)[0] if after else ""


def options(command: Any) -> set[str]:
    """The long names of a command's options; its arguments explain themselves."""
    found = (name for parameter in command.params for name in parameter.opts)
    return {option for option in found if option.startswith("--")} - {"--help"}


def test_every_command_is_documented_and_none_that_is_not_there() -> None:
    assert differences(entries("commands"), set(app_commands())) == {}


def test_commands_are_found_however_deep_they_lie() -> None:
    outer, inner = typer.Typer(), typer.Typer()
    inner.command("notes")(lambda file, circle="": None)
    inner.command("people")(lambda: None)
    outer.add_typer(inner, name="import")
    found = dict(commands(get_command(outer)))
    assert set(found) == {"kith import notes", "kith import people"}
    assert options(found["kith import notes"]) == {"--circle"}


def test_every_option_of_a_command_is_documented() -> None:
    page = docs("commands")
    missing = {
        words: unsaid
        for words, command in app_commands().items()
        if (unsaid := {o for o in options(command) if f"`{o}" not in section(page, words)})
    }
    assert missing == {}


# Settings


READS = {"environ.get", "environ.setdefault", "getenv", "environ"}


def environment_read(tree: ast.AST) -> Iterator[str]:
    """Every name that code asks the environment for."""
    for node in ast.walk(tree):
        asks = node.func if isinstance(node, ast.Call) else getattr(node, "value", None)
        words = ast.unparse(asks) if isinstance(asks, ast.Attribute | ast.Name) else ""
        if words.removeprefix("os.") in READS:
            named = node.args[:1] if isinstance(node, ast.Call) else [getattr(node, "slice", None)]
            yield from (text for part in named if part for text in strings(part))


def settings_read() -> set[str]:
    """Every setting of the environment that code, scripts and tests of ours mention."""
    folders = ("src", "scripts", "benches", "tests/conftest.py", "tests/browser", "Makefile")
    ours = (p for p in tracked() if str(p.relative_to(ROOT)).startswith(folders))
    texts = (p.read_bytes().decode("utf-8", errors="ignore") for p in ours)
    named = {found for text in texts for found in SETTING.findall(text)}
    asked = {found for path in source(".py") for found in environment_read(parse(path))}
    switches = {p.envvar for c in app_commands().values() for p in c.params if p.envvar}
    return named | asked | switches


def test_every_setting_is_documented_and_none_that_is_not_there() -> None:
    assert differences(entries("settings"), settings_read()) == {}


def test_settings_are_found_however_they_are_read() -> None:
    code = "os.environ.get('A', B('x'))\nenviron['C']\nos.getenv('D')\nother.get('E')\nF['G']"
    assert set(environment_read(ast.parse(code))) == {"A", "C", "D"}


# Problems


def spoken(node: ast.expr) -> Iterator[str]:
    """The literal texts that an expression can be: also `"a" if x else "b"`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from spoken(node.body)
        yield from spoken(node.orelse)


def given_codes(tree: ast.AST, takers: dict[str, int]) -> Iterator[ast.expr]:
    """What stands where a code belongs: in a call of a problem, or of one who passes it on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node.func) in takers:
            place = takers[called(node.func)]
            yield from node.args[place : place + 1]
            yield from (k.value for k in node.keywords if k.arg == "code")


def takers_of_codes(trees: list[ast.Module]) -> dict[str, int]:
    """The problems, and every function that hands its own argument `code` on to one of them."""
    takers = dict.fromkeys(PROBLEMS, 0)
    functions = [f for tree in trees for f in ast.walk(tree) if isinstance(f, Function)]
    while found := {f.name: place for f in functions if (place := _passes_on(f, takers)) >= 0}:
        if found.items() <= takers.items():
            break
        takers |= found
    return takers


def _passes_on(function: Function, takers: dict[str, int]) -> int:
    """Where `function` takes a code that it passes on, or -1."""
    names = [a.arg for a in function.args.args if a.arg not in ("self", "cls")]
    passed = (getattr(given, "id", "") for given in given_codes(function, takers))
    return names.index("code") if "code" in names and "code" in passed else -1


def kept_codes(tree: ast.Module) -> Iterator[ast.expr]:
    """Codes that wait in a variable: `code = "a"`, or the keys of a table that gives `code`."""
    tables: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            tables |= {getattr(target, "id", ""): node.value for target in node.targets}
    yield from (value for name, value in tables.items() if name == "code")
    for node in ast.walk(tree):
        if isinstance(node, ast.For) and ast.unparse(node.target).startswith("(code, "):
            table = tables.get(ast.unparse(node.iter).removesuffix(".items()"))
            yield from (key for key in getattr(table, "keys", []) if key)


def codes(trees: list[ast.Module]) -> set[str]:
    """The code of every problem that is raised, or flaw that is named."""
    takers = takers_of_codes(trees)
    found = (e for tree in trees for e in [*given_codes(tree, takers), *kept_codes(tree)])
    return {code for given in found for code in spoken(given)}


def test_every_problem_is_documented_and_none_that_is_not_there() -> None:
    raised = codes([parse(path) for path in source(".py")]) | {"missing"}
    assert differences(entries("problems"), raised) == {}


def test_codes_are_found_however_they_are_written() -> None:
    here = 'raise problems.Invalid("a")\nFlaw(code="b")\nRefused("c" if x else "d")\nother("e")'
    there = """
class Reader:
    def flaw(self, row, code): return Flaw(code, row=row)
    def stop(self, code): raise Invalid("f", [self.flaw(3, code)])
    def read(self): self.stop("g"); self.flaw(1, "h"); self.join(code="z")
"""
    kept = 'code = "i" if x else "j"\nT = {"k": 1}\nfor code, n in T.items(): Flaw(code)'
    assert codes([ast.parse(text) for text in (here, there, kept)]) == set("abcdfghijk")


# Nouns


def rooms_with_nouns() -> list[str]:
    """The rooms, and the subjects within rooms, that have nouns of their own."""
    found = (path.parent.relative_to(SOURCE) for path in source(".py") if path.name == "nouns.py")
    return sorted(".".join(folder.parts) for folder in found)


def as_words(class_name: str) -> str:
    """How a noun is written in a sentence: "ChangeReview" is "change review"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).lower()


def terms(page: str) -> set[str]:
    """The words that a glossary explains: bold at the start of a line."""
    return {found.lower() for found in re.findall(r"^\*\*([^*]+)\*\*", page, re.MULTILINE)}


def nouns() -> set[str]:
    for room in rooms_with_nouns():
        importlib.import_module(f"kith.{room}.nouns")
    registered = importlib.import_module("kith.records.nouns").all_nouns()
    last = {noun.__kind__: noun for noun in sorted(registered, key=lambda noun: noun.__version__)}
    return {noun.__name__ for noun in last.values() if noun.__module__.startswith("kith.")}


def test_every_noun_is_in_the_glossary() -> None:
    known = terms(docs("glossary"))
    assert sorted(noun for noun in nouns() if as_words(noun) not in known) == []


def test_no_word_is_explained_twice() -> None:
    found = re.findall(r"^\*\*([^*]+)\*\*", docs("glossary"), re.MULTILINE)
    assert len(found) == len({word.lower() for word in found})


# Links


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [p for p in tracked() if p.suffix == ".md" and not p.is_relative_to(SOURCE)]
    broken = [f"{page.name}: {link}" for page in pages for link in broken_links(page)]
    assert broken == []


def broken_links(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        elsewhere = "://" in link or link.startswith("mailto:")
        if not elsewhere and not Path(os.path.normpath(page.parent / link)).exists():
            yield link


# Tests


def named_tests(page: str) -> set[str]:
    """The files and functions of tests that a page names between backticks."""
    words = re.findall(r"`([^`\s]+)`", page)
    parts = {part.split("/")[-1] for word in words for part in word.split("::")}
    return {part for part in parts if re.fullmatch(r"test_\w+(\.py)?|\w+\.test\.js", part)}


def known_tests() -> set[str]:
    """Every file of tests, and every function in them."""
    files = [path for path in tracked() if path.is_relative_to(ROOT / "tests")]
    inside = "\n".join(path.read_text("utf-8") for path in files if path.suffix == ".py")
    return {path.name for path in files} | set(re.findall(r"^def (test_\w+)", inside, re.MULTILINE))


@pytest.mark.parametrize("page", ["moments", "relational-map", "how-it-is-tested"])
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    named = named_tests(docs(page))
    assert named
    assert named - known_tests() == set()
