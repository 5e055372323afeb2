"""A certificate for a workshop: a small authority that vouches once, and what it vouched for.

Phones that are told to trust the authority trust this computer. Its key signs one certificate
and is thrown away unwritten, so nobody can ever make it vouch for anything else; that it may
only speak for the names asked for stands in it as well. All of it ends after a few days.
"""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kith.base.problems import Invalid

LONGEST = 90
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9-]{1,63})*$")
_EARLIER = timedelta(days=1)  # phones whose clock is a little behind


@dataclass(frozen=True, slots=True)
class Made:
    """The three files: what phones take in, and what the server shows and keeps to itself."""

    authority: Path
    certificate: Path
    key: Path


def make(out: Path, names: list[str], days: int) -> Made:
    """Write an authority, and a certificate for `names` (names and addresses) signed by it.

    Raises Invalid when a name is none, the days are not within 1 to 90, or something is there.
    """
    if not 1 <= days <= LONGEST:
        raise Invalid("certificate-days")
    stands_for = [_general(name) for name in dict.fromkeys(names)]
    if not stands_for:
        raise Invalid("name-missing")
    ends = datetime.now(UTC) + timedelta(days=days)
    signer, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _authority(signer, stands_for, ends)
    certificate = _certificate(own, stands_for, ends, authority, signer)
    made = Made(out / "authority.crt", out / "kith.crt", out / "kith.key")
    try:
        out.mkdir(parents=True, exist_ok=True)
        _write(made.key, _as_text(own), 0o600)
        _write(made.certificate, _pem(certificate), 0o644)
        _write(made.authority, _pem(authority), 0o644)
    except OSError:
        raise Invalid("folder-not-writable") from None
    return made


def fingerprint(authority: Path) -> str:
    """The SHA-256 of an authority, in the pairs that phones show it in.

    Raises Invalid for a file that is none.
    """
    try:
        read = x509.load_pem_x509_certificate(authority.read_bytes())
    except (OSError, ValueError):
        raise Invalid("authority-unreadable") from None
    return read.fingerprint(hashes.SHA256()).hex(" ").upper()


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name.strip("[]")))
    except ValueError:
        pass
    if not _NAME.match(name.lower()):
        raise Invalid("name-unclear")
    return x509.DNSName(name.lower())


def _authority(
    signer: ec.EllipticCurvePrivateKey, names: list[x509.GeneralName], ends: datetime
) -> x509.Certificate:
    me = _called("Kith on this network")
    built = _draft(me, me, signer.public_key(), ends)
    return (
        built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_uses(signs_others=True), critical=True)
        .add_extension(x509.NameConstraints([_narrowed(name) for name in names], None), True)
        .sign(signer, hashes.SHA256())
    )


def _certificate(
    own: ec.EllipticCurvePrivateKey,
    names: list[x509.GeneralName],
    ends: datetime,
    authority: x509.Certificate,
    signer: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    built = _draft(_called("Kith"), authority.subject, own.public_key(), ends)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return (
        built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_uses(signs_others=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(issuer, critical=False)
        .sign(signer, hashes.SHA256())
    )


def _draft(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - _EARLIER)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _narrowed(name: x509.GeneralName) -> x509.GeneralName:
    """The same name as a limit: an address becomes the network of itself alone."""
    return x509.IPAddress(ip_network(name.value)) if isinstance(name, x509.IPAddress) else name


def _uses(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _as_text(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, text: bytes, mode: int) -> None:
    """Beside its place first: a server that starts meanwhile finds the old file or the new."""
    fresh = path.with_name(f".{path.name}.part")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    fresh.replace(path)
