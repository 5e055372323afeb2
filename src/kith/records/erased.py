"""Who hears that something was erased: whoever erased it, and nobody else.

Anyone may know an id, and ask for it again. So the row of an erased record carries a mark of who
erased it: a keyed hash of the id, under a key of theirs. No two marks are alike, and no row says
whose it is. That key goes with its owner, so nothing that is left, in no backup either, tells any
more what was whose. What went together with its author has no mark: nobody is there to be told.

To everybody else an erased id is one that is taken, as the id of another's record is.
"""

import hmac
from uuid import UUID

from kith.base.problems import Clash, Gone
from kith.records.models import Erased, Record
from kith.records.sealing import keyring

UNTOLD, NO_RECORD = None, b""
"""The marks of an erased record that nobody is told of, and of a person or space that is gone."""


def mark_of(erased_by: UUID, id: UUID) -> bytes:
    """What the row of an erased record carries of who erased it."""
    return _keyed(keyring().key_to_seal(erased_by, "erased").raw, id)


def refuse_erased(author: UUID, id: UUID, *owners: UUID) -> None:
    """Neither a record that was erased nor anything of someone who is gone comes back.

    Raises Gone to whoever erased it, and where one of `owners` is gone; Clash to others.
    """
    found = dict(Erased.objects.filter(id__in={id, *owners}).values_list("id", "mark"))
    if set(owners) & set(found):
        raise Gone("erased")
    if id in found and _keeps(found[id], author, id):
        raise Clash("id-taken")


def is_anothers(id: UUID, who: UUID) -> bool:
    """Whether `id` is taken by someone else's record, there or erased: which, it does not say.

    Raises Gone if `who` erased it.
    """
    there = Record.objects.filter(id=id).exclude(author=who).exists()
    gone = Erased.objects.filter(id=id).first()
    return (gone is not None and _keeps(gone.mark, who, id)) or there


def _keeps(mark: bytes | memoryview | None, who: UUID, id: UUID) -> bool:
    """Whether a row with this mark keeps its `id` from `who`. Raises Gone if it is their mark."""
    if mark is not UNTOLD and _is_theirs(bytes(mark), who, id):
        raise Gone("erased")
    return mark is UNTOLD or bytes(mark) != NO_RECORD


def _is_theirs(mark: bytes, who: UUID, id: UUID) -> bool:
    try:
        key = keyring().key(who, "erased").raw
    except Gone:  # they never erased anything
        return False
    return hmac.compare_digest(mark, _keyed(key, id))


def _keyed(key: bytes, id: UUID) -> bytes:
    return hmac.digest(key, b"kith/erased/1" + id.bytes, "sha256")
