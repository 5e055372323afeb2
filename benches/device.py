"""What a device does in the crowd: seal a moment to the server's key and send it by PUT."""

import json
import os
import uuid
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from benches.crowd import Answer, Someone

_devices: dict[int, dict[str, str]] = {}


async def put_away(someone: Someone, answers: list[Answer]) -> None:
    """Send one moment that was noted on the device; what the server told is asked once."""
    told = _devices.get(id(someone))
    if told is None:
        asked = await someone.ask("GET", "/keep/")
        told = {**json.loads(asked.body), "device": str(uuid.uuid4()), "seq": "0"}
        _devices[id(someone)] = told
    told["seq"] = str(int(told["seq"]) + 1)
    answer = await _put(someone, told, _batch(told))
    said = json.loads(answer.body) if answer.status == 200 else {"items": [{"status": 0}]}
    answer.status = 200 if said["items"][0]["status"] == 200 else -answer.status
    answers.append(answer)


async def _put(someone: Someone, told: dict[str, str], body: bytes) -> Answer:
    digest = b64encode(sha256(body).digest()).decode()
    headers = {
        "Content-Type": "application/json",
        "X-CSRFToken": told["token"],
        "Content-Digest": f"sha-256=:{digest}:",
    }
    return await someone.ask("PUT", "/keep/", body, **headers)


def _batch(told: dict[str, str]) -> bytes:
    id = uuid.uuid4()
    body = {"words": "Tea, and quiet.", "happened": "yes"}
    entry = {
        "v": 1,
        "act": "moment.note",
        "made_at": datetime.now(UTC).isoformat(),
        "who": told["who"],
        "body": body,
    }
    sealed = seal(
        b64decode(told["intake"]), json.dumps(entry).encode(), id.bytes + told["who"].encode()
    )
    item = {
        "id": str(id),
        "seq": int(told["seq"]),
        "digest": b64encode(sha256(sealed).digest()).decode(),
        "length": len(sealed),
        "sealed": b64encode(sealed).decode(),
    }
    return json.dumps({"device": told["device"], "items": [item]}).encode()


def seal(intake: bytes, text: bytes, about: bytes) -> bytes:
    """Seal to the intake key, as a browser does it."""
    own = ec.generate_private_key(ec.SECP256R1())
    raw, form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    mine = own.public_key().public_bytes(raw, form)
    there = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), intake)
    info = b"kith/intake/1" + mine + intake
    key = HKDF(hashes.SHA256(), 32, None, info).derive(own.exchange(ec.ECDH(), there))
    nonce = os.urandom(12)
    return mine + nonce + AESGCM(key).encrypt(nonce, text, about)
