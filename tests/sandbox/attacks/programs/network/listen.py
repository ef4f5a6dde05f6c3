# Waits for others to call.
import http.server

try:
    http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    print("REACHED: a server")
except OSError as refusal:
    print("held:", refusal)
