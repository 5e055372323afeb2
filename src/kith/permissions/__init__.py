"""Who may see and do what: asked here and nowhere else."""
