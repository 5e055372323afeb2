"""Who notes moments, and their browser."""

import pytest
from django.test import Client

from kith.permissions.viewer import Viewer
from world import signed_in, viewer


@pytest.fixture
def who() -> Viewer:
    return viewer("A.")


@pytest.fixture
def client(who: Viewer) -> Client:
    browser = Client()
    signed_in(browser, who)
    return browser
