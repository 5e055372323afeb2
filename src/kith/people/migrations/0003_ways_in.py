import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kith.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_sessions_and_tries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=60)),
                ("credential", models.BinaryField(max_length=1024, unique=True)),
                ("public", models.BinaryField()),
                ("count", models.PositiveBigIntegerField()),
                ("made", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "kith_passkey",
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("day", models.DateField()),
                (
                    "circle",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="people.circle"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traces",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "kith_trace",
            },
        ),
    ]
