"""Codes on cards: short enough to read aloud, long enough not to be guessed.

Ten letters from 24 (those easily mistaken for another are left out) hold 45 bits. Only a
hash keyed with the installation's secret is kept; the code is shown once, on the card.
"""

import secrets

import segno
from django.utils.crypto import salted_hmac

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY34"


def fresh() -> str:
    """A new code, written in two groups of five."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def hashed(code: str) -> str:
    """What is kept of a code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return salted_hmac("kith.people.codes", plain, algorithm="sha256").hexdigest()


def square(address: str) -> str:
    """A square to point a phone at, as a picture for a page."""
    drawn: str = segno.make(address, error="m").svg_inline(border=2, omitsize=True)
    return drawn
