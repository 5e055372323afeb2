"""A part that a later version of Kith brings, for tests of upgrading to it."""
