"""What one can do at and after a gathering: one function an act, one transaction, one line."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from kith.base import clock
from kith.base.problems import Clash, Flaw, Invalid, Missing
from kith.inquiry.evidence import finding, findings, resolve
from kith.inquiry.nouns import (
    STANCES,
    Cite,
    Contribution,
    Finding,
    Gathering,
    Paradox,
    Recommendation,
    Theme,
    Voice,
)
from kith.inquiry.readings import gathering as the_gathering
from kith.inquiry.readings import my_voice, seat_id, theme_names
from kith.permissions.actions import Act, act
from kith.permissions.readings import look, look_at, look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.nouns import Noun
from kith.records.readings import EVER


def starting_themes() -> tuple[str, ...]:
    """The six themes that every gathering starts with. They overlap, and more can be added."""
    return (
        _("trust"), _("ethics"), _("care"), _("intimacy"), _("reciprocity"), _("companionship"),
    )  # fmt: skip


def open_gathering(
    viewer: Viewer, circle: UUID, gathering: Gathering, id: UUID | None = None
) -> Record:
    """Open a gathering, with the six themes to start with."""
    with act(viewer, "gathering.open") as doing:
        made = doing.keep(circle, gathering, id=id)
        start_themes(doing, circle, made.thing)
        return made


def start_themes(doing: Act, circle: UUID, gathering: UUID) -> None:
    """The themes of a new gathering, under ids of their own, so that opening twice is once.

    Each is a millisecond older than the next, so that they always stand in this order.
    """
    now, names = clock.now(), starting_themes()
    for number, name in enumerate(names):
        made_at = now - timedelta(milliseconds=len(names) - number)
        thing = uuid5(gathering, f"theme:{number}")
        doing.keep(circle, Theme(name), id=thing, parent=gathering, made_at=made_at)


def change_gathering(viewer: Viewer, thing: UUID, gathering: Gathering, seen: UUID) -> None:
    """Say anew what a gathering is. Raises Clash if it is not the version that was seen."""
    _again(viewer, thing, gathering, seen)


def take_seat(viewer: Viewer, gathering: UUID, voice: Voice) -> Record:
    """Take part: say which roles one holds, and where one sits. Again says it anew."""
    where = the_gathering(viewer, gathering)
    with act(viewer, "voice.seat") as doing:
        seated = my_voice(viewer, gathering)
        if seated:
            return doing.change(seated.thing, voice)
        mine = seat_id(gathering, viewer.me)
        return doing.keep(where.space, voice, id=mine, parent=gathering)


def add_voice(viewer: Viewer, gathering: UUID, voice: Voice, id: UUID | None = None) -> Record:
    """Add someone who is at the table without a device of their own."""
    return _keep(viewer, gathering, voice, id)


def say(
    viewer: Viewer,
    gathering: UUID,
    line: Contribution,
    id: UUID | None = None,
    made_at: datetime | None = None,
) -> Record:
    """Keep a line. Raises Invalid for no words (but a silence needs none) or unknown choices."""
    _check_line(viewer, gathering, line)
    return _keep(viewer, gathering, line, id, made_at)


def correct_line(viewer: Viewer, thing: UUID, line: Contribution, seen: UUID) -> None:
    """Say one's own line anew, in place of what it was."""
    known = look_at(viewer, Contribution, thing)
    if known.noun == line:
        return
    _check_line(viewer, known.parent or thing, line)
    _unchanged(known.id, seen)
    with act(viewer, "contribution.correct") as doing:
        doing.correct(thing, line)


def let_quote(viewer: Viewer, thing: UUID, may: bool) -> None:
    """Say whether one's own line may be quoted. Taking it back works at once, everywhere."""
    known = look_at(viewer, Contribution, thing)
    if known.noun.quote == may and not known.rivals:
        return
    with act(viewer, "contribution.quote") as doing:
        doing.correct(thing, known.noun.but(quote=may))


