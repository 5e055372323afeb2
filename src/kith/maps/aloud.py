"""What the script on the map's page says: names of things, states, and what happened."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kith.maps import words


def for_script() -> dict[str, Any]:
    """Every text that the script may say, translated. Braces are filled in there."""
    return {
        "unnamed": words.name_of(None),
        "stroke": _("A line drawn by hand"),
        "region": _("A part of the paper"),
        "writing": _("Words: {words}"),
        "places": words.places(),
        "shapes": {code: capfirst(str(text)) for code, text in words.WHATS.items()},
        "colours": {code: str(text) for code, text in words.PENS.items()},
        "between": _("{a} and {b}"),
        "tied-to": _("Tied to {name}"),
        "kinds": {code: str(text) for code, text in words.KINDS.items() if code},
        "qualities": {code: str(text) for code, text in words.QUALITIES.items()},
        "says": _said_aloud(),
        "states": {
            "draft": _("Draft"),
            "unsaved": _("Not kept yet. It stays here until you leave the page."),
            "saved": _("Saved on this device. It goes out when there is a connection."),
            "sent": _("Sent"),
            "stored": _("Stored"),
            "held": _("Nothing of this is kept."),
            "refused": _("One thing could not be stored. It waits on the page “On this device”."),
        },
    }


def _said_aloud() -> dict[str, str]:
    return {
        "stroke": _("A line is on the paper."),
        "around": _("A part of the paper has a line round it. You can give it a name."),
        "shape": _("{name}: it is on the paper."),
        "write": _("A place for words is chosen. Write what should stand there."),
        "written": _("The words are on the paper."),
        "nearer": _("The paper is nearer."),
        "farther": _("The paper is farther away."),
        "whole": _("The whole paper is shown."),
        "steps-away": _("Earlier steps need a connection."),
        "added": _("A new figure is on the paper. You can give it a name."),
        "several": _("On the paper: {name}."),
        "from": _("A tie starts at {name}. Choose where it goes. Escape stops."),
        "tied": _("{name} are tied."),
        "moved": _("{name} is moved."),
        "changed": _("{name} is changed."),
        "removed": _("{name} is off the paper. Undo brings it back."),
        "undo": _("The last step is undone."),
        "redo": _("The step is done again."),
        "nothing-to-undo": _("There is nothing to undo."),
        "nothing-to-redo": _("There is nothing to do again."),
        "cancelled": _("Stopped. Nothing has changed."),
    }
