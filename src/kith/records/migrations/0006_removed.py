from django.db import migrations, models


class Migration(migrations.Migration):
    """What was taken away is found by an index of its own: the few among the very many."""

    dependencies = [("records", "0005_letting_go")]

    operations = [
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                fields=["space", "kind"], name="record_removed", condition=models.Q(removed=True)
            ),
        ),
    ]
