from django.db import migrations, models

import kith.records.models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("owner", models.UUIDField(primary_key=True, serialize=False)),
                ("asked", kith.records.models.Instant()),
                ("due", kith.records.models.Instant()),
            ],
            options={
                "db_table": "kith_waiting",
            },
        ),
    ]
