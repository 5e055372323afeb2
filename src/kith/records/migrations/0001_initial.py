from django.db import migrations, models

import kith.records.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Erased",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "kith_erased",
            },
        ),
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=32)),
                ("act", models.CharField(max_length=60)),
                ("actor", models.CharField(max_length=64)),
                ("seals", models.JSONField()),
                ("before", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "kith_ledger",
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("thing", models.UUIDField()),
                ("parent", models.UUIDField(null=True)),
                ("space", models.UUIDField()),
                ("author", models.UUIDField()),
                ("seen_on", kith.records.models.Instant()),
                ("made_at", kith.records.models.Instant()),
                ("arrived", kith.records.models.Instant()),
                ("replaces", models.UUIDField(null=True)),
                ("removed", models.BooleanField()),
                ("body", models.BinaryField()),
                ("apart", models.BinaryField(null=True)),
                ("salt", models.BinaryField()),
            ],
            options={
                "db_table": "kith_record",
                "indexes": [
                    models.Index(fields=["thing"], name="record_thing"),
                    models.Index(fields=["space", "kind", "seen_on"], name="record_place"),
                    models.Index(fields=["parent", "kind"], name="record_parent"),
                    models.Index(fields=["author", "kind"], name="record_author"),
                    models.Index(fields=["replaces"], name="record_replaces"),
                ],
            },
        ),
    ]
