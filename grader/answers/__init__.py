"""The answer language: from a student's text to a value, and from two values to a verdict.

block -> claims (extract, prose, split, repair) -> tokens (lex) -> tree (parse) -> value (views) -> comparison

Nothing of a student's text is ever evaluated as code; every step has bounds on length, depth and size.
"""
