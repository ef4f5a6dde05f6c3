# Climbs out of its folder: by dots, by open folders, by changing the current one.
import os

up = os.open("..", os.O_RDONLY | os.O_PATH)
os.chdir("@HOME@")
for climb in (
    lambda: open("../" * 20 + "etc/passwd").read(10),
    lambda: os.open("secret", os.O_RDONLY),
    lambda: os.open("canary", os.O_RDONLY, dir_fd=up),
    lambda: os.open("../canary", os.O_RDONLY, dir_fd=up),
    lambda: os.listdir(up),
    lambda: os.listdir("/"),
):
    try:
        print("REACHED:", climb())
    except OSError as refusal:
        print("held:", refusal)
