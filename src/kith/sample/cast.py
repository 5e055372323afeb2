"""The people of the invented village, found by what they are called."""

from uuid import UUID, uuid5

from kith.base.problems import Missing
from kith.people.models import Installation, Person
from kith.people.readings import circles_called, viewer_of
from kith.permissions.viewer import Viewer

WARD = "Ward 6"
CAST = {
    "R.": "uses-service",
    "T.": "close",
    "J.": "nurse",
    "K.": "manager",
    "O.": "researcher",
}
"""Who there is, and the role each speaks from: R. stays on the ward, T. is her partner, J. and K.
work there, O. writes down what is said when people gather."""

_VILLAGE = UUID("6f0a3a52-8d0e-4b7c-9d2f-51d3c9f6a1e4")


def id_of(name: str) -> UUID:
    """The id of something in the village: the same name, the same id."""
    return uuid5(_VILLAGE, name)


def is_village() -> bool:
    """Whether everybody here is invented."""
    return Installation.objects.filter(invented=True).exists()


def someone(called: str) -> Person:
    """One of the cast. Raises Missing outside the village."""
    cast = Person.objects.filter(handle_mark=None)
    found = next((one for one in cast if one.called == called), None)
    if not is_village() or found is None:
        raise Missing
    return found


def as_viewer(called: str) -> Viewer:
    """One of the cast, as one who asks."""
    return viewer_of(someone(called))


def ward() -> UUID:
    """The ward's circle."""
    return circles_called(WARD)[0].id
