"""Kith helps people record, see and talk about relationships."""

__version__ = "0.1.0"
