"""A thing of any room in a few words, for pages that show things of all rooms."""

from kith.records.nouns import Noun

_FIRST = ("words", "name", "title", "label", "what", "text", "one", "to", "matters")


def in_short(noun: Noun) -> str:
    """The first words it says; empty for what has none, such as a line drawn by hand."""
    return next((str(told) for name in _FIRST if (told := getattr(noun, name, ""))), "")
