"""Grants, pairs, wills, trios: plain facts. Words lie in records; so do releases (reports)."""

from datetime import datetime
from uuid import UUID

from django.db import models

from kith.base import clock, ids
from kith.permissions.decide import Given
from kith.permissions.reveals import Sat, Will


class Pair(models.Model):
    """Two people who met through a code handed over in person: who made it, and who typed it."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    maker = models.UUIDField(db_index=True)
    taker = models.UUIDField(null=True, db_index=True)
    code = models.CharField(max_length=64, unique=True)
    code_ends = models.DateTimeField()
    maker_left = models.DateTimeField(null=True)
    taker_left = models.DateTimeField(null=True)

    class Meta:
        db_table = "kith_pair"

    def opposite(self, person: UUID) -> UUID | None:
        """Who sits opposite `person`; None when nobody does, or either side has left."""
        return None if self.maker_left or self.taker_left else self.beside(person)

    def beside(self, person: UUID) -> UUID | None:
        """Who sits, or sat, on the other side; None when nobody ever did."""
        return self.taker if person == self.maker else self.maker

    @classmethod
    def forget(cls, owner: UUID, using: str) -> None:
        """Put nobody in the place of one who is erased. The one opposite sees no change."""
        there = cls.objects.using(using)
        now = clock.now()
        for pair in there.filter(maker=owner):
            there.filter(id=pair.id).update(maker=ids.new(), maker_left=pair.maker_left or now)
        for pair in there.filter(taker=owner):
            there.filter(id=pair.id).update(taker=ids.new(), taker_left=pair.taker_left or now)


class Willing(models.Model):
    """One side of a pair is willing to reveal some items, as frozen copies.

    `of` is what it is about: "" for answers about the two, else the mark of a word of theirs.
    Wills meet only where both are of the same; each has its own end.
    """

    id = models.UUIDField(primary_key=True, default=ids.new)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="wills")
    person = models.UUIDField(db_index=True)
    space = models.UUIDField()
    at = models.DateTimeField()
    copies = models.JSONField()
    withdrawn = models.DateTimeField(null=True)
    sits = models.BooleanField(default=False)
    third = models.BooleanField(default=False)
    of = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "kith_willing"

    def will(self) -> Will:
        """The will as the plain values that `reveals` reads."""
        copies = {item: UUID(thing) for item, thing in self.copies.items()}
        return Will(
            self.id, self.person, self.space, self.at, copies, self.withdrawn, self.sits, self.third
        )


class Trio(models.Model):
    """The two of a pair in one room with a third, whom the one who began it handed a code.

    It opens once, when the third says that all three are there, and ends by itself.
    """

    id = models.UUIDField(primary_key=True, default=ids.new)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="trios")
    starter = models.UUIDField(db_index=True)
    third = models.UUIDField(null=True, db_index=True)
    code = models.CharField(max_length=64, unique=True)
    code_ends = models.DateTimeField()
    opens = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    stopped = models.DateTimeField(null=True)

    class Meta:
        db_table = "kith_trio"

    @property
    def closes(self) -> datetime:
        """When it is over, or its code: by itself, or because someone ended it."""
        by_itself = self.ends or self.code_ends
        return min(by_itself, self.stopped or by_itself)

    def sat(self) -> Sat | None:
        """When they sat, as the plain values that `reveals` reads; None if they never did."""
        return Sat(self.opens, self.closes) if self.opens else None

    @classmethod
    def forget(cls, owner: UUID, using: str) -> None:
        """Put nobody in the place of a third who is erased: it ends, and what was seen was seen."""
        there = cls.objects.using(using)
        for trio in there.filter(third=owner):
            ended = trio.stopped or clock.now()
            there.filter(id=trio.id).update(third=ids.new(), stopped=ended)


class Grant(models.Model):
    """One person lets the one opposite, or the team of a circle, see something until a day."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    giver = models.UUIDField(db_index=True)
    space = models.UUIDField()
    to_pair = models.ForeignKey(Pair, models.CASCADE, null=True, related_name="grants")
    to_circle = models.UUIDField(null=True, db_index=True)
    classes = models.JSONField()
    thing = models.UUIDField(null=True)
    also = models.JSONField(default=list)
    purpose = models.CharField(max_length=40)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "kith_grant"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_pair__isnull=True) ^ models.Q(to_circle__isnull=True),
                name="grant_to_one_audience",
            )
        ]

    def given(self) -> Given:
        """The grant as the plain values that `decide` reads. A named person is one opposite."""
        return Given(
            giver=self.giver,
            space=self.space,
            to_person=self.to_pair.opposite(self.giver) if self.to_pair else None,
            to_circle=self.to_circle,
            classes=frozenset(self.classes),
            thing=self.thing,
            purpose=self.purpose,
            starts=self.starts,
            ends=self.ends,
            withdrawn=self.withdrawn,
            also=frozenset(UUID(one) for one in self.also),
        )
