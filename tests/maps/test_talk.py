"""Talk over a map: three kinds kept apart, photos, prompts, and what of a sitting stays."""

from base64 import b64encode
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from device import Device
from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.maps import actions as maps
from kith.maps.nouns import Figure, Talk
from kith.maps.talk import photos, prompts, sittings, talking
from kith.media.nouns import Picture, Sound
from kith.media.readings import a_picture, a_sound
from kith.people import leaving
from kith.people.going import taken_away
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.verify import verify
from pictures import A_PICTURE, A_SOUND, POSING, with_place
from world import signed_in, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def board(who: Viewer) -> tuple[UUID, UUID]:
    """A map with one figure on it."""
    map_id = maps.begin(who)
    return map_id, maps.add_figure(who, map_id, Figure(0.4, 0.4, label="T.")).thing


def page(name: str, map_id: UUID, **more: object) -> str:
    return reverse(f"maps:{name}", kwargs={"map_id": map_id, **more})


# Words and sounds


def test_words_and_a_sound_are_bound_to_what_they_are_about() -> None:
    me = viewer()
    map_id, t = board(me)
    talking.say(me, map_id, Talk("said", t, "Tea with T."), heard=A_SOUND)
    talking.say(me, map_id, Talk("described", words="One circle, far off."))
    first, second = talking.about(me, map_id)
    assert (first.noun.about, first.noun.words) == (t, "Tea with T.")
    assert first.noun.sound and a_sound(me, first.noun.sound).noun.data == A_SOUND
    assert (second.noun.about, second.noun.sound) == (None, None)


def test_twice_is_once_with_its_sound() -> None:
    me = viewer()
    map_id, _t = board(me)
    id = UUID(int=7, version=4)
    for _ in range(2):
        talking.say(me, map_id, Talk("said", words="Tea."), heard=A_SOUND, id=id)
        photos.lay_under(me, map_id, A_PICTURE, id=UUID(int=8, version=4))
    assert [len(look(me, kind)) for kind in (Talk, Sound, Picture)] == [1, 1, 1]


def test_nobody_talks_about_what_is_not_theirs() -> None:
    me, other = viewer(), viewer()
    map_id, t = board(me)
    theirs, _figure = board(other)
    with pytest.raises(Missing):
        talking.say(other, map_id, Talk("said", words="Mine now."))
    with pytest.raises(Missing):
        talking.say(other, theirs, Talk("said", t, "About another's figure."))
    with pytest.raises(Invalid):
        talking.say(me, map_id, Talk("said", words="  "))


def test_a_sound_that_is_none_keeps_nothing() -> None:
    me = viewer()
    map_id, _t = board(me)
    with pytest.raises(Invalid, match="sound-unreadable"):
        talking.say(me, map_id, Talk("said", words="Tea."), heard=b"<script>")
    assert talking.about(me, map_id) == []


def test_the_three_kinds_stand_apart_and_what_someone_makes_of_it_after_a_pause(
    client: Client,
) -> None:
    me = viewer()
    map_id, _t = board(me)
    for by in talking.BY:
        talking.say(me, map_id, Talk(by, words=f"canary {by}"))
    signed_in(client, me)
    notes = client.get(page("talk", map_id)).content.decode()
    assert "canary interpreted" not in notes
    said, described = notes.index("canary said"), notes.index("canary described")
    assert notes.index('id="by-said"') < said < notes.index('id="by-described"') < described
    paused = client.get(page("meaning", map_id)).content.decode()
    assert "A pause first" in paused and "canary" not in paused
    on = client.get(page("meaning", map_id) + "?on").content.decode()
    assert "canary interpreted" in on and "canary said" not in on


def test_a_note_is_said_anew_taken_away_and_brought_back(client: Client) -> None:
    me = viewer()
    map_id, t = board(me)
    note = talking.say(me, map_id, Talk("said", words="Tea."), heard=A_SOUND).thing
    signed_in(client, me)
    at = page("note", map_id, thing=note)
    answer = client.post(at, {"id": UUID(int=9), "by": "described", "about": t, "words": "A cup."})
    assert answer.status_code == 302
    now = talking.one(me, map_id, note).noun
    assert (now.by, now.about, now.words) == ("described", t, "A cup.")
    assert now.sound
    client.post(page("note-away", map_id, thing=note))
    assert talking.about(me, map_id) == []
    assert [one.thing for one in taken_away(me)] == [note]
    client.post(page("note-back", map_id, thing=note))
    assert [one.thing for one in talking.about(me, map_id)] == [note]


def test_what_someone_makes_of_it_never_becomes_what_was_said() -> None:
    me = viewer()
    map_id, _t = board(me)
    note = talking.say(me, map_id, Talk("interpreted", words="Lonely, perhaps.")).thing
    with pytest.raises(Invalid):
        talking.correct(me, map_id, note, Talk("said", words="I am lonely."))
    said = talking.say(me, map_id, Talk("said", words="Tea.")).thing
    with pytest.raises(Invalid):
        talking.correct(me, map_id, said, Talk("interpreted", words="Tea means home."))


