# Gives numbers without end where one array is asked for.
# ends by: deadline
import itertools

sum(itertools.count())
