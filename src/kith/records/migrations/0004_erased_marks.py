"""Rows of what is erased carry a mark. Those there already tell nobody: whose they were is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_waiting")]
    operations = [
        migrations.AddField("erased", "mark", models.BinaryField(null=True)),
    ]
