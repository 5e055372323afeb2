"""Names of people, circles and passkeys are sealed; a sign-in name is found by its mark."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import kith.records.names
from kith.records.names import mark_of, seal_name

PLAIN = (("Person", "called"), ("Person", "handle"), ("Circle", "name"), ("Passkey", "name"))


def seal(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what was plain until now."""
    editor.connection.check_constraints()
    for kind, name in PLAIN:
        model = apps.get_model("people", kind)
        for row in model.objects.using(editor.connection.alias).iterator(2000):
            _seal_one(row, name)


def _seal_one(row: Any, name: str) -> None:
    told = getattr(row, name)
    if told is None:
        return
    owner = getattr(row, "person_id", row.pk)
    column = f"sealed_{name}"
    sealed: dict[str, Any] = {column: seal_name(owner, f"{row._meta.label_lower}.{column}", told)}
    if name == "handle":
        sealed["handle_mark"] = mark_of(told)
    type(row).objects.using(row._state.db).filter(pk=row.pk).update(**sealed)


def column(**more: Any) -> Any:
    return kith.records.names.SealedName(default=bytes, **more)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_days")]
    operations = [
        migrations.AddField("person", "sealed_called", column()),
        migrations.AddField("person", "sealed_handle", column()),
        migrations.AddField(
            "person", "handle_mark", models.CharField(max_length=64, null=True, unique=True)
        ),
        migrations.AddField("circle", "sealed_name", column()),
        migrations.AddField("passkey", "sealed_name", column()),
        migrations.RunPython(seal),
        migrations.RemoveField("person", "called"),
        migrations.RemoveField("person", "handle"),
        migrations.RemoveField("circle", "name"),
        migrations.RemoveField("passkey", "name"),
    ]
