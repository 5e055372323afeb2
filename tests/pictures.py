"""Pictures and sounds for tests: honest ones, and some that pose as what they are not."""

import struct
import zlib
from io import BytesIO

from PIL import Image

A_SOUND = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(200)


def jpeg(wide: int = 40, high: int = 30, **more: object) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((wide, high)).convert("RGB").save(out, "JPEG", **more)
    return out.getvalue()


A_PICTURE = jpeg()


def with_place() -> bytes:
    """A photo that says where, when and with what it was taken, in EXIF and in a comment."""
    told = Image.Exif()
    told[0x010F], told[0x0110], told[0x0132] = "Kvitter", "Kvitter 9", "2026:03:01 08:00:00"
    told.get_ifd(0x8825).update({1: "N", 2: (59.0, 51.0, 30.0), 3: "E", 4: (17.0, 38.0, 20.0)})
    return jpeg(exif=told, comment=b"kvitter street 9")


def bomb(side: int = 30_000) -> bytes:
    """A few kilobytes that would unfold to a picture of `side` times `side` dots."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    dots = zlib.compress(bytes((side // 8 + 1) * 64), 9)
    parts = ((b"IHDR", head), (b"IDAT", dots), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))
        for sort, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


POSING = {
    "SVG with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "HTML behind the head of a JPEG": b"\xff\xd8\xff\xe0<script>alert(1)</script>",
    "a GIF": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00",
    "a picture cut short": A_PICTURE[: len(A_PICTURE) // 2],
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "nothing": b"",
}
"""What is no picture of ours, whatever it is called."""
