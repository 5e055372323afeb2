"""What comes again in someone's moments, offered to be named as a practice, and let be for good."""
