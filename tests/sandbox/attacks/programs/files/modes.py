# Changes modes, owners, times and attributes of files that it can see, even where it cannot write.
import os

for path in ("@HOME@/secret", "@HOME@", "."):
    for change in (
        lambda: os.chmod(path, 0o777),
        lambda: os.chown(path, 0, 0),
        lambda: os.utime(path, (0, 0)),
        lambda: os.setxattr(path, "user.mark", b"1"),
        lambda: os.fchmod(os.open(path, os.O_RDONLY), 0o777),
        lambda: os.truncate(path, 0),
    ):
        try:
            change()
            print("REACHED:", path)
        except OSError as refusal:
            print("held:", refusal)
