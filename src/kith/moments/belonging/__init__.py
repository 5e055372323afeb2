"""Belonging, tie by tie: two things apart, as the person judges them. Nothing is ever added up."""
