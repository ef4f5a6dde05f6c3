# Raises its own limits, and lowers those of another process.
import resource

for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("REACHED: a limit")
    except (ValueError, OSError) as refusal:
        print("held: [Errno 1]", refusal)
try:
    resource.prlimit(@VICTIM@, resource.RLIMIT_CPU, (0, 0))
    print("REACHED: the limits of another process")
except OSError as refusal:
    print("held:", refusal)
