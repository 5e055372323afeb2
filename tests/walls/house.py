"""What the walls look at: the files of the house, and the text that people meet in them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kith"
TRANSLATES = re.compile(r"^(_|n?p?gettext(_lazy|_noop)?)$")
SHOWN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    """How a path is written in messages and lists: from the root of the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or is about to be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(ROOT / line for line in listed.split("\0") if line and (ROOT / line).is_file())


def source(*suffixes: str) -> tuple[Path, ...]:
    """The files of the package that end in one of `suffixes`."""
    return tuple(p for p in tracked() if p.is_relative_to(SOURCE) and p.suffix in suffixes)


def templates() -> tuple[Path, ...]:
    """What pages, documents and drawings are made of."""
    found = source(".html", ".txt", ".svg", ".typ", ".md", ".xml")
    return tuple(path for path in found if "templates" in path.parts or path.suffix == ".typ")


def scripts() -> tuple[Path, ...]:
    """The scripts that run in the browser."""
    return tuple(path for path in source(".js") if "static" in path.parts)


def room(path: Path) -> str:
    """The room a file of the package lies in ("" for the package itself)."""
    inner = path.relative_to(SOURCE).parts
    return inner[0] if len(inner) > 1 else ""


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def called(node: ast.expr) -> str:
    """The last word of what is called: "Invalid" in `Invalid()` and in `problems.Invalid()`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def strings(node: ast.AST) -> Iterator[str]:
    """Every literal text within `node`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def translated(tree: ast.AST) -> Iterator[str]:
    """Every text in Python code that is handed to a function that translates."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and TRANSLATES.match(called(node.func)):
            for argument in node.args:
                yield from strings(argument)


class _Reader(HTMLParser):
    """Keeps what a reader meets: text, and the attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.texts += [text for key, text in attrs if key in SHOWN_ATTRIBUTES and text]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [text for key, text in attrs if key in SHOWN_ATTRIBUTES and text]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


def without_remarks(template: str) -> str:
    """A Django template without what only its builders read."""
    template = re.sub(r"\{#.*?#\}", "", template)
    template = re.sub(r"\{% comment.*?endcomment %\}", "", template, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->", "", template, flags=re.DOTALL)


def shown(template: str) -> str:
    """The text that a person meets in a template: between tags, in labels, in translations."""
    template = without_remarks(template)
    quoted = re.findall(r"\{%[^%]*?translate\s+(\"[^\"]*\"|'[^']*')", template)
    reader = _Reader()
    reader.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL))
    reader.close()
    return "\n".join([*reader.texts, *quoted])


def literals(script: str) -> str:
    """The texts within a script: its string and template literals, one a line."""
    token = r"//[^\n]*|/\*.*?\*/|(\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"
    return "\n".join(found for found in re.findall(token, script, flags=re.DOTALL) if found)
