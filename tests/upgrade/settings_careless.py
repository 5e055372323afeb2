"""Wrong: a later version whose worker clears what waits on the device when it takes over."""

from upgrade.settings_later import *  # noqa: F403
from upgrade.settings_later import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "upgrade.later.careless.Careless"]
