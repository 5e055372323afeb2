"""Sealing for a server's intake, as a device does it; shares no line with the server's side."""

from base64 import b64encode
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text(some: bytes) -> str:
    """Bytes as they stand in JSON."""
    return b64encode(some).decode()


def seal(plain: bytes, about: bytes, intake: bytes) -> bytes:
    """Seal for the intake: point, nonce, and what AES-256-GCM makes of it."""
    mine = ec.generate_private_key(ec.SECP256R1())
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), intake)
    info = b"kith/intake/1" + point + intake
    key = HKDF(SHA256(), 32, salt=None, info=info).derive(mine.exchange(ec.ECDH(), theirs))
    nonce = token_bytes(12)
    return point + nonce + AESGCM(key).encrypt(nonce, plain, about)
