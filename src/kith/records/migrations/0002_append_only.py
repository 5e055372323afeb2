"""Triggers: a record is never updated, goes only when its id is in `erased`; the ledger stays."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """create trigger kith_record_no_update before update on kith_record
    begin select raise(abort, 'records are never updated'); end""",
    """create trigger kith_record_no_delete before delete on kith_record
    when not exists (select 1 from kith_erased where id = old.id)
    begin select raise(abort, 'records go only by erasure'); end""",
    """create trigger kith_ledger_no_update before update on kith_ledger
    begin select raise(abort, 'the ledger is never changed'); end""",
    """create trigger kith_ledger_no_delete before delete on kith_ledger
    begin select raise(abort, 'the ledger is never changed'); end""",
)
POSTGRESQL = (
    """create function kith_refuse() returns trigger language plpgsql as
    $$ begin raise exception 'kith: this table is only added to'; end $$""",
    """create function kith_only_erased() returns trigger language plpgsql as
    $$ begin
      if not exists (select 1 from kith_erased where id = old.id) then
        raise exception 'kith: records go only by erasure';
      end if;
      return old;
    end $$""",
    """create trigger kith_record_no_update before update on kith_record
    for each row execute function kith_refuse()""",
    """create trigger kith_record_no_delete before delete on kith_record
    for each row execute function kith_only_erased()""",
    """create trigger kith_ledger_no_change before update or delete on kith_ledger
    for each row execute function kith_refuse()""",
)
UNDO_SQLITE = (
    "drop trigger kith_record_no_update",
    "drop trigger kith_record_no_delete",
    "drop trigger kith_ledger_no_update",
    "drop trigger kith_ledger_no_delete",
)
UNDO_POSTGRESQL = (
    "drop trigger kith_record_no_update on kith_record",
    "drop trigger kith_record_no_delete on kith_record",
    "drop trigger kith_ledger_no_change on kith_ledger",
    "drop function kith_refuse()",
    "drop function kith_only_erased()",
)


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    _run(editor, POSTGRESQL if _is_postgresql(editor) else SQLITE)


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, so that the tables can be dropped."""
    _run(editor, UNDO_POSTGRESQL if _is_postgresql(editor) else UNDO_SQLITE)


def _is_postgresql(editor: BaseDatabaseSchemaEditor) -> bool:
    return editor.connection.vendor == "postgresql"


def _run(editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
