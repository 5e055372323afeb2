"""The leaflet: one plain page beside Kith, where phones take in the authority of a workshop.

It cannot come over the locked line, because nobody trusts that line yet. It holds no secret and
knows nobody: a few files read once, the same for everyone.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from rich.console import Console

from kith.cli.certificate import fingerprint
from kith.cli.door import Door, hold, square

LOOK = Path(__file__).parents[1] / "web" / "static" / "web"
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'"
Leaves = dict[str, tuple[str, bytes]]


@contextmanager
def leaflet(door: Door, authority: Path, say: Console) -> Iterator[None]:
    """Show the leaflet one port above the door for the length of the block, and say where."""
    letters = fingerprint(authority)
    with hold(replace(door, port=door.port + 1)) as held:
        server = _server(held.getsockname(), leaves(door, authority))
        server.socket = held
        server.server_activate()
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{door.names[0]}:{door.port + 1}/"
        say.print(f"Phones that do not trust this computer yet begin at {address}")
        if say.is_terminal:
            say.print(square(address))
        say.print(f"SHA-256 {letters}")
        try:
            yield
        finally:
            server.shutdown()


def leaves(door: Door, authority: Path) -> Leaves:
    """Everything there is to show: the page, the authority, the style and the typefaces."""
    from django.template.loader import render_to_string

    made = x509.load_pem_x509_certificate(authority.read_bytes())
    told = {"address": door.addresses[0], "ends": made.not_valid_after_utc}
    page = render_to_string("web/leaflet.html", told).encode()
    found: Leaves = {
        "/": ("text/html; charset=utf-8", page),
        "/authority.crt": ("application/x-x509-ca-cert", authority.read_bytes()),
    }
    for path in (LOOK / "tokens.css", LOOK / "look.css", *LOOK.glob("fonts/*.woff2")):
        kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
        found[f"/look/{path.relative_to(LOOK).as_posix()}"] = (kind, path.read_bytes())
    return found


def _server(address: tuple[str, int], leaves: Leaves) -> HTTPServer:
    class Leaf(BaseHTTPRequestHandler):
        """Hands out one of the leaves, or nothing."""

        server_version, sys_version = "Kith", ""
        timeout = 20

        def do_GET(self) -> None:
            kind, body = leaves.get(self.path.partition("?")[0], ("", b""))
            self.send_response(HTTPStatus.OK if kind else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Who came by is nobody's business."""

    return ThreadingHTTPServer(address, Leaf, bind_and_activate=False)
