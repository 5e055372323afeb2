"""Made-up names for what is taken out to a study: the same within it, and never outside it."""

import hmac
from uuid import UUID

from kith.records.sealing import keyring


def pseudonym(study: UUID, sort: str, thing: UUID) -> str:
    """What a thing is called in the tables of one study: HMAC-SHA-256 under a key of its own.

    The key lies in the keyring and goes with the study; without it nothing leads from one study's
    names to another's, or back to the id.
    """
    key = keyring().key_to_seal(study, "pseudonyms").raw
    mark = hmac.digest(key, f"{sort} {thing}".encode(), "sha256").hex()
    return f"{sort}-{mark[:16]}"
