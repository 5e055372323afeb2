"""What one can do about what is only one's own."""

from django.http import HttpRequest

from kith.base.problems import Refused
from kith.people.locks import keep_open, opened, own_keys
from kith.people.models import Person
from kith.people.only_me import sheet
from kith.people.readings import viewer_of
from kith.permissions.actions import withdraw_class
from kith.records.only_me import CHOICES, PASSPHRASE, WORDS, as_secret


def choose(request: HttpRequest, person: Person, of: str, passphrase: str) -> None:
    """Keep a class to oneself alone. What was shown of it is shown no more.

    Raises Refused for what is said to others, and while something else is only theirs and shut.
    """
    if of not in CHOICES:
        raise Refused("class-for-others")
    own = _own(request, person, passphrase)
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


def _own(request: HttpRequest, person: Person, passphrase: str) -> bytes:
    """Their own key: open already, or opened now, or made now. The passphrase opens it after."""
    theirs, secret = own_keys(person), as_secret(passphrase)
    own = opened(request) or theirs.open(PASSPHRASE, secret)
    if own is None and theirs.chosen():
        raise Refused("only-me-shut")
    if own is None:
        return theirs.begin(PASSPHRASE, secret)
    theirs.add(own, PASSPHRASE, secret)
    return own


def _opened(request: HttpRequest) -> bytes:
    own = opened(request)
    if own is None:
        raise Refused("only-me-shut")
    return own
