# Fetches the answers, as a library would.
import urllib.request

try:
    print("REACHED:", urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=1).read())
except OSError as refusal:
    print("held:", refusal)
