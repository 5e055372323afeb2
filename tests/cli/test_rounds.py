"""What a server does by itself: backups when they are due, and erasures."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from kith.base import clock
from kith.cli import rounds
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.people import leaving
from kith.people.models import Person
from kith.records.backup import last_backup
from world import viewer

pytestmark = pytest.mark.django_db


def test_without_a_folder_there_is_none() -> None:
    assert not rounds.backup_is_due()


def test_one_is_made_when_the_last_is_old_enough(tmp_path: Path, settings: Settings) -> None:
    settings.KITH_BACKUP_TO, settings.KITH_BACKUP_EVERY = tmp_path / "out", 24
    rounds.go_round()
    rounds.go_round()
    assert len(list((tmp_path / "out").glob("*.age"))) == 1
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        rounds.go_round()
    assert len(list((tmp_path / "out").glob("*.age"))) == 2


def test_a_failed_one_is_known_and_tried_again_an_hour_later(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    settings.KITH_BACKUP_TO = tmp_path / "file" / "canary-folder"
    rounds.go_round()
    assert last_backup().failed is not None
    assert "back_up: NotADirectoryError" in caplog.text
    assert "canary" not in caplog.text
    assert not rounds.backup_is_due()
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        assert rounds.backup_is_due()


def test_erasures_are_carried_out_when_their_time_has_come() -> None:
    me = viewer()
    note(me, Moment(words="tea"), seen_on=clock.now())
    leaving.ask_to_be_erased(me)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        rounds.go_round()
    assert not Person.objects.filter(id=me.me).exists()
