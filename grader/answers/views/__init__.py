"""The views: one file each, one way to understand an answer each."""
