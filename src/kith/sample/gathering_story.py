"""A gathering of 31 people about mornings on the ward, and what was made of it."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from kith.care.nouns import Change, Side
from kith.formats.notes import read_notes
from kith.inquiry.actions import (
    open_gathering,
    open_paradox,
    recommend,
    say,
    write_finding,
)
from kith.inquiry.nouns import Cite, Contribution, Finding, Gathering, Paradox, Recommendation
from kith.inquiry.readings import lines, theme_names
from kith.permissions.readings import look_at
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun
from kith.sample.cast import as_viewer, id_of, ward
from kith.sample.time import day, days_ago, when

NOTES = Path(__file__).with_name("files") / "mornings.csv"
MEETING = id_of("gathering")
TABLES = ("Trust", "Care", "Reciprocity", "Companionship")


def tell() -> None:
    """People meet, the scribe's notes come in, and a week later there is something to say."""
    o = as_viewer("O.")
    with days_ago(9, 14):
        meeting = Gathering(
            title="Mornings on the ward",
            starts=when(6, 14),
            place="The day room",
            what_for="What people who stay, visit and work here say to each other about mornings.",
            tables=TABLES,
        )
        open_gathering(o, ward(), meeting, id=MEETING)
    _say_things(o)
    with days_ago(3, 10):
        _make_sense(o)


def _say_things(o: Viewer) -> None:
    from kith.inquiry.bringing import bring_in

    with days_ago(6, 15):
        own = Contribution(
            words="When the kettle is ours for a quarter of an hour, I can bear the whole day.",
            roles=("uses-service",),
            table="Companionship",
            themes=_themes(o, "companionship", "care"),
            quote=True,
        )
        say(as_viewer("R."), MEETING, own, id=id_of("line R."))
    with days_ago(6, 17):
        bring_in(o, ward(), MEETING, read_notes(NOTES, NOTES.name), quote=True)


def _make_sense(o: Viewer) -> None:
    first = Finding(
        text="A locked kitchen before seven is read as a sign of not being trusted, by some who"
        " stay here and by some who work here. A quarter of an hour with hot water can carry a bond"
        " through a whole day.",
        cites=(
            Cite("contribution", id_of("line R."), id_of("line R.")),
            *_lines(o, "The kitchen is locked", "The lock came after", "The only time nobody"),
            *_cites(o, Change, "change"),
            *_cites(o, Side, "side R.", "side J."),
        ),
        dissent=tuple(_lines(o, "Sometimes being left alone")),
    )
    second = Finding(
        text="Small promises kept on time build more trust than long talks.",
        cites=tuple(
            _lines(o, "It takes one person", "A kept small promise", "I say I will come back")
        ),
        dissent=tuple(_lines(o, "For me a new face")),
    )
    write_finding(o, MEETING, first, id=id_of("finding mornings"))
    write_finding(o, MEETING, second, id=id_of("finding promises"))
    both = Paradox(
        one="The same person every day keeps a bond alive.",
        other="Leaning on one person is hard when they go.",
        ones=tuple(_lines(o, "When the same face", "The same person every day")),
        others=tuple(_lines(o, "You can lean on one person")),
    )
    open_paradox(o, MEETING, both, id=id_of("paradox"))
    advice = Recommendation(
        what="Let every ward have hot water that people can reach by themselves from six in the"
        " morning, and look back on it with everyone after a month.",
        findings=(id_of("finding mornings"),),
        for_whom="Ward managers, and the trust's safety group",
        owner="the ward manager",
        cost="The price of a kettle",
        by=day(-30),
        review=day(-60),
    )
    recommend(o, MEETING, advice, id=id_of("advice"))


def _themes(o: Viewer, *names: str) -> tuple[UUID, ...]:
    return tuple(one for one, name in theme_names(o, MEETING).items() if name in names)


def _lines(o: Viewer, *starts: str) -> Iterable[Cite]:
    """Citations of the contributions that begin with these words."""
    for start in starts:
        found = next(one for one in lines(o, MEETING) if one.words.startswith(start))
        yield Cite("contribution", found.thing, found.version)


def _cites(o: Viewer, kind: type[Noun], *names: str) -> Iterable[Cite]:
    for name in names:
        found = look_at(o, kind, id_of(name))
        yield Cite(kind.__kind__, found.thing, found.id)
