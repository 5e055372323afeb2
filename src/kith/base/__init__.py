"""What every room may use: the clock, ids, problems, where things are kept. No Django here."""
