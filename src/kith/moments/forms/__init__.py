"""Forms of this room, split by noun. Only a few words are ever asked for; the rest if wished."""
