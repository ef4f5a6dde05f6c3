"""Pooling in all its sorts, with gradients."""
