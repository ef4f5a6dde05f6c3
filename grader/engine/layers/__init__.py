"""Layers without a sliding window: linear, normalisation, activations, losses, dropout, with gradients."""
