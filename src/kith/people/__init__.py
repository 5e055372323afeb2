"""People, their roles, their spaces, how they come in, and who can look at their things."""
