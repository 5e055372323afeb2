"""A week on paper: the sheet to print."""
