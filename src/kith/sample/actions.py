"""Settling the invented village."""


def settle() -> None:
    """Make everyone and everything in the village, through the same actions as pages use."""
