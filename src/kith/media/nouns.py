"""The nouns of this room: a picture and a sound. What each belongs to is its record's parent.

Both are sealed under the class "media", which a person can keep as *only me*.
"""

from typing import Annotated, Literal

from msgspec import Meta

from kith.records.nouns import Noun, noun

LARGEST = 1_000_000
"""Bytes of one picture or sound: as much as a device sends at once."""
Bytes = Annotated[bytes, Meta(min_length=1, max_length=LARGEST)]
Format = Literal["webm", "ogg", "mp4"]


@noun("picture", seals="media")
class Picture(Noun, frozen=True):
    """A picture as JPEG, made anew here: nothing of where, when or with what it was taken."""

    data: Bytes
    wide: int
    high: int


@noun("sound", seals="media")
class Sound(Noun, frozen=True):
    """A sound as it was recorded in the browser."""

    data: Bytes
    format: Format = "webm"
