"""Wills about something of the two, each for itself; and what one thing takes along in a grant."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permissions", "0004_trios")]

    operations = [
        migrations.AddField("willing", "of", models.CharField(default="", max_length=64)),
        migrations.AddField("grant", "also", models.JSONField(default=list)),
    ]
