"""`kith invite`: a card that lets the first people in, from the one who runs the server."""

from django.db import transaction
from rich.console import Console

from kith.base.problems import Flaw, Invalid
from kith.people.actions import invite, open_empty_circle
from kith.people.readings import circles_called
from kith.permissions.viewer import Viewer


def make_card(name: str, sort: str, part: str, days: int, say: Console) -> None:
    """Print a code for the circle of that name, which is opened if there is none.

    Raises Invalid where several circles have the name, or part, sort or days are none of ours.
    """
    found = circles_called(name)
    if len(found) > 1:
        raise Invalid("circle-ambiguous", [Flaw("circle-ambiguous")])
    with transaction.atomic():
        circle = found[0] if found else open_empty_circle(name, sort)
        code = invite(Viewer(parts={circle.id: "keeper"}), circle.id, part, days)
    if not found:
        say.print(f"Opened: {circle.name}.")
    say.print(f"The code on the card: {code}")
    say.print(f"Whoever types it comes in as {part}. It works for {days} days.")
