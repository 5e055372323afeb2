"""What this room's records say: gatherings, what was said in them, and what was made of it.

Everything here hangs on its gathering: `parent` is the gathering's thing.
"""

from datetime import date, datetime
from uuid import UUID

import msgspec

from kith.records.nouns import Noun, noun

STANCES = ("said", "another-view", "silence", "question", "story")
"""How a line was meant; the first is the usual one."""


@noun("gathering", kept_by="space", sees="guest", makes="team", changes="team")
class Gathering(Noun, frozen=True):
    """People of a circle coming together to think: when, where, what for, at which tables."""

    title: str
    starts: datetime | None = None
    place: str = ""
    what_for: str = ""
    tables: tuple[str, ...] = ()


@noun("theme", kept_by="space", sees="guest", makes="team", changes="team")
class Theme(Noun, frozen=True):
    """What several contributions are about. Themes overlap.

    `lines` are contributions that the team put here, besides those whose author did.
    """

    name: str
    lines: tuple[UUID, ...] = ()


@noun("voice", kept_by="author", seals="contributions", sees="guest", makes="guest")
class Voice(Noun, frozen=True):
    """Someone taking part in a gathering, without a name: the roles they hold, all at once.

    `comes_from` is the ward, team or group they come from, if they said so. Voices are never
    listed; they are counted by role, through the gate.
    """

    roles: tuple[str, ...] = ()
    table: str = ""
    comes_from: str = ""


@noun("contribution", seals="contributions", sees="guest", makes="guest")
class Contribution(Noun, frozen=True):
    """What someone said in the circle; its author's own, to change or take back.

    `themes` are things. `quote` says that it may be quoted, without a name, outside the circle;
    `kept_out` that it stays in the room. `row` is its place in the file it came from; `said_at`
    what that file says about when. Both are empty for what was written here.
    """

    words: str
    roles: tuple[str, ...] = ()
    table: str = ""
    themes: tuple[UUID, ...] = ()
    stance: str = "said"
    voice: UUID | None = None
    said_at: str = ""
    quote: bool = False
    kept_out: bool = False
    row: int = 0

    @property
    def may_be_quoted(self) -> bool:
        """Whether it may stand in a report."""
        return self.quote and not self.kept_out


class Cite(msgspec.Struct, frozen=True):
    """A pointer to what a sentence rests on: its kind, its thing, and the version that was seen.

    It holds no words. What was taken back since resolves to nothing.
    """

    kind: str
    thing: UUID
    version: UUID


@noun("paradox", kept_by="space", sees="guest", makes="team", changes="team")
class Paradox(Noun, frozen=True):
    """Two things that pull apart and are both true. It is held open, so it has no outcome."""

    one: str
    other: str
    ones: tuple[Cite, ...] = ()
    others: tuple[Cite, ...] = ()


@noun("finding", kept_by="space", sees="guest", makes="team", changes="team")
class Finding(Noun, frozen=True):
    """What an inquiry found, what it rests on, and what says otherwise."""

    text: str
    cites: tuple[Cite, ...]
    dissent: tuple[Cite, ...] = ()


@noun("recommendation", kept_by="space", sees="guest", makes="team", changes="team")
class Recommendation(Noun, frozen=True):
    """What should be done about findings: for whom, who looks after it, at what cost, by when."""

    what: str
    findings: tuple[UUID, ...]
    for_whom: str = ""
    owner: str = ""
    cost: str = ""
    by: date | None = None
    review: date | None = None
