"""Sets and options as they are named in sentences."""
