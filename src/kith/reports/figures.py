"""How many took part, for an edition that anybody may read, beside all earlier editions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from kith.analysis import gate
from kith.analysis.gate import SMALL_GROUP, Shown, Table, Tier, tally
from kith.inquiry.nouns import Voice
from kith.inquiry.readings import TookPart
from kith.inquiry.spoken import GROUPS, groups_of
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry
from kith.reports.nouns import Report
from kith.reports.readings import editions

NAME = "everyone"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a release may count, and whom these figures are about: nobody if all is held back."""

    shown: TookPart
    people: tuple[UUID, ...]

    @property
    def numbers(self) -> tuple[tuple[str, int], ...]:
        """The numbers that are shown for groups, by the code of the group."""
        return tuple((one.label, one.about) for one in self.shown.roles if one.about is not None)


def for_release(viewer: Viewer, gathering: UUID) -> Figures:
    """The figures of the next edition, as the gate lets them stand beside each earlier one.

    Where too few people came or left since an earlier edition, every figure is held back.
    """
    voices = look(viewer, Voice, Q(parent=gathering))
    table = _table(voices)
    earlier = [one.noun for one in editions(viewer, gathering) if one.noun.people]
    before = [frozenset(map(str, one.people)) for one in earlier]
    if not gate.may_release(table.everyone, before, Tier.BEYOND.threshold):
        return Figures(_nothing(table), ())
    cells = gate.count_cells(table, None, Tier.BEYOND, _issued(earlier))
    shown = TookPart(gate.count_everyone(table, None, Tier.BEYOND), cells)
    told = any(one.about is not None for one in (shown.everyone, *cells))
    return Figures(shown, tuple(one.thing for one in voices) if told else ())


def _table(voices: Sequence[Entry[Voice]]) -> Table:
    """Voices by wide group; someone with two roles in one group is one person in it."""
    return tally(
        NAME,
        [(str(one.thing), group) for one in voices for group in groups_of(one.noun.roles)],
        list(GROUPS),
        [str(one.thing) for one in voices],
        {str(one.thing): _teams(one.noun) for one in voices},
    )


def _teams(voice: Voice) -> frozenset[str]:
    return frozenset({voice.comes_from} if voice.comes_from else ())


def _issued(earlier: Iterable[Report]) -> list[gate.Edition]:
    return [
        gate.Edition(
            NAME,
            frozenset(map(str, one.people)),
            tuple(Shown(label, about, False) for label, about in one.numbers),
        )
        for one in earlier
    ]


def _nothing(table: Table) -> TookPart:
    def held(label: str) -> Shown:
        return Shown(label, None, True, SMALL_GROUP)

    return TookPart(held(NAME), tuple(held(cell.label) for cell in table.cells))
