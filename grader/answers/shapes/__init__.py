"""Extents and arrays as they are written."""
