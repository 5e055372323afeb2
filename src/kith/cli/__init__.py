"""Commands: `kith ...`. Heavy parts are imported when a command needs them."""

from kith.cli.app import app

__all__ = ["app"]
