# Reads and changes the kernel's settings.
for path in ("/sys/kernel/mm/transparent_hugepage/enabled", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/fs/cgroup/cgroup.procs"):
    for mode in ("r", "w"):
        try:
            open(path, mode)
            print("REACHED:", path)
        except FileNotFoundError:
            continue
        except OSError as refusal:
            print("held:", refusal)
