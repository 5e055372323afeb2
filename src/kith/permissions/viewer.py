"""Who is asking, as plain values. `people` fills it afresh for each request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kith.base.problems import Missing

PARTS = ("guest", "team", "keeper")
"""What one may do in a circle, from least to most: come along, work here, look after it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, the notebook that is theirs, and their part in each circle. Nobody by default.

    `keys` are those of the classes that are only theirs (*only me*) and that they have opened;
    `shut` are the classes that are only theirs and not open now.
    """

    person: UUID | None = None
    notebook: UUID | None = None
    parts: Mapping[UUID, str] = field(default_factory=dict)
    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    shut: frozenset[str] = frozenset()

    @property
    def me(self) -> UUID:
        """The person. Raises Missing for nobody."""
        if self.person is None:
            raise Missing
        return self.person

    @property
    def own(self) -> UUID:
        """The person's notebook. Raises Missing for nobody."""
        if self.notebook is None:
            raise Missing
        return self.notebook

    @property
    def opened(self) -> dict[tuple[UUID, str], bytes]:
        """The opened keys as the records know them: by owner and class."""
        return {(self.me, of): key for of, key in self.keys.items()}

    @property
    def only_mine(self) -> frozenset[str]:
        """The classes that are only theirs, open or not."""
        return self.shut | self.keys.keys()

    def has_part(self, circle: UUID, least: str) -> bool:
        """Whether the viewer has at least this part in `circle`."""
        part = self.parts.get(circle)
        return part is not None and least in PARTS and PARTS.index(part) >= PARTS.index(least)

    def circles(self, least: str = "guest") -> tuple[UUID, ...]:
        """The circles in which the viewer has at least this part."""
        return tuple(circle for circle in self.parts if self.has_part(circle, least))


NOBODY = Viewer()
