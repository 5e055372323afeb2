"""The wrapping key: what wraps the keys in the keyring, and where it comes from.

It comes from a file of mode 0600 (made with a new keyring), from the environment, or from a
credential that systemd hands over. Only the file is ours to make and to replace.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kith.base.problems import Invalid
from kith.records.durable import sync_folder

LENGTH = 32


class WrappingKey:
    """32 bytes that wrap others: AES-256-GCM, bound to what is wrapped and for whom."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self._cipher = raw, AESGCM(raw)
        self.fingerprint = hashlib.sha256(b"kith/wrapping/1|" + raw).hexdigest()

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """`key`, wrapped: a nonce of 12 bytes, then what is sealed."""
        nonce = secrets.token_bytes(12)
        return nonce + self._cipher.encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """What was wrapped. Raises Invalid when this is not the key that did it."""
        try:
            return self._cipher.decrypt(wrapped[:12], wrapped[12:], about)
        except InvalidTag:
            raise Invalid("wrapping-key-does-not-fit") from None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the wrapping key comes from: `value` (64 hex digits) if there is one, else `file`."""

    file: Path
    value: str = ""
    lent: bool = False
    """Whether the file is somebody else's to make and replace: a credential of systemd's."""

    @property
    def ours(self) -> bool:
        """Whether the key is ours to make and to replace."""
        return not self.value and not self.lent

    @property
    def replaceable(self) -> bool:
        """Whether another key can be put in its place, by us and in this folder."""
        return self.ours and os.access(self.file.parent, os.W_OK)

    def read(self) -> WrappingKey | None:
        """The key, or None when it is not there. Raises Invalid for one that others can read."""
        if self.value:
            return _key_in(self.value.encode())
        return read_key(self.file, lent=self.lent)

    def make(self) -> WrappingKey:
        """A new key, for a new keyring. Raises Invalid when it is not ours to make."""
        if not self.ours:
            raise Invalid("wrapping-key-missing")
        key = fresh_key()
        write_key(self.file, key)
        return key


def fresh_key() -> WrappingKey:
    """A new random key, kept nowhere yet."""
    return WrappingKey(secrets.token_bytes(LENGTH))


def read_key(path: Path, *, lent: bool = False) -> WrappingKey | None:
    """The key in a file, or None without one. Raises Invalid when others can read it.

    A credential shows its reader as a group, so there the group may.
    """
    if not path.exists():
        return None
    if path.stat().st_mode & (0o007 if lent else 0o077):
        raise Invalid("wrapping-key-readable-by-others")
    return _key_in(path.read_bytes())


def write_key(path: Path, key: WrappingKey) -> None:
    """Put `key` into `path`: the old one stands there until the new one is safely on disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key.raw)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)
    for left in path.parent.glob(f"{path.name}.*.new"):
        left.unlink(missing_ok=True)


def _key_in(text: bytes) -> WrappingKey:
    """32 bytes as they are, or written as 64 hex digits."""
    try:
        raw = text if len(text) == LENGTH else bytes.fromhex(text.decode().strip())
    except ValueError:
        raw = b""
    if len(raw) != LENGTH:
        raise Invalid("wrapping-key-damaged")
    return WrappingKey(raw)
