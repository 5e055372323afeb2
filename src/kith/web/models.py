"""What arrived from devices, as plain marks: nothing of what was said."""

from django.db import models


class Arrival(models.Model):
    """One sealed entry that a device sent and that is stored: the record's id, and which bytes.

    `seq` counts the entries of one device of one person; `digest` is the SHA-256 of the sealed
    bytes as they came.
    """

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    device = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    digest = models.BinaryField()

    class Meta:
        db_table = "web_arrival"
        indexes = [models.Index(fields=["device", "person", "seq"], name="arrival_device")]
