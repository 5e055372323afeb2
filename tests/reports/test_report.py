"""The report: page and paper say the same; what is taken back is gone; editions stay."""

import io

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st
from pypdf import PdfReader

from kith.base.problems import Invalid, Missing
from kith.inquiry.actions import add_voice, let_quote, look_again, take_back
from kith.inquiry.evidence import findings
from kith.inquiry.nouns import Voice
from kith.inquiry.readings import lines
from kith.people.actions import open_circle
from kith.permissions.viewer import Viewer
from kith.records.models import LedgerLine
from kith.reports.actions import issue
from kith.reports.document import build
from kith.reports.paper import as_pdf
from kith.reports.readings import edition, editions
from kith.sample.actions import settle
from kith.sample.cast import as_viewer, id_of, ward
from world import again, joined, signed_in, viewer

pytestmark = [pytest.mark.store, pytest.mark.django_db]
MEETING = id_of("gathering")
MINE = "I can bear the whole day"


@pytest.fixture
def scribe() -> Viewer:
    settle()
    return as_viewer("O.")


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def live(client: Client, who: Viewer) -> str:
    signed_in(client, who)
    answer = client.get(f"/papers/{ward()}/{MEETING}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def withdraw_mine() -> None:
    let_quote(as_viewer("R."), id_of("line R."), False)


def test_the_page_and_the_paper_say_the_same(scribe: Viewer, client: Client) -> None:
    document = build(scribe, MEETING, "working")
    page, paper = live(client, scribe), text_of(as_pdf(document))
    for one in document.findings:
        assert one.text in page
        assert one.text in paper
    for source in document.sources:
        assert source.words.split(".")[0].replace("’", "&#x27;") in page
        assert source.words.split(".")[0] in paper


def test_every_number_leads_to_a_source(scribe: Viewer, client: Client) -> None:
    page = live(client, scribe)
    document = build(scribe, MEETING, "working")
    for source in document.sources:
        assert f'href="#s{source.number}"' in page
        assert f'id="s{source.number}"' in page


def test_people_are_counted_through_the_gate_only(scribe: Viewer) -> None:
    for which in ("working", "release"):
        document = build(scribe, MEETING, which)  # type: ignore[arg-type]
        for one in (document.everyone, *document.groups):
            assert one.about is None or one.about % 5 == 0


def test_a_release_holds_no_words_that_may_not_leave(scribe: Viewer) -> None:
    told = text_of(as_pdf(build(scribe, MEETING, "release")))
    assert "We stood by the window" not in told
    assert "We stood by the window" in text_of(as_pdf(build(scribe, MEETING, "working")))


def test_a_quote_taken_back_is_gone_at_once_and_nobody_is_named(
    scribe: Viewer, client: Client
) -> None:
    assert MINE in live(client, scribe)
    withdraw_mine()
    page = live(client, scribe)
    assert MINE not in page
    assert MINE not in text_of(as_pdf(build(scribe, MEETING, "working")))
    assert "lost some of what it rested on" in page
    assert "R." not in page.replace("T. came", "")


def test_nothing_is_issued_until_someone_looked_again(scribe: Viewer) -> None:
    withdraw_mine()
    with pytest.raises(Invalid, match="report-not-ready"):
        issue(scribe, MEETING)
    assert editions(scribe, MEETING) == []
    lost = next(one for one in findings(scribe, MEETING) if one.lost_support)
    look_again(scribe, lost.thing, lost.version)
    issue(scribe, MEETING)
    assert MINE not in text_of(editions(scribe, MEETING)[0].noun.pdf)


def test_an_issued_edition_stays_as_it_is(scribe: Viewer) -> None:
    first = issue(scribe, MEETING)
    before = edition(scribe, first.thing).noun.pdf
    withdraw_mine()
    assert edition(scribe, first.thing).noun.pdf == before
    assert MINE in text_of(before)


def test_pressing_twice_issues_once(scribe: Viewer, client: Client) -> None:
    signed_in(client, scribe)
    told = {"id": str(id_of("edition"))}
    for _ in range(2):
        assert client.post(f"/papers/{ward()}/{MEETING}/issue/", told).status_code == 302
    assert [one.noun.number for one in editions(scribe, MEETING)] == [1]


def test_only_the_team_issues_and_a_stranger_sees_nothing(scribe: Viewer, client: Client) -> None:
    guest = joined(again(as_viewer("K.")), ward(), "guest")
    signed_in(client, guest)
    assert client.post(f"/papers/{ward()}/{MEETING}/issue/", {}).status_code == 404
    signed_in(client, viewer())
    for end in ("", "paper/", "issue/"):
        assert client.get(f"/papers/{ward()}/{MEETING}/{end}").status_code == 404
    with pytest.raises(Missing):
        build(viewer(), MEETING, "working")


def test_an_edition_of_another_circle_does_not_open(scribe: Viewer, client: Client) -> None:
    made = issue(scribe, MEETING)
    signed_in(client, viewer())
    assert client.get(f"/papers/{ward()}/edition/{made.thing}/").status_code == 404


def test_an_edition_opens_only_under_its_own_circle(scribe: Viewer, client: Client) -> None:
    made = issue(scribe, MEETING)
    other = open_circle(scribe, "Elsewhere", "ward").id
    signed_in(client, again(scribe))
    assert client.get(f"/papers/{other}/edition/{made.thing}/").status_code == 404
    assert client.get(f"/papers/{ward()}/edition/{made.thing}/").content == made.noun.pdf


def test_the_ledgers_end_stands_on_editions_alone(scribe: Viewer, client: Client) -> None:
    from kith.records import ledger

    line = LedgerLine.objects.order_by("-number")[0]
    ledger.note_head(line.number, line.hash)
    assert line.hash[:16] not in live(client, scribe)
    assert build(scribe, MEETING, "working").head == ""
    assert line.hash[:16] in text_of(issue(scribe, MEETING).noun.pdf)


def test_invented_people_are_labelled_on_paper_too(scribe: Viewer) -> None:
    made = issue(scribe, MEETING).noun
    assert "Invented people. Nothing here is real." in text_of(made.pdf)
    assert "Invented people. Nothing here is real." in made.html


def test_a_release_names_wide_groups_and_no_rare_role(scribe: Viewer) -> None:
    released = build(scribe, MEETING, "release")
    by = {source.by for theme in released.themes for source in theme.quotes}
    assert not any("researcher" in one or "doctor" in one for one in by)
    assert any("Work in services" in one for one in by)


def test_a_second_edition_never_tells_of_one_who_came(scribe: Viewer) -> None:
    teams = ("north", "south", "east", "west")
    for number in range(24):
        voice = Voice(roles=("nurse",), comes_from=teams[number % 4])
        add_voice(scribe, MEETING, voice, id=id_of(f"extra {number}"))
    first = issue(scribe, MEETING).noun
    assert first.numbers or first.people
    add_voice(scribe, MEETING, Voice(roles=("nurse",), comes_from="north"))
    later = issue(scribe, MEETING).noun
    assert later.numbers == ()
    assert later.people == ()


@given(data=st.data())
@laws(max_examples=6)
def test_whatever_is_taken_back_is_in_no_report(data: st.DataObject) -> None:
    with transaction.atomic():
        settle()
        scribe = as_viewer("O.")
        told = {one.thing: one.words for one in lines(scribe, MEETING) if one.mine}
        gone = data.draw(st.sets(st.sampled_from(sorted(told)), min_size=1, max_size=5))
        for number, thing in enumerate(sorted(gone)):
            take_back(scribe, thing) if number % 2 else let_quote(scribe, thing, False)
        for which in ("working", "release"):
            document = build(scribe, MEETING, which)  # type: ignore[arg-type]
            words = {source.words for source in document.sources}
            assert not words & {told[thing] for thing in gone}
            quoted = {one.words for theme in document.themes for one in theme.quotes}
            assert not quoted & {told[thing] for thing in gone}
        transaction.set_rollback(True)


HOSTILE = [
    "#panic()", "*bold* _em_ `raw` $x$ @ref <label> \\ #let x = 1", "= Heading\n- list",
    '"quotes" {braces} [brackets]', "<script>alert(1)</script>", "\U0001f375 茶 شاي \x07 \u202e",
    "a" * 3000, "]#read(\"paper.typ\")[", "https://example.org/#x",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_people_wrote_is_read_as_markup(scribe: Viewer, words: str) -> None:
    import msgspec

    document = build(scribe, MEETING, "working")
    first = msgspec.structs.replace(document.findings[0], text=words)
    pdf = as_pdf(msgspec.structs.replace(document, title=words, findings=(first,)))
    printed = text_of(pdf).replace(" ", "")
    plain = "".join(sign for sign in words if sign.isascii() and sign.isprintable())
    assert plain.replace(" ", "")[:40] in printed


def test_a_sign_we_cannot_print_becomes_a_box_and_is_listed(scribe: Viewer) -> None:
    import msgspec

    document = msgspec.structs.replace(build(scribe, MEETING, "working"), place="Tea \U0001f375")
    printed = text_of(as_pdf(document))
    assert "U+1F375" in printed
    assert "\N{WHITE SQUARE}" in printed
