"""A week of moments, written on paper first and typed in at one go."""
