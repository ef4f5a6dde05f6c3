"""Grades homework on convolutional networks."""
