import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        # Sessions kept before this had no column for whose they are.
        migrations.RunSQL("drop table if exists django_session", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wrong", models.PositiveIntegerField()),
                ("last", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "kith_tries",
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("began", models.DateTimeField()),
                ("seen", models.DateTimeField()),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("shared", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "kith_session",
            },
        ),
    ]
