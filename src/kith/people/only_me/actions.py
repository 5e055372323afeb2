"""What one can do about what is only one's own."""

from django.http import HttpRequest

from kith.base.problems import Refused
from kith.people.locks import keep_open, opened, own_keys
from kith.people.models import Person
from kith.people.only_me import sheet
from kith.people.readings import viewer_of
from kith.permissions.actions import withdraw_class
from kith.records.only_me import CHOICES, PASSPHRASE, WORDS, as_secret


def choose(request: HttpRequest, person: Person, of: str, way: str, secret: bytes) -> None:
    """Keep a class to oneself alone. What was shown of it is shown no more.

    The first time, `way` is what opens it from then on: a passphrase or a passkey alone.
    Raises Refused for what is said to others, and while something else is only theirs and shut.
    """
    if of not in CHOICES:
        raise Refused("class-for-others")
    own = _own(request, person, way, secret)
    withdraw_class(viewer_of(person), of)
    own_keys(person).choose(of, own)
    keep_open(request, person, own)


def give_back(request: HttpRequest, person: Person, of: str) -> None:
    """Let whoever runs the server be able to open it again."""
    own = _opened(request)
    own_keys(person).give_back(of, own)
    keep_open(request, person, own)


def renew(request: HttpRequest, person: Person, passphrase: str) -> None:
    """Let the passphrase of today open what is only theirs."""
    own_keys(person).add(_opened(request), PASSPHRASE, as_secret(passphrase))


def drop(person: Person, way: str, *, last: bool) -> None:
    """Let one way open it no longer. Raises Refused for the last, unless that is meant."""
    own_keys(person).drop(way, last=last)


def new_sheet(request: HttpRequest, person: Person) -> tuple[str, ...]:
    """The words of a new sheet. From now on those of an older one open nothing."""
    theirs, words = own_keys(person), sheet.fresh_words()
    secret = sheet.secret_of(" ".join(words))
    own = opened(request)
    if own is None and not theirs.chosen():
        own = theirs.begin(WORDS, secret)
    elif own is None:
        raise Refused("only-me-shut")
    theirs.add(own, WORDS, secret)
    keep_open(request, person, own)
    return words


def open_with_words(
    request: HttpRequest, person: Person, secret: bytes, passphrase: str = ""
) -> bool:
    """Open it with the words of the sheet; the passphrase of today opens it from then on too."""
    own = own_keys(person).open(WORDS, secret)
    if own is None:
        return False
    if passphrase:
        own_keys(person).add(own, PASSPHRASE, as_secret(passphrase))
    keep_open(request, person, own)
    return True


def _own(request: HttpRequest, person: Person, way: str, secret: bytes) -> bytes:
    """Their own key: open already, or opened now, or made now.

    Once something is only theirs, no way of opening it is added on the side.
    """
    theirs = own_keys(person)
    own = opened(request) or theirs.open(way, secret)
    if own is None and theirs.chosen():
        raise Refused("only-me-shut")
    if own is None:
        return theirs.begin(way, secret)
    if not theirs.chosen() or way in theirs.ways():
        theirs.add(own, way, secret)
    return own


def _opened(request: HttpRequest) -> bytes:
    own = opened(request)
    if own is None:
        raise Refused("only-me-shut")
    return own
