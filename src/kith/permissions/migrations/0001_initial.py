from django.db import migrations, models

import kith.base.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("giver", models.UUIDField(db_index=True)),
                ("space", models.UUIDField()),
                ("to_person", models.UUIDField(db_index=True, null=True)),
                ("to_circle", models.UUIDField(db_index=True, null=True)),
                ("classes", models.JSONField()),
                ("thing", models.UUIDField(null=True)),
                ("purpose", models.CharField(max_length=40)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "kith_grant",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_person__isnull", True),
                            ("to_circle__isnull", True),
                            _connector="XOR",
                        ),
                        name="grant_to_one_audience",
                    )
                ],
            },
        ),
    ]
