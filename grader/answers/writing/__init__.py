"""Tree -> text, in every notation that is read."""
