"""Bringing in notes: first what was understood, then all or nothing.

Between the two pages nothing is kept here. What was read goes to the browser sealed (Fernet:
AES-128-CBC with HMAC, under a key of this installation, good for an hour, for this person and
this gathering only) and comes back with the second press. So no plain text ever lies on a disk.
"""

import base64
import hashlib
import zlib
from uuid import UUID

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from kith.base.problems import Flaw, Invalid
from kith.formats.notes import Notes, read_notes
from kith.inquiry import readings
from kith.inquiry.bringing import bring_in, role_code
from kith.inquiry.forms import KeepNotes, NotesForm
from kith.inquiry.nouns import Gathering
from kith.inquiry.spoken import COLUMN_NAMES, spoken_roles
from kith.records.readings import Entry
from kith.web.pages import Request, in_circle, page
from kith.web.sentences import flaw_sentences

GOOD_FOR = 60 * 60
"""Seconds in which the second press has to come."""

LONGEST = 2_000_000
"""Bytes of sealed notes that fit into a page; a longer file goes through the command."""


@page(in_circle("team"), nav="together")
def notes(request: Request, circle: UUID, thing: UUID) -> HttpResponse:
    """Choose a file, look at what was understood, and bring it in."""
    known = readings.gathering_in(request.viewer, circle, thing)
    if "sealed" in request.POST:
        return _bring(request, known)
    posted = request.method == "POST"
    form = NotesForm(request.POST, request.FILES) if posted else NotesForm()
    told = {"form": form, "circle": circle, "gathering": known}
    if posted and form.is_valid():
        try:
            read = _read(form.cleaned_data["file"], known)
            return render(request, "inquiry/notes_preview.html", told | _preview(request, read))
        except Invalid as bad:
            told["wrong"] = flaw_sentences(bad.flaws)
            return render(request, "inquiry/notes.html", told, status=bad.status)
    return render(request, "inquiry/notes.html", told)


def _bring(request: Request, known: Entry[Gathering]) -> HttpResponse:
    form = KeepNotes(request.POST)
    if not form.is_valid():
        raise Invalid("preview-too-old", [Flaw("preview-too-old", field="file")])
    read = _unsealed(request, known.thing, form.cleaned_data["sealed"])
    quote = form.cleaned_data["quote"]
    done = bring_in(request.viewer, known.space, known.thing, read, quote=quote)
    came = ngettext("%(count)d line came in.", "%(count)d lines came in.", done.added)
    there = ngettext("%(count)d was here already.", "%(count)d were here already.", done.known)
    said = [came % {"count": done.added}]
    if done.known:
        said.append(there % {"count": done.known})
    messages.success(request, " ".join(said))
    return redirect("inquiry:gathering", circle=known.space, thing=known.thing)


def _read(sent: "UploadedFile[bytes]", known: Entry[Gathering]) -> Notes:
    zone = timezone.get_current_timezone()
    return read_notes(sent.read(), sent.name or "", zone=zone, began=known.noun.starts)


def _preview(request: Request, read: Notes) -> dict[str, object]:
    lines = read.contributions
    roles = dict.fromkeys(role_code(role) for line in lines for role in line.roles)
    thing = request.resolver_match.kwargs["thing"]  # type: ignore[union-attr]
    return {
        "notes": read,
        "sealed": _sealed(request, thing, read),
        "first": lines[:5],
        "columns": [
            (theirs, COLUMN_NAMES.get(ours, ours)) for theirs, ours in read.columns.items()
        ],
        "voices": any(line.voice for line in lines),
        "times": any(line.said_at or line.into for line in lines),
        "roles": spoken_roles(roles),
        "tables": list(dict.fromkeys(line.table for line in lines if line.table)),
        "themes": list(dict.fromkeys(name for line in lines for name in line.themes)),
        "left_out": flaw_sentences(read.left_out),
    }


def _sealed(request: Request, thing: UUID, read: Notes) -> str:
    packed = zlib.compress(_bound(request, thing) + msgspec.json.encode(read))
    sealed = _fernet().encrypt(packed).decode()
    if len(sealed) > LONGEST:
        raise Invalid("notes-too-long-here", [Flaw("notes-too-long-here", file=read.source.name)])
    return sealed


def _unsealed(request: Request, thing: UUID, sealed: str) -> Notes:
    try:
        packed = _fernet().decrypt(sealed.encode(), ttl=GOOD_FOR)
    except InvalidToken:
        raise Invalid("preview-too-old") from None
    whole, bound = zlib.decompress(packed), _bound(request, thing)
    if not whole.startswith(bound):
        raise Invalid("preview-too-old")
    return msgspec.json.decode(whole[len(bound) :], type=Notes)


def _bound(request: Request, thing: UUID) -> bytes:
    """Whose preview it is, and of which gathering."""
    return f"{request.viewer.person}{thing}".encode()


def _fernet() -> Fernet:
    secret = hashlib.sha256(f"kith.inquiry.notes:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
