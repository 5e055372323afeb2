"""Pages and forms for whom one knows here, and for what one shows them."""
