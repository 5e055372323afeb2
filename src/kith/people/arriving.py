"""What happens the moment someone signs in."""

from typing import Any

from django.http import HttpRequest

from kith.people.leaving import erase_due
from kith.people.models import Person


def erase_if_due(*, request: HttpRequest | None, user: Person, **named: Any) -> None:
    """Whoever comes after their waiting time finds nothing any more, and nobody is signed in."""
    if erase_due() and request is not None and not Person.objects.filter(id=user.id).exists():
        request.session.flush()
