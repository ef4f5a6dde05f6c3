"""Formulas of entries of arrays, tried on random ones."""
