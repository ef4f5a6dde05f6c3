"""Text -> tree: tokens, the parser, and the trees that it makes."""
