"""What stands beside the paper: prompts, the photo underneath, pictures of figures, a sitting."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.maps.readings import Drawing
from kith.maps.talk import photos, prompts, sittings
from kith.permissions.viewer import Viewer


def panel(viewer: Viewer | None = None, drawn: Drawing | None = None) -> dict[str, Any]:
    """All of it for a map; for nobody, on bare paper, our own prompts alone."""
    parts = prompts.arc(viewer)
    pause = _("A pause first. Look out of the window, drink something. You can also stop here.")
    told: dict[str, Any] = {
        "arc": parts,
        "prompts": [{"asks": part.asks, "pause": pause if part.pause else ""} for part in parts],
    }
    if viewer is None or drawn is None:
        return told
    map_id = drawn.map.thing
    faces = photos.faces(viewer, drawn).items()
    return told | {
        "photo": photos.photo_of(viewer, map_id),
        "faces": {
            str(figure): reverse("media:picture", kwargs={"thing": picture})
            for figure, picture in faces
        },
        "sitting": sittings.sitting_at(viewer, map_id),
    }
