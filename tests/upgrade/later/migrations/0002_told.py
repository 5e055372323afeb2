"""Work on what is there: well, badly, or so slowly that one can end it in the middle."""

import os
import time

from django.db import migrations


def work(apps, editor):
    circles = apps.get_model("people", "Circle").objects.using(editor.connection.alias)
    circles.update(motto="tea")
    if os.environ.get("LATER") == "fail":
        raise RuntimeError("canary-in-an-error")
    if os.environ.get("LATER") == "slow":
        print("in the middle", flush=True)
        time.sleep(60)


class Migration(migrations.Migration):
    dependencies = [("later", "0001_new")]
    operations = [migrations.RunPython(work, migrations.RunPython.noop)]
