"""Django's name for this room, and its sentences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n


class MediaConfig(AppConfig):
    name = "kith.media"
    label = "media"

    def ready(self) -> None:
        from kith.media import nouns  # noqa: F401
        from kith.people.kinds import call
        from kith.web.sentences import say

        say(
            {
                "picture-too-large": _("This picture is too large for us. Try a smaller one."),
                "picture-unreadable": _("We could not read this picture. A JPEG or PNG works."),
                "sound-too-long": _("This is too long for one go. Record it in parts."),
                "sound-unreadable": _("We could not read this sound. Nothing was kept."),
            }
        )
        call(
            {
                "picture": _n("%(n)d picture", "%(n)d pictures", "n"),
                "sound": _n("%(n)d sound", "%(n)d sounds", "n"),
            }
        )
