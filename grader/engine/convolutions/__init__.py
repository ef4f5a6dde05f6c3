"""Convolution and transposed convolution, with their gradients."""
