"""The workshop's certificate: what it may vouch for, for how long, and what is left of its key."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from kith.base.problems import Problem
from kith.cli.certificate import fingerprint, make


def read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_the_authority_vouches_for_these_names_and_no_other(tmp_path: Path) -> None:
    made = make(tmp_path / "tls", ["kith.local"], 14)
    policy = PolicyBuilder().store(Store([read(made.authority)]))
    chain = policy.build_server_verifier(x509.DNSName("kith.local")).verify(
        read(made.certificate), []
    )
    assert chain[-1] == read(made.authority)
    with pytest.raises(VerificationError):
        policy.build_server_verifier(x509.DNSName("bank.example")).verify(
            read(made.certificate), []
        )


def test_both_end_within_the_days_asked_for(tmp_path: Path) -> None:
    made = make(tmp_path / "tls", ["10.0.0.4"], 3)
    for path in (made.authority, made.certificate):
        left = read(path).not_valid_after_utc - datetime.now(UTC)
        assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


def test_the_key_of_the_authority_is_nowhere(tmp_path: Path) -> None:
    """The one key on disk is the server's; it fits the certificate and not the authority."""
    made = make(tmp_path / "tls", ["kith.local", "fd00::1"], 14)
    assert {path.name for path in made.key.parent.iterdir()} == {
        "authority.crt",
        "kith.crt",
        "kith.key",
    }
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    with pytest.raises(ssl.SSLError):
        context.load_cert_chain(made.authority, made.key)


def test_a_second_one_takes_the_place_of_the_first(tmp_path: Path) -> None:
    first = fingerprint(make(tmp_path / "tls", ["kith.local"], 14).authority)
    made = make(tmp_path / "tls", ["kith.local"], 14)
    assert fingerprint(made.authority) != first
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("names", "days", "code"),
    [
        (["kith.local"], 0, "certificate-days"),
        (["kith.local"], 91, "certificate-days"),
        ([], 14, "name-missing"),
        (["two words"], 14, "name-unclear"),
        (["https://kith.local/"], 14, "name-unclear"),
        (["*"], 14, "name-unclear"),
    ],
)
def test_what_cannot_be_made_is_said(
    tmp_path: Path, names: list[str], days: int, code: str
) -> None:
    with pytest.raises(Problem, match=code):
        make(tmp_path / "tls", names, days)
    assert not (tmp_path / "tls").exists()


def test_what_is_no_authority_has_no_letters(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="authority-unreadable"):
        fingerprint(tmp_path / "authority.crt")
