"""Looking back: by words, place, person and practice, and at all that is about one relationship."""
