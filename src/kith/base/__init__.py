"""What every room may use: the clock, ids and problems. No Django here."""
