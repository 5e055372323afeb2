"""Web pages of gatherings: forms in, readings out."""
