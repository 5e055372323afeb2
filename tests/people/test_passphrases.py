"""Passphrases: long ones are kept whole, common ones refused, changing one ends other sessions."""

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client, override_settings

from kith.people.actions import begin
from kith.people.models import Person, Session
from kith.people.signin.hashing import Argon2id
from kith.site import settings as real

pytestmark = [pytest.mark.store, pytest.mark.django_db]
OLD, NEW = "tea in the morning", "tea on the stairs"
ADDRESS = "/me/ways/words/"


def browser(agent: str = "") -> Client:
    return Client(headers={"host": "127.0.0.1", "user-agent": agent})


def come_in(passphrase: str, agent: str = "") -> Client | None:
    client = browser(agent)
    told = {"username": "rose", "password": passphrase}
    return client if client.post("/in/", told).status_code == 302 else None


def signed_in(passphrase: str, agent: str = "") -> Client:
    client = come_in(passphrase, agent)
    assert client
    return client


@pytest.fixture
def rose() -> Person:
    return begin("R.", handle="rose", passphrase=OLD)


@pytest.mark.parametrize("new", ["x y" * 400, "🫖☕ 👩‍👩‍👧 tea", "Åsa dricker te", " a b c d "])
def test_long_ones_and_any_sign_are_kept_whole(rose: Person, new: str) -> None:
    mine = signed_in(OLD)
    told = {"handle": "rose", "now": OLD, "passphrase": new}
    assert mine.post(ADDRESS, told).status_code == 302
    assert come_in(new)
    assert not come_in(new[:-1])
    assert not come_in(OLD)


def test_the_same_signs_from_another_keyboard_are_the_same(rose: Person) -> None:
    told = {"handle": "rose", "now": OLD, "passphrase": "A\u030asa dricker te"}
    signed_in(OLD).post(ADDRESS, told)
    assert come_in("\u00c5sa dricker te")


@pytest.mark.parametrize("new", ["", "seven 7", "password", "iloveyou", "roserose", "12345678"])
def test_short_common_and_telling_ones_are_refused_with_a_reason(rose: Person, new: str) -> None:
    with override_settings(AUTH_PASSWORD_VALIDATORS=real.AUTH_PASSWORD_VALIDATORS):
        answer = signed_in(OLD).post(ADDRESS, {"handle": "rose", "now": OLD, "passphrase": new})
    assert answer.status_code == 200
    told = answer.content.decode()
    assert 'class="why"' in told
    assert "assword" not in told.replace('type="password"', "").replace("-password", "")
    assert come_in(OLD)


def test_without_the_old_one_nothing_changes(rose: Person) -> None:
    for now in ("", "tea in the evening"):
        signed_in(OLD).post(ADDRESS, {"handle": "rose", "now": now, "passphrase": NEW})
    assert come_in(OLD)
    assert not come_in(NEW)


def test_changing_it_ends_other_sessions_says_so_and_keeps_this_one(rose: Person) -> None:
    mine, other = signed_in(OLD), signed_in(OLD)
    told = {"handle": "rose", "now": OLD, "passphrase": NEW}
    answer = mine.post(ADDRESS, told, follow=True).content.decode()
    assert "You were signed in elsewhere too. That has ended." in answer
    assert "A passphrase was set." in answer
    assert mine.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_a_sign_in_name_that_someone_has_is_not_given_twice(rose: Person) -> None:
    begin("", handle="Flora", passphrase=OLD)
    told = {"handle": "flora", "now": OLD, "passphrase": NEW}
    assert "That name is taken" in signed_in(OLD).post(ADDRESS, told).content.decode()


def test_it_is_hashed_by_argon2id_with_the_memory_we_say() -> None:
    assert real.PASSWORD_HASHERS == ["kith.people.signin.hashing.Argon2id"]
    with override_settings(PASSWORD_HASHERS=real.PASSWORD_HASHERS):
        kept = make_password(OLD)
        assert kept.startswith("argon2$argon2id$v=19$m=65536,t=3,p=1$")
        assert isinstance(identify_hasher(kept), Argon2id)


PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Mobile Safari/537.36"


def test_one_sees_where_one_is_signed_in_and_ends_one(rose: Person) -> None:
    mine, phone = signed_in(OLD, "Mozilla/5.0 (X11; Linux x86_64)"), signed_in(OLD, PHONE)
    page = mine.get("/me/where/").content.decode()
    assert "A computer" in page
    assert "A phone" in page
    assert not any(told in page for told in ("Pixel", "Android", "Linux", "127.0.0.1"))
    mark = page.split('name="mark" value="')[1].split('"')[0]
    mine.post("/me/where/", {"mark": mark})
    assert phone.get("/me/").status_code == 302
    assert mine.get("/me/").status_code == 200


def test_one_ends_all_others_but_never_someone_elses(rose: Person) -> None:
    begin("", handle="flora", passphrase=OLD)
    flora = browser()
    flora.post("/in/", {"username": "flora", "password": OLD})
    mine, others = signed_in(OLD), [signed_in(OLD) for _ in range(3)]
    page = flora.get("/me/where/").content.decode()
    assert 'name="mark"' not in page
    mine.post("/me/where/")
    assert [other.get("/me/").status_code for other in others] == [302] * 3
    assert mine.get("/me/").status_code == flora.get("/me/").status_code == 200


def test_a_mark_of_someone_elses_session_ends_nothing(rose: Person) -> None:
    begin("", handle="flora", passphrase=OLD)
    flora = browser()
    flora.post("/in/", {"username": "flora", "password": OLD})
    mine = signed_in(OLD)
    signed_in(OLD)
    mark = mine.get("/me/where/").content.decode().split('name="mark" value="')[1].split('"')[0]
    flora.post("/me/where/", {"mark": mark})
    assert Session.objects.filter(person=rose).count() == 2


def test_what_is_kept_of_a_session_names_no_device_and_no_address(rose: Person) -> None:
    signed_in(OLD, PHONE)
    row = Session.objects.filter(person=rose).get()
    assert set(row.get_decoded()) == {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "began",
        "kind",
        "sure",
    }
    assert row.kind == "phone"


def test_the_sign_of_a_session_is_another_after_signing_in(rose: Person) -> None:
    client = browser()
    client.get("/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.post("/in/", {"username": "rose", "password": OLD})
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
