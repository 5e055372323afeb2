"""The site's own settings, with a fresh home that is gone afterwards: never anyone's real one."""

import os
import tempfile
from pathlib import Path

_home = tempfile.TemporaryDirectory(prefix="kith-tests-", ignore_cleanup_errors=True)
os.environ["KITH_HOME"] = _home.name
for name in (
    "CREDENTIALS_DIRECTORY",
    "KITH_LOCAL",
    "KITH_SECRET",
    "KITH_WRAPPING_KEY",
    "KITH_WRAPPING_KEY_VALUE",
):
    os.environ.pop(name, None)

from kith.site.settings import *  # noqa: E402, F403
from kith.site.settings import DATABASES  # noqa: E402

# A file as in real life, because SQLite in memory neither logs ahead nor locks like one.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_home.name) / "test.sqlite3")}

# Pages under test name static files plainly; `kith serve` names them by content, and is tested so.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Path(_home.name, "static").mkdir()
