"""Which doors may open, and what each lacks that may not."""

import io
import os
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kith.base.problems import Problem
from kith.cli.certificate import Made, make
from kith.cli.door import Door, as_server_options, at_home, door, hold, square, tell_settings

ASKED: dict[str, Any] = {"names": [], "certificate": None, "key": None, "proxy": ""}


def asked(host: str, port: int = 8000, **more: Any) -> Door:
    return door(host, port, **{**ASKED, **more})


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(tmp_path / "tls", ["kith.example", "192.168.1.20"], 7)


@given(st.ip_addresses())
def test_an_open_line_never_leaves_this_computer(address: Any) -> None:
    """The law: without a certificate or a proxy, only loopback is listened on."""
    if address.is_loopback:
        assert not asked(str(address)).beyond
    else:
        with pytest.raises(Problem, match="line-not-locked"):
            asked(str(address))


@given(st.ip_addresses(), st.sampled_from(["", "127.0.0.1", "10.0.0.9", "::1"]))
def test_whoever_comes_from_elsewhere_comes_over_a_locked_line(address: Any, proxy: str) -> None:
    try:
        found = asked(str(address), proxy=proxy, names=["kith.example"])
    except Problem:
        assert not proxy
    else:
        assert found.locked or not found.beyond
        assert found.beyond or not proxy


def test_a_certificate_names_the_hosts(made: Made) -> None:
    found = asked("0.0.0.0", certificate=made.certificate, key=made.key, names=["kith.local"])
    assert found.names == ("kith.local", "kith.example", "192.168.1.20")
    assert found.addresses[1] == "https://kith.example:8000/"
    assert asked("::", 443, certificate=made.certificate, key=made.key).addresses[0] == (
        "https://kith.example/"
    )


def test_behind_a_proxy_the_port_is_the_proxys() -> None:
    found = asked("127.0.0.1", proxy="127.0.0.1", names=["kith.example"])
    assert found.addresses == ["https://kith.example/"]


@pytest.mark.parametrize(
    ("host", "more", "code"),
    [
        ("0.0.0.0", {"proxy": "127.0.0.1"}, "name-missing"),
        ("127.0.0.1", {"proxy": "kith.example"}, "not-an-address"),
        ("127.0.0.1", {"proxy": "*"}, "not-an-address"),
        ("127.0.0.1", {"proxy": "0.0.0.0/0"}, "not-an-address"),
        ("here", {}, "not-an-address"),
        ("127.0.0.1", {"certificate": Path("a.pem")}, "certificate-and-key"),
        ("127.0.0.1", {"key": Path("a.pem")}, "certificate-and-key"),
    ],
)
def test_what_is_lacking_is_said(host: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem, match=code):
        asked(host, **more)


def _damage(made: Made, how: str) -> None:
    if how == "others-read":
        made.key.chmod(0o644)
    elif how == "no-certificate":
        made.certificate.unlink()
    elif how == "no-key":
        made.key.unlink()
    elif how == "torn":
        made.certificate.write_bytes(made.certificate.read_bytes()[:200])
    elif how == "other-key":
        other = make(made.key.parent / "other", ["kith.example"], 7)
        made.key.write_bytes(other.key.read_bytes())
    elif how == "passphrase":
        key = serialization.load_pem_private_key(made.key.read_bytes(), None)
        shut = serialization.BestAvailableEncryption(b"word")
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        made.key.write_bytes(key.private_bytes(pem, form, shut))


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("others-read", "certificate-key-readable-by-others"),
        ("no-certificate", "certificate-unreadable"),
        ("no-key", "certificate-unreadable"),
        ("torn", "certificate-unreadable"),
        ("other-key", "certificate-unreadable"),
        ("passphrase", "certificate-unreadable"),
    ],
)
def test_a_certificate_must_be_in_order(made: Made, how: str, code: str) -> None:
    _damage(made, how)
    with pytest.raises(Problem, match=code):
        asked("0.0.0.0", certificate=made.certificate, key=made.key)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_certificate_counts_on_its_days_only(tmp_path: Path, days: int) -> None:
    """One that ended yesterday, and one that begins tomorrow."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kith.example")])
    begins = datetime.now(UTC) + timedelta(days=days, hours=-1 if days < 0 else 0)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1).not_valid_before(begins)
    signed = built.not_valid_after(begins + timedelta(hours=1)).sign(key, hashes.SHA256())
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "c.pem").write_bytes(signed.public_bytes(pem))
    (tmp_path / "k.pem").write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
    (tmp_path / "k.pem").chmod(0o600)
    with pytest.raises(Problem, match="certificate-out-of-date"):
        asked("0.0.0.0", certificate=tmp_path / "c.pem", key=tmp_path / "k.pem")


def test_only_the_proxy_is_believed_about_who_asks(made: Made) -> None:
    assert as_server_options(at_home(8000)) == {"proxy_headers": False}
    behind = asked("127.0.0.1", proxy="127.0.0.1", names=["kith.example"])
    told = as_server_options(behind)
    assert (told["proxy_headers"], told["forwarded_allow_ips"]) == (True, "127.0.0.1")
    own = asked("0.0.0.0", certificate=made.certificate, key=made.key)
    assert as_server_options(own)["proxy_headers"] is False


def test_beyond_this_computer_nobody_gets_the_local_notebook(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KITH_LOCAL", "KITH_HTTPS", "KITH_HOSTS"):
        monkeypatch.setenv(name, "1" if name == "KITH_LOCAL" else "")
    tell_settings(at_home(8000))
    assert (os.environ["KITH_LOCAL"], os.environ["KITH_HTTPS"]) == ("1", "0")
    tell_settings(asked("0.0.0.0", certificate=made.certificate, key=made.key))
    assert (os.environ["KITH_LOCAL"], os.environ["KITH_HTTPS"]) == ("0", "1")
    assert {"kith.example", "192.168.1.20"} <= set(os.environ["KITH_HOSTS"].split(","))


def test_a_door_that_cannot_be_held_says_why() -> None:
    with hold(asked("127.0.0.1", 0)) as held:
        held.listen()
        with pytest.raises(Problem, match="port-taken"):
            hold(asked("127.0.0.1", held.getsockname()[1]))
    with pytest.raises(Problem, match="address-not-here"):
        hold(Door(host=ip_address("203.0.113.7"), port=0, names=("x",)))


@given(st.integers(1, 65535))
def test_the_square_holds_the_address(port: int) -> None:
    """Read back from the characters, point by point."""
    address = f"https://192.168.1.20:{port}/"
    lines = square(address).splitlines()
    halves = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1), "\xa0": (1, 1)}
    plain = [[halves[c] for c in line if c in halves] for line in lines]
    rows = [[pair[half] for pair in line] for line in plain for half in (0, 1)]
    wanted = [list(row) for row in segno.make(address, error="m").matrix_iter(border=2)]
    assert rows[: len(wanted)] == wanted


def test_what_is_said_fits_a_terminal(made: Made) -> None:
    from kith.cli.door import say_open

    told = Console(file=io.StringIO(), force_terminal=True, width=80, soft_wrap=True)
    say_open(asked("0.0.0.0", certificate=made.certificate, key=made.key), told)
    said = told.file.getvalue()  # type: ignore[attr-defined]
    assert "https://kith.example:8000/" in said and "▀" in said
