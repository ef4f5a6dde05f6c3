"""What can be said of layers without running them, and filters found from what they do."""
