"""Trios: the two of a pair with a third; and wills that are for those."""

import django.db.models.deletion
from django.db import migrations, models

import kith.base.ids


class Migration(migrations.Migration):
    dependencies = [("permissions", "0003_kinds")]

    operations = [
        migrations.AddField("willing", "sits", models.BooleanField(default=False)),
        migrations.AddField("willing", "third", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Trio",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("starter", models.UUIDField(db_index=True)),
                ("third", models.UUIDField(db_index=True, null=True)),
                ("code", models.CharField(max_length=64, unique=True)),
                ("code_ends", models.DateTimeField()),
                ("opens", models.DateTimeField(null=True)),
                ("ends", models.DateTimeField(null=True)),
                ("stopped", models.DateTimeField(null=True)),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trios",
                        to="permissions.pair",
                    ),
                ),
            ],
            options={"db_table": "kith_trio"},
        ),
    ]
