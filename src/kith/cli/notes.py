"""`kith import notes`: what was understood, what was not, then all of it or nothing."""

from pathlib import Path
from uuid import UUID

from django.db import transaction
from rich.console import Console

from kith.base.problems import Flaw, Invalid
from kith.formats.notes import Notes, read_notes
from kith.inquiry.bringing import bring_in as keep
from kith.people.actions import begin, open_circle
from kith.people.models import Circle, Membership
from kith.people.readings import circles_called, local_person, viewer_of
from kith.permissions.viewer import Viewer
from kith.web.sentences import flaw_sentences


def bring_in(file: Path, circle: str, gathering: str, quotable: bool, say: Console) -> None:
    """Read `file` into a gathering of `circle`; either is made if it is new.

    Raises Invalid for a file that cannot be read, or a name that several circles have; then
    nothing has changed.
    """
    with say.status("Reading the file"):
        notes = read_notes(file, file.name)
    _tell(notes, say)
    with say.status("Keeping what was said"), transaction.atomic():
        viewer, place = _circle(circle, say)
        brought = keep(viewer, place, None, notes, quote=quotable, title=gathering or file.stem)
    say.print(f"Added {brought.added}; {brought.known} were there already.")


def _tell(notes: Notes, say: Console) -> None:
    voices = {line.voice for line in notes.contributions if line.voice}
    themes = {theme for line in notes.contributions for theme in line.themes}
    say.print(
        f"Understood: {len(notes.contributions)} contributions, {len(voices)} voices,"
        f" {len(themes)} themes."
    )
    for sentence in flaw_sentences(notes.left_out):
        say.print(f"Please look: {sentence}")


def _circle(name: str, say: Console) -> tuple[Viewer, UUID]:
    """The circle of that name with the eyes of its keeper; a new one if there is none."""
    found = circles_called(name)
    if len(found) > 1:
        raise Invalid("circle-ambiguous", [Flaw("circle-ambiguous")])
    if found:
        kept = Membership.objects.filter(circle=found[0], part="keeper").select_related("person")
        return viewer_of(kept[0].person), found[0].id
    person = local_person() or begin()
    made = open_circle(viewer_of(person), name, Circle.Sort.INQUIRY)
    say.print("There was no such circle. It was opened.")
    return viewer_of(person), made.id
