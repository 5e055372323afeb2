"""What a browser seals for the intake opens here, and nothing else does.

The sealing side of these tests is WebCrypto under Node: it shares no line with `intake`.
"""

import json
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from kith.base.problems import Invalid
from kith.records.backup import back_up
from kith.records.intake import intake_public, open_intake
from kith.records.keyring import Keyring
from kith.records.sealing import close_keyrings, reading_with, source

SEALER = Path(__file__).with_name("seal_for_intake.mjs")
ABOUT, TEXT = b"id|who", "tea at eight, å".encode()


def sealed_in_a_browser(text: bytes = TEXT, about: bytes = ABOUT) -> bytes:
    told = {"intake": intake_public(), "about": about, "text": text}
    asked = json.dumps({name: b64encode(value).decode() for name, value in told.items()})
    made = subprocess.run(
        ["node", str(SEALER)], input=asked, capture_output=True, text=True, check=True, timeout=60
    )
    return b64decode(made.stdout)


@pytest.mark.parametrize("text", [b"", TEXT, bytes(range(256)) * 400])
def test_what_a_browser_seals_opens_here(text: bytes) -> None:
    assert open_intake(sealed_in_a_browser(text), ABOUT) == text


@pytest.mark.store
@pytest.mark.django_db
def test_the_first_copy_of_the_keyring_has_the_key_that_devices_will_seal_to(
    tmp_path: Path,
) -> None:
    """A backup from before anyone asked for it, put back, must open what was sealed since."""
    made = back_up(tmp_path / "out")
    copied = Keyring(made.keys, source())
    sealed = sealed_in_a_browser()
    with reading_with(copied):
        assert open_intake(sealed, ABOUT) == TEXT
    copied.close()


def test_the_point_is_uncompressed_and_stays_the_same() -> None:
    before = intake_public()
    assert (len(before), before[0]) == (65, 4)
    close_keyrings()
    assert intake_public() == before


def test_no_byte_of_it_can_be_changed() -> None:
    sealed = sealed_in_a_browser()
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Invalid, match="intake-unreadable"):
            open_intake(bytes(changed), ABOUT)


def test_it_cannot_be_cut_lengthened_or_passed_off_as_another() -> None:
    sealed = sealed_in_a_browser()
    cut = [(sealed[:length], ABOUT) for length in range(len(sealed))]
    for given_, about in [*cut, (sealed + b"\0", ABOUT), (sealed, b"id|other"), (sealed, b"")]:
        with pytest.raises(Invalid, match="intake-unreadable"):
            open_intake(given_, about)


def test_another_installation_opens_nothing(kith_home: Path) -> None:
    sealed = sealed_in_a_browser()
    close_keyrings()
    (kith_home / "keyring" / "keys.sqlite3").unlink()
    with pytest.raises(Invalid, match="intake-unreadable"):
        open_intake(sealed, ABOUT)


@given(st.binary(max_size=200), st.binary(max_size=40))
@laws(max_examples=60)
def test_any_bytes_at_all_are_refused_in_one_way(sealed: bytes, about: bytes) -> None:
    with pytest.raises(Invalid, match="intake-unreadable"):
        open_intake(b"\x04" + sealed, about)
