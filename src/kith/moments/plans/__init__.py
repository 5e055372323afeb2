"""The emotion map: moments where they were, on a floor plan of a home or a ward."""
