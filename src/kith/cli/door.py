"""Where Kith listens, and for whom: this computer alone, or others over a locked line.

    this computer       127.0.0.1, nothing else asked
    a network           an address of this computer, with a certificate and its key
    behind a proxy      any address; the proxy at one address holds the certificate

Beyond this computer people sign in: the notebook without an account stays at home.
"""

import errno
import io
import os
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from rich.console import Console

from kith.base.problems import Invalid, Problem, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An address to listen on, with all that makes it safe to do so."""

    host: IPv4Address | IPv6Address
    port: int
    names: tuple[str, ...]
    certificate: Path | None = None
    key: Path | None = None
    proxy: str = ""

    @property
    def beyond(self) -> bool:
        """Whether anyone but this computer can come in."""
        return bool(self.proxy) or not self.host.is_loopback

    @property
    def locked(self) -> bool:
        """Whether people reach it over HTTPS."""
        return bool(self.proxy or self.certificate)

    @property
    def addresses(self) -> list[str]:
        """The addresses to type into a browser, the likeliest first."""
        scheme, usual = ("https", 443) if self.locked else ("http", 80)
        port = "" if self.proxy or self.port == usual else f":{self.port}"
        return [f"{scheme}://{name}{port}/" for name in self.names]


def at_home(port: int) -> Door:
    """The door that only this computer can use."""
    return Door(host=IPv4Address("127.0.0.1"), port=port, names=("127.0.0.1",))


def door(
    host: str,
    port: int,
    *,
    names: list[str],
    certificate: Path | None,
    key: Path | None,
    proxy: str,
) -> Door:
    """The door that was asked for. Raises Invalid or Refused, saying what it lacks."""
    there = _address(host)
    if proxy:
        proxy = str(_address(proxy))
    elif not there.is_loopback and not certificate:
        raise Refused("line-not-locked")
    if (certificate is None) != (key is None):
        raise Invalid("certificate-and-key")
    told = tuple(dict.fromkeys([*names, *_names_in(certificate, key)]))
    if not told and (proxy or there.is_unspecified):
        raise Invalid("name-missing")
    named = told or (_in_brackets(there),)
    return Door(host=there, port=port, names=named, certificate=certificate, key=key, proxy=proxy)


def tell_settings(door: Door) -> None:
    """Hand on to the settings what the door decides. To be called before they are read."""
    named = [os.environ.get("KITH_HOSTS", ""), *door.names]
    os.environ["KITH_HOSTS"] = ",".join(name for name in named if name)
    os.environ["KITH_HTTPS"] = "1" if door.locked else "0"
    if door.beyond:
        os.environ["KITH_LOCAL"] = "0"


def hold(door: Door) -> socket.socket:
    """The address and port, held before anything is said. Raises Refused when it cannot be."""
    family = socket.AF_INET6 if door.host.version == 6 else socket.AF_INET
    held = socket.socket(family)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((str(door.host), door.port))
    except OSError as why:
        held.close()
        raise _not_held(why) from None
    return held


def as_server_options(door: Door) -> dict[str, Any]:
    """The door in the words of uvicorn. Who a proxy says is asking counts from that proxy alone."""
    options: dict[str, Any] = {"proxy_headers": bool(door.proxy)}
    if door.proxy:
        options["forwarded_allow_ips"] = door.proxy
    if door.certificate:
        options |= {"ssl_certfile": door.certificate, "ssl_keyfile": door.key}
    return options


def say_open(door: Door, say: Console) -> None:
    """Where Kith is open; on a terminal also as a square for phones on the same network."""
    first, *others = door.addresses
    say.print(f"Kith is open at {first}  (stop it with Ctrl-C)")
    for other in others:
        say.print(f"Also at {other}")
    if door.beyond and not door.proxy and say.is_terminal:
        say.print(square(first))


def square(address: str) -> str:
    """An address as a QR code in characters, dark on light whatever the terminal's colours."""
    import segno

    drawn = io.StringIO()
    segno.make(address, error="m").terminal(drawn, border=2, compact=True)
    return drawn.getvalue()


def _not_held(why: OSError) -> Problem:
    if isinstance(why, PermissionError):
        return Refused("port-not-yours")
    return Refused("address-not-here" if why.errno == errno.EADDRNOTAVAIL else "port-taken")


def _address(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address("127.0.0.1" if text == "localhost" else text.strip("[]"))
    except ValueError:
        raise Invalid("not-an-address") from None


def _in_brackets(address: IPv4Address | IPv6Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)


def _names_in(certificate: Path | None, key: Path | None) -> list[str]:
    """The names and addresses a certificate stands for, once it has been found in order."""
    if certificate is None or key is None:
        return []
    _only_for_us(key)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, _no_passphrase)
        made = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    except (OSError, ValueError):
        raise Invalid("certificate-unreadable") from None
    if not made.not_valid_before_utc <= datetime.now(UTC) <= made.not_valid_after_utc:
        raise Refused("certificate-out-of-date")
    return _said_by(made)


def _said_by(made: x509.Certificate) -> list[str]:
    try:
        stands_for = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [name for one in stands_for if (name := _as_host(one)) and not name.startswith("*")]


def _as_host(name: x509.GeneralName) -> str:
    """A name or address as browsers send it; nothing for what is neither."""
    if isinstance(name, x509.DNSName):
        return name.value
    address = name.value if isinstance(name, x509.IPAddress) else None
    return _in_brackets(address) if isinstance(address, IPv4Address | IPv6Address) else ""


def _only_for_us(key: Path) -> None:
    try:
        mode = key.stat().st_mode
    except OSError:
        raise Invalid("certificate-unreadable") from None
    if mode & 0o007:
        raise Refused("certificate-key-readable-by-others")


def _no_passphrase() -> str:
    """A key behind a passphrase cannot be opened by a server that starts by itself."""
    raise ValueError
