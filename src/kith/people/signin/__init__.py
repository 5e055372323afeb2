"""Coming in, staying in, and being asked again: passphrases, passkeys, cards of words, sessions."""
