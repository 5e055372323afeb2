"""What one can do with pictures and sounds: keep them with what they belong to.

Higher rooms keep them within their own acts; taking away and forgetting follow what they belong to.
"""

from uuid import UUID

from kith.media.nouns import Picture, Sound
from kith.permissions.actions import Act
from kith.records.models import Record


def keep(doing: Act, media: Picture | Sound, belongs_to: UUID, *, id: UUID | None = None) -> Record:
    """Keep a picture or sound of what `belongs_to` names, in one's own notebook."""
    return doing.keep(doing.viewer.own, media, parent=belongs_to, id=id)
