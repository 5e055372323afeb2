"""A passkey can be for opening what is only its holder's, and let nobody in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_sealed_names")]

    operations = [
        migrations.AddField(
            model_name="passkey", name="only_opens", field=models.BooleanField(default=False)
        )
    ]
