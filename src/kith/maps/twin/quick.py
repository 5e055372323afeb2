"""Several names put on the paper at once."""

import re

MOST = 200  # letters of a name


def names_in(text: str) -> list[str]:
    """The names in a text: one on each line, or with commas between where it is one line.

    A comma within one of several lines belongs to the name: "M., my mum".
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = lines if len(lines) != 1 else re.split(r"[,;]", lines[0])
    return [name.strip()[:MOST] for name in told if name.strip()]
