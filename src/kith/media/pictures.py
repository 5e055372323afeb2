"""Taking a picture in: whatever it is called, it is looked at, shrunk and written anew as JPEG.

What a camera adds (place, time, device) does not come along, and neither does anything that hides
behind a picture: only the colours of its dots are kept. Its size is read before it is unfolded, so
that a small file cannot become a huge picture.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kith.base.problems import Invalid
from kith.media.nouns import LARGEST, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 1600
"""The longest side of a picture, in dots."""
FACE = 320
"""The longest side of a picture that stands for a figure."""
HEAVIEST = 12_000_000
"""Bytes of a file that is looked at at all; the page's script sends far less."""
MOST_DOTS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITIES = (82, 64, 46)


def picture(data: bytes, side: int = SIDE) -> Picture:
    """The picture in a file, at most `side` dots long. The same file gives the same picture.

    Raises Invalid when the file is too heavy, has too many dots, or is no picture of ours.
    """
    if len(data) > HEAVIEST:
        raise Invalid("picture-too-large")
    try:
        return _made_anew(data, side)
    except Invalid:
        raise
    except Exception:  # a file from outside can fail in a decoder in any way there is
        raise Invalid("picture-unreadable") from None


def _made_anew(data: bytes, side: int) -> Picture:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=FORMATS) as found:
        if found.width * found.height > MOST_DOTS:
            raise Invalid("picture-too-large")
        found.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((side, side))
        return _written(_on_paper(upright))


def _on_paper(found: Image) -> Image:
    """Only the colours, on white where one can see through."""
    from PIL import Image

    seen = found.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _written(paper: Image) -> Picture:
    """As JPEG, coarser until it is light enough."""
    for quality in _QUALITIES:
        out = BytesIO()
        paper.save(out, "JPEG", quality=quality, optimize=True)
        if len(out.getvalue()) <= LARGEST:
            return Picture(out.getvalue(), *paper.size)
    paper.thumbnail((paper.width * 2 // 3, paper.height * 2 // 3))
    return _written(paper)
