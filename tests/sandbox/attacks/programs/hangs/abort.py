# Aborts, and would leave its memory behind in a file.
import os
import resource

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("REACHED: a core file")
except (OSError, ValueError):
    pass
os.abort()
