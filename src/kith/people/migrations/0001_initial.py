import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kith.base.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("handle", models.CharField(max_length=60, null=True, unique=True)),
                ("called", models.CharField(blank=True, max_length=60)),
                ("notebook", models.UUIDField(default=kith.base.ids.new, unique=True)),
                ("began", models.DateTimeField()),
            ],
            options={
                "db_table": "kith_person",
            },
        ),
        migrations.CreateModel(
            name="Circle",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("ward", "a ward or service"),
                            ("team", "a team"),
                            ("household", "a household or group of friends"),
                            ("inquiry", "a workshop or a year of them"),
                            ("study", "a study"),
                        ],
                        max_length=20,
                    ),
                ),
                ("began", models.DateTimeField()),
            ],
            options={
                "db_table": "kith_circle",
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("invented", models.BooleanField()),
            ],
            options={
                "db_table": "kith_installation",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kith.base.ids.new, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=64, unique=True)),
                (
                    "part",
                    models.CharField(
                        choices=[("guest", "guest"), ("team", "team"), ("keeper", "keeper")],
                        max_length=10,
                    ),
                ),
                ("ends", models.DateTimeField()),
                ("stopped", models.DateTimeField(null=True)),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="people.circle",
                    ),
                ),
            ],
            options={
                "db_table": "kith_invitation",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("guest", "guest"), ("team", "team"), ("keeper", "keeper")],
                        max_length=10,
                    ),
                ),
                ("roles", models.JSONField(default=list)),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.circle",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "kith_membership",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "circle"), name="one_membership_each")
                ],
            },
        ),
    ]
