"""`python -m kith`."""

from kith.cli import app

app()
