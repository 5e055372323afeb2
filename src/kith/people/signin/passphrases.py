"""Choosing a passphrase, and what that does to other sessions."""

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from kith.people.locks import passphrase_changed
from kith.people.models import Person
from kith.people.signin import sessions
from kith.people.signin.traces import leave_trace


@transaction.atomic
def change(request: HttpRequest, person: Person, handle: str, new: str, old: str = "") -> int:
    """A new passphrase: this session stays, all others end. Returns how many ended.

    What `old`, or this session, has open of *only me*, the new one opens from now on.
    """
    person.handle = handle
    person.set_password(new)
    person.save(update_fields=["sealed_handle", "handle_mark", "password"])
    passphrase_changed(person, old, new, request)
    update_session_auth_hash(request, person)
    leave_trace(person, "passphrase")
    return sessions.end_others(request, person)
