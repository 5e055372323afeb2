"""Notes in subtitles (srt, vtt): the words of one voice are joined over its cues."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

from kith.formats.notes.lines import Found, NoteLine
from kith.formats.notes.prose import label_in, labelled
from kith.formats.notes.vocabulary import is_code

if TYPE_CHECKING:
    from webvtt import Caption

_ARROW = "-->"
_VOICE = re.compile(r"(?=<v[ .])")
_NAME = re.compile(r"(?:[-–>]+\s*)?(?P<name>[^\W_][^:\n]{0,40}):\s+(?P<words>\S.*)", re.DOTALL)
_ENDS = (".", "?", "!", "…", '."', '?"', ".”", "?”")
_PAUSE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one voice says in one cue. `led` says whether the piece names its voice."""

    line: NoteLine
    led: bool
    until: timedelta


def read_subtitles(text: str, found: Found, kind: str) -> None:
    """Read subtitles; `kind` is srt or vtt. Times are how far into the recording it was said."""
    captions = _captions(text, found, kind)
    cues = sum(_ARROW in line for line in text.splitlines())
    if cues > len(captions):
        found.leave_out("cues-not-understood", number=cues - len(captions))
    cued = enumerate(captions, 1)
    pieces = (piece for number, cue in cued for piece in _pieces(cue, number, kind))
    for line in _joined(pieces, found.limits.words):
        said_at = found.began + line.into if found.began and line.into is not None else None
        found.keep(replace(line, said_at=said_at))


def _captions(text: str, found: Found, kind: str) -> "list[Caption]":
    from webvtt import WebVTT

    try:
        return list(WebVTT.from_buffer(io.StringIO(text.strip("\r\n")), format=kind).captions)
    except Exception:  # the library raises its own and Python's errors for a strange file
        raise found.refusal("not-subtitles", kind=kind) from None


def _pieces(caption: "Caption", number: int, kind: str) -> Iterator[Piece]:
    """The voices of one cue, one piece each."""
    from webvtt import Caption

    until = _time(caption.end_time)
    for raw in filter(str.strip, _VOICE.split(caption.raw_text)):
        part = Caption(text=raw)
        words = " ".join((unescape(part.text) if kind == "vtt" else part.text).split())
        line = NoteLine(words, voice=part.voice, into=_time(caption.start_time), row=number)
        led = line if part.voice else _led(line)
        yield Piece(led, led != line or part.voice is not None, until)


def _led(line: NoteLine) -> NoteLine:
    """A line whose "ANNA:", "Speaker 2:" or "Nurse:" in front is taken for its voice or role."""
    label, words = label_in(line.words)
    if label:
        return labelled(replace(line, words=words.strip()), label)
    match = _NAME.fullmatch(line.words)
    if match and (match["name"].isupper() or is_code(match["name"])):
        return replace(line, voice=match["name"].strip(), words=match["words"])
    return line


def _joined(pieces: Iterable[Piece], most: int) -> Iterator[NoteLine]:
    last: Piece | None = None
    for piece in pieces:
        if last and _goes_on(last, piece) and len(last.line.words) + len(piece.line.words) < most:
            words = f"{last.line.words} {piece.line.words}"
            last = replace(last, line=replace(last.line, words=words), until=piece.until)
        else:
            if last:
                yield last.line
            last = piece
    if last:
        yield last.line


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Whether a piece goes on where the last one stopped, by the same voice."""
    same = (piece.line.voice, piece.line.roles) == (last.line.voice, last.line.roles)
    if piece.led or last.led:
        return same if piece.led else True
    pause = (piece.line.into or timedelta()) - last.until
    return not last.line.words.endswith(_ENDS) and pause <= _PAUSE


def _time(stamp: object) -> timedelta:
    return timedelta(milliseconds=stamp.in_milliseconds())  # type: ignore[attr-defined]
