"""The shape of the tables: which steps (migrations) made them, and the models that fit it.

The tables of an older program have an older shape. A backup of them is written, and read back,
through models of that shape; what the program of today knows of them would not fit.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph, Node
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

Step = tuple[str, str]

ONCE = {"sessions"}
"""Parts that earlier versions had: their steps in a database are no news from a later one."""

_OURS = ("kith.",)
_LOCK = 0x6B697469


def shape_of(using: str = "default") -> list[Step]:
    """The steps that made the tables of this database, of those that this program knows."""
    loader = MigrationLoader(connections[using])
    return sorted(step for step in loader.applied_migrations if step in loader.graph.nodes)


def from_later(using: str = "default") -> bool:
    """Whether a later version than this has changed the tables."""
    loader = MigrationLoader(connections[using])
    known = set(loader.disk_migrations) | set(loader.graph.nodes)
    return any(step not in known and step[0] not in ONCE for step in loader.applied_migrations)


def is_known(shape: Iterable[Step]) -> bool:
    """Whether this program knows every step of a shape."""
    return set(shape) <= set(MigrationLoader(None).graph.nodes)


def missing_steps(using: str = "default") -> int:
    """How many steps the tables lack."""
    executor = MigrationExecutor(connections[using])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def models_of(shape: Iterable[Step]) -> Apps:
    """All models as they were at this shape."""
    loader = MigrationLoader(None)
    return loader.project_state(list(shape)).apps


def our_tables(models: Apps) -> list[type[Model]]:
    """The models of our own rooms, and those that signing in needs, in order of their names.

    Sessions are nobody's to keep.
    """
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith(_OURS)}
    found = (model for model in models.get_models() if model._meta.app_label in ours)
    kept = (model for model in found if not hasattr(model, "session_data"))
    return sorted(kept, key=lambda model: model._meta.label_lower)


def build(shape: Iterable[Step], using: str) -> None:
    """Make the tables of an empty database in this shape."""
    executor = MigrationExecutor(connections[using])
    wanted = set(shape)
    graph = executor.loader.graph
    last = [s for s in wanted if not any(c.key in wanted for c in _next_in_room(graph, s))]
    executor.migrate(sorted(last))


def finish(using: str = "default") -> None:
    """Take every step that the tables lack.

    PostgreSQL has to check references at once, or no step could change a table that was filled in
    the same transaction.
    """
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("set constraints all immediate")
    call_command("migrate", database=using, verbosity=0, interactive=False)


@contextmanager
def all_or_nothing(using: str = "default") -> Iterator[None]:
    """One transaction for any number of steps: what fails or is killed leaves what was.

    SQLite can switch off its checks of references only before a transaction.
    """
    connection = connections[using]
    with connection.constraint_checks_disabled(), transaction.atomic(using=using):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def _next_in_room(graph: MigrationGraph, step: Step) -> Iterable[Node]:
    return (node for node in graph.node_map[step].children if node.key[0] == step[0])
