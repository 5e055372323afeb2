from django.db import migrations, models

import kith.records.models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_erased_marks")]

    operations = [
        migrations.CreateModel(
            name="LettingGo",
            fields=[
                ("owner", models.UUIDField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=64)),
                ("classes", models.JSONField()),
                ("asked", kith.records.models.Instant()),
                ("due", kith.records.models.Instant()),
            ],
            options={
                "db_table": "kith_letting_go",
            },
        ),
    ]
