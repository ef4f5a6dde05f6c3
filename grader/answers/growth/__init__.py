"""Rates of growth: as they are said, as they follow from a formula, which are equal."""
