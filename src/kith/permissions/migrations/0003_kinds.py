"""A grant names the kind of thing it shows, where it used to name the class of the key."""

from typing import Any

from django.db import migrations


def name_the_kind(apps: Any, schema_editor: Any) -> None:
    grants = apps.get_model("permissions", "Grant").objects
    grants.filter(purpose="request", classes=["words"]).update(classes=["request"])


class Migration(migrations.Migration):
    dependencies = [("permissions", "0002_pairs")]

    operations = [migrations.RunPython(name_the_kind, migrations.RunPython.noop)]
