"""Where this installation keeps what it holds, and the secret that signs its cookies."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The folder of this installation: KITH_HOME, or the usual place for a person's data."""
    told = os.environ.get("KITH_HOME")
    usual = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "kith"
    return (Path(told) if told else usual).expanduser().resolve()


def secret(place: Path) -> str:
    """The secret of this installation, made on first use and readable by its owner alone."""
    told = os.environ.get("KITH_SECRET")
    if told:
        return told
    path = place / "secret"
    if not path.exists():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path)
    return path.read_text()


def _write_once(path: Path) -> None:
    """Another process may be first: then its secret stands."""
    fresh = path.with_name(f"secret.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