def take_back(viewer: Viewer, thing: UUID, id: UUID | None = None) -> Record:
    """Take a line away: one's own, or any if one looks after the circle."""
    _seen(viewer, thing, Contribution)
    with act(viewer, "contribution.take-back") as doing:
        return doing.remove(thing, id=id)


def bring_back(viewer: Viewer, thing: UUID) -> Record:
    """Bring back one's own line, as it last stood."""
    _seen(viewer, thing, Contribution)
    with act(viewer, "contribution.bring-back") as doing:
        return doing.restore(thing)


def add_theme(viewer: Viewer, gathering: UUID, name: str, id: UUID | None = None) -> UUID:
    """Add a theme and say which thing it is. A name that is there already is that theme.

    Raises Invalid when it has no name.
    """
    if not name.strip():
        raise Invalid("theme-without-name", [Flaw("theme-without-name", field="name")])
    known = theme_names(viewer, gathering).items()
    same = (thing for thing, there in known if there.casefold() == name.strip().casefold())
    thing = next(same, None)
    return thing or _keep(viewer, gathering, Theme(name.strip()), id).thing


def change_theme(viewer: Viewer, thing: UUID, theme: Theme, seen: UUID) -> None:
    """Give a theme another name, or other lines."""
    _again(viewer, thing, theme, seen)


def open_paradox(viewer: Viewer, gathering: UUID, both: Paradox, id: UUID | None = None) -> Record:
    """Hold two things open that pull apart and are both true. Raises Invalid without both."""
    _check_paradox(viewer, gathering, both)
    return _keep(viewer, gathering, both, id)


def change_paradox(viewer: Viewer, thing: UUID, both: Paradox, seen: UUID) -> None:
    """Say a paradox anew."""
    _check_paradox(viewer, _gathering_of(viewer, Paradox, thing), both)
    _again(viewer, thing, both, seen)


def write_finding(
    viewer: Viewer, gathering: UUID, found: Finding, id: UUID | None = None
) -> Record:
    """Write a finding. Raises Invalid when it rests on nothing, or on what is not there."""
    _check_finding(viewer, gathering, found)
    return _keep(viewer, gathering, found, id)


def change_finding(viewer: Viewer, thing: UUID, found: Finding, seen: UUID) -> None:
    """Write a finding anew. It then rests on what is there now, so this is looking again."""
    _check_finding(viewer, _gathering_of(viewer, Finding, thing), found)
    _again(viewer, thing, found, seen)


def look_again(viewer: Viewer, thing: UUID, seen: UUID) -> None:
    """Let a finding stand on what is left. Raises Invalid when nothing is left."""
    left = finding(viewer, thing)
    cites = tuple(one.cite for one in left.evidence)
    dissent = tuple(one.cite for one in left.dissent)
    change_finding(viewer, thing, Finding(left.text, cites, dissent), seen)


def recommend(
    viewer: Viewer, gathering: UUID, advice: Recommendation, id: UUID | None = None
) -> Record:
    """Recommend something. Raises Invalid when it comes from no finding of this gathering."""
    _check_advice(viewer, gathering, advice)
    return _keep(viewer, gathering, advice, id)


def change_recommendation(viewer: Viewer, thing: UUID, advice: Recommendation, seen: UUID) -> None:
    """Say a recommendation anew."""
    _check_advice(viewer, _gathering_of(viewer, Recommendation, thing), advice)
    _again(viewer, thing, advice, seen)


def take_away(viewer: Viewer, thing: UUID) -> Record:
    """Take away a theme, paradox, finding or recommendation. It can come back."""
    _seen(viewer, thing, *_MADE)
    with act(viewer, "inquiry.take-away") as doing:
        return doing.remove(thing)


def put_back(viewer: Viewer, thing: UUID) -> Record:
    """Put back what was taken away."""
    _seen(viewer, thing, *_MADE)
    with act(viewer, "inquiry.put-back") as doing:
        return doing.restore(thing)


_MADE = (Theme, Paradox, Finding, Recommendation)


