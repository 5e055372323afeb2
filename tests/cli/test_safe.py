"""What keeps the door shut: secrets one can guess or read, debugging, a clock that went astray."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from kith.base import clock
from kith.base.problems import Problem
from kith.cli.cards import make_card
from kith.cli.place import sentences
from kith.cli.safe import AHEAD, BEHIND, check
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.people.actions import join
from kith.people.models import Membership
from kith.people.readings import circles_called
from world import viewer

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def sound(settings: Settings) -> Settings:
    settings.SECRET_KEY = secrets.token_urlsafe(50)
    return settings


@pytest.mark.store
@pytest.mark.django_db
def test_a_sound_place_opens(sound: Settings) -> None:
    check()


@pytest.mark.store
@pytest.mark.django_db
@pytest.mark.parametrize(
    "secret", ["", "secret", "x" * 60, "abcabcabc" * 9, f"django-insecure-{'q7Wz' * 12}"]
)
def test_a_secret_that_can_be_guessed_is_refused(sound: Settings, secret: str) -> None:
    with pytest.raises(Problem, match="secret-too-easy"):
        sound.SECRET_KEY = secret or "x"
        check()


@pytest.mark.store
@pytest.mark.django_db
def test_what_others_could_read_is_refused(sound: Settings, kith_home: Path) -> None:
    (kith_home / "secret").write_text("s")
    (kith_home / "secret").chmod(0o640)
    with pytest.raises(Problem, match="secret-readable-by-others"):
        check()
    (kith_home / "secret").chmod(0o600)
    (kith_home / "wrapping.key").write_bytes(bytes(32))
    (kith_home / "wrapping.key").chmod(0o644)
    with pytest.raises(Problem, match="wrapping-key-readable-by-others"):
        check()


@pytest.mark.store
@pytest.mark.django_db
def test_debugging_is_refused(sound: Settings) -> None:
    sound.DEBUG = True
    with pytest.raises(Problem, match="debugging-on"):
        check()


@pytest.mark.store
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("later", "code"),
    [
        (-BEHIND - MOMENT, "clock-behind"),
        (-BEHIND, ""),
        (timedelta(), ""),
        (AHEAD, ""),
        (AHEAD + MOMENT, "clock-ahead"),
    ],
)
def test_the_clock_is_held_against_the_ledger(sound: Settings, later: timedelta, code: str) -> None:
    with clock.stopped_at(NOW):
        note(viewer("A."), Moment(words="Tea."))
    with clock.stopped_at(NOW + later):
        if code:
            with pytest.raises(Problem, match=code):
                check()
        else:
            check()
        check(clock_is_right=True)


@pytest.mark.store
@pytest.mark.django_db
def test_the_first_card_lets_a_keeper_in(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    say = Console(soft_wrap=True)
    make_card("Ward 6", "ward", "keeper", 7, say)
    code = capsys.readouterr().out.split("card: ")[1].split()[0]
    who = viewer("A.")
    circle = join(who, code)
    assert Membership.objects.get(circle=circle).part == "keeper"
    make_card("Ward 6", "ward", "guest", 7, say)
    assert "Opened" not in capsys.readouterr().out
    for sort, part in (("castle", "keeper"), ("ward", "king")):
        with pytest.raises(Problem, match=r"unknown|unclear"):
            make_card("New", sort, part, 7, say)
    assert not circles_called("New")


@pytest.mark.parametrize("code", ["line-not-locked", "clock-behind", "secret-too-easy"])
def test_a_command_says_what_to_do_and_nothing_meant_for_pages(code: str) -> None:
    said = sentences(Problem(code))
    assert (len(said) == 1 and "--" in said[0]) or "KITH_SECRET" in said[0]
