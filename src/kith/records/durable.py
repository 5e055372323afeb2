"""Making sure that a change to a folder outlives a cut of the power."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Let the names in `folder` be on the disk as they are now."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
