"""Ask a server over TLS, trusting one authority alone, and print what came back as JSON."""

import http.client
import json
import socket
import ssl
import sys

name, port, authority, path = sys.argv[1:]
context = ssl.create_default_context(cafile=authority)
line = http.client.HTTPSConnection(name, int(port), timeout=30, context=context)
address = name if name[0].isdigit() else "127.0.0.1"
line.sock = context.wrap_socket(
    socket.create_connection((address, int(port))), server_hostname=name
)
line.request("GET", path, headers={"X-Forwarded-Proto": "http", "X-Forwarded-For": "127.0.0.1"})
answer = line.getresponse()
told = {"status": answer.status, "headers": dict(answer.getheaders())}
print(json.dumps(told | {"text": answer.read().decode()[:4000]}))
line.close()
