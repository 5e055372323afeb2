"""Cards of six words: a way in, once, for people without mail, handed over on paper.

Six words from the BIP39 list hold 66 bits. Only a hash keyed with the installation's secret is
kept. A card is spent when its holder has chosen a way in of their own, not before: a tablet that
goes dark halfway costs nobody their card.

For someone who was here before and lost every way in, two keepers of their circle each name them,
within the hour and each signed in as themselves. Nobody learns from that whether the name exists.
"""

import re
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from mnemonic import Mnemonic

from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.people.models import CardOfWords, Membership, Person, Vouching
from kith.people.signin.passkeys import retire
from kith.people.signin.traces import leave_trace
from kith.permissions.viewer import PARTS, Viewer

COUNT = 6
HOUR = timedelta(hours=1)
DAYS = (1, 3, 14)


@lru_cache
def listed() -> tuple[str, ...]:
    """The words that cards are made of: any four first letters belong to one word only."""
    return tuple(Mnemonic("english").wordlist)


@lru_cache
def _by_start() -> dict[str, str]:
    return {word[:4]: word for word in listed()}


def read(typed: str) -> tuple[list[str], list[str]]:
    """What was typed as words of the list, and what is none of them. Four letters are enough."""
    found: list[str] = []
    strange: list[str] = []
    for part in re.findall(r"\w+", typed.casefold()):
        word = meant(part)
        (found if word else strange).append(word or part)
    return found, strange


def meant(part: str) -> str | None:
    """The word of the list that `part` is, or begins with four letters or more."""
    word = _by_start().get(part[:4])
    return word if word and word.startswith(part) else None


def hashed(words: list[str]) -> str:
    """What is kept of a card's words."""
    return salted_hmac("kith.people.words", " ".join(words), algorithm="sha256").hexdigest()


def make(viewer: Viewer, circle: UUID, part: str, days: int) -> list[str]:
    """A card for one new person in `circle`. Its words are returned once."""
    _only_keeper(viewer, circle)
    if part not in PARTS or days not in DAYS:
        raise Invalid("invitation-unclear")
    return _write(circle, part, clock.now() + timedelta(days=days))


@transaction.atomic
def vouch(viewer: Viewer, circle: UUID, name: str) -> list[str] | None:
    """Say, as a keeper, that the one of this sign-in name stands here without a way in.

    None when another keeper has yet to say the same; else the words of a card, for an hour. For a
    name that is nobody's in this circle there are words too, which open nothing.
    """
    _only_keeper(viewer, circle)
    since, mark = clock.now() - HOUR, _mark(circle, name)
    Vouching.objects.filter(at__lt=since).delete()
    _keeper_row = Membership.objects.select_for_update().filter(circle_id=circle, part="keeper")
    list(_keeper_row)  # two keepers at the same moment take turns
    others = Vouching.objects.filter(circle_id=circle, mark=mark).exclude(keeper_id=viewer.me)
    if not others.exists():
        Vouching.objects.update_or_create(
            circle_id=circle, mark=mark, keeper_id=viewer.me, defaults={"at": clock.now()}
        )
        return None
    Vouching.objects.filter(circle_id=circle, mark=mark).delete()
    return _write(circle, "guest", clock.now() + HOUR, again=True, person=_member(circle, name))


def in_force(words: list[str]) -> CardOfWords:
    """The card of these words. Raises Missing when it is spent, stopped, over, or never was."""
    return _open_card(code=hashed(words))


def by_id(card: UUID) -> CardOfWords:
    """The card, while it is in force. Raises Missing else."""
    return _open_card(id=card)


@transaction.atomic
def spend(card: CardOfWords) -> None:
    """Spend the card: of many who try at once, one can. Raises Missing for the rest."""
    open_now = CardOfWords.objects.filter(id=card.id, used=None, ends__gt=clock.now())
    if not open_now.update(used=clock.now()):
        raise Missing("words-unknown")


@transaction.atomic
def start_with(card: CardOfWords, person: Person) -> None:
    """Let a new person in by their card: it is spent, and they are in its circle."""
    spend(card)
    person.began = clock.now()
    person.save(force_insert=True)
    Membership.objects.create(person=person, circle_id=card.circle_id, part=card.part)
    leave_trace(person, "card-used", card.circle_id)


@transaction.atomic
def come_back_with(card: CardOfWords, person: Person, passphrase: str) -> None:
    """A new passphrase for someone who lost their ways in: the old ones, and all sessions, end.

    What only they could open stays shut: no keeper's card is a key to that. What opened it before
    opens it still.
    """
    spend(card)
    person.set_password(passphrase)
    person.save(update_fields=["password"])
    retire(person)
    person.sessions.all().delete()
    leave_trace(person, "card-used", card.circle_id)


def _write(
    circle: UUID, part: str, ends: datetime, *, again: bool = False, person: Person | None = None
) -> list[str]:
    words = [secrets.choice(listed()) for _ in range(COUNT)]
    CardOfWords.objects.create(
        circle_id=circle, code=hashed(words), part=part, ends=ends, again=again, person=person
    )
    if person:
        leave_trace(person, "card", circle)
    return words


def _open_card(**which: object) -> CardOfWords:
    found = CardOfWords.objects.filter(used=None, ends__gt=clock.now(), **which).first()
    if found is None or (found.again and found.person_id is None):
        raise Missing("words-unknown")
    return found


def _member(circle: UUID, name: str) -> Person | None:
    return Person.objects.with_handle(name).filter(memberships__circle_id=circle).first()


def _mark(circle: UUID, name: str) -> str:
    about = f"{circle}|{name.casefold()}"
    return salted_hmac("kith.people.vouching", about, algorithm="sha256").hexdigest()


def _only_keeper(viewer: Viewer, circle: UUID) -> None:
    if not viewer.has_part(circle, "keeper"):
        raise Missing
