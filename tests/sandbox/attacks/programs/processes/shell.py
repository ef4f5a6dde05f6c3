# Runs a program through the standard library.
import os
import subprocess

for run in (
    lambda: subprocess.run(["/bin/sh", "-c", "echo REACHED: a shell"], check=True),
    lambda: subprocess.Popen(["id"], close_fds=False),
    lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "echo REACHED: a shell"], {}),
):
    try:
        run()
        print("REACHED: a program")
    except OSError as refusal:
        print("held:", refusal)
status = os.system("echo REACHED: a shell")
print("held: [Errno 1] os.system gave", status)
