"""Grants: plain facts. Words lie in records; releases of figures are records too (see reports)."""

from django.db import models

from kith.base import ids
from kith.permissions.decide import Given


class Grant(models.Model):
    """One person lets another person, or the team of a circle, see something until a day."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    giver = models.UUIDField(db_index=True)
    space = models.UUIDField()
    to_person = models.UUIDField(null=True, db_index=True)
    to_circle = models.UUIDField(null=True, db_index=True)
    classes = models.JSONField()
    thing = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "kith_grant"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_person__isnull=True) ^ models.Q(to_circle__isnull=True),
                name="grant_to_one_audience",
            )
        ]

    def given(self) -> Given:
        """The grant as the plain values that `decide` reads."""
        return Given(
            giver=self.giver,
            space=self.space,
            to_person=self.to_person,
            to_circle=self.to_circle,
            classes=frozenset(self.classes),
            thing=self.thing,
            purpose=self.purpose,
            starts=self.starts,
            ends=self.ends,
            withdrawn=self.withdrawn,
        )
