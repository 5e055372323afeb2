"""What is only a person's own, while they are signed in.

Their key rests in the row of their session, wrapped under a random key that lies nowhere but in a
cookie of this browser: neither the row alone nor the cookie alone opens anything. Signing out,
resting and quick exit end the session, and with it the row.
"""

import secrets
from base64 import b64decode, b64encode, urlsafe_b64decode
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kith.base.problems import Invalid
from kith.people.models import Passkey, Person
from kith.people.readings import viewer_of
from kith.permissions.viewer import Viewer
from kith.records.models import LettingGo
from kith.records.only_me import PASSKEY, PASSPHRASE, WORDS, OwnKeys, as_secret
from kith.records.sealing import keyring
from kith.records.wrapping import WrappingKey

COOKIE, ROW = "__Host-leaf" if settings.KITH_HTTPS else "leaf", "leaf"
"""Neutral names: of the cookie, and of the place in the session's row."""
SECRET = 32


def own_keys(person: Person) -> OwnKeys:
    """What of this person is only theirs, in the keyring."""
    return OwnKeys(keyring(), person.id)


def lacks_sheet(viewer: Viewer) -> bool:
    """Whether something is only theirs, and they have no recovery sheet for it."""
    return bool(viewer.only_mine) and WORDS not in OwnKeys(keyring(), viewer.me).ways()


def opened_with_passphrase(request: HttpRequest, person: Person, passphrase: str) -> bool:
    """Open for this session what the passphrase opens. Called after every right passphrase."""
    own = own_keys(person).open(PASSPHRASE, as_secret(passphrase))
    if own is None:
        return False
    keep_open(request, person, own)
    return True


def opened_with_passkey(request: HttpRequest, key: Passkey, prf: str) -> bool:
    """Open for this session what this passkey opens, with the secret it worked out (base64url)."""
    own = own_keys(key.person).open(way_of(key), secret_in(prf))
    if own is None:
        return False
    keep_open(request, key.person, own)
    return True


def let_passkey_open(request: HttpRequest, key: Passkey, prf: str) -> bool:
    """Let this passkey open it from now on; False when it can work out no secret."""
    own, secret = opened(request), secret_in(prf)
    if own is None or not secret:
        return False
    own_keys(key.person).add(own, way_of(key), secret)
    return True


def opens_with_passkey(key: Passkey) -> bool:
    """Whether this passkey opens what is only its holder's."""
    return way_of(key) in own_keys(key.person).ways()


def is_last_to_open(key: Passkey) -> bool:
    """Whether without this passkey nothing would open what is only its holder's."""
    return own_keys(key.person).is_last(way_of(key))


def forget_passkey(key: Passkey, *, last: bool = False) -> None:
    """A passkey that was taken away opens nothing more. Raises Refused as `OwnKeys.drop` does."""
    if opens_with_passkey(key):
        own_keys(key.person).drop(way_of(key), last=last)


def secret_in(prf: str) -> bytes:
    """The secret that a browser sent; nothing, where the passkey can work out none."""
    try:
        told = urlsafe_b64decode(prf + "=" * (-len(prf) % 4))
    except ValueError:
        return b""
    return told if len(told) == SECRET else b""


def passphrase_changed(
    person: Person, old: str, new: str, request: HttpRequest | None = None
) -> bool:
    """Let the new passphrase open what the old one did, or what this session has open.

    When neither is there, the old passphrase and the words on the sheet still open it, and the
    new one does after that.
    """
    theirs = own_keys(person)
    if PASSPHRASE not in theirs.ways():
        return False
    own = (opened(request) if request else None) or theirs.open(PASSPHRASE, as_secret(old))
    if own is None:
        return False
    theirs.add(own, PASSPHRASE, as_secret(new))
    return True


def keep_open(request: HttpRequest, person: Person, own: bytes) -> None:
    """Keep `own` open for this session; what is asked from here on knows of it."""
    if opened(request) != own:  # else another tab would lose its part of the key
        shared = secrets.token_bytes(32)
        wrapped = WrappingKey(shared).wrap(own, _about(person))
        request.session[ROW] = b64encode(wrapped).decode()
        request.leaf = b64encode(shared).decode()  # type: ignore[attr-defined]
    LettingGo.objects.filter(owner=person.id).delete()  # it is not lost
    request.viewer = viewer_of(person, own)  # type: ignore[attr-defined]


def opened(request: HttpRequest) -> bytes | None:
    """Their own key, if the person of this session has opened it and it still is theirs."""
    cookie = getattr(request, "leaf", None) or request.COOKIES.get(COOKIE)
    if not cookie or not isinstance(request.user, Person):
        return None
    row = request.session.get(ROW)
    if not row:
        return None
    try:
        shared = WrappingKey(b64decode(cookie, validate=True))
        own = shared.unwrap(b64decode(row), _about(request.user))
    except (Invalid, ValueError):
        return None
    return own if own_keys(request.user).fits(own) else None


def hand_out(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its part of an opened key, or take back a part that opens nothing now."""
    leaf = getattr(request, "leaf", None)
    if leaf and request.session.get(ROW):
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(COOKIE, leaf, secure=secure, httponly=True, samesite="Strict")
    elif COOKIE in request.COOKIES and not request.session.get(ROW):
        response.delete_cookie(COOKIE, samesite="Strict")


def way_of(key: Passkey) -> str:
    """What the keyring calls this passkey, as a way of opening."""
    return PASSKEY + sha256(bytes(key.credential)).hexdigest()


def _about(person: Person) -> bytes:
    return b"kith/leaf/1|" + person.id.bytes
