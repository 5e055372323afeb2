"""Pictures are made anew, sounds are looked at, and both are their owner's alone."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from kith.base.problems import Invalid, Missing
from kith.maps import actions as maps
from kith.maps.nouns import Figure
from kith.media import actions, readings
from kith.media.nouns import LARGEST, Picture, Sound
from kith.media.pictures import FACE, SIDE, picture
from kith.media.sounds import sound
from kith.people import leaving
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from pictures import A_PICTURE, A_SOUND, POSING, bomb, jpeg, with_place
from world import signed_in, viewer

store = [pytest.mark.store, pytest.mark.django_db]


def kept(who: Viewer, said: Picture | Sound, parent: Record) -> Record:
    with act(who, "test") as doing:
        return actions.keep(doing, said, parent.thing)


def a_figure(who: Viewer) -> Record:
    return maps.add_figure(who, maps.begin(who), Figure(0.5, 0.5))


# What is taken in


@pytest.mark.parametrize("posing", POSING)
def test_what_poses_as_a_picture_is_refused(posing: str) -> None:
    with pytest.raises(Invalid, match="picture-unreadable"):
        picture(POSING[posing])


def test_a_small_file_that_would_unfold_to_a_huge_picture_is_refused() -> None:
    with pytest.raises(Invalid, match="picture-too-large"):
        picture(bomb(6000))
    with pytest.raises(Invalid):
        picture(bomb(60_000))


def test_a_heavy_file_is_not_even_looked_at() -> None:
    with pytest.raises(Invalid, match="picture-too-large"):
        picture(bytes(12_000_001))


def test_of_a_photo_only_its_dots_are_kept() -> None:
    taken = with_place()
    assert b"Kvitter" in taken and b"kvitter street" in taken
    made = picture(taken)
    assert b"vitter" not in made.data and b"Exif" not in made.data
    again = Image.open(BytesIO(made.data))
    assert not again.getexif() and "comment" not in again.info
    assert again.format == "JPEG"


@pytest.mark.parametrize("side", [SIDE, FACE])
def test_a_large_photo_becomes_smaller_and_stays_as_wide_as_high(side: int) -> None:
    made = picture(jpeg(4000, 3000), side)
    assert (made.wide, made.high) == (side, side * 3 // 4)


def test_a_photo_taken_upright_stands_upright() -> None:
    told = Image.Exif()
    told[0x0112] = 6
    assert picture(jpeg(40, 30, exif=told)).wide == 30


def test_what_one_can_see_through_lies_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    seen = Image.open(BytesIO(picture(out.getvalue()).data))
    assert seen.getpixel((1, 1)) == (255, 255, 255)


def test_dots_that_do_not_shrink_still_fit() -> None:
    noise = Image.effect_noise((2400, 2400), 200).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=95)
    assert len(picture(out.getvalue()).data) <= LARGEST


def test_the_same_file_gives_the_same_picture() -> None:
    assert picture(A_PICTURE) == picture(A_PICTURE)


def test_sounds_are_those_that_browsers_record() -> None:
    assert sound(A_SOUND).format == "webm"
    assert sound(b"OggS" + bytes(50)).format == "ogg"
    assert sound(_mp4()).format == "mp4"
    for wrong in (b"", b"RIFF....WAVE", *POSING.values(), b"\x1a\x45\xdf\xa3 matroska"):
        with pytest.raises(Invalid, match="sound-unreadable"):
            sound(wrong)
    with pytest.raises(Invalid, match="sound-too-long"):
        sound(A_SOUND + bytes(LARGEST))


def test_a_recording_that_says_where_it_was_made_is_refused() -> None:
    assert sound(_mp4(b"\xa9xyz", "mdat")).format == "mp4"  # those letters in the sound itself
    with pytest.raises(Invalid, match="sound-unreadable"):
        sound(_mp4(b"\xa9xyz+59.85+017.63/", "moov"))


def _mp4(content: bytes = b"", box: str = "moov") -> bytes:
    parts = ((b"ftyp", b"isom"), (box.encode(), content + bytes(8)), (b"free", b""))
    return b"".join((8 + len(told)).to_bytes(4, "big") + name + told for name, told in parts)


# Whose it is


class TestKept:
    pytestmark = store

    def test_only_its_owner_sees_or_hears_it(self, client: Client) -> None:
        me, other = viewer(), viewer()
        where = a_figure(me)
        seen, heard = kept(me, picture(A_PICTURE), where), kept(me, sound(A_SOUND), where)
        assert readings.pictures_of(me, [where.thing]) == {where.thing: seen.thing}
        assert readings.pictures_of(other, [where.thing]) == {}
        for read, thing in ((readings.a_picture, seen), (readings.a_sound, heard)):
            with pytest.raises(Missing):
                read(other, thing.thing)
        pages = [_address("picture", seen), _address("sound", heard)]
        signed_in(client, other)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        signed_in(client, me)
        answers = [client.get(page) for page in pages]
        assert [a["Content-Type"] for a in answers] == ["image/jpeg", "audio/webm"]
        for answer in answers:
            assert answer["Cache-Control"] == "no-store"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer["Content-Security-Policy"]
        assert answers[1].content == A_SOUND

    def test_a_browser_can_ask_for_a_part_of_a_sound(self, client: Client) -> None:
        me = viewer()
        signed_in(client, me)
        page = _address("sound", kept(me, sound(A_SOUND), a_figure(me)))
        part = client.get(page, headers={"range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, A_SOUND[4:8])
        assert part["Content-Range"] == f"bytes 4-7/{len(A_SOUND)}"
        assert client.get(page, headers={"range": "bytes=9-"}).content == A_SOUND[9:]
        assert client.get(page, headers={"range": "bytes=9999-"}).status_code == 416

    def test_it_lies_sealed(self) -> None:
        row = kept(me := viewer(), picture(A_PICTURE), a_figure(me))
        assert b"JFIF" not in bytes(Record.objects.get(id=row.id).body)

    def test_what_hangs_on_a_forgotten_thing_is_forgotten_however_deep(self) -> None:
        me = viewer()
        figure, still = a_figure(me), a_figure(me)
        seen, other = (kept(me, picture(A_PICTURE), one) for one in (figure, still))
        maps.take_off(me, figure.parent, figure.thing)
        leaving.forget(me, figure.thing)
        assert not Record.objects.filter(thing__in=[figure.thing, seen.thing]).exists()
        assert Record.objects.filter(thing=other.thing).exists()

    def test_it_goes_with_its_owner(self) -> None:
        me = viewer()
        row = kept(me, sound(A_SOUND), a_figure(me))
        leaving.erase_me(me)
        assert not Record.objects.filter(id=row.id).exists()


def _address(sort: str, row: Record) -> str:
    return reverse(f"media:{sort}", args=[row.thing])
