"""One more change of a table that the step before filled."""

from django.db import migrations, models


class AddToCircle(migrations.AddField):
    """As in the first step."""

    def state_forwards(self, app_label, state):
        super().state_forwards("people", state)

    def database_forwards(self, app_label, editor, before, after):
        super().database_forwards("people", editor, before, after)


class Migration(migrations.Migration):
    dependencies = [("later", "0002_told")]
    operations = [AddToCircle("circle", "colour", models.CharField(max_length=20, null=True))]