def test_a_forgotten_note_takes_its_sound_along() -> None:
    me = viewer()
    map_id, _t = board(me)
    note = talking.say(me, map_id, Talk("said"), heard=A_SOUND).thing
    talking.take_away(me, map_id, note)
    leaving.forget(me, note)
    assert look(me, Sound) == []
    assert not Record.objects.filter(kind__in=["talk", "sound"]).exists()


# Pasted texts


@given(some.text(max_size=400), some.integers(1, 9))
def test_of_a_pasted_text_no_word_is_lost(text: str, most: int) -> None:
    parts = talking.in_parts(text, most)
    assert " ".join(parts).split() == text.replace("\r\n", "\n").split()
    assert len(parts) <= most and all(part.strip() for part in parts)


def test_a_text_is_taken_in_in_parts_each_about_something_of_its_own(client: Client) -> None:
    me = viewer()
    map_id, t = board(me)
    signed_in(client, me)
    cut = client.post(page("paste", map_id), {"text": "A: Tea?\n\nB: Yes.\n\nA: Good."})
    forms = cut.context["parts"]
    assert [form.initial["words"] for form in forms] == ["A: Tea?", "B: Yes.", "A: Good."]
    told: dict[str, object] = {"parts": 3}
    for at, form in enumerate(forms):
        told |= {f"p{at}-id": form["id"].value(), f"p{at}-words": form.initial["words"]}
        told |= {f"p{at}-by": "said", f"p{at}-about": t if at == 1 else ""}
    told["p2-words"] = " "
    assert client.post(page("paste", map_id), told).status_code == 302
    kept = [(one.noun.words, one.noun.about) for one in talking.about(me, map_id)]
    assert kept == [("A: Tea?", None), ("B: Yes.", t)]
    again = client.post(page("paste", map_id), {**told, "p0-by": "guessed"})
    assert again.status_code == 422
    assert client.post(page("paste", map_id), {"parts": "many"}).status_code == 422


# Photos


def test_a_photo_lies_under_the_paper_shows_more_or_less_and_comes_off(client: Client) -> None:
    me = viewer()
    map_id, _t = board(me)
    signed_in(client, me)
    from django.core.files.uploadedfile import SimpleUploadedFile

    told = {"id": UUID(int=5), "strength": "middle"}
    sent = SimpleUploadedFile("map.svg", with_place(), "image/svg+xml")
    assert client.post(page("photo", map_id), {**told, "picture": sent}).status_code == 302
    there = photos.photo_of(me, map_id)
    assert there and there.strength == "middle"
    assert b"vitter" not in a_picture(me, there.picture).noun.data
    client.post(page("photo-change", map_id), {"strength": "strong"})
    client.post(page("photo-change", map_id), {"off": "yes"})
    off = photos.photo_of(me, map_id)
    assert off and off.away and off.strength == "strong"
    client.post(page("photo-change", map_id), {"back": "yes"})
    again = photos.photo_of(me, map_id)
    assert again and not again.away
    photos.lay_under(me, map_id, A_PICTURE)
    assert Record.objects.filter(kind="photo").values("thing").distinct().count() == 1


