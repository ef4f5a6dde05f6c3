# Ends the process by every polite way.
import sys

try:
    raise SystemExit(0)
finally:
    sys.exit(0)
