"""A card "what keeps us us" as paper."""
