"""A picture and a sound, for the pages that show them. Nobody but their owner, and kept nowhere."""

import re
from uuid import UUID

from django.http import HttpResponse

from kith.media import readings
from kith.media.sounds import TYPES
from kith.web.doors import POLICY
from kith.web.pages import Request, page, signed_in

ALONE = f"{POLICY}; sandbox"
"""What a picture or sound may do if it is opened by itself: nothing."""
_PART = re.compile(r"bytes=(\d+)-(\d*)")


@page(signed_in, mine=True)
def picture(request: Request, thing: UUID) -> HttpResponse:
    """One picture of one's own."""
    return _alone(readings.a_picture(request.viewer, thing).noun.data, "image/jpeg")


@page(signed_in, mine=True)
def sound(request: Request, thing: UUID) -> HttpResponse:
    """One sound of one's own, or the part of it that a browser asks for."""
    said = readings.a_sound(request.viewer, thing).noun
    response = _alone(said.data, TYPES[said.format])
    response.headers["Accept-Ranges"] = "bytes"
    if asked := _PART.fullmatch(request.headers.get("Range", "")):
        return _part(response, said.data, int(asked[1]), asked[2])
    return response


def _alone(data: bytes, sort: str) -> HttpResponse:
    response = HttpResponse(data, content_type=sort)
    response.headers["Content-Security-Policy"] = ALONE
    return response


def _part(response: HttpResponse, data: bytes, start: int, last: str) -> HttpResponse:
    end = min(int(last), len(data) - 1) if last else len(data) - 1
    if start > end:
        response.status_code, response.content = 416, b""
        response.headers["Content-Range"] = f"bytes */{len(data)}"
        return response
    response.status_code, response.content = 206, data[start : end + 1]
    response.headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
    return response
