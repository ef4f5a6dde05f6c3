"""Whole networks: a description of layers, what it comes to, and readers that make one."""
