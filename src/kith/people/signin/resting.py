"""When nobody touched the notebook for a while, it closes until someone shows that it is them.

On one's own device the page that was asked for asks first, and goes on with what was filled in.
On a shared device everything ends, and nothing says whose it was.
"""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kith.people.models import Person
from kith.people.readings import circle_names, viewer_of
from kith.people.signin import sessions, sure
from kith.people.signin.coming_in import admit, is_shared_device

RESTING = "resting"
"""Where a closed session keeps whose it was: an id, nothing else."""


def rest_or_go_on(request: HttpRequest) -> None:
    """Close the notebook of a session that is over; else note that it is in use."""
    person = request.user
    if not isinstance(person, Person):
        return
    if not sessions.is_over(request) or not person.has_way_in():
        sessions.touch(request)
        return
    shared = request.session.get("shared", False)
    logout(request)
    if not shared:
        request.session[RESTING] = str(person.pk)


def whose(request: HttpRequest) -> Person | None:
    """The person whose session this is, whether open or resting."""
    if isinstance(request.user, Person):
        return request.user
    resting = request.session.get(RESTING)
    return Person.objects.filter(pk=resting).first() if resting else None


def let_in(request: HttpRequest) -> HttpResponse | None:
    """What a page for someone signed in gives to anyone else."""
    person = whose(request)
    if person is None:
        home = reverse("people:home")
        return redirect(home if is_shared_device(request) else f"{home}?next={request.path}")
    return sure.ask(request, person, lambda request: _open(request, person))


def _open(request: HttpRequest, person: Person) -> None:
    admit(request, person)
    still = Person.objects.filter(pk=person.pk).first()  # erased, if it was time for that
    request.viewer = viewer_of(still)  # type: ignore[attr-defined]
    request.circle_names = circle_names(request.viewer)  # type: ignore[attr-defined]
