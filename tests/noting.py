"""A noun for tests of the ground, which has none of its own to play with."""

from kith.records.nouns import Noun, noun


@noun("test-note", apart=("label",))
class Note(Noun, frozen=True):
    """Words, and a label that is sealed apart."""

    words: str
    label: str = ""
