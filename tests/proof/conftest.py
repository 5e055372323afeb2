"""One village for all tests of a file, undone when the file is done; and what each comes to."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from kith.base import clock
from kith.records.keyfile import KeyFile
from kith.records.sealing import close_keyrings
from proof.reach import Reach, reach_of
from proof.village import LATER, Fate, Village, undone


@pytest.fixture(scope="module", autouse=True)
def kith_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the keys and files of the whole file of tests."""
    home = tmp_path_factory.mktemp("proof") / "home"
    home.mkdir()
    places = {
        "KITH_HOME": home,
        "KITH_KEYRING": home / "keyring" / "keys.sqlite3",
        "KITH_WRAPPING_KEY": home / "wrapping.key",
        # Where many people are, nobody's notebook opens without an account (docs/settings.md).
        "KITH_LOCAL": False,
    }
    with pytest.MonkeyPatch.context() as patch, override_settings(**places):
        patch.setenv("KITH_HOME", str(home))
        yield home
    close_keyrings()


@pytest.fixture(scope="module")
def fate() -> Iterator[Fate]:
    """What is random is told from a word."""
    with pytest.MonkeyPatch.context() as patch:
        # Everything here happens in one transaction, which erasing would wait for in vain.
        patch.setattr("kith.records.erasure._PATIENCE", 0)
        patch.setattr("kith.records.keyring.KeyFile", Unsynced)
        yield Fate(patch)


class Unsynced(KeyFile):
    """The keyring without waiting for the disk: nothing here loses power."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.do("pragma synchronous=off")


@pytest.fixture(scope="module")
def village(
    fate: Fate, kith_home: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Village]:
    """Everyone, with all they keep."""
    # Thousands of refusals are told here on purpose; what may be in a log has its own test.
    logging.disable(logging.ERROR)
    with django_db_blocker.unblock(), undone():
        yield Village()
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def reaches(village: Village) -> dict[str, Reach]:
    """What each comes to, by what they are called; "nobody" is not signed in.

    The village is the same in every file of tests, to its last id, so this is found out once.
    """
    for called in (*village.people, "nobody"):
        if called not in _known:
            with clock.stopped_at(LATER):
                _known[called] = reach_of(village, called)
    return _known


_known: dict[str, Reach] = {}
