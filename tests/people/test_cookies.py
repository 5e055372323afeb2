"""Over https a cookie says so by its name, which a browser then holds it to."""

import os
import subprocess
import sys
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

ASK = """
import django, json
django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES = {"staticfiles": {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from kith.people.actions import begin
begin("R.", handle="rose", passphrase="tea in the morning")
client = Client(headers={"host": "localhost"})
told = {"username": "rose", "password": "tea in the morning"}
client.get("/in/", secure=SECURE)
client.post("/in/", told, secure=SECURE)
for cookie in client.cookies.values():
    print(cookie.OutputString())
"""


def cookies(home: Path, https: str) -> dict[str, SimpleCookie]:
    surroundings = {**os.environ, "KITH_HOME": str(home), "KITH_HTTPS": https}
    surroundings["DJANGO_SETTINGS_MODULE"] = "kith.site.settings"
    ask = ASK.replace("SECURE", str(https == "1"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ask],
        env=surroundings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = {}
    for line in done.stdout.splitlines():
        found[line.partition("=")[0]] = SimpleCookie(line)
    return found


@pytest.mark.parametrize("https", ["1", "0"])
def test_every_cookie_is_held_to_this_site_and_out_of_reach_of_scripts(
    tmp_path: Path, https: str
) -> None:
    found = cookies(tmp_path, https)
    before = "__Host-" if https == "1" else ""
    assert set(found) == {f"{before}{name}" for name in ("form", "known", "page")}
    for name, jar in found.items():
        cookie = jar[name]
        assert cookie["samesite"] == "Strict"
        assert cookie["httponly"]
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert bool(cookie["secure"]) is (https == "1")
