"""What runs where a student's code runs: the walls, one file a layer, and the process that children are forked from.

The trusted side starts this package under the name ``inside``, away from the rest of the grader: its files import each
other relatively, and nothing but the standard library and NumPy.
"""
