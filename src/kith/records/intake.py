"""The intake: what a device without a connection seals, so that only this server opens it.

A sealed text is a fresh P-256 point of the device (65 bytes), a nonce (12) and AES-256-GCM. Its
key is HKDF-SHA-256 over the shared secret of that point and the intake's own. The intake's
private key is worked out from a key in the keyring, of the class "intake" and nobody's, so
whatever is done to the keyring (wrapped anew, copied, put back) is done to it too.
"""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kith.base.problems import Invalid
from kith.records.sealing import keyring

NOBODY = UUID(int=0)
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_POINT, _NONCE, _TAG = 65, 12, 16


def intake_public() -> bytes:
    """The point to seal to: 65 bytes, uncompressed."""
    return _point(_private().public_key())


def open_intake(sealed: bytes, about: bytes) -> bytes:
    """What a device sealed, if `about` is what it sealed it with. Raises Invalid for all else."""
    if len(sealed) < _POINT + _NONCE + _TAG:
        raise Invalid("intake-unreadable")
    theirs, nonce = sealed[:_POINT], sealed[_POINT : _POINT + _NONCE]
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs)
        return _cipher(point, theirs).decrypt(nonce, sealed[_POINT + _NONCE :], about)
    except (ValueError, InvalidTag):
        raise Invalid("intake-unreadable") from None


def _cipher(theirs: ec.EllipticCurvePublicKey, written: bytes) -> AESGCM:
    mine = _private()
    info = b"kith/intake/1" + written + _point(mine.public_key())
    return AESGCM(_stretched(mine.exchange(ec.ECDH(), theirs), info, 32))


def _private() -> ec.EllipticCurvePrivateKey:
    """48 bytes taken modulo the order: no private key is likelier than another."""
    kept = keyring().key_to_seal(NOBODY, "intake").raw
    number = int.from_bytes(_stretched(kept, b"kith/intake/private/1", 48))
    return ec.derive_private_key(number % (_ORDER - 1) + 1, _CURVE)


def _stretched(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
