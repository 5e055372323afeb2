"""The words of a recovery sheet: 24 of the 2048 that BIP39 lists, which hold 256 random bits.

The first four letters tell each word from all others, and a checksum tells most mistakes.
"""

import re
from functools import cache

from mnemonic import Mnemonic

from kith.base.problems import Flaw, Invalid
from kith.people.signin.words import meant

COUNT = 24


def fresh_words() -> tuple[str, ...]:
    """Words for a new sheet."""
    return tuple(_bip39().generate(256).split())


def secret_of(typed: str) -> bytes:
    """What the words stand for, however they were typed. Raises Invalid and says what to mend."""
    words = re.findall(r"[^\W\d_]+", typed.casefold())
    known = [meant(word) for word in words]
    flaws = [_flaw("word-unknown", n=at) for at, word in enumerate(known, 1) if not word]
    if len(words) != COUNT:
        flaws.insert(0, _flaw("words-not-24", n=len(words)))
    if flaws:
        raise Invalid("words-unclear", flaws)
    try:
        return bytes(_bip39().to_entropy([word for word in known if word]))
    except ValueError:
        raise Invalid("words-unclear", [Flaw("words-not-together")]) from None


@cache
def _bip39() -> Mnemonic:
    return Mnemonic("english")


def _flaw(code: str, n: int) -> Flaw:
    return Flaw(code, facts=(("n", n),))
