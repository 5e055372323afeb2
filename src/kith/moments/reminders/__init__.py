"""Being reminded, by one's own wish alone: words, times and an end that one chose oneself."""
