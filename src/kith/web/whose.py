"""The tag that what a person keeps on a device bears. It says nothing about who it is."""

import hmac
from base64 import urlsafe_b64encode

from kith.permissions.viewer import Viewer
from kith.records.sealing import keyring


def tag(viewer: Viewer) -> str:
    """The tag of the viewer, worked out from a key of theirs: the same for as long as they are."""
    key = keyring().key_to_seal(viewer.me, "ledger").raw
    made = hmac.digest(key, b"kith/who/1" + viewer.me.bytes, "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")
