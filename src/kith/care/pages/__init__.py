"""Pages of this room: asking, the ward's page, and what is tried."""
