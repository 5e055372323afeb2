"""The settings of a later version of Kith, which brings one more part."""

from kith.site.settings import *  # noqa: F403
from kith.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "upgrade.later.apps.LaterConfig"]
