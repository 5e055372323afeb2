"""A new table, and a new column of an old one."""

from django.db import migrations, models


class AddToCircle(migrations.AddField):
    """A column in the table of another room, as a later version of that room would add it."""

    def state_forwards(self, app_label, state):
        super().state_forwards("people", state)

    def database_forwards(self, app_label, editor, before, after):
        super().database_forwards("people", editor, before, after)

    def database_backwards(self, app_label, editor, before, after):
        super().database_backwards("people", editor, before, after)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.CreateModel("Door", [("id", models.BigAutoField(primary_key=True))]),
        AddToCircle("circle", "motto", models.CharField(max_length=20, null=True)),
    ]