@pytest.mark.parametrize("posing", [name for name in POSING if name != "nothing"])
def test_what_poses_as_a_photo_is_refused_by_page_and_from_a_device(
    client: Client, posing: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    me = viewer()
    map_id, t = board(me)
    signed_in(client, me)
    for name, where in (("photo", {}), ("face", {"thing": t})):
        sent = SimpleUploadedFile("map.jpg", POSING[posing], "image/jpeg")
        told = {"id": UUID(int=5), "strength": "faint", "picture": sent}
        assert client.post(page(name, map_id, **where), told).status_code == 422
    device = Device(client)
    text = b64encode(POSING[posing]).decode()
    device.keep("photo.lay", {"map": str(map_id), "picture": text, "strength": "faint"})
    device.keep("face.give", {"map": str(map_id), "thing": str(t), "picture": text})
    assert device.send() == [422, 422]
    assert not Record.objects.filter(kind__in=["picture", "photo"]).exists()


def test_a_figure_has_a_picture_or_its_initials() -> None:
    me = viewer()
    map_id, t = board(me)
    first = photos.give_face(me, map_id, t, A_PICTURE).thing
    second = photos.give_face(me, map_id, t, A_PICTURE).thing
    drawn = maps.readings.drawing(me, map_id)
    assert photos.faces(me, drawn) == {t: second}
    photos.take_face(me, map_id, t)
    assert photos.faces(me, drawn) == {}
    assert {one.thing for one in taken_away(me)} == {first, second}


def test_a_device_sends_talk_and_pictures_once(client: Client) -> None:
    me = viewer()
    map_id, t = board(me)
    signed_in(client, me)
    device = Device(client)
    told = {"map": str(map_id), "by": "said", "about": str(t), "words": "Tea."}
    device.keep("talk.say", {**told, "sound": b64encode(A_SOUND).decode()})
    device.keep("photo.lay", {"map": str(map_id), "picture": b64encode(A_PICTURE).decode()})
    device.keep(
        "face.give",
        {"map": str(map_id), "thing": str(t), "picture": b64encode(A_PICTURE).decode()},
    )
    assert device.send() == device.send() == [200, 200, 200]
    (note,) = talking.about(me, map_id)
    assert note.noun.sound and photos.photo_of(me, map_id)
    device.keep("talk.correct", {**told, "thing": str(note.thing), "words": "Tea, twice."})
    assert device.send()[-1] == 200
    assert talking.one(me, map_id, note.thing).noun.words == "Tea, twice."
    for wrong in ({**told, "by": "guessed"}, {**told, "sound": "not base64 %"}, {}):
        assert device.send(device.keep("talk.say", wrong)) == [422]


# Prompts


def test_prompts_are_ours_until_they_are_worded_anew_and_ours_again(client: Client) -> None:
    me, other = viewer(), viewer()
    assert all(part.ours for part in prompts.arc(me))
    assert [part.code for part in prompts.arc(None) if part.pause] == ["back", "change"]
    signed_in(client, me)
    at = reverse("maps:word", kwargs={"code": "self"})
    client.post(at, {"id": UUID(int=3), "lines": "Where are you?\n\n  And now?  "})
    mine = prompts.arc(me)[0]
    assert (mine.asks, mine.ours) == (("Where are you?", "And now?"), False)
    assert prompts.arc(other)[0].ours
    client.post(at, {"ours": "yes"})
    assert all(part.ours for part in prompts.arc(me))
    with pytest.raises(Invalid, match="prompts-too-long"):
        prompts.word(me, "self", ["What?"] * 13)
    assert client.get(reverse("maps:word", kwargs={"code": "deeper"})).status_code == 404


# Side by side


def sat(me: Viewer, *, new: bool) -> tuple[UUID, Record, Record]:
    """A sitting at an old map or a new one, in which a figure was drawn and something said."""
    with clock.ticking_from(clock.now() - timedelta(hours=1)):
        map_id = None if new else board(me)[0]
        if map_id:
            talking.say(me, map_id, Talk("said", words="Before."))
            photos.lay_under(me, map_id, A_PICTURE, "faint")
        map_id = sittings.begin(me, map_id)
        assert sittings.begin(me, map_id) == map_id
        figure = maps.add_figure(me, map_id, Figure(0.1, 0.1, label="New"))
        if not new:
            photos.let_through(me, map_id, "strong")
        photos.give_face(me, map_id, figure.thing, A_PICTURE)
        note = talking.say(me, map_id, Talk("said", words="Since."), heard=A_SOUND)
    return map_id, figure, note


def labels(me: Viewer, map_id: UUID) -> list[str]:
    return [entry.noun.label for entry in maps.readings.drawing(me, map_id).figures]


def words(me: Viewer, map_id: UUID) -> list[str]:
    return [entry.noun.words for entry in talking.about(me, map_id)]


def test_all_of_a_sitting_stays() -> None:
    me = viewer()
    map_id, _figure, _note = sat(me, new=False)
    assert sittings.end(me, map_id)
    assert labels(me, map_id) == ["T.", "New"]
    assert words(me, map_id) == ["Before.", "Since."]
    assert sittings.sitting_at(me, map_id) is None
    with pytest.raises(Missing):
        sittings.end(me, map_id)


def test_the_drawing_alone_stays() -> None:
    me = viewer()
    map_id, _figure, _note = sat(me, new=False)
    assert sittings.end(me, map_id, "words")
    assert labels(me, map_id) == ["T.", "New"]
    assert words(me, map_id) == ["Before."]
    assert look(me, Sound) == []
    assert len(look(me, Picture)) == 2
    assert verify().holds


def test_nothing_of_it_stays_and_what_was_there_before_is_as_it_was() -> None:
    me = viewer()
    map_id, figure, note = sat(me, new=False)
    assert sittings.end(me, map_id, "all")
    assert labels(me, map_id) == ["T."]
    assert words(me, map_id) == ["Before."]
    there = photos.photo_of(me, map_id)
    assert there and there.strength == "faint"
    assert not Record.objects.filter(thing__in=[figure.thing, note.thing]).exists()
    assert not Record.objects.filter(kind="sitting").exists()
    assert verify().holds


def test_of_a_new_map_nothing_stays_at_all(client: Client) -> None:
    me = viewer()
    map_id, _figure, _note = sat(me, new=True)
    signed_in(client, me)
    at = reverse("maps:end-without", kwargs={"map_id": map_id, "goes": "all"})
    told = client.get(at).content.decode()
    assert "1 figure on a map" in told and "1 sound" in told
    assert client.post(at)["Location"] == reverse("maps:mine")
    assert not Record.objects.filter(author=me.me).exists()


def test_another_cannot_end_it(client: Client) -> None:
    me, other = viewer(), viewer()
    map_id, _figure, _note = sat(me, new=False)
    signed_in(client, other)
    for name, where in (("end", {}), ("end-without", {"goes": "all"}), ("beside", {})):
        assert client.post(page(name, map_id, **where)).status_code == 404
    assert words(me, map_id) == ["Before.", "Since."]
