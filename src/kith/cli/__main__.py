"""`python -m kith.cli`."""

from kith.cli import app

app()
