"""Real servers beyond this computer, asked by real connections: over TLS, and behind a proxy."""

import asyncio
import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from kith.cli.certificate import Made, fingerprint, make
from kith.cli.door import as_server_options, door
from serving import Network, free_port, network, run, serving


@pytest.fixture
def elsewhere() -> Iterator[Network]:
    with network() as made:
        yield made


@pytest.fixture
def made(tmp_path: Path, elsewhere: Network) -> Made:
    return make(tmp_path / "tls", [elsewhere.there, "kith.local"], 7)


def over_tls(host: str, port: int, authority: Path) -> http.client.HTTPSConnection:
    context = ssl.create_default_context(cafile=str(authority))
    return http.client.HTTPSConnection(host, port, timeout=20, context=context)


def ask(line: http.client.HTTPConnection, path: str = "/", **more: Any) -> Any:
    method = more.pop("method", "GET")
    with closing(line):
        line.request(method, path, body=more.pop("body", None), headers=more)
        answer = line.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
    return answer


def as_from(source: str, port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))


def test_phones_come_in_over_a_locked_line(tmp_path: Path, elsewhere: Network, made: Made) -> None:
    """One server: its certificate, its headers and cookies, its leaflet, and no local notebook."""
    port = free_port()
    words = ["--host", elsewhere.there, "--port", str(port), "--cert", str(made.certificate)]
    words += ["--key", str(made.key), "--authority", str(made.authority)]
    with serving(tmp_path / "kith", *words, within=elsewhere.within, KITH_LOCAL="1"):
        line = over_tls(elsewhere.there, port, made.authority)
        first = ask(line)
        assert first.status == 200
        assert first.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "Open my notebook" not in first.text
        _nobody_gets_the_local_notebook(line)
        _cookies_are_for_this_host_alone(line)
        assert ask(line, Host="other.example").status == 400
        _the_leaflet_hands_out_the_authority(elsewhere.there, port + 1, made)
        with pytest.raises((http.client.HTTPException, OSError)):
            ask(http.client.HTTPConnection(elsewhere.there, port, timeout=20))
        with pytest.raises(ssl.SSLError):
            ask(http.client.HTTPSConnection(elsewhere.there, port, timeout=20))
    said = (tmp_path / "kith.log").read_text()
    assert f"https://{elsewhere.there}:{port}/" in said and fingerprint(made.authority) in said


def _nobody_gets_the_local_notebook(line: http.client.HTTPConnection) -> None:
    page = ask(line, "/come/")
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    cookie = page.headers["Set-Cookie"].split(";")[0]
    sent = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"https://{line.host}:{line.port}/come/",
    }
    answer = ask(line, "/start/", method="POST", body=f"csrfmiddlewaretoken={token}", **sent)
    assert answer.status == 302 and "__Host-page" not in str(answer.headers)
    sent["Referer"] = "https://other.example/come/"
    answer = ask(line, "/start/", method="POST", body=f"csrfmiddlewaretoken={token}", **sent)
    assert answer.status == 403


def _cookies_are_for_this_host_alone(line: http.client.HTTPConnection) -> None:
    cookie = ask(line, "/come/").headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


def _the_leaflet_hands_out_the_authority(host: str, port: int, made: Made) -> None:
    line = http.client.HTTPConnection(host, port, timeout=20)
    page = ask(line)
    assert page.status == 200
    assert page.text.count(f"https://{host}:{port - 1}/") == 2
    assert "Set-Cookie" not in page.headers
    assert ask(line, "/authority.crt").text == made.authority.read_text()
    for path in ("/kith.key", "/../kith.key", "/%2e%2e/kith.key", "/look/", "/come/"):
        assert ask(line, path).status == 404


PROXY, STRANGER = "127.0.0.9", "127.0.0.1"
SAYS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.4", "Host": "kith.example"}


def test_a_proxy_is_believed_and_nobody_else(tmp_path: Path) -> None:
    """The same words from the proxy's address and from another: only the first come in."""
    port = free_port()
    words = ["--behind-proxy", PROXY, "--name", "kith.example", "--port", str(port)]
    with serving(tmp_path / "kith", *words):
        told = ask(as_from(PROXY, port), "/come/", **SAYS)
        assert told.status == 200 and "Strict-Transport-Security" in told.headers
        assert told.headers["Set-Cookie"].startswith("__Host-form=")
        spoofed = ask(as_from(STRANGER, port), "/come/", **SAYS)
        assert (spoofed.status, spoofed.headers["Location"]) == (301, "https://kith.example/come/")
        assert "Set-Cookie" not in spoofed.headers
        plain = ask(as_from(PROXY, port), "/come/", **SAYS | {"X-Forwarded-Proto": "http"})
        assert plain.status == 301
        assert ask(as_from(PROXY, port), **SAYS | {"Host": "other.example"}).status == 400


def test_whoever_asks_is_who_the_proxy_says(tmp_path: Path) -> None:
    behind = door("127.0.0.1", 0, names=["x"], certificate=None, key=None, proxy=PROXY)
    right = as_server_options(behind)
    assert seen(right, PROXY) == ("198.51.100.4", "https")
    assert seen(right, PROXY, also=b"127.0.0.1") == ("198.51.100.4", "https")
    assert seen(right, STRANGER) == (STRANGER, "http")
    alone = as_server_options(replace(behind, proxy=""))
    assert seen(alone, PROXY) == (PROXY, "http")
    assert seen(alone, STRANGER) == (STRANGER, "http")


def test_believing_everyone_would_be_noticed() -> None:
    """The wrong variants: trust in any address, and what uvicorn does when nobody says."""
    assert seen({"forwarded_allow_ips": "*"}, STRANGER) == ("198.51.100.4", "https")
    assert seen({}, "127.0.0.1") == ("198.51.100.4", "https")


def seen(options: dict[str, Any], source: str, also: bytes = b"") -> tuple[str, str]:
    """The client and scheme that an application sees, with these options of the server."""
    found: list[tuple[str, str]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        found.append((scope["client"][0], scope["scheme"]))

    config = uvicorn.Config(application, log_config=None, **options)
    config.load()
    forwarded = b", ".join(part for part in (also, b"198.51.100.4") if part)
    headers = [(b"x-forwarded-proto", b"https"), (b"x-forwarded-for", forwarded)]
    scope = {
        "type": "http", "client": (source, 1), "scheme": "http", "headers": headers,
        "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(config.loaded_app(scope, None, None))  # type: ignore[arg-type]
    return found[0]


def test_the_demo_stays_on_this_computer(tmp_path: Path) -> None:
    done = run(tmp_path / "kith", "demo", "--host", "0.0.0.0")
    assert done.returncode == 2 and "No such option" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_an_open_line_is_refused_in_plain_words(tmp_path: Path, host: str) -> None:
    done = run(tmp_path / "kith", "serve", "--host", host)
    assert done.returncode == 4
    assert "--cert" in done.stderr and "--behind-proxy" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_leaflet_needs_the_next_port_too(tmp_path: Path, elsewhere: Network) -> None:
    made = make(tmp_path / "tls", ["127.0.0.1"], 7)
    port = free_port()
    words = ["--port", str(port), "--cert", str(made.certificate), "--key", str(made.key)]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()
        done = run(tmp_path / "kith", "serve", *words, "--authority", str(made.authority))
    assert done.returncode == 4 and "port" in done.stderr
