import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kith.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_ways_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="CardOfWords",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=64, unique=True)),
                ("part", models.CharField(max_length=10)),
                ("again", models.BooleanField(default=False)),
                ("ends", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards_of_words",
                        to="people.circle",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "kith_card_of_words",
            },
        ),
        migrations.CreateModel(
            name="Vouching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.circle",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "kith_vouching",
            },
        ),
    ]
