"""Fills in, afresh for each request, who is asking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kith.people import locks
from kith.people.readings import circle_names, is_invented, viewer_of
from kith.people.signin.coming_in import closes_soon
from kith.people.signin.resting import rest_or_go_on


class WhoAsks:
    """Gives every request its viewer, the names of their circles, and whether all is invented.

    A viewer who opened what is only theirs brings their keys with them.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        rest_or_go_on(request)
        viewer = viewer_of(request.user, locks.opened(request))
        request.viewer = viewer  # type: ignore[attr-defined]
        request.circle_names = circle_names(viewer)  # type: ignore[attr-defined]
        request.invented = is_invented()  # type: ignore[attr-defined]
        request.shared_device = closes_soon(request)  # type: ignore[attr-defined]
        response = self.answer(request)
        locks.hand_out(request, response)
        return response
