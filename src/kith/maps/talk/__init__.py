"""Talk over a map: words and sounds, prompts, a photo under it, and how one sits at it."""
