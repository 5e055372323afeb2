"""Words that a circle offers to its people for their moments; who uses one, nobody else learns."""
