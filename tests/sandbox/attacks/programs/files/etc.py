# Reads what the machine has in /etc.
for path in ("/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/hostname", "/etc/ssl/openssl.cnf"):
    try:
        print("REACHED:", open(path, "rb").read(20))
    except FileNotFoundError:
        continue
    except OSError as refusal:
        print("held:", refusal)