def _seen(viewer: Viewer, thing: UUID, *kinds: type[Noun]) -> None:
    """Raises Missing unless this viewer sees the thing, or saw it before it was taken away.

    Asked before all else: what is another's and what is nowhere then take equally long.
    """
    where = Q(thing=thing)
    for kind in kinds:
        if look(viewer, kind, where, as_of=EVER) or look_away(viewer, kind, where):
            return
    raise Missing


def _keep(
    viewer: Viewer,
    gathering: UUID,
    noun: Noun,
    id: UUID | None,
    made_at: datetime | None = None,
) -> Record:
    """What a device says of when it was made counts, unless it lies ahead."""
    where, now = the_gathering(viewer, gathering), clock.now()
    seen_on = min(made_at, now) if made_at else None
    with act(viewer, f"{noun.__kind__}.keep") as doing:
        return doing.keep(
            where.space, noun, id=id, parent=gathering, made_at=made_at, seen_on=seen_on
        )


def _again(viewer: Viewer, thing: UUID, noun: Noun, seen: UUID) -> None:
    """Sent twice, it changes once; changed by someone else meanwhile, it is a Clash."""
    known = look_at(viewer, type(noun), thing)
    if known.noun == noun:
        return
    _unchanged(known.id, seen)
    with act(viewer, f"{noun.__kind__}.change") as doing:
        doing.change(thing, noun)


def _unchanged(now: UUID, seen: UUID) -> None:
    if now != seen:
        raise Clash("changed-meanwhile")


def _check_line(viewer: Viewer, gathering: UUID, line: Contribution) -> None:
    known = theme_names(viewer, gathering)
    wrong = {
        "words": not line.words.strip() and line.stance != "silence",
        "stance": line.stance not in STANCES,
        "themes": not set(line.themes) <= set(known),
    }
    _raise("line-unclear", [Flaw("line-unclear", field=name) for name in wrong if wrong[name]])


def _gathering_of(viewer: Viewer, noun: type[Noun], thing: UUID) -> UUID:
    return look_at(viewer, noun, thing).parent or thing


def _check_paradox(viewer: Viewer, gathering: UUID, both: Paradox) -> None:
    empty = [name for name in ("one", "other") if not getattr(both, name).strip()]
    _raise("pole-without-words", [Flaw("pole-without-words", field=name) for name in empty])
    _check_there(viewer, gathering, (*both.ones, *both.others))


def _check_finding(viewer: Viewer, gathering: UUID, found: Finding) -> None:
    flaws = []
    if not found.text.strip():
        flaws.append(Flaw("finding-without-words", field="text"))
    if not found.cites:
        flaws.append(Flaw("finding-without-evidence", field="cites"))
    if {one.thing for one in found.cites} & {one.thing for one in found.dissent}:
        flaws.append(Flaw("evidence-on-both-sides", field="dissent"))
    _raise("finding-unclear", flaws)
    _check_there(viewer, gathering, (*found.cites, *found.dissent))


def _check_there(viewer: Viewer, gathering: UUID, cites: Iterable[Cite]) -> None:
    """What is cited was said in this circle, and may be quoted at this very moment."""
    wanted = tuple(cites)
    circle = the_gathering(viewer, gathering).space
    if len(resolve(viewer, circle, wanted)) < len(wanted):
        raise Invalid("evidence-not-there", [Flaw("evidence-not-there", field="cites")])


def _check_advice(viewer: Viewer, gathering: UUID, advice: Recommendation) -> None:
    flaws = []
    if not advice.what.strip():
        flaws.append(Flaw("recommendation-without-words", field="what"))
    found = {one.thing for one in findings(viewer, gathering)}
    if not advice.findings or not set(advice.findings) <= found:
        flaws.append(Flaw("recommendation-without-finding", field="findings"))
    _raise("recommendation-unclear", flaws)


def _raise(code: str, flaws: list[Flaw]) -> None:
    if flaws:
        raise Invalid(code, flaws)
