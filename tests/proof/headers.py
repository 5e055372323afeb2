"""What OWASP ASVS 5 asks of the headers of an answer (section 3.4), as plain sentences."""

from collections.abc import Iterator, Mapping

YEAR = 365 * 24 * 60 * 60
OURS = ("'none'", "'self'")


def lacks(headers: Mapping[str, str], *, https: bool = False, file: bool = False) -> list[str]:
    """What an answer lacks; nothing is fine. A `file` of the product may be kept, no page may."""
    return [
        *_policy(_rules(headers)),
        *_others(headers, file),
        *(_locked(headers) if https else ()),
    ]


def _policy(rules: Mapping[str, list[str]]) -> Iterator[str]:
    for name in ("default-src", "base-uri", "frame-ancestors"):
        if rules.get(name) != ["'none'"]:
            yield f"{name} is not 'none'"
    for name in ("script-src", "style-src", "form-action", "connect-src"):
        if rules.get(name) != ["'self'"]:
            yield f"{name} is not 'self'"
    for name, sources in rules.items():
        if not set(sources) <= {*OURS, "data:", "blob:"} or (
            name not in ("img-src", "media-src") and not set(sources) <= set(OURS)
        ):
            yield f"{name} lets in what is not ours"


def _others(headers: Mapping[str, str], file: bool) -> Iterator[str]:
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    for name, text in wanted.items():
        if headers.get(name) != text:
            yield f"{name} is not {text}"
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        yield "Permissions-Policy lets a page use the camera"
    if "Access-Control-Allow-Origin" in headers:
        yield "another site may read it"
    if not file and headers.get("Cache-Control") != "no-store":
        yield "a browser may keep it"
    if (
        headers.get("Content-Type", "").startswith("text/")
        and "charset=" not in headers["Content-Type"]
    ):
        yield "its alphabet is not said"


def _locked(headers: Mapping[str, str]) -> Iterator[str]:
    told = [part.strip() for part in headers.get("Strict-Transport-Security", "").split(";")]
    ages = [int(part.removeprefix("max-age=")) for part in told if part.startswith("max-age=")]
    if not ages or ages[0] < YEAR or "includeSubDomains" not in told:
        yield "a browser is not told to come over https alone for a year"


def _rules(headers: Mapping[str, str]) -> dict[str, list[str]]:
    parts = headers.get("Content-Security-Policy", "").split(";")
    told = [part.split() for part in parts if part.split()]
    return {words[0]: words[1:] for words in told}
