"""A device with passkeys, in software: it answers rightly, or wrongly where a test says so."""

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


@dataclass(frozen=True)
class Device:
    """One passkey, for one person at one address."""

    origin: str = "http://localhost"
    rp: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    user: bytes = b""
    credential: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def but(self, **more: Any) -> "Device":
        """The same device, doing something else."""
        return replace(self, **more)

    def make(self, asked: dict[str, Any]) -> str:
        """The answer to a question that makes a passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.credential, public)
        auth = AuthenticatorData.create(
            sha256(self.rp.encode()).digest(), self.flags | HOLDS_KEY, self.count, bytes(held)
        )
        return self._told(
            clientDataJSON=bytes(self._client("webauthn.create", asked)),
            attestationObject=bytes(AttestationObject.create("none", auth, {})),
        )

    @property
    def prf(self) -> str:
        """The secret that it works out, as its browser sends it."""
        return websafe_encode(sha256(b"prf" + self.credential).digest())

    def use(self, asked: dict[str, Any]) -> str:
        """The answer to a question for a passkey."""
        client = self._client("webauthn.get", asked)
        auth = AuthenticatorData.create(
            sha256(self.rp.encode()).digest(), self.flags, self.count, b""
        )
        signature = self.key.sign(bytes(auth) + client.hash, ec.ECDSA(SHA256()))
        return self._told(
            clientDataJSON=bytes(client),
            authenticatorData=bytes(auth),
            signature=signature,
            userHandle=self.user,
        )

    def _client(self, kind: str, asked: dict[str, Any]) -> CollectedClientData:
        challenge = websafe_decode(asked["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def _told(self, **parts: bytes) -> str:
        response = {name: websafe_encode(part) for name, part in parts.items()}
        raw = websafe_encode(self.credential)
        return json.dumps({"id": raw, "rawId": raw, "type": "public-key", "response": response})
