"""A practice that two people call theirs: each says so alone, and neither is told before both."""
