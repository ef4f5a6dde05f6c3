# Matches a pattern that backtracks for years, in C, where no signal handler of Python runs.
# ends by: deadline
import re

re.match(r"(a+)+$", "a" * 60 + "b")
