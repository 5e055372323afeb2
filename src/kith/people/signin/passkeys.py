"""Passkeys: a key on a device of one's own, opened by its lock, used instead of a passphrase.

The library of the makers of security keys (fido2) asks and checks; here stands what is ours:
which address a key is for, that a question is asked once and soon grows old, and whose key it is.
A passkey always asks its holder to unlock it, so it is two proofs in one.
"""

import ipaddress
import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kith.base import clock
from kith.base.problems import Invalid
from kith.people.locks import forget_passkey, opens_with_passkey
from kith.people.models import Passkey, Person
from kith.people.signin.traces import leave_trace

ASKED = "passkey"
SECONDS = 300  # how long a question may be answered
UNLOCKED = UserVerificationRequirement.REQUIRED
HELD = urlsafe_b64encode(sha256(b"kith/prf/1").digest()).decode().rstrip("=")
"""What a passkey is asked to work out a secret from, with the key that never leaves it."""
_GARBLED = (ValueError, TypeError, KeyError, AttributeError, IndexError)


def works_at(request: HttpRequest) -> bool:
    """Whether a browser offers passkeys here: at a name of its own over https, or localhost."""
    host = _host(request)
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure()
    return False


def ask_to_make(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the browser needs to make a new passkey for `person`."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(
            id=person.id.bytes, name=person.handle or "Kith", display_name=person.handle or "Kith"
        ),
        [_public(key) for key in person.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UNLOCKED,
        extensions={"prf": {}},
    )
    _remember(request, state)
    return dict(options)


def take_in(request: HttpRequest, person: Person, name: str, answer: str) -> Passkey:
    """Keep the passkey that the browser made. Raises Invalid when it does not answer rightly."""
    state = _asked(request)
    try:
        made = _server(request).register_complete(state, json.loads(answer))
        public = made.credential_data
        assert public is not None  # noqa: S101 (the library has checked it)
    except _GARBLED:
        raise Invalid("passkey-refused") from None
    if Passkey.objects.filter(credential=public.credential_id).exists():
        raise Invalid("passkey-refused")
    key = Passkey(person=person, credential=public.credential_id, public=bytes(public))
    key.name, key.count, key.made = name, made.counter, clock.today()
    key.save()
    leave_trace(person, "passkey")
    return key


def ask_for(
    request: HttpRequest, person: Person | None, *, to_open: bool = False
) -> dict[str, Any]:
    """What the browser needs to use a passkey: one of `person`, or whichever it has for here.

    With `to_open`, one of those that open what is only theirs.
    """
    keys = [_public(key) for key in _of(person, to_open)] if person else None
    options, state = _server(request).authenticate_begin(
        keys, user_verification=UNLOCKED, extensions={"prf": {"eval": {"first": HELD}}}
    )
    _remember(request, state)
    return dict(options)


def answered(request: HttpRequest, answer: str, *, to_open: bool = False) -> Passkey:
    """The passkey that answered. Raises Invalid when it does not answer rightly.

    One that is for opening alone counts only `to_open`.
    """
    state = _asked(request)
    try:
        told = AuthenticationResponse.from_dict(json.loads(answer))
        key = Passkey.objects.select_related("person").filter(credential=told.raw_id).first()
        known = [_public(key)] if key else []
        _server(request).authenticate_complete(state, known, told)
    except _GARBLED:
        raise Invalid("passkey-refused") from None
    whose, counted = told.response.user_handle, told.response.authenticator_data.counter
    if key is None or whose not in (None, key.person.id.bytes) or not _counts_up(key, counted):
        raise Invalid("passkey-refused")
    if key.only_opens and not to_open:
        raise Invalid("passkey-refused")
    return key


def take_away(person: Person, key: Passkey, *, last: bool = False) -> None:
    """Take a passkey away: it opens nothing any more.

    Raises Refused when nothing else opens what is only theirs, unless `last` says it is meant.
    """
    forget_passkey(key, last=last)
    key.delete()
    leave_trace(person, "passkey-gone")


def retire(person: Person) -> None:
    """Let no passkey of theirs let anyone in; one that opens what is only theirs stays for that."""
    for key in person.passkeys.all():
        if opens_with_passkey(key):
            Passkey.objects.filter(pk=key.pk).update(only_opens=True)
        else:
            key.delete()


def _of(person: Person, to_open: bool) -> list[Passkey]:
    if to_open:
        return [key for key in person.passkeys.all() if opens_with_passkey(key)]
    return list(person.keys_in())


def _counts_up(key: Passkey, counted: int) -> bool:
    """A key that counts its uses counts up, or there are two of it. Many do not count at all."""
    fresh = Passkey.objects.filter(pk=key.pk, count__lt=counted).update(count=counted)
    return bool(fresh) or (counted == 0 and key.count == 0)


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=_host(request), name="Kith"),
        verify_origin=lambda told: told == origin,
    )


def _host(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname or ""


def _public(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(key.public))


def _remember(request: HttpRequest, state: dict[str, Any]) -> None:
    request.session[ASKED] = {**state, "at": clock.now().timestamp()}


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The question that is open, which is thereby closed: no answer counts twice."""
    state = request.session.pop(ASKED, None)
    if not state or not 0 <= clock.now().timestamp() - state["at"] < SECONDS:
        raise Invalid("passkey-refused")
    return dict(state)
